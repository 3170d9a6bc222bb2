"""One training of the invented programme: first as planned by week and weekday, then with the dates of a given day.

Weeks count from the Monday of the week in which the demonstration runs, so that no training falls on a weekend.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import IntEnum

from plugin.demo.places import ACCESSIBILITY, ONLINE

EXAMPLE = "(Beispiel)"


class Weekday(IntEnum):
    MON, TUE, WED, THU, FRI = range(5)


MON, TUE, WED, THU, FRI = Weekday


@dataclass(frozen=True, slots=True)
class Lesson:
    """A training without a year. `week` None: the date is still open. `deadline` in days before the start, 0 for none.

    `hours` like "09:00-12:00", empty for the whole day; `seats` None for as many as come.
    """

    key: int
    week: int | None
    weekday: Weekday
    title: str
    content: str
    place: str
    hours: str
    seats: int | None
    tags: str
    audience: str = "alle"
    contact: str = "Erika Beispiel"
    concept: str = ""
    days: int = 1
    deadline: int = 14
    status: str = "veröffentlicht"


@dataclass(frozen=True, slots=True)
class Row:
    """A training with its dates, as it stands in the coordinator's table. Both days are inclusive, times are local."""

    key: int
    status: str
    title: str
    description: str
    first_day: date | None
    last_day: date | None
    start: time | None
    end: time | None
    place: str
    link: str
    seats: int | None
    tags: tuple[str, ...]
    audience: str
    contact: str
    register_until: date | None
    concept: str
    accessibility: str


def monday(day: date) -> date:
    """The Monday of the week of `day`."""
    return day - timedelta(days=day.weekday())


def dated(lesson: Lesson, today: date) -> Row:
    """The lesson with its dates in the programme around `today`."""
    first = None if lesson.week is None else monday(today) + timedelta(weeks=lesson.week, days=lesson.weekday)
    start, end = _hours(lesson.hours)
    return Row(
        key=lesson.key,
        status=lesson.status,
        title=lesson.title,
        description=f"{lesson.content} {EXAMPLE}",
        first_day=first,
        last_day=first and first + timedelta(days=lesson.days - 1),
        start=start,
        end=end,
        place=lesson.place,
        link=f"https://konferenz.kreis-hoexter.example/schulung-{lesson.key}" if lesson.place == ONLINE else "",
        seats=lesson.seats,
        tags=tuple(lesson.tags.split(", ")),
        audience=lesson.audience,
        contact=lesson.contact,
        register_until=first - timedelta(days=lesson.deadline) if first and lesson.deadline else None,
        concept=lesson.concept,
        accessibility=ACCESSIBILITY.get(lesson.place, ""),
    )


def _hours(hours: str) -> tuple[time | None, time | None]:
    if not hours:
        return None, None
    start, end = hours.split("-")
    return time.fromisoformat(start), time.fromisoformat(end)
