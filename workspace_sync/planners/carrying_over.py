"""One person under two accounts: what somebody gave the old one by hand in our teams and rooms, the new one gets.

What the configuration gives follows from the configuration, once it means the new account.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TypeVar

from network.plan import Action, Kind, Scope, ScopePlan
from network.ports import AttendeeSeen, Principal, TeamMemberSeen
from workspace_sync import words
from workspace_sync.marks import scope_of
from workspace_sync.planners.draft import Draft
from workspace_sync.planners.teams import OWNER
from workspace_sync.remembered import ROOM
from workspace_sync.situation import Situation
from workspace_sync.steps import CarryAttendee, CarryMember, RemoveAttendee, RemoveMember

Row = TypeVar("Row", TeamMemberSeen, AttendeeSeen)


def plan_carrying_over(old: str, new: str, situation: Situation, others: Iterable[ScopePlan]) -> tuple[ScopePlan, ...]:
    """One plan for each team or room of ours that the old account is in, unless one of `others` takes it out."""
    steps = [change.step for plan in others for change in plan.changes]
    leaving = {step.membership for step in steps if isinstance(step, RemoveMember)}
    going = {step.attendee for step in steps if isinstance(step, RemoveAttendee)}
    drafts: dict[Scope, Draft] = {}
    for team in situation.actual.teams or ():
        key = situation.team_key(team.id) if team.is_owner else None
        row = _row(situation.actual.members.get(team.id, ()), old)
        if key is None or row is None or row.id in leaving or row.level >= OWNER:
            continue
        scope = Scope.parse(scope_of(key))
        _change(drafts.setdefault(scope, Draft(scope)), f"{key} > {old}", new, CarryMember(key, row.id, old, new))
    for record in situation.remembered.everywhere(ROOM):
        rows = situation.actual.attendees.get(record.remote, ())
        there = _row(rows, old)
        if there is None or there.id in going or there.is_owner or _comes_with_a_group(rows, old, situation):
            continue
        scope = Scope.parse(record.scope)
        _change(
            drafts.setdefault(scope, Draft(scope)),
            f"{ROOM} > {old}",
            f"{new} (Talk)",
            CarryAttendee(there.id, old, new),
        )
    return tuple(draft.plan() for draft in drafts.values())


def _change(draft: Draft, key: str, title: str, step: object) -> None:
    draft.change(Action.UPDATE, Kind.MEMBER, key, title, words.CARRIED_OVER, step)


def _row(rows: Collection[Row], account: str) -> Row | None:
    return next((row for row in rows if row.who == Principal("user", account)), None)


def _comes_with_a_group(rows: Collection[AttendeeSeen], account: str, situation: Situation) -> bool:
    """Whether a group brings the account into the room: as long as it is in there, it belongs there."""
    teams = [row.who.id for row in rows if row.who.kind == "team"]
    groups = {row.who.id for row in rows if row.who.kind == "group"}
    groups |= {row.who.id for id in teams for row in situation.actual.members.get(id, ()) if row.who.kind == "group"}
    return any(account in situation.people_in(group) for group in groups)
