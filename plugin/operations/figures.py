"""The numbers behind the pictures: how fresh each connector was day by day, how many trainings there are by month and
town. Counts alone, nothing about anybody.

Freshness comes from the counted days of `network.state.arrivals`, which keeps ninety of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from network.settings import Settings
from network.state import StateStore
from network.state.arrivals import Day
from network.text import Text
from plugin.findings import Freshness
from plugin.freshness import freshness
from plugin.listed import ListedDate
from plugin.month import Month
from plugin.towns import towns, towns_of

DAYS = timedelta(days=30)
BEFORE, MONTHS = 3, 12
ONLINE, ELSEWHERE = Text("Online", "Online"), Text("Anderswo", "Elsewhere")


@dataclass(frozen=True, slots=True)
class FreshDays:
    """One connector: each day of the window with what arrived on it, None where nothing did."""

    measured: Freshness
    days: tuple[tuple[date, Day | None], ...]


@dataclass(frozen=True, slots=True)
class TownMonths:
    """`numbers`: trainings in each of the months."""

    town: Text
    numbers: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.numbers)


@dataclass(frozen=True, slots=True)
class Programme:
    """`towns` are those in which anything takes place, by name; then online and elsewhere. `totals` count each training
    once, in however many towns it takes place."""

    months: tuple[Month, ...]
    towns: tuple[TownMonths, ...]
    totals: tuple[int, ...]


def fresh_days(settings: Settings, state: StateStore, now: datetime) -> tuple[FreshDays, ...]:
    """All connectors that bring trainings: of people nothing is measured day by day."""
    today = now.astimezone(settings.network.timezone).date()
    window = [today - DAYS + timedelta(days=number + 1) for number in range(DAYS.days)]
    return tuple(
        FreshDays(each, _by_day(each.days, window))
        for each in freshness(settings, state, now, window=DAYS)
        if each.provides == "trainings"
    )


def share(day: Day) -> float:
    """How much of what arrived on that day was visible in time, from 0 to 1."""
    return day.in_time / day.total if day.total else 1.0


def programme(dates: Iterable[ListedDate], settings: Settings, today: date) -> Programme:
    """Trainings that take place, by the month of their first day, from BEFORE months ago on."""
    months = _months(today)
    names, counted = towns(settings), Counter[tuple[Text, Month]]()
    totals = Counter[Month]()
    for each in dates:
        month = Month.of(each.first_day)
        if each.is_cancelled or month not in months:
            continue
        totals[month] += 1
        counted.update((where, month) for where in _where(each, names))
    places = (*(Text(name, name) for name in names), ONLINE, ELSEWHERE)
    rows = (TownMonths(place, tuple(counted[place, month] for month in months)) for place in places)
    return Programme(months, tuple(each for each in rows if each.total), tuple(totals[month] for month in months))


def _where(each: ListedDate, names: Sequence[str]) -> tuple[Text, ...]:
    training = each.training
    found = tuple(Text(name, name) for name in towns_of(training.place, names))
    if training.is_online:
        found = (*found, ONLINE)
    return found or (ELSEWHERE,)


def _months(today: date) -> tuple[Month, ...]:
    month = Month.of(today)
    for _ in range(BEFORE):
        month = month.previous
    found = [month]
    while len(found) < MONTHS:
        found.append(found[-1].next)
    return tuple(found)


def _by_day(days: Sequence[Day], window: Sequence[date]) -> tuple[tuple[date, Day | None], ...]:
    known = {each.day: each for each in days}
    return tuple((day, known.get(day)) for day in window)
