"""The way back: takes away everything that we made and nobody edited, and lists the rest.

A folder in which anything but our unchanged template lies stays, and with it every team that gives access to it: nobody
loses what they wrote. Messages in a chat room go with the room.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from network.apps import App
from network.plan import Action, Kind, Scope, ScopeKind, ScopePlan
from network.ports import FolderSeen, Principal
from network.text import Text
from workspace_sync import words
from workspace_sync.identity import State, find_folder, find_room, find_team
from workspace_sync.marks import SERVICE_TEAM, scope_of
from workspace_sync.planners.draft import Draft
from workspace_sync.planners.teams import rows
from workspace_sync.remembered import (
    ACCOUNT,
    ATTENDEE,
    FOLDER,
    GROUP,
    GROUP_MEMBER,
    ROOM,
    TEAM,
    TEAM_MEMBER,
    TEMPLATE,
    Written,
    content,
    folder_record,
    member_key,
    room_record,
    team_record,
)
from workspace_sync.situation import Situation
from workspace_sync.steps import DeleteFolder, DeleteGroup, DeleteRoom, DeleteTeam, RemoveGroupMember, TeamRef, written
from workspace_sync.wish import ExchangeGroupWish, ProjectWish, Wish, Wishes

_BACKWARDS = (ScopeKind.PROJECT, ScopeKind.EXCHANGE_GROUP, ScopeKind.ADMINISTRATION)


@dataclass(frozen=True, slots=True)
class _Staying:
    """Folders that stay, and the teams (by id) that give access to them."""

    folders: frozenset[int]
    teams: frozenset[str]


def plan_removal(wishes: Wishes, situation: Situation) -> tuple[ScopePlan, ...]:
    """The plans in the order in which they have to be carried out: folders before the teams that open them.

    `situation.actual` has to hold the files of our folders. No guard: a person asked for it, and was asked back.
    """
    wanted = wishes.by_scope
    scopes = sorted(set(wanted) | situation.remembered.scopes, key=lambda each: (_BACKWARDS.index(each.kind), each.key))
    staying = _staying(scopes, wishes, situation)
    drafts = [_remove_scope(scope, wanted.get(scope), staying, situation) for scope in scopes]
    service = situation.team_id(SERVICE_TEAM)
    is_there = service is not None and situation.actual.team(service) is not None
    if drafts and service is not None and is_there and service not in staying.teams:
        last = drafts[-1]
        last.remember(team_record(SERVICE_TEAM, service, None))
        _delete_team(last, SERVICE_TEAM, SERVICE_TEAM)
    return tuple(draft.plan() for draft in drafts)


def _staying(scopes: Collection[Scope], wishes: Wishes, situation: Situation) -> _Staying:
    found = (_folder(scope, wishes.by_scope.get(scope), situation) for scope in scopes)
    folders = [(scope, seen) for scope, seen in zip(scopes, found, strict=True) if seen is not None]
    stay = [seen for scope, seen in folders if not _is_untouched(scope, seen, situation)]
    teams = frozenset(who.id for seen in stay for who, _ in seen.grants if who.kind == "team")
    return _Staying(frozenset(seen.id for seen in stay), teams)


def _remove_scope(scope: Scope, wish: Wish | None, staying: _Staying, situation: Situation) -> Draft:
    draft = Draft(scope)
    _name_what_is_hidden(draft, situation)
    _remove_folder(draft, wish, staying, situation)
    _remove_room(draft, wish, situation)
    for key in _team_keys(scope, situation):
        _remove_team(draft, key, staying, situation)
    for group in situation.remembered.records(scope, GROUP):
        _remove_group(draft, group, situation)
    for account in situation.remembered.records(scope, ACCOUNT):
        draft.kept += 1
        draft.report(words.stays(draft.place, account, words.NEVER_DELETED))
    return draft


def _name_what_is_hidden(draft: Draft, situation: Situation) -> None:
    """What belongs to an app that is missing now can't be taken away, and neither can what gives access to it."""
    features, remembered = situation.actual.features, situation.remembered
    for app, is_there, kind in (
        (App.TEAMS, features.teams, TEAM),
        (App.TEAM_FOLDERS, features.team_folders, FOLDER),
        (App.TALK, features.rooms, ROOM),
    ):
        if not is_there and remembered.records(draft.scope, kind):
            draft.kept += 1
            draft.lacks(app)


def _folder(scope: Scope, wish: Wish | None, situation: Situation) -> FolderSeen | None:
    name = wish.folder.name if isinstance(wish, ExchangeGroupWish | ProjectWish) and wish.folder is not None else ""
    found = find_folder(scope, name, situation)
    return found.seen if found.state in (State.OURS, State.MARKED) else None


def _is_untouched(scope: Scope, folder: FolderSeen, situation: Situation) -> bool:
    """Whether nothing is in the folder but sub-folders and files of our template that have their ETag still."""
    files = situation.actual.files.get(folder.id)
    if files is None:
        return False
    template = situation.remembered.records(scope, TEMPLATE)
    ours = {f"/{folder.name}/{path}": record.etag for path, record in template.items() if record.etag}
    return all(file.is_folder or ours.get(file.path) == file.etag for file in files)


def _remove_folder(draft: Draft, wish: Wish | None, staying: _Staying, situation: Situation) -> None:
    seen = _folder(draft.scope, wish, situation)
    if seen is None:
        return
    if seen.id in staying.folders:
        draft.kept += 1
        draft.report(words.stays(draft.place, seen.name, words.HAS_CONTENT))
        return
    if situation.remembered.folder(draft.scope) is None:
        draft.remember(folder_record(draft.scope, seen.id, Written(seen.name)))
    step = DeleteFolder(seen.name, seen.team)
    draft.change(Action.REMOVE, Kind.FOLDER, FOLDER, seen.name, words.TAKEN_AWAY, step, foundation=True)


def _remove_room(draft: Draft, wish: Wish | None, situation: Situation) -> None:
    found = find_room(draft.scope, wish.name if isinstance(wish, ExchangeGroupWish) else "", situation)
    if found.seen is None or found.state not in (State.OURS, State.MARKED):
        return
    if _guests(draft.scope, found.seen.token, situation):
        draft.kept += 1
        draft.report(words.stays(draft.place, found.seen.name, words.HAS_GUESTS))
        return
    if found.state is State.MARKED:
        draft.remember(room_record(draft.scope, found.seen.token, found.seen.name))
    draft.change(Action.REMOVE, Kind.ROOM, ROOM, found.seen.name, words.TAKEN_AWAY, DeleteRoom())


def _guests(scope: Scope, token: str, situation: Situation) -> frozenset[str]:
    """Who is in the room and came neither with a team or group of the room nor through us."""
    there = [row.who for row in situation.actual.attendees.get(token, ())]
    ours = situation.remembered.records(scope, ATTENDEE)
    explained = {situation.actual.account}
    for who in there:
        explained |= _behind(who, situation)
    return frozenset(
        who.id for who in there if who.kind == "user" and who.id not in explained and written(who) not in ours
    )


def _behind(who: Principal, situation: Situation) -> frozenset[str]:
    if who.kind == "group":
        return situation.people_in(who.id)
    members = situation.actual.members.get(who.id, ()) if who.kind == "team" else ()
    people = frozenset(row.who.id for row in members if row.who.kind == "user")
    return people.union(*(situation.people_in(row.who.id) for row in members if row.who.kind == "group"))


def _team_keys(scope: Scope, situation: Situation) -> list[str]:
    """Remembered teams and marked ones."""
    marked = {situation.key_in(team.description) for team in situation.actual.teams or () if team.is_owner}
    of_scope = {key for key in marked if key is not None and scope_of(key) == str(scope)}
    return sorted(of_scope | set(situation.remembered.records(scope, TEAM)))


def _remove_team(draft: Draft, key: str, staying: _Staying, situation: Situation) -> None:
    found = find_team(key, "", situation)
    if found.seen is None or found.state not in (State.OURS, State.MARKED):
        return
    reason = _why_it_stays(key, found.seen.id, staying, situation)
    if reason is not None:
        draft.kept += 1
        draft.report(words.stays(draft.place, found.seen.name, reason))
        return
    if found.state is State.MARKED:
        draft.remember(team_record(key, found.seen.id, found.seen.name))
    _delete_team(draft, key, found.seen.name)


def _why_it_stays(key: str, id: str, staying: _Staying, situation: Situation) -> Text | None:
    hides_a_folder = situation.actual.folders is None and situation.remembered.folder(Scope.parse(scope_of(key)))
    if id in staying.teams or hides_a_folder:
        return words.GIVES_ACCESS
    seen = situation.actual.team(id)
    records = situation.remembered.records(scope_of(key), TEAM_MEMBER)
    people = [who for who in (rows(seen, situation) if seen is not None else ()) if not isinstance(who, TeamRef)]
    by_hand = any(who.kind == "user" and member_key(key, who) not in records for who in people)
    return words.HAS_GUESTS if by_hand else None


def _delete_team(draft: Draft, key: str, name: str) -> None:
    draft.change(Action.REMOVE, Kind.TEAM, key, name, words.TAKEN_AWAY, DeleteTeam(key))


def _remove_group(draft: Draft, group: str, situation: Situation) -> None:
    record = situation.remembered.record(draft.scope, GROUP, group)
    ours = situation.remembered.records(draft.scope, GROUP_MEMBER)
    there = situation.actual.group_members.get(group, frozenset())
    if content(record).is_made_by_us and there <= set(ours):
        draft.change(Action.REMOVE, Kind.GROUP, group, group, words.TAKEN_AWAY, DeleteGroup(group))
        return
    for account in sorted(there & set(ours)):
        step = RemoveGroupMember(group, account)
        draft.change(Action.REVOKE, Kind.MEMBER, f"{group} > {account}", account, words.TAKEN_AWAY, step)
    if there - set(ours) and content(record).is_made_by_us:
        draft.kept += 1
        draft.report(words.stays(draft.place, group, words.IN_USE))
