"""What somebody looks for among the trainings, and what there is to choose from. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from plugin.listed import ListedDate
from plugin.towns import towns_of


@dataclass(frozen=True, slots=True)
class Search:
    """All of it has to fit; what is empty fits everything. Both days count in.

    `topic` is a tag, `town` one of `towns`, `calendar` a key. `is_open` leaves out what is full or cancelled.
    """

    words: str = ""
    topic: str = ""
    town: str = ""
    calendar: str = ""
    first: date | None = None
    last: date | None = None
    online: bool | None = None
    is_open: bool = False

    @property
    def is_narrowed(self) -> bool:
        return self != Search()

    @property
    def has_filters(self) -> bool:
        return replace(self, words="") != Search()

    def finds(self, each: ListedDate, names: Sequence[str]) -> bool:
        """`names` are those of all towns."""
        training = each.training
        return (
            (self.last is None or each.first_day <= self.last)
            and (self.first is None or each.last_day >= self.first)
            and (not self.calendar or training.calendar == self.calendar)
            and (self.online is None or (training.is_online if self.online else training.is_on_site))
            and (not self.is_open or not (each.is_cancelled or training.is_full))
            and (not self.topic or _holds(training.tags, self.topic))
            and (not self.town or _holds(towns_of(training.place, names), self.town))
            and all(word in training.words for word in self.words.casefold().split())
        )


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from, by the alphabet: only what finds something."""

    topics: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()
    calendars: tuple[str, ...] = ()
    has_online: bool = False
    has_full: bool = False


class Offers:
    """The choices of everybody who sees the same calendars, kept while the dates are the same ones."""

    def __init__(self) -> None:
        self._known: tuple[object, dict[tuple[tuple[str, ...], tuple[str, ...]], Choices]] = ((), {})

    def choices(
        self, dates: tuple[ListedDate, ...], calendars: tuple[str, ...], names: tuple[str, ...], today: date
    ) -> Choices:
        """What there is to choose from today and later; `dates` are those of the catalogue for today."""
        of, known = self._known
        if of is not dates:
            known = {}
            self._known = (dates, known)
        if (calendars, names) not in known:
            coming = (each for each in dates if each.training.calendar in calendars and each.last_day >= today)
            known[calendars, names] = choices(coming, names)
        return known[calendars, names]


def choices(shown: Iterable[ListedDate], names: Sequence[str]) -> Choices:
    trainings = {each.training.uid: each.training for each in shown}.values()
    return Choices(
        topics=_sorted(tag for each in trainings for tag in each.tags),
        towns=_sorted(town for place in {each.place for each in trainings} for town in towns_of(place, names)),
        calendars=_sorted(each.calendar for each in trainings),
        has_online=any(each.is_online for each in trainings),
        has_full=any(each.is_full for each in trainings),
    )


def found(
    dates: Iterable[ListedDate], search: Search, calendars: Collection[str], names: Sequence[str], now: datetime
) -> tuple[ListedDate, ...]:
    """Those of these calendars that fit, in their order. Without a first day only what is not over yet."""
    is_narrowed = search.is_narrowed
    return tuple(
        each
        for each in dates
        if each.training.calendar in calendars
        and (search.first is not None or each.ends_at > now)
        and (not is_narrowed or search.finds(each, names))
    )


def _holds(said: Iterable[str], wanted: str) -> bool:
    return wanted.casefold() in {each.casefold() for each in said}


def _sorted(found: Iterable[str]) -> tuple[str, ...]:
    """Each once, whatever its capitals."""
    return tuple(sorted({each.casefold(): each for each in found if each}.values(), key=str.casefold))
