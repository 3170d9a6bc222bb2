"""Which object there is ours: by remembered id, by mark, or as our own unfinished creation. Never by name alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto

from network.plan import Scope, ScopeKind
from network.ports import FolderSeen, Principal, RoomSeen, TeamSeen
from workspace_sync.marks import SERVICE_TEAM, is_marked, scope_of
from workspace_sync.names import ARCHIVED, is_numbered
from workspace_sync.remembered import FOLDER, ROOM, TAKEN, TEAM
from workspace_sync.situation import Situation

ASK_AGAIN_AFTER = timedelta(days=1)


class State(Enum):
    OURS = auto()  # remembered
    MARKED = auto()  # ours by its mark, not remembered
    UNFINISHED = auto()  # we made it and were stopped before we could mark it
    NUMBERED = auto()  # "NAME (2)": we made it and were stopped before we could delete it, or name it otherwise
    LOST = auto()  # remembered, but in somebody else's hands
    TAKEN = auto()  # somebody else's has the name
    ABSENT = auto()


@dataclass(frozen=True, slots=True)
class TeamFound:
    state: State
    seen: TeamSeen | None = None


@dataclass(frozen=True, slots=True)
class FolderFound:
    state: State
    seen: FolderSeen | None = None


@dataclass(frozen=True, slots=True)
class RoomFound:
    state: State
    seen: RoomSeen | None = None


def find_team(key: str, name: str, situation: Situation) -> TeamFound:
    record = situation.remembered.team(key)
    remembered = situation.actual.team(record.remote) if record is not None else None
    if remembered is not None:
        return TeamFound(State.OURS if remembered.is_owner else State.LOST, remembered)
    teams = situation.actual.teams or ()
    marked = [each for each in teams if each.is_owner and situation.key_in(each.description) == key]
    if marked:
        return TeamFound(State.MARKED, min(marked, key=lambda each: each.id))
    unfinished = [each for each in teams if _is_unfinished(each, situation)]
    for each in unfinished:
        if each.name == name:
            return TeamFound(State.UNFINISHED, each)
    intent = situation.remembered.intent(scope_of(key), TEAM, key)
    for each in unfinished:
        if is_numbered(each.name, intent.name if intent is not None else name):
            return TeamFound(State.NUMBERED, each)
    foreign = next((each for each in teams if each.name == name), None)
    if foreign is not None or taken_name(key, situation) == name:
        return TeamFound(State.TAKEN, foreign)
    return TeamFound(State.ABSENT)


def find_folder(scope: Scope, name: str, situation: Situation) -> FolderFound:
    record = situation.remembered.folder(scope)
    remembered = situation.actual.folder(record.remote) if record is not None else None
    if remembered is not None:
        return FolderFound(State.OURS, remembered)
    claimed = {each.remote for each in situation.remembered.everywhere(FOLDER)}
    owner = _team_with_a_folder(scope, name, situation)
    for each in situation.actual.folders or ():
        if owner and each.team == owner and str(each.id) not in claimed:
            return FolderFound(State.MARKED, each)
    named = [each for each in situation.actual.folders or () if each.name == name]
    free = [each for each in named if str(each.id) not in claimed]
    ourselves = Principal("user", situation.actual.account)
    for each in free:
        if ourselves in each.managers:
            return FolderFound(State.MARKED, each)
    intent = situation.remembered.intent(scope, FOLDER, FOLDER)
    for each in free:
        if intent is not None and intent.name == name and is_bare(each, situation):
            return FolderFound(State.UNFINISHED, each)
    if named:
        return FolderFound(State.TAKEN, named[0])
    own = [each for each in strays(situation) if scope in _scopes_that_see(each, situation)]
    return FolderFound(State.MARKED, own[0]) if len(own) == 1 else FolderFound(State.ABSENT)


def strays(situation: Situation) -> tuple[FolderSeen, ...]:
    """Folders with our mark that no memory and no name of the configuration claims: renamed by hand, or left over."""
    claimed = {each.remote for each in situation.remembered.everywhere(FOLDER)}
    ourselves = Principal("user", situation.actual.account)
    return tuple(
        each
        for each in situation.actual.folders or ()
        if ourselves in each.managers
        and str(each.id) not in claimed
        and each.name not in situation.folder_names
        and not each.name.startswith(ARCHIVED)
    )


def _scopes_that_see(folder: FolderSeen, situation: Situation) -> frozenset[Scope]:
    """Whose own teams a folder is open to: the group's, or that of the people whom a project names. A town's team says
    nothing, every folder may be open to it; and a group's folder is open to nobody else."""
    keys = {situation.team_key(who.id) for who, _ in folder.grants if who.kind == "team"} - {SERVICE_TEAM, None}
    scopes = {scope_of(key) for key in keys if key is not None}
    own = {Scope.parse(each) for each in scopes if each.startswith(f"{ScopeKind.PROJECT}:")}
    if not own and len(scopes) == 1 and (only := next(iter(scopes))).startswith(f"{ScopeKind.EXCHANGE_GROUP}:"):
        own = {Scope.parse(only)}
    return frozenset(own)


def _team_with_a_folder(scope: Scope, name: str, situation: Situation) -> str:
    """The id of the exchange group's team: a folder that belongs to it is ours, whatever it is called."""
    if not situation.actual.features.team_spaces or scope.kind is not ScopeKind.EXCHANGE_GROUP:
        return ""
    found = find_team(str(scope), name, situation)
    is_ours = found.state in (State.OURS, State.MARKED, State.UNFINISHED)
    return found.seen.id if is_ours and found.seen is not None else ""


def find_room(scope: Scope, name: str, situation: Situation) -> RoomFound:
    record = situation.remembered.room(scope)
    remembered = situation.actual.room(record.remote) if record is not None else None
    if remembered is not None:
        return RoomFound(State.OURS if remembered.is_owner else State.LOST, remembered)
    rooms = situation.actual.rooms or ()
    key = str(scope)
    marked = [each for each in rooms if each.is_owner and situation.key_in(each.description) == key]
    if marked:
        return RoomFound(State.MARKED, min(marked, key=lambda each: each.token))
    claimed = {each.remote for each in situation.remembered.everywhere(ROOM)}
    foreign = next((each for each in rooms if each.name == name and each.token not in claimed), None)
    return RoomFound(State.TAKEN, foreign) if foreign is not None else RoomFound(State.ABSENT)


def is_bare(folder: FolderSeen, situation: Situation) -> bool:
    """Whether a folder holds nothing and nobody but the service account and its team may see it."""
    ourselves = Principal("user", situation.actual.account)
    service = Principal("team", situation.team_id(SERVICE_TEAM) or "")
    strangers = {*(who for who, _ in folder.grants), *folder.managers} - {ourselves, service}
    return folder.size == 0 and not strangers


def _is_unfinished(team: TeamSeen, situation: Situation) -> bool:
    """Owned by the service account, nobody else in it, no mark of any network, no other team of ours."""
    members = situation.actual.members.get(team.id)
    if members is None or not team.is_owner or is_marked(team.description):
        return False
    if any(each.remote == team.id for each in situation.remembered.everywhere(TEAM)):
        return False
    return all(each.who == Principal("user", situation.actual.account) for each in members)


def taken_name(key: str, situation: Situation) -> str | None:
    """The name that our team could not get because a foreign one has it.

    A foreign team shows only when we try to create ours; having tried, we try again a day later.
    """
    record = situation.remembered.record(scope_of(key), TAKEN, key)
    if record is None or record.at is None or situation.now - record.at > ASK_AGAIN_AFTER:
        return None
    return record.content
