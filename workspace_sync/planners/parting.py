"""What is wanted no longer goes in two steps: people at once, the empty shell thirty days later."""

from __future__ import annotations

from datetime import timedelta

from network.plan import Scope
from network.ports import Record
from workspace_sync import words
from workspace_sync.marks import team_of
from workspace_sync.planners.dissolution import dissolve_room, empty_room
from workspace_sync.planners.draft import Draft
from workspace_sync.planners.teams import rows
from workspace_sync.remembered import LEFT, ROOM
from workspace_sync.situation import Situation

KEPT_FOR = timedelta(days=30)


def note_parting(draft: Draft, part: str, situation: Situation) -> None:
    """From now on the days count. `part` is LEFT for a whole scope, ROOM for its room alone."""
    if situation.remembered.record(draft.scope, LEFT, part) is None:
        draft.remember(Record(str(draft.scope), LEFT, part))


def welcome_back(draft: Draft, part: str, situation: Situation) -> None:
    """It had left the configuration and stands in it again."""
    record = situation.remembered.record(draft.scope, LEFT, part)
    if record is not None:
        draft.forget(record)


def is_due(scope: Scope, part: str, situation: Situation) -> bool:
    """Whether it left so long ago that the empty shell goes too."""
    record = situation.remembered.record(scope, LEFT, part)
    return record is not None and record.at is not None and situation.now - record.at > KEPT_FOR


def leave_room(draft: Draft, situation: Situation, *, part: str = ROOM) -> bool:
    """Takes everybody out of a room that is wanted no longer; whether there still is one."""
    record = situation.remembered.room(draft.scope)
    if record is None:
        return False
    if situation.actual.rooms is None:
        return True
    if situation.actual.room(record.remote) is None:
        draft.forget(record)
        return False
    note_parting(draft, part, situation)
    was_full = empty_room(draft, _members(draft.scope, situation), situation)
    if not was_full and is_due(draft.scope, part, situation):
        dissolve_room(draft, words.LEFT_LONG_AGO, situation)
    return True


def _members(scope: Scope, situation: Situation) -> frozenset[str]:
    """Everybody who is in the scope's team, alone or through a group, as far as anybody told us."""
    seen = situation.actual.team(situation.team_id(team_of(scope)) or "")
    members = rows(seen, situation) if seen is not None else {}
    people = frozenset(who.id for who in members if who.kind == "user")
    return people.union(*(situation.people_in(who.id) for who in members if who.kind == "group"))
