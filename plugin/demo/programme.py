"""The invented yearly programme of the network: what German towns train, on dates around a given day."""

from __future__ import annotations

from datetime import date

from plugin.demo.first_half import FIRST_HALF
from plugin.demo.lesson import Row, dated
from plugin.demo.second_half import SECOND_HALF

__all__ = ["Row", "first_half", "rows", "second_half"]


def first_half(today: date) -> tuple[Row, ...]:
    """The trainings from eight weeks before the week of `today` to seventeen weeks after it, by date."""
    return tuple(dated(lesson, today) for lesson in FIRST_HALF)


def second_half(today: date) -> tuple[Row, ...]:
    """The trainings of the following half-year by date; at the end those whose date is still open."""
    return tuple(dated(lesson, today) for lesson in SECOND_HALF)


def rows(today: date) -> tuple[Row, ...]:
    """The whole year, in the order of the coordinator's table."""
    return first_half(today) + second_half(today)
