"""Taking over an object that somebody else made, where the server lets us, and letting go of one of ours.

Adopting marks and remembers, nothing else: what the wish says of it is the business of the next plan, with its guard.
"""

from __future__ import annotations

from network.plan import Action, Kind, Scope, ScopePlan
from network.ports import Principal
from workspace_sync import words
from workspace_sync.marks import scope_of, team_of, with_mark, without_mark
from workspace_sync.planners.draft import Draft
from workspace_sync.planners.folders import plan_manager
from workspace_sync.remembered import FOLDER, GROUP, GROUP_MEMBER, ROOM, TAKEN, TEAM
from workspace_sync.situation import Situation
from workspace_sync.steps import ReleaseFolder, ReleaseRoom, ReleaseTeam, TakeFolder, TakeGroup, TakeRoom, TakeTeam


def plan_adoption(scope: Scope, kind: Kind, name: str, situation: Situation) -> ScopePlan:
    """Makes the team, folder, room or group called `name` (or with this id) the one of the scope.

    A plan without changes says in its problems why it can't be.
    """
    draft = Draft(scope)
    if kind is Kind.TEAM:
        _adopt_team(draft, name, situation)
    elif kind is Kind.FOLDER:
        _adopt_folder(draft, name, situation)
    elif kind is Kind.ROOM:
        _adopt_room(draft, name, situation)
    elif kind is Kind.GROUP and situation.actual.group(name) is not None:
        draft.change(Action.ADOPT, Kind.GROUP, name, name, words.ADOPTED, TakeGroup(name, name))
    else:
        draft.report(words.not_adoptable(draft.place, name, words.NOT_THERE))
    return draft.plan()


def plan_release(scope: Scope, kind: Kind, situation: Situation, *, team: str = "") -> ScopePlan:
    """Forgets the scope's object of this kind and takes our mark off it; it stays. `team`: another team's key."""
    draft = Draft(scope)
    if kind is Kind.TEAM:
        _release_team(draft, team or team_of(scope), situation)
    elif kind is Kind.FOLDER:
        record = situation.remembered.folder(scope)
        if record is not None:
            step = ReleaseFolder(int(record.remote))
            draft.change(Action.FORGET, Kind.FOLDER, FOLDER, record.remote, words.RELEASED, step)
    elif kind is Kind.ROOM:
        _release_room(draft, situation)
    elif kind is Kind.GROUP:
        for each in (GROUP, GROUP_MEMBER):
            for record in situation.remembered.records(scope, each).values():
                draft.forget(record)
    return draft.plan()


def _adopt_team(draft: Draft, name: str, situation: Situation) -> None:
    key = team_of(draft.scope)
    seen = next((each for each in situation.actual.teams or () if name in (each.id, each.name)), None)
    if seen is None:
        draft.report(words.not_adoptable(draft.place, name, words.NOT_THERE))
    elif not seen.is_owner:
        draft.report(words.not_adoptable(draft.place, name, words.NOT_OWNER))
    elif situation.team_key(seen.id) not in (None, key):
        draft.report(words.not_adoptable(draft.place, name, words.CLAIMED))
    else:
        taken = situation.remembered.record(scope_of(key), TAKEN, key)
        if taken is not None:
            draft.forget(taken)
        step = TakeTeam(key, seen.id, seen.name, with_mark(seen.description, situation.network.id, key))
        draft.change(Action.ADOPT, Kind.TEAM, key, seen.name, words.ADOPTED, step)


def _adopt_folder(draft: Draft, name: str, situation: Situation) -> None:
    seen = next((each for each in situation.actual.folders or () if name in (str(each.id), each.name)), None)
    claimed = {each.remote for each in situation.remembered.everywhere(FOLDER) if each.scope != str(draft.scope)}
    if seen is None:
        draft.report(words.not_adoptable(draft.place, name, words.NOT_THERE))
    elif str(seen.id) in claimed:
        draft.report(words.not_adoptable(draft.place, name, words.CLAIMED))
    else:
        step = TakeFolder(seen.id, seen.name)
        draft.change(Action.ADOPT, Kind.FOLDER, FOLDER, seen.name, words.ADOPTED, step, foundation=True)
        plan_manager(draft, Principal("user", situation.actual.account), manages=True)


def _adopt_room(draft: Draft, name: str, situation: Situation) -> None:
    seen = next((each for each in situation.actual.rooms or () if name in (each.token, each.name)), None)
    claimed = {each.remote for each in situation.remembered.everywhere(ROOM) if each.scope != str(draft.scope)}
    if seen is None:
        draft.report(words.not_adoptable(draft.place, name, words.NOT_THERE))
    elif not seen.is_owner:
        draft.report(words.not_adoptable(draft.place, name, words.NOT_OWNER))
    elif seen.token in claimed:
        draft.report(words.not_adoptable(draft.place, name, words.CLAIMED))
    else:
        key = str(draft.scope)
        step = TakeRoom(seen.token, seen.name, with_mark(seen.description, situation.network.id, key))
        draft.change(Action.ADOPT, Kind.ROOM, ROOM, seen.name, words.ADOPTED, step)


def _release_team(draft: Draft, key: str, situation: Situation) -> None:
    record = situation.remembered.record(scope_of(key), TEAM, key)
    seen = situation.actual.team(record.remote) if record is not None else None
    if seen is not None:
        step = ReleaseTeam(key, without_mark(seen.description, situation.network.id, key))
        draft.change(Action.FORGET, Kind.TEAM, key, seen.name, words.RELEASED, step)


def _release_room(draft: Draft, situation: Situation) -> None:
    record = situation.remembered.room(draft.scope)
    seen = situation.actual.room(record.remote) if record is not None else None
    if seen is not None:
        step = ReleaseRoom(without_mark(seen.description, situation.network.id, str(draft.scope)))
        draft.change(Action.FORGET, Kind.ROOM, ROOM, seen.name, words.RELEASED, step)
