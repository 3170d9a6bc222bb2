"""Who is in a group or team once the plans made so far are carried out: chat rooms follow in the same run.

Reads finished plans. Whoever the guard keeps in, or something makes wait, is still there afterwards.
"""

from __future__ import annotations

from network.plan import ScopePlan
from network.ports import Principal
from workspace_sync.planners.teams import present
from workspace_sync.situation import Situation
from workspace_sync.steps import (
    AddGroupMember,
    AddMembers,
    CreateGroup,
    RemoveGroupMember,
    RemoveMember,
    TakeGroup,
    TeamRef,
    Who,
)


def with_what_comes(plan: ScopePlan, situation: Situation) -> Situation:
    """`situation` as those scopes see it that are planned after this one."""
    return situation.after(_after(plan, situation))


def _after(plan: ScopePlan, situation: Situation) -> dict[Who, frozenset[Who]]:
    """The members that change, by group and team of ours."""
    found: dict[Who, frozenset[Who]] = {}
    for change in plan.changes:
        match change.step:
            case AddMembers(key, who):
                found[TeamRef(key)] = found.get(TeamRef(key), present(key, situation)) | frozenset(who)
            case RemoveMember(key, _, leaver):
                found[TeamRef(key)] = found.get(TeamRef(key), present(key, situation)) - {leaver}
            case CreateGroup(group) | TakeGroup(group):
                found.setdefault(Principal("group", group), frozenset())  # nobody, as long as nobody is taken in
            case AddGroupMember(group, account) | RemoveGroupMember(group, account) as step:
                whole = Principal("group", group)
                there = found.get(whole, _in_group(group, situation))
                one = frozenset({Principal("user", account)})
                found[whole] = there | one if isinstance(step, AddGroupMember) else there - one
            case _:
                pass
    return found


def _in_group(group: str, situation: Situation) -> frozenset[Who]:
    there = situation.actual.group_members.get(group, frozenset())
    return frozenset(Principal("user", account) for account in there)
