"""A month as a sheet of weeks, and what takes place on each of its days. Pure."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from plugin.listed import ListedDate

FIRST_YEAR, LAST_YEAR = 2000, 2199


@dataclass(frozen=True, slots=True, order=True)
class Month:
    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, written: str) -> Month | None:
        """Of "2026-12"; None for anything else."""
        year, dash, number = written.partition("-")
        if not (
            dash
            and (year + number).isascii()
            and year.isdigit()
            and number.isdigit()
            and (len(year), len(number)) == (4, 2)
        ):
            return None
        is_known = FIRST_YEAR <= int(year) <= LAST_YEAR and 1 <= int(number) <= 12
        return cls(int(year), int(number)) if is_known else None

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> Month:
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def previous(self) -> Month:
        return Month.of(self.first - timedelta(days=1))

    @property
    def weeks(self) -> tuple[tuple[date, ...], ...]:
        """From Monday to Sunday, with the days of the months beside it."""
        return tuple(map(tuple, calendar.Calendar().monthdatescalendar(self.year, self.number)))


def by_day(dates: Iterable[ListedDate], month: Month) -> Mapping[date, tuple[ListedDate, ...]]:
    """What takes place on each day of the month; what lasts several days stands on each of them."""
    found: dict[date, list[ListedDate]] = {}
    for each in dates:
        day = max(each.first_day, month.first)
        while day <= min(each.last_day, month.last):
            found.setdefault(day, []).append(each)
            day += timedelta(days=1)
    return {day: tuple(each) for day, each in found.items()}
