"""A Nextcloud in memory for what workspaces use, with the quirks that matter to them, and a state database that can die.

Every write can be killed before or after it took effect, or fail; `writes` lists those that took effect.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from zlib import crc32

from network.errors import AlreadyThere, NotThere, PreconditionFailed, Refused, RightMissing, ServerFault
from network.ports import (
    AccountSeen,
    AttendeeSeen,
    CalendarTarget,
    Features,
    FileSeen,
    FolderSeen,
    GroupSeen,
    Intent,
    Principal,
    Record,
    RoomSeen,
    Rule,
    RuledSeen,
    TeamMemberSeen,
    TeamSeen,
)
from network.text import Text

SERVICE = "digitalnetzwerk"
NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
OURSELVES = Principal("user", SERVICE)


class Killed(BaseException):
    """The process is gone: nothing after this line happens, no `except Exception` helps."""


class Boundaries:
    """Counts writes of server and state database alike and ends the process, or fails, at one of them."""

    def __init__(self) -> None:
        self.count = 0
        self.kill_before: int | None = None
        self.kill_after: int | None = None
        self.fail: int | None = None

    @contextmanager
    def write(self, *, may_fail: bool = True) -> Iterator[None]:
        self.count += 1
        if self.count == self.kill_before:
            raise Killed
        if self.count == self.fail and may_fail:
            raise ServerFault(Text("500", "500"))
        yield
        if self.count == self.kill_after:
            raise Killed

    def reset(self) -> None:
        self.count, self.kill_before, self.kill_after, self.fail = 0, None, None, None


@dataclass
class Team:
    name: str
    owner: str
    description: str = ""
    config: int = 0
    members: dict[str, TeamMemberSeen] = field(default_factory=dict)


@dataclass
class Folder:
    name: str
    quota: int = -3
    grants: dict[Principal, int] = field(default_factory=dict)
    managers: set[Principal] = field(default_factory=set)
    files: dict[str, bytes | None] = field(default_factory=dict)
    acl: bool = False
    rules: dict[str, tuple[Rule, ...]] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)

    def number(self, path: str) -> str:
        return self.numbers.setdefault(path, f"file{len(self.numbers)}-{path}")


@dataclass
class Room:
    name: str
    owner: str
    description: str = ""
    explicit: dict[Principal, int] = field(default_factory=dict)
    moderators: set[str] = field(default_factory=set)
    brought: dict[str, Principal] = field(default_factory=dict)  # person → the team's member that they came with


class StandIn:
    """Satisfies `network.ports.Server`, but for calendars, as seen by the service account.

    `rights` False: whatever needs a delegated right answers with the occ lines.
    """

    def __init__(
        self, users: Iterable[str] = (), groups: Mapping[str, Iterable[str]] | None = None, *, rights: bool = True
    ) -> None:
        self.account = SERVICE
        self.users = {SERVICE, *users}
        self.disabled: set[str] = set()
        self.all_groups = {gid: set(people) for gid, people in (groups or {}).items()}
        self.users |= {user for people in self.all_groups.values() for user in people}
        self.group_names = {gid: gid for gid in self.all_groups}
        self.all_teams: dict[str, Team] = {}
        self.all_folders: dict[int, Folder] = {}
        self.all_rooms: dict[str, Room] = {}
        self.own_files: dict[str, bytes | None] = {}
        self.rights = rights
        self.offered = Features((34, 0, 1), teams=True, team_folders=True, rooms=True)
        self.boundaries = Boundaries()
        self.writes: list[str] = []
        self.reads: list[str] = []
        self._numbers = itertools.count(1)
        self.directory = _Directory(self)
        self.teams = _Teams(self)
        self.folders = _TeamFolders(self)
        self.folder_rules = _FolderRules(self)
        self.files = _Files(self)
        self.rooms = _Rooms(self)

    @property
    def calendars(self) -> CalendarTarget:
        raise NotImplementedError

    @property
    def counts(self) -> Mapping[str, int]:
        return {"read": len(self.reads), "write": len(self.writes)}

    def features(self) -> Features:
        self.reads.append("features")
        return self.offered

    # ------------------------------------------------------------------ what other people do

    def foreign_team(self, name: str, owner: str, *members: str) -> str:
        id = f"team{next(self._numbers):027d}"
        self.all_teams[id] = Team(name, owner)
        for user in (owner, *members):
            self._join(id, Principal("user", user), 9 if user == owner else 1)
        return id

    def foreign_folder(self, name: str, files: Mapping[str, bytes] | None = None) -> int:
        id = next(self._numbers)
        self.all_folders[id] = Folder(name, files=dict(files or {}))
        return id

    def foreign_room(self, name: str, owner: str, *others: str) -> str:
        token = f"room{next(self._numbers)}"
        self.all_rooms[token] = Room(name, owner, explicit={Principal("user", user): 0 for user in others})
        return token

    def add_by_hand(self, team: str, user: str) -> None:
        self._join(team, Principal("user", user), 1)

    def team_named(self, name: str) -> str:
        return next(id for id, team in self.all_teams.items() if team.name == name)

    def folder_named(self, name: str) -> Folder:
        return next(folder for folder in self.all_folders.values() if folder.name == name)

    def room_named(self, name: str) -> Room:
        return next(room for room in self.all_rooms.values() if room.name == name)

    # ------------------------------------------------------------------ what follows from it

    def people(self, who: Principal) -> set[str]:
        """The accounts behind a principal; nested teams too."""
        if who.kind == "user":
            return {who.id} & self.users
        if who.kind == "group":
            return set(self.all_groups.get(who.id, ()))
        team = self.all_teams.get(who.id)
        return set().union(*(self.people(row.who) for row in team.members.values())) if team is not None else set()

    def may(self, user: str, folder: str, path: str = "") -> int:
        """Permission bits of a person in the folder of this name, or in a sub-folder of it."""
        found, most = self.folder_named(folder), 0
        for who, granted in found.grants.items():
            if user in self.people(who):
                most |= granted
        bits, here = 31, ""
        for part in ("", *path.split("/")) if path else ("",):
            here = f"{here}/{part}".strip("/")
            mine = [rule for rule in found.rules.get(here, ()) if found.acl and user in self.people(rule.who)]
            decided = allowed = 0
            for rule in mine:
                decided, allowed = decided | rule.mask, allowed | rule.mask & rule.permissions
            bits = bits & ~decided | allowed
        return bits & most

    def in_room(self, name: str) -> set[str]:
        """As Talk 24 follows teams: who joins or leaves a group of a team is not noticed."""
        room = self.room_named(name)
        alone = {who.id for who in room.explicit if who.kind == "user"} & self.users
        linked = (self.people(who) for who in room.explicit if who.kind == "group")
        brought = set(room.brought) & self.users
        return {room.owner}.union(room.moderators, alone, brought, *linked)

    def bring(self, team: str, who: Principal) -> None:
        """Somebody new in a team comes into its rooms; of a group everybody who is in it at this moment."""
        for room in self.all_rooms.values():
            if Principal("team", team) in room.explicit:
                for user in self.people(who):
                    room.brought.setdefault(user, who)
        for outer, above in self.all_teams.items():
            if any(row.who == Principal("team", team) for row in above.members.values()):
                self.bring(outer, who)

    def take(self, team: str, who: Principal) -> None:
        """A person who leaves a team leaves its rooms, unless still linked; of a group, or of a team, people stay."""
        linked = [room for room in self.all_rooms.values() if Principal("team", team) in room.explicit]
        for room in linked if who.kind == "user" and who.id not in self.people(Principal("team", team)) else ():
            room.brought.pop(who.id, None)

    def state(self) -> object:
        """Everything that people can notice, without ids."""
        names = {id: team.name for id, team in self.all_teams.items()}

        def named(who: Principal) -> tuple[str, str]:
            return (who.kind, names.get(who.id, who.id))

        return (
            {gid: sorted(people) for gid, people in self.all_groups.items()},
            sorted(
                (team.name, team.owner, team.description, team.config,
                 sorted((named(row.who), row.level) for row in team.members.values()))
                for team in self.all_teams.values()
            ),
            sorted(
                (folder.name, folder.quota, sorted((named(who), bits) for who, bits in folder.grants.items()),
                 sorted(map(named, folder.managers)), sorted(folder.files.items(), key=lambda item: item[0]), folder.acl,
                 sorted((path, sorted((named(rule.who), rule.permissions, rule.mask) for rule in rules))
                        for path, rules in folder.rules.items() if rules))
                for folder in self.all_folders.values()
            ),
            sorted(
                (room.name, room.owner, room.description, sorted(self.in_room(room.name)), sorted(room.moderators),
                 sorted(named(who) for who in room.explicit if who.kind != "user"))
                for room in self.all_rooms.values()
            ),
        )  # fmt: skip

    # ------------------------------------------------------------------ inside

    @contextmanager
    def write(self, what: str) -> Iterator[None]:
        with self.boundaries.write():
            yield
            self.writes.append(what)

    @contextmanager
    def privileged(self, what: str, *commands: str) -> Iterator[None]:
        if not self.rights:
            raise RightMissing(Text(what, what), commands=commands)
        with self.write(what):
            yield

    def number(self) -> int:
        return next(self._numbers)

    def exists(self, who: Principal) -> bool:
        known = {"user": self.users, "group": self.all_groups, "team": self.all_teams}
        return who.id in known[who.kind]

    def spelled(self, who: Principal) -> Principal:
        """An account as the server writes it, whatever capitals were used."""
        same = (user for user in self.users if who.kind == "user" and user.casefold() == who.id.casefold())
        return Principal("user", next(same, who.id)) if who.kind == "user" else who

    def _join(self, team: str, who: Principal, level: int) -> None:
        row = TeamMemberSeen(f"m{next(self._numbers)}", who, level)
        self.all_teams[team].members[row.id] = row
        self.bring(team, who)


class _Part:
    def __init__(self, world: StandIn) -> None:
        self.world = world


class _Directory(_Part):
    def groups(self) -> tuple[GroupSeen, ...]:
        self.world.reads.append("groups")
        names = self.world.group_names
        return tuple(GroupSeen(gid, names[gid], len(people)) for gid, people in self.world.all_groups.items())

    def members(self, group: str) -> frozenset[str]:
        self.world.reads.append(f"members of {group}")
        if group not in self.world.all_groups:
            raise NotThere(Text(group, group))
        return frozenset(self.world.all_groups[group])

    def accounts(self) -> tuple[AccountSeen, ...]:
        disabled = self.world.disabled
        return tuple(AccountSeen(user, user, is_enabled=user not in disabled) for user in sorted(self.world.users))

    def create_account(self, account: str, name: str, mail: str) -> None:
        with self.world.privileged(f"account {account}", f"occ user:add {account}"):
            if account in self.world.users:
                raise AlreadyThere(Text(account, account))
            self.world.users.add(account)

    def set_enabled(self, account: str, *, enabled: bool) -> None:
        with self.world.privileged(f"account {account} {enabled}", f"occ user:{enabled} {account}"):
            (self.world.disabled.discard if enabled else self.world.disabled.add)(account)

    def create_group(self, group: str, name: str) -> None:
        with self.world.privileged(f"group {group}", f"occ group:add {group}"):
            if group in self.world.all_groups:
                raise AlreadyThere(Text(group, group))
            self.world.all_groups[group] = set()
            self.world.group_names[group] = name

    def rename_group(self, group: str, name: str) -> None:
        with self.world.privileged(f"group {group} name {name}"):
            self.world.group_names[group] = name

    def delete_group(self, group: str) -> None:
        with self.world.privileged(f"group {group} gone"):
            del self.world.all_groups[group]
            for team in self.world.all_teams.values():
                team.members = {id: row for id, row in team.members.items() if row.who != Principal("group", group)}

    def add_member(self, group: str, account: str) -> None:
        with self.world.privileged(f"{group} + {account}", f"occ group:adduser {group} {account}"):
            account = self.world.spelled(Principal("user", account)).id
            if group not in self.world.all_groups or account not in self.world.users:
                raise NotThere(Text("102/103", "102/103"))
            self.world.all_groups[group].add(account)

    def remove_member(self, group: str, account: str) -> None:
        with self.world.privileged(f"{group} - {account}", f"occ group:removeuser {group} {account}"):
            self.world.all_groups[group].discard(account)


class _Teams(_Part):
    def teams(self) -> tuple[TeamSeen, ...]:
        self.world.reads.append("teams")
        return tuple(
            TeamSeen(id, team.name, team.description, team.config, team.owner == SERVICE)
            for id, team in self.world.all_teams.items()
            if any(row.who == OURSELVES for row in team.members.values())
        )

    def members(self, team: str) -> tuple[TeamMemberSeen, ...]:
        self.world.reads.append(f"members of {team}")
        return tuple(self._own(team, of_member=True).members.values())

    def create_team(self, name: str, *, with_folder: bool = False) -> TeamSeen:
        with self.world.write(f"team {name}"):
            if not 3 <= len(name) <= 127:
                raise Refused(Text("Circle name is too short", "Circle name is too short"))
            names = {team.name for team in self.world.all_teams.values()}
            given = name if name not in names else next(
                numbered for number in itertools.count(2) if (numbered := f"{name} ({number})") not in names
            )  # fmt: skip
            id = f"team{self.world.number():027d}"
            self.world.all_teams[id] = Team(given, SERVICE)
            self.world._join(id, OURSELVES, 9)
        return TeamSeen(id, given)

    def describe_team(self, team: str, description: str) -> None:
        with self.world.write(f"describe {team}"):
            self._own(team).description = description

    def rename_team(self, team: str, name: str) -> None:
        with self.world.write(f"rename {team} {name}"):
            self._own(team).name = name

    def configure_team(self, team: str, config: int) -> None:
        with self.world.write(f"configure {team} {config}"):
            self._own(team).config = config

    def add_members(self, team: str, who: Sequence[Principal]) -> None:
        with self.world.write(f"{team} + {len(who)}"):
            there = {row.who for row in self._own(team).members.values()}
            for each in who:  # kept as it is written, whatever the account's own capitals are
                if self.world.exists(self.world.spelled(each)) and each not in there:
                    self.world._join(team, each, 1)

    def remove_member(self, team: str, membership: str) -> None:
        with self.world.write(f"{team} - {membership}"):
            members = self._own(team).members
            if membership not in members:
                raise NotThere(Text(membership, membership))
            self.world.take(team, members.pop(membership).who)

    def set_level(self, team: str, membership: str, level: int) -> None:
        with self.world.write(f"{team} level {membership}"):
            members = self._own(team).members
            members[membership] = replace(members[membership], level=level)

    def own_folder(self, team: str) -> int | None:
        return None

    def detach_folder(self, team: str) -> None:
        pass

    def delete_team(self, team: str, *, keeps_folder: bool = True) -> None:
        with self.world.write(f"team gone {team}"):
            self._own(team)
            del self.world.all_teams[team]

    def _own(self, team: str, *, of_member: bool = False) -> Team:
        found = self.world.all_teams.get(team)
        if found is None:
            raise NotThere(Text(team, team))
        may = any(row.who == OURSELVES for row in found.members.values()) if of_member else found.owner == SERVICE
        assert may, "a team of somebody else was touched"
        return found


class _TeamFolders(_Part):
    def folders(self) -> tuple[FolderSeen, ...]:
        self.world.reads.append("folders")
        return tuple(
            FolderSeen(
                id,
                folder.name,
                folder.quota,
                sum(len(data or b"") for data in folder.files.values()),
                folder.acl,
                tuple(folder.grants.items()),
                tuple(folder.managers),
            )
            for id, folder in self.world.all_folders.items()
        )

    def create_folder(self, name: str) -> int:
        with self.world.privileged(f"folder {name}", f"occ groupfolders:create {name}"):
            if any(folder.name == name for folder in self.world.all_folders.values()):
                raise AlreadyThere(Text("Mount point already exists", "Mount point already exists"))
            id = self.world.number()
            self.world.all_folders[id] = Folder(name)
        return id

    def rename_folder(self, folder: int, name: str) -> None:
        with self.world.privileged(f"folder {folder} name {name}", f"occ groupfolders:rename {folder} {name}"):
            if any(each.name == name for each in self.world.all_folders.values()):
                raise AlreadyThere(Text(name, name))
            self._folder(folder).name = name

    def grant(self, folder: int, who: Principal, permissions: int) -> None:
        with self.world.privileged(f"{folder} {who.id} {permissions}", f"occ groupfolders:group {folder} {who.id}"):
            self._folder(folder).grants[who] = permissions  # an unknown one is taken, too

    def revoke(self, folder: int, who: Principal) -> None:
        with self.world.privileged(f"{folder} - {who.id}", f"occ groupfolders:group {folder} {who.id} -d"):
            if who not in self._folder(folder).grants:
                raise NotThere(Text(who.id, who.id))
            del self._folder(folder).grants[who]

    def set_quota(self, folder: int, quota: int) -> None:
        with self.world.privileged(f"{folder} quota {quota}", f"occ groupfolders:quota {folder} {quota}"):
            self._folder(folder).quota = quota

    def set_manager(self, folder: int, who: Principal, *, manages: bool) -> None:
        with self.world.privileged(f"{folder} manager {who.id}", f"occ groupfolders:permissions {folder} -m"):
            managers = self._folder(folder).managers
            managers.add(who) if manages else managers.discard(who)

    def switch_rules_on(self, folder: int) -> None:
        with self.world.privileged(f"{folder} rules", f"occ groupfolders:permissions {folder} --enable"):
            self._folder(folder).acl = True

    def delete_folder(self, folder: int) -> None:
        with self.world.privileged(f"folder gone {folder}"):
            del self.world.all_folders[folder]

    def _folder(self, folder: int) -> Folder:
        if folder not in self.world.all_folders:
            raise NotThere(Text(str(folder), str(folder)))
        return self.world.all_folders[folder]


class _Files(_Part):
    """Own files, and the Team folders in which an assigned team or group holds the service account."""

    def list(self, path: str) -> tuple[FileSeen, ...]:
        store, inside = self._place(path)
        if inside and store.get(inside, b"") is not None:
            raise NotThere(Text(path, path))
        prefix = f"{inside}/" if inside else ""
        return tuple(
            self._seen(f"{path.rstrip('/')}/{name.removeprefix(prefix)}", data)
            for name, data in store.items()
            if name.startswith(prefix) and "/" not in name.removeprefix(prefix)
        )

    def stat(self, path: str) -> FileSeen | None:
        try:
            store, inside = self._place(path)
        except NotThere:
            return None
        if not inside:
            return FileSeen(path, is_folder=True)
        return self._seen(path, store[inside]) if inside in store else None

    def read(self, path: str, *, max_bytes: int) -> bytes:
        store, inside = self._place(path)
        data = store.get(inside)
        if data is None:
            raise NotThere(Text(path, path))
        return data[:max_bytes]

    def write(
        self, path: str, data: bytes, *, content_type: str = "application/octet-stream", if_match: str = ""
    ) -> str:
        with self.world.write(f"put {path}"):
            store, inside = self._place(path, bits=4)
            parent = inside.rpartition("/")[0]
            if parent and parent not in store:
                raise NotThere(Text(parent, parent))
            there = self.stat(path)
            if (there is not None) != bool(if_match) or (there is not None and there.etag != if_match):
                raise PreconditionFailed(Text(path, path))
            store[inside] = data
        return self._seen(path, data).etag

    def make_folder(self, path: str) -> bool:
        with self.world.write(f"mkcol {path}"):
            store, inside = self._place(path, bits=4)
            if inside in store:
                return False
            store[inside] = None
        return True

    def move(self, path: str, to: str) -> None:
        with self.world.write(f"move {path} {to}"):
            (store, inside), (_, target) = self._place(path, bits=2), self._place(to, bits=4)
            folder = self.world.folder_named(path.split("/")[1])
            if inside not in store:
                raise NotThere(Text(path, path))
            if target in store:
                raise AlreadyThere(Text(to, to))
            for names in (store, folder.rules, folder.numbers):
                for name in [name for name in names if name == inside or name.startswith(f"{inside}/")]:
                    names[target + name.removeprefix(inside)] = names.pop(name)  # type: ignore[index, attr-defined]

    def delete(self, path: str) -> None:
        with self.world.write(f"delete {path}"):
            store, inside = self._place(path, bits=8)
            if inside not in store:
                raise NotThere(Text(path, path))
            for name in [name for name in store if name == inside or name.startswith(f"{inside}/")]:
                del store[name]
                for folder in self.world.all_folders.values():
                    if folder.files is store:
                        folder.rules.pop(name, None)
                        folder.numbers.pop(name, None)

    def _place(self, path: str, *, bits: int = 1) -> tuple[dict[str, bytes | None], str]:
        top, _, inside = path.lstrip("/").partition("/")
        for folder in self.world.all_folders.values():
            if folder.name == top:
                if not self.world.may(SERVICE, top) & bits:
                    raise NotThere(Text(path, path))
                return folder.files, inside
        if inside and top not in self.world.own_files:
            raise NotThere(Text(path, path))
        return self.world.own_files, path.lstrip("/")

    def _seen(self, path: str, data: bytes | None) -> FileSeen:
        etag, number = "" if data is None else f"etag-{hash(data)}", str(crc32(path.encode()))
        return FileSeen(path, data is None, etag, None, len(data or b""), number)


class _FolderRules(_Part):
    def rules(self, path: str) -> tuple[RuledSeen, ...]:
        self.world.reads.append(f"rules of {path}")
        here = self._seen(path)
        return (here, *(self._seen(each.path) for each in self.world.files.list(path)))

    def set_rules(self, path: str, rules: Sequence[Rule]) -> None:
        with self.world.write(f"rules {path}"):
            folder, inside = self._folder(path)
            if OURSELVES not in folder.managers:
                raise RightMissing(Text(path, path))
            known = tuple(sorted(rule for rule in rules if self.world.exists(rule.who)))
            if known and not any(SERVICE in self.world.people(rule.who) and rule.permissions & 1 for rule in known):
                raise Refused(Text("locked out", "locked out"))
            folder.rules[inside] = known

    def _seen(self, path: str) -> RuledSeen:
        folder, inside = self._folder(path)
        return RuledSeen(path, folder.number(inside), folder.files.get(inside) is None, folder.rules.get(inside, ()))

    def _folder(self, path: str) -> tuple[Folder, str]:
        top, _, inside = path.lstrip("/").partition("/")
        if self.world.files.stat(path) is None:
            raise NotThere(Text(path, path))
        return self.world.folder_named(top), inside


class _Rooms(_Part):
    def rooms(self) -> tuple[RoomSeen, ...]:
        self.world.reads.append("rooms")
        return tuple(
            RoomSeen(token, room.name, room.description, "", room.owner == SERVICE)
            for token, room in self.world.all_rooms.items()
            if SERVICE in self.world.in_room(room.name)
        )

    def attendees(self, room: str) -> tuple[AttendeeSeen, ...]:
        self.world.reads.append(f"attendees of {room}")
        found = self._own(room)
        others = [Principal("user", user) for user in sorted(self.world.in_room(found.name) - {found.owner})]
        linked = [who for who in found.explicit if who.kind != "user"]
        return (
            AttendeeSeen(1, Principal("user", found.owner), True, True),
            *(
                AttendeeSeen(self._id(who), who, who.kind == "user" and who.id in found.moderators)
                for who in (*linked, *others)
            ),
        )

    def create_room(self, name: str, description: str) -> str:
        with self.world.write(f"room {name}"):
            token = f"room{self.world.number()}"
            self.world.all_rooms[token] = Room(name, SERVICE, description)
        return token

    def rename_room(self, room: str, name: str) -> None:
        with self.world.write(f"room {room} name {name}"):
            self._own(room).name = name

    def describe_room(self, room: str, description: str) -> None:
        with self.world.write(f"room {room} describe"):
            self._own(room).description = description

    def add_attendee(self, room: str, who: Principal) -> None:
        with self.world.write(f"{room} + {who.id}"):
            found, who = self._own(room), self.world.spelled(who)
            if not self.world.exists(who):
                raise NotThere(Text("new-participant", "new-participant"))
            if who.kind != "user" or who.id not in self.world.in_room(found.name):
                found.explicit[who] = 0
            if who.kind == "team":
                for member in self.world.all_teams[who.id].members.values():
                    for user in self.world.people(member.who):
                        found.brought.setdefault(user, member.who)

    def remove_attendee(self, room: str, attendee: int) -> None:
        with self.world.write(f"{room} - {attendee}"):
            found = self._own(room)
            row = next((each for each in self.attendees(room) if each.id == attendee), None)
            if row is None:
                raise NotThere(Text(room, room))
            found.explicit.pop(row.who, None)
            found.moderators.discard(row.who.id)
            for user in self.world.people(row.who):
                found.brought.pop(user, None)

    def set_moderator(self, room: str, attendee: int, *, moderates: bool) -> None:
        """Whoever was promoted stays when the team goes, and so does whoever is demoted again: he has a row now."""
        with self.world.write(f"{room} moderator {attendee} {moderates}"):
            found = self._own(room)
            row = next(each for each in self.attendees(room) if each.id == attendee)
            found.moderators.add(row.who.id) if moderates else found.moderators.discard(row.who.id)

    def delete_room(self, room: str) -> None:
        with self.world.write(f"room gone {room}"):
            del self.world.all_rooms[room]

    def _own(self, room: str) -> Room:
        found = self.world.all_rooms.get(room)
        if found is None:
            raise NotThere(Text(room, room))
        assert found.owner == SERVICE, "a room of somebody else was touched"
        return found

    def _id(self, who: Principal) -> int:
        return 2 + crc32(f"{who.kind}:{who.id}".encode())


class Books:
    """A state database in memory, as `network.ports.Ledger` promises. Its writes are boundaries, too."""

    def __init__(self, boundaries: Boundaries, now: datetime = NOW) -> None:
        self.boundaries = boundaries
        self.now = now
        self.rows: dict[tuple[str, str, str], Record] = {}
        self.open: dict[tuple[str, str, str], Intent] = {}
        self.history: list[tuple[str, str, str]] = []

    def records(self, scope: str | None = None, kind: str | None = None) -> tuple[Record, ...]:
        wanted = (row for row in self.rows.values() if scope in (None, row.scope) and kind in (None, row.kind))
        return tuple(sorted(wanted, key=lambda row: (row.scope, row.kind, row.key)))

    def record(self, scope: str, kind: str, key: str) -> Record | None:
        return self.rows.get((scope, kind, key))

    def intents(self, scope: str | None = None) -> tuple[Intent, ...]:
        return tuple(intent for intent in self.open.values() if scope in (None, intent.scope))

    def remember(self, record: Record) -> None:
        self.remember_all((record,))

    def remember_all(self, records: Iterable[Record]) -> None:
        rows = tuple(records)
        if not rows:
            return
        with self.boundaries.write(may_fail=False):
            for row in rows:
                self.rows[row.scope, row.kind, row.key] = replace(row, at=row.at or self.now)

    def forget(self, scope: str, kind: str, key: str) -> None:
        with self.boundaries.write(may_fail=False):
            self.rows.pop((scope, kind, key), None)

    def intend(self, intent: Intent) -> None:
        with self.boundaries.write(may_fail=False):
            self.open[intent.scope, intent.kind, intent.key] = intent

    def settle(self, intent: Intent) -> None:
        with self.boundaries.write(may_fail=False):
            self.open.pop((intent.scope, intent.kind, intent.key), None)

    def lost_value(self, scope: str, key: str, name: str, value: str, reason: str) -> None:
        self.history.append((key, name, value))
