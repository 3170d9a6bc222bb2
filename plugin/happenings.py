"""What takes place on which day, as it stands in our calendars: each day of a series is one of its own. Pure.

So that somebody can say of one of them that it doesn't take place. A training that stands in several calendars is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo

from calendar_sync.cancellation import day_replaced, name_of
from calendar_sync.records import CancelledByHand
from calendar_sync.wording import undecorated
from network.ical.canonical import from_text
from network.ical.component import Component
from network.ical.occurrences import occurrences
from network.ical.values import Moment, text_of
from plugin.listed import Listed, Span, at

_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Happening(Span):
    """`occurrence` names one day of a series (calendar_sync.cancellation); empty: the entry itself. `title` is without
    what tells that it is cancelled. `word` is that of the person who cancelled it, where it was one.
    """

    uid: str
    occurrence: str
    connector: str
    title: str
    place: str
    calendars: tuple[str, ...]
    is_cancelled: bool
    word: CancelledByHand | None = None

    @property
    def key(self) -> str:
        return f"{self.uid} {self.occurrence}".strip()

    @property
    def can_take_place(self) -> bool:
        """Whether the person's word is all that keeps it from taking place."""
        return self.is_cancelled and self.word is not None and not self.word.is_agreed


def happenings(
    listed: Iterable[Listed], words: Mapping[str, CancelledByHand], *, first: date, days: int, zone: tzinfo
) -> tuple[Happening, ...]:
    """All that takes place, or was to, on `first` and the days after it, the first to begin first."""
    if not date.min.year < first.year < date.max.year:
        return ()  # in another zone these days would be none that a calendar knows
    since, until = at(first, zone), at(first + timedelta(days=days), zone)
    found: dict[str, Happening] = {}
    for each in listed:
        for happening in _of(each, words, since, until, zone):
            known = found.get(happening.key)
            calendars = (*(known.calendars if known else ()), each.calendar)
            found[happening.key] = replace(happening, calendars=calendars)
    return tuple(sorted(found.values(), key=lambda each: (at(each.start, zone), each.title, each.key)))


def _of(
    each: Listed, words: Mapping[str, CancelledByHand], since: datetime, until: datetime, zone: tzinfo
) -> Iterator[Happening]:
    for date_of in occurrences(from_text(each.text), until):
        start, end = _local(date_of.start, zone), _local(date_of.end, zone)
        if at(start, zone) < until and max(at(end, zone), at(start, zone) + _MOMENT) > since:
            yield _happening(each, date_of.component, start, end, words)


def _happening(
    each: Listed, component: Component, start: Moment, end: Moment, words: Mapping[str, CancelledByHand]
) -> Happening:
    name = (day_replaced(component) or name_of(start)) if each.is_series else ""
    is_cancelled = component.value("STATUS").upper() == "CANCELLED" or each.is_cancelled
    title = text_of(component, "SUMMARY")
    return Happening(
        start=start,
        end=end,
        uid=each.uid,
        occurrence=name,
        connector=each.connector,
        title=undecorated(title) if is_cancelled else title,
        place=text_of(component, "LOCATION"),
        calendars=(),
        is_cancelled=is_cancelled,
        word=words.get(f"{each.uid} {name}".strip()),
    )


def _local(moment: Moment, zone: tzinfo) -> Moment:
    return moment.astimezone(zone) if isinstance(moment, datetime) else moment
