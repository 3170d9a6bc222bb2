"""The calendar itself: made, taken, kept right, left and brought back. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from calendar_sync import sentences
from calendar_sync.marker import calendar_mark
from calendar_sync.records import CalendarMemory, Remembered
from calendar_sync.steps import (
    ChangeCalendar,
    DeleteCalendar,
    LeaveCalendar,
    MakeCalendar,
    MarkCalendar,
    RestoreCalendar,
)
from calendar_sync.survey import ActualCalendar
from calendar_sync.wish import DesiredCalendar, calendar_scope
from network.plan import Action, Change, Kind
from network.ports import CalendarSeen, CalendarWish
from network.problems import Problem
from network.text import Text

KEPT_WHEN_LEFT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class CalendarPlan:
    """`is_usable`: its entries may be compared and shares set now. `wrote` is the wish that stands there."""

    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_usable: bool = True
    kept: int = 0
    wrote: CalendarWish | None = None


def plan_calendar(
    calendar: DesiredCalendar, actual: ActualCalendar | None, remembered: Remembered, network: str
) -> CalendarPlan:
    """What makes the calendar itself right."""
    mark = calendar_mark(network, calendar.key)
    wish = calendar.properties
    memory = remembered.calendars.get(calendar.key)
    if actual is None:
        step = MakeCalendar(calendar.uri, wish, mark)
        return CalendarPlan((_change(calendar, Action.CREATE, sentences.NEW, step, foundation=True),))
    where = calendar.where_written or str(calendar.scope)
    if actual.seen.marker and not actual.is_marked:
        return CalendarPlan(problems=(sentences.calendar_of_another_network(where, wish.name),), is_usable=False)
    is_ours = actual.is_marked or actual.is_empty or (memory is not None and memory.href == actual.seen.href)
    if not is_ours:
        return CalendarPlan(problems=(sentences.calendar_taken(where, wish.name),), is_usable=False)
    if actual.seen.trashed:
        restore = RestoreCalendar(actual.seen.uri)
        return CalendarPlan((_change(calendar, Action.RESTORE, sentences.BACK, restore),), is_usable=False)
    if not actual.is_marked:
        take = MarkCalendar(actual.seen.href, wish, mark)
        return CalendarPlan((_change(calendar, Action.ADOPT, sentences.UNFINISHED, take, foundation=True),))
    return _kept_right(calendar, actual.seen, memory.wish if memory else None)


def plan_leaving(
    key: str, actual: ActualCalendar, remembered: Remembered, network: str, now: datetime
) -> tuple[Change, ...]:
    """A calendar that nobody configures any more: hidden at once, deleted after 30 days, unless it comes back."""
    memory = remembered.calendars.get(key) or CalendarMemory(key, calendar_mark(network, key))
    seen = actual.seen
    if seen.trashed or not actual.is_marked:
        return ()
    if not memory.left_at or seen.shares:
        left_at = memory.left_at or now.isoformat()
        remember = replace(memory, left_at=left_at, href=seen.href, token=memory.token)
        step = LeaveCalendar(seen.href, tuple(sorted(row.principal for row in seen.shares)), remember)
        return (_leaving(key, seen, Action.REVOKE, Kind.SHARE, sentences.LEFT, step),)
    if datetime.fromisoformat(memory.left_at) + KEPT_WHEN_LEFT <= now:
        delete = DeleteCalendar(seen.href)
        return (_leaving(key, seen, Action.REMOVE, actual.kind, sentences.LEFT_LONG, delete),)
    return ()


def _kept_right(calendar: DesiredCalendar, seen: CalendarSeen, written: CalendarWish | None) -> CalendarPlan:
    wish = calendar.properties
    is_right = _is_right(seen, wish)
    if written != wish and not (written is None and is_right):
        step = ChangeCalendar(seen.href, wish)
        return CalendarPlan((_change(calendar, Action.UPDATE, sentences.CONFIGURED, step),))
    if seen.name == wish.name:
        return CalendarPlan(kept=int(not is_right), wrote=wish)
    if calendar.puts_name_back:
        back = ChangeCalendar(seen.href, wish)
        return CalendarPlan((_change(calendar, Action.UPDATE, sentences.renamed_back(seen.name), back),), wrote=wish)
    where = calendar.where_written or str(calendar.scope)
    return CalendarPlan(problems=(sentences.renamed_by_hand(where, wish.name, seen.name),), kept=1, wrote=wish)


def _is_right(seen: CalendarSeen, wish: CalendarWish) -> bool:
    """Nextcloud may hand a colour back in capitals and with an alpha channel."""
    same_colour = seen.color.casefold()[:7] == wish.color.casefold()[:7]
    return seen.name == wish.name and same_colour and seen.description == wish.description and seen.has_timezone


def _change(
    calendar: DesiredCalendar, action: Action, reason: Text, step: object, *, foundation: bool = False
) -> Change:
    wish = calendar.properties
    content = "|".join((wish.name, wish.color, wish.timezone, wish.description))
    return Change(
        calendar.scope, action, calendar.kind, calendar.key, wish.name, reason, step, content, foundation=foundation
    )


def _leaving(key: str, seen: CalendarSeen, action: Action, kind: Kind, reason: Text, step: object) -> Change:
    return Change(calendar_scope(key), action, kind, key, seen.name, reason, step, loses=True)
