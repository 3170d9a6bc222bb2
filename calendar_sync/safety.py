"""The guard over a calendar's whole plan: entries, shares, and moves between calendars. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from calendar_sync.steps import MoveEntry
from network.plan import Change, Limit, ScopePlan, guard
from network.text import Text


def guarded(
    whole: ScopePlan,
    limit: Limit,
    waiting: Collection[Change] = (),
    *,
    frozen: Text | None = None,
    stop: Text | None = None,
    is_released: bool,
) -> ScopePlan:
    """The plan, with what would be lost held back where the guard says so; `waiting` changes wait in any case.

    `frozen` says why nothing may be lost now, whoever released it: nobody knows what it would be exchanged for. `stop`
    says why it may not, however little it is, until somebody releases it.
    """
    plan = guard(whole, limit, always=frozen or stop, release=is_released and frozen is None)
    if frozen is not None:
        plan = replace(plan, unsafe=frozen)
    if is_released:
        return plan
    held = tuple(each for each in plan.changes if each in waiting)
    return replace(plan, changes=tuple(each for each in plan.changes if each not in held), held=(*plan.held, *held))


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
