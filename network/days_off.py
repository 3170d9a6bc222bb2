"""Days on which no meeting takes place: public holidays, which are computed, and school holidays, which are listed.

Knows nothing beyond that: whether a meeting minds such a day is for its group to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

Span = tuple[date, date]
"""First and last day, both included."""


@dataclass(frozen=True, slots=True)
class DaysOff:
    """`state` is the federal state whose public holidays count, empty: those of the whole country; None: none do."""

    state: str | None = None
    school: tuple[Span, ...] = ()

    def __contains__(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self.school) or self._is_public(day)

    def _is_public(self, day: date) -> bool:
        return self.state is not None and day in public_holidays(self.state, day.year)


NONE_OFF = DaysOff()


@cache
def public_holidays(state: str, year: int) -> frozenset[date]:
    """The public holidays of one year in a federal state of Germany ("NW"), or with "" those of the whole country."""
    import holidays

    return frozenset(holidays.country_holidays("DE", subdiv=state or None, years=year))
