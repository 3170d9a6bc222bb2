"""The single dates of a calendar object, as people see them: a series day by day, its exceptions in their places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time

from network.errors import BadInput
from network.ical.component import CalendarObject, Component
from network.ical.series import moved, repeats, starts
from network.ical.values import Moment, moment_of, span


@dataclass(frozen=True, slots=True)
class Occurrence:
    """`component` is what says the rest about this date: the exception where there is one, else the main component."""

    start: Moment
    end: Moment
    component: Component


def occurrences(item: CalendarObject, before: datetime) -> Iterator[Occurrence]:
    """Every date that begins before an aware moment, in no order; of a rule that can't be followed the first date."""
    start, end = span(item.main)
    exceptions = {_at(moment_of(found)): each for each in item.components if (found := each.first("RECURRENCE-ID"))}
    for each in _starts(item.main, start, before):
        if _at(each) not in exceptions:
            yield Occurrence(each, moved(each, end, start), item.main)
    for component in exceptions.values():
        own = span(component)
        if _at(own[0]) < before:
            yield Occurrence(*own, component)


def _starts(main: Component, start: Moment, before: datetime) -> list[Moment]:
    if not repeats(main):
        return [start]
    try:
        return list(starts(main, before))
    except BadInput:
        return [start]


def _at(each: Moment) -> datetime:
    """For comparing; days begin at midnight in UTC."""
    return each.astimezone(UTC) if isinstance(each, datetime) else datetime.combine(each, time(), UTC)
