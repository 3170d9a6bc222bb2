"""A team or room of ours that is no longer wanted: people go out at once, the empty shell is deleted."""

from __future__ import annotations

from network.plan import Action, Kind
from network.ports import Principal, TeamSeen
from network.text import Text
from workspace_sync import words
from workspace_sync.identity import State, find_team
from workspace_sync.marks import scope_of
from workspace_sync.planners.draft import Draft
from workspace_sync.planners.teams import Departure, TeamOutlook, TeamWish, plan_departures, rows
from workspace_sync.remembered import ATTENDEE, ROOM, TEAM, TEAM_MEMBER, member_key
from workspace_sync.situation import Situation
from workspace_sync.steps import DeleteRoom, DeleteTeam, RemoveAttendee, written


def empty_team(draft: Draft, key: str, situation: Situation) -> None:
    """Takes everybody but the service account out, people added by hand too."""
    seen = _ours(key, situation)
    if seen is None:
        return
    records = situation.remembered.records(scope_of(key), TEAM_MEMBER)
    there = rows(seen, situation)
    draft.there(Kind.MEMBER, map(written, there))
    departures = tuple(Departure(who, there[who].id) for who in sorted(there, key=written))
    plan_departures(draft, TeamWish(key, seen.name, ""), TeamOutlook(is_usable=False, departures=departures))
    staying = {member_key(key, who) for who in there}
    for each, record in records.items():
        if each.startswith(f"{key} > ") and each not in staying:
            draft.forget(record)


def dissolve_team(draft: Draft, key: str, reason: Text, situation: Situation) -> None:
    """Deletes the team after `empty_team`; forgets it when it is gone. What holds the one back holds the other too."""
    seen = _ours(key, situation)
    if seen is not None:
        loses = bool(rows(seen, situation))
        draft.change(Action.REMOVE, Kind.TEAM, key, seen.name, reason, DeleteTeam(key), loses=loses, lost=())
        return
    record = situation.remembered.team(key)
    if record is not None and situation.actual.teams is not None:
        draft.forget(record)
    draft.settle(situation.remembered.intent(scope_of(key), TEAM, key))


def has_team(key: str, situation: Situation) -> bool:
    return _ours(key, situation) is not None


def is_empty(key: str, situation: Situation) -> bool:
    seen = _ours(key, situation)
    return seen is not None and seen.id in situation.actual.members and not rows(seen, situation)


def empty_room(draft: Draft, explained: frozenset[str], situation: Situation) -> bool:
    """Takes everybody out; whether anybody was there.

    Groups and teams first: with them the server takes out their people (`explained`), except moderators.
    """
    record = situation.remembered.room(draft.scope)
    there = situation.actual.attendees.get(record.remote, ()) if record is not None else ()
    ourselves = Principal("user", situation.actual.account)
    others = sorted((row for row in there if row.who != ourselves), key=lambda row: (row.who.kind == "user", row.who))
    draft.there(Kind.MEMBER, (written(situation.named(row.who)) for row in others))
    has_groups = any(row.who.kind != "user" for row in others)
    records = situation.remembered.records(draft.scope, ATTENDEE)
    for row in others:
        goes_along = has_groups and row.who.id in explained and not row.is_moderator
        if row.who.kind == "user" and goes_along and written(row.who) not in records:
            continue
        who = situation.named(row.who)
        key = f"{ROOM} > {written(who)}"
        step = RemoveAttendee(row.id, who)
        lost = (written(who),)
        draft.change(Action.REVOKE, Kind.MEMBER, key, row.who.id, words.LEFT, step, loses=True, lost=lost)
    return bool(others)


def dissolve_room(draft: Draft, reason: Text, situation: Situation) -> None:
    record = situation.remembered.room(draft.scope)
    seen = situation.actual.room(record.remote) if record is not None else None
    if seen is not None:
        draft.change(Action.REMOVE, Kind.ROOM, ROOM, seen.name, reason, DeleteRoom())


def _ours(key: str, situation: Situation) -> TeamSeen | None:
    found = find_team(key, "", situation)
    return found.seen if found.state in (State.OURS, State.MARKED) else None
