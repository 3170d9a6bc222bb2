"""The guard over a calendar's whole plan: entries, shares, and moves between calendars. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from calendar_sync.sharing import SharePlan
from calendar_sync.steps import MoveEntry
from network.plan import Change, Limit, ScopePlan, guard


def guarded(whole: ScopePlan, limit: Limit, shares: SharePlan, *, is_released: bool) -> ScopePlan:
    """The plan with its revoked shares, held back where the guard says so.

    While entries or too many shares would be lost, nobody loses sight of the calendar either.
    """
    if shares.always is not None and not is_released:
        going_on = tuple(each for each in whole.changes if not each.loses)
        lost = tuple(each for each in whole.changes if each.loses)
        return replace(whole, changes=going_on, held=(*shares.revokes, *lost), unsafe=shares.always)
    plan = guard(whole, limit, release=is_released)
    if plan.unsafe is not None:
        return replace(plan, held=(*shares.revokes, *plan.held))
    return replace(plan, changes=(*shares.revokes, *plan.changes))


def moves_wait(plans: Sequence[ScopePlan]) -> list[ScopePlan]:
    """The plans, with moves held back while either of their calendars is stopped."""
    stopped = {each.scope.key for each in plans if each.unsafe is not None}
    return [_waiting(each, stopped) if stopped else each for each in plans]


def _waiting(plan: ScopePlan, stopped: set[str]) -> ScopePlan:
    waiting = tuple(each for each in plan.changes if _touches(each, plan.scope.key, stopped))
    going_on = tuple(each for each in plan.changes if not _touches(each, plan.scope.key, stopped))
    return replace(plan, changes=going_on, held=(*plan.held, *waiting))


def _touches(change: Change, key: str, stopped: set[str]) -> bool:
    return isinstance(change.step, MoveEntry) and bool({key, change.step.from_calendar} & stopped)
