"""Reads from Nextcloud what the planners of some scopes have to know: a few lists, then the members of single objects.

What can't be read costs that object alone; an unreachable server ends the look.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from network.errors import AppMissing, BadInput, LookAgain, NotThere, RightMissing, ServerFault
from network.plan import Scope, ScopeKind
from network.ports import AccountSeen, FileSeen, FolderSeen, GroupSeen, Principal, RoomSeen, RuledSeen, Server, TeamSeen
from network.problems import Problem
from workspace_sync.actual import Actual
from workspace_sync.marks import SERVICE_TEAM, is_marked, marked_key, scope_of
from workspace_sync.named_people import named_people
from workspace_sync.names import is_numbered, people_team
from workspace_sync.nesting import inside
from workspace_sync.remembered import FOLDER, GROUP, ROOM, SUB_FOLDER, TEAM, Remembered
from workspace_sync.ruled import parent
from workspace_sync.wish import AdministrationWish, ExchangeGroupWish, Level, ProjectWish, Wish, Wishes

Seen = TypeVar("Seen")


def look(server: Server, wishes: Wishes, remembered: Remembered, *, network: str, scopes: Collection[Scope]) -> Actual:
    """What there is, as far as `scopes` need it. `network` is the id in our marks.

    Without any scope nothing is asked but the features. Raises AgainLater and LoginRefused as the server does.
    """
    return _Look(server, wishes, remembered, network, frozenset(scopes)).actual()


def look_at_everything(server: Server, wishes: Wishes, remembered: Remembered, *, network: str) -> Actual:
    """Every scope that is wished or remembered, and what lies in our folders: for the way back."""
    everything = _Look(server, wishes, remembered, network, frozenset(wishes.by_scope) | remembered.scopes)
    actual = everything.actual()
    return replace(actual, files=everything.files(actual))


@dataclass
class _Look:
    server: Server
    wishes: Wishes
    remembered: Remembered
    network: str
    scopes: frozenset[Scope]
    unreadable: dict[str, Problem] = field(default_factory=dict)

    def actual(self) -> Actual:
        features = self.server.features()
        if not self.scopes:
            return Actual(self.server.account, features)
        teams = self._list("teams", self.server.teams.teams, features.teams)
        folders = self._list(
            "folders", self.server.folders.folders, features.team_folders and self._wants_folders(teams)
        )
        rooms = self._list("rooms", self.server.rooms.rooms, features.rooms and self._wants_rooms(teams))
        rules = self._rules(folders)
        groups = self._list("groups", self.server.directory.groups, bool(self._own_groups()))
        return Actual(
            self.server.account,
            features,
            groups=groups,
            accounts=self._accounts(),
            group_members=self._each("group", self._groups_to_read(groups), self.server.directory.members),
            teams=teams,
            members=self._each("team", self._teams_to_read(teams), self.server.teams.members),
            folders=folders,
            rules=rules,
            rooms=rooms,
            attendees=self._each("room", self._rooms_to_read(rooms), self.server.rooms.attendees),
            unreadable=self.unreadable,
        )

    def files(self, actual: Actual) -> dict[int, tuple[FileSeen, ...]]:
        """What lies in each folder that we manage and can see."""
        ourselves = Principal("user", self.server.account)
        remembered = {record.remote for record in self.remembered.everywhere(FOLDER)}
        ours = [each for each in actual.folders or () if ourselves in each.managers or str(each.id) in remembered]
        found = {each.id: self._read(f"folder {each.id}", partial(self._below, f"/{each.name}")) for each in ours}
        return {id: files for id, files in found.items() if files is not None}

    def _below(self, path: str) -> tuple[FileSeen, ...]:
        children = self.server.files.list(path)
        return (*children, *(each for child in children if child.is_folder for each in self._below(child.path)))

    # ------------------------------------------------------------------ rules in Team folders

    def _rules(self, folders: tuple[FolderSeen, ...] | None) -> dict[int, tuple[RuledSeen, ...]]:
        """One request for each folder that has rules or shall have some, and one for each folder in between."""
        found: dict[int, tuple[RuledSeen, ...]] = {}
        for scope in sorted(self.scopes):
            folder, wanted = self._folder_of(scope, folders or ()), self._paths_with_rights(scope)
            if folder is None or self._wish(scope) is None or not (wanted or folder.has_acl):
                continue
            places = sorted({"", *map(parent, wanted)})
            rows = self._read(f"rules {folder.id}", partial(self._rows, folder.name, places))
            if rows is not None:
                found[folder.id] = rows
        return found

    def _folder_of(self, scope: Scope, folders: tuple[FolderSeen, ...]) -> FolderSeen | None:
        """The scope's folder, as far as a remembered number or a mark tells."""
        record, wish = self.remembered.folder(scope), self._wish(scope)
        ourselves = Principal("user", self.server.account)
        if record is not None:
            return next((each for each in folders if str(each.id) == record.remote), None)
        if not isinstance(wish, ExchangeGroupWish | ProjectWish) or wish.folder is None:
            return None
        named = (each for each in folders if each.name == wish.folder.name and ourselves in each.managers)
        return next(named, None)

    def _paths_with_rights(self, scope: Scope) -> set[str]:
        wish = self._wish(scope)
        wanted = {each.path for each in wish.sub_folders} if isinstance(wish, ProjectWish) else set()
        return wanted | {record.content for record in self.remembered.records(scope, SUB_FOLDER).values()}

    def _rows(self, name: str, places: list[str]) -> tuple[RuledSeen, ...]:
        """What lies in these places, each once, by its path below the folder; the folder itself is ""."""
        rows: dict[str, RuledSeen] = {}
        for place in places:
            with suppress(NotThere):  # not made yet, or hidden from us until the service team has its right
                for row in self.server.folder_rules.rules(f"/{name}/{place}".rstrip("/")):
                    path = row.path.removeprefix(f"/{name}").strip("/")
                    rows[path] = replace(row, path=path)
        return tuple(rows.values())

    # ------------------------------------------------------------------ reading

    def _list(self, what: str, read: Callable[[], tuple[Seen, ...]], is_wanted: bool) -> tuple[Seen, ...] | None:
        return self._read(what, read) if is_wanted else None

    def _each(self, kind: str, ids: Iterable[str], read: Callable[[str], Seen]) -> dict[str, Seen]:
        answers = {id: self._read(f"{kind} {id}", partial(read, id)) for id in ids}
        return {id: answer for id, answer in answers.items() if answer is not None}

    def _read(self, what: str, read: Callable[[], Seen]) -> Seen | None:
        try:
            return read()
        except (AppMissing, LookAgain, BadInput, RightMissing, ServerFault) as error:
            self.unreadable[what] = error.problem(error.where or what)
            return None

    # ------------------------------------------------------------------ what is needed

    def _wish(self, scope: Scope) -> Wish | None:
        return self.wishes.by_scope.get(scope)

    def _own_groups(self) -> set[str]:
        """Groups of administrations whose people we keep, or kept."""
        wishes = (self._wish(scope) for scope in self.scopes)
        remembered = {key for scope in self.scopes for key in self.remembered.records(scope, GROUP)}
        return remembered | {
            wish.group for wish in wishes if isinstance(wish, AdministrationWish) and not wish.is_external
        }

    def _groups_to_read(self, groups: tuple[GroupSeen, ...] | None) -> list[str]:
        return sorted(self._own_groups() & {group.id for group in groups or ()})

    def _accounts(self) -> dict[str, AccountSeen] | None:
        """All there are, where somebody's accounts are ours to make."""
        wishes = (self._wish(scope) for scope in self.scopes)
        is_wanted = any(isinstance(wish, AdministrationWish) and wish.creates_accounts for wish in wishes)
        found = self._list("accounts", self.server.directory.accounts, is_wanted)
        return None if found is None else {each.id: each for each in found}

    def _wants_folders(self, teams: tuple[TeamSeen, ...] | None) -> bool:
        return any(scope.kind is not ScopeKind.ADMINISTRATION for scope in self.scopes) or self._has_strays(teams)

    def _has_strays(self, teams: tuple[TeamSeen, ...] | None) -> bool:
        """Whether a team carries our mark of a scope that neither the configuration nor our memory knows."""
        known = {str(scope) for scope in (*self.wishes.by_scope, *self.remembered.scopes)} | {SERVICE_TEAM}
        keys = (marked_key(team.description, self.network) for team in teams or () if team.is_owner)
        return any(key is not None and scope_of(key) not in known for key in keys)

    def _wants_rooms(self, teams: tuple[TeamSeen, ...] | None) -> bool:
        return self._has_strays(teams) or any(
            bool(self.remembered.room(scope))
            or (isinstance(wish := self._wish(scope), ExchangeGroupWish) and wish.room)
            for scope in self.scopes
        )

    def _teams_to_read(self, teams: tuple[TeamSeen, ...] | None) -> list[str]:
        """Those of the scopes, and of the groups inside of theirs: a room holds their people too."""
        inner = inside(self.wishes.exchange_groups)
        groups = {key for scope in self.scopes if scope.kind is ScopeKind.EXCHANGE_GROUP
                  for key in inner.get(scope.key, ())}  # fmt: skip
        scopes = self.scopes | {Scope(ScopeKind.EXCHANGE_GROUP, key) for key in groups}
        remembered = {record.remote for scope in scopes for record in self.remembered.records(scope, TEAM).values()}
        names = self._team_names()
        return sorted(
            team.id
            for team in teams or ()
            if team.id in remembered or self._is_ours(team.description) or _may_be_unfinished(team, names)
        )

    def _rooms_to_read(self, rooms: tuple[RoomSeen, ...] | None) -> list[str]:
        remembered = {
            record.remote for scope in self.scopes for record in self.remembered.records(scope, ROOM).values()
        }
        return sorted(room.token for room in rooms or () if room.token in remembered or self._is_ours(room.description))

    def _is_ours(self, description: str) -> bool:
        key = marked_key(description, self.network)
        return key is not None and scope_of(key) in {str(scope) for scope in self.scopes}

    def _team_names(self) -> set[str]:
        """Names under which a killed run may have left a team of ours without a mark."""
        names = {intent.name for intent in self.remembered.intents if intent.kind == TEAM}
        for wish in (self._wish(scope) for scope in self.scopes):
            if isinstance(wish, ProjectWish):
                names |= {people_team(wish.folder.name, level) for level in Level}
                names |= {team.name for team in named_people(wish)}
            elif wish is not None:
                names.add(wish.name)
        return names


def _may_be_unfinished(team: TeamSeen, names: set[str]) -> bool:
    if not team.is_owner or is_marked(team.description):
        return False
    return any(team.name == name or is_numbered(team.name, name) for name in names)
