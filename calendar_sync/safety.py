"""The guard over a calendar's whole plan: entries, shares, moves between calendars, and what was taken back. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from calendar_sync import sentences
from calendar_sync.records import Held
from calendar_sync.steps import MoveEntry
from network.plan import Change, Kind, Limit, ScopePlan, guard
from network.text import Text

_ENTRIES = frozenset({Kind.ENTRY, Kind.MEETING, Kind.SOURCE_ENTRY})
_SAID_BY_PEOPLE = (sentences.CANCELLED_BY_HAND, sentences.TAKES_PLACE)


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


def held_back(plan: ScopePlan, held: Held, timezone: str) -> ScopePlan:
    """The plan of a calendar whose last run was taken back: its entries wait, whoever would gain or lose. What people
    cancel goes on, and so do the calendar itself and who sees it.
    """
    at = datetime.fromisoformat(held.at).astimezone(ZoneInfo(timezone))
    return replace(
        plan,
        changes=tuple(each for each in plan.changes if not _waits(each)),
        held=(*plan.held, *filter(_waits, plan.changes)),
        unsafe=sentences.held_back(held.run, at),
    )


def moves_wait(plans: Sequence[ScopePlan]) -> list[ScopePlan]:
    """The plans, with moves held back while either of their calendars is stopped."""
    stopped = {each.scope.key for each in plans if each.unsafe is not None}
    return [_waiting(each, stopped) if stopped else each for each in plans]


def _waits(change: Change) -> bool:
    return change.kind in _ENTRIES and change.reason not in _SAID_BY_PEOPLE


def _waiting(plan: ScopePlan, stopped: set[str]) -> ScopePlan:
    waiting = tuple(each for each in plan.changes if _touches(each, plan.scope.key, stopped))
    going_on = tuple(each for each in plan.changes if not _touches(each, plan.scope.key, stopped))
    return replace(plan, changes=going_on, held=(*plan.held, *waiting))


def _touches(change: Change, key: str, stopped: set[str]) -> bool:
    return isinstance(change.step, MoveEntry) and bool({key, change.step.from_calendar} & stopped)
