"""Meetings of an exchange group as what a source offers: one entry for each, with the link to its minutes. Pure.

One entry for each meeting and no series, because each has minutes of its own and may be moved or annotated by hand.
What stands in the calendar counts: a meeting that a lead moved takes place when it stands there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from calendar_sync.links import Link, attachment
from calendar_sync.records import EntryMemory
from calendar_sync.selection import in_utc
from network.ical.canonical import from_text, to_text
from network.ical.component import CalendarObject
from network.ical.values import span, text_of
from network.ical.writing import event
from network.meetings import Meeting
from network.model import Delivery, Offer, Session, SourceState, Training


@dataclass(frozen=True, slots=True)
class MeetingSeries:
    """The meetings that one calendar should hold. `minutes`: period → the link to the meeting's minutes."""

    source: str
    title: str
    meetings: Sequence[Meeting]
    description: str = ""
    origin: str = ""
    minutes: Mapping[str, Link] = field(default_factory=dict)


def offered(series: MeetingSeries, now: datetime) -> Delivery:
    """The series as a source's answer: complete, so that a meeting that it leaves out is not meant any more."""
    offers = tuple(_offer(series, each) for each in series.meetings)
    told = hashlib.sha256("\n".join(each.digest for each in offers).encode()).hexdigest()

    def each() -> Iterator[Offer]:
        return iter(offers)

    return Delivery(series.source, SourceState.FRESH, each, counts=True, fetched_at=now, digest=told)


def coming(planned: Iterable[Meeting], entries: Iterable[EntryMemory], now: datetime) -> tuple[Meeting, ...]:
    """The meetings of a rule that are not over, neither by the rule nor where a hand moved them.

    A period whose meeting has taken place keeps it: another date that a new rule gives it gets the day as its name.
    """
    known = {each.key: each for each in entries}
    return tuple(_coming(planned, known, now))


def standing(planned: Iterable[Meeting], entries: Iterable[EntryMemory], zone: ZoneInfo) -> tuple[Meeting, ...]:
    """The same meetings as they stand in the calendar: moved where somebody moved them, without those that a person
    took out or cancelled."""
    known = {each.key: each for each in entries}
    pairs = ((each, known.get(each.period)) for each in planned)
    return tuple(sorted(_as_it_stands(each, entry, zone) for each, entry in pairs if _takes_place(entry)))


def next_meeting(standing: Iterable[Meeting], now: datetime) -> Meeting | None:
    """The one that is under way or comes first."""
    return min((each for each in standing if each.end > now), default=None)


def _coming(planned: Iterable[Meeting], known: Mapping[str, EntryMemory], now: datetime) -> Iterator[Meeting]:
    for each in planned:
        entry = known.get(each.period)
        if entry is not None and _ends(entry) > now:
            yield each
        elif each.end > now:
            is_this_one = entry is None or _meant_for(entry, each)
            yield each if is_this_one else replace(each, period=f"{each.start:%Y-%m-%d}")


def _meant_for(entry: EntryMemory, meeting: Meeting) -> bool:
    """Whether the entry is that of this day, wherever a hand moved it: it may have taken place before its day."""
    return entry.starts.astimezone(meeting.start.tzinfo).date() == meeting.start.date()


def _ends(entry: EntryMemory) -> datetime:
    return in_utc(span(from_text(entry.actual).main)[1]) if entry.actual else entry.ends


def _takes_place(entry: EntryMemory | None) -> bool:
    if entry is None:
        return True
    is_cancelled = bool(entry.actual) and from_text(entry.actual).main.value("STATUS").upper() == "CANCELLED"
    return not entry.is_taken_out and not is_cancelled


def _as_it_stands(meeting: Meeting, entry: EntryMemory | None, zone: ZoneInfo) -> Meeting:
    if entry is None or not entry.actual:
        return meeting
    main = from_text(entry.actual).main
    start, end = (in_utc(each).astimezone(zone) for each in span(main))
    return replace(meeting, start=start, end=end, place=text_of(main, "LOCATION"))


def _offer(series: MeetingSeries, meeting: Meeting) -> Offer:
    item = _object(series, meeting)
    training = Training(
        series.source,
        meeting.period,
        series.title,
        sessions=(Session(1, meeting.start, meeting.end, item),),
        place=meeting.place,
        origin=series.origin,
    )
    digest = hashlib.sha256(f"{series.title}\n{series.origin}\n{to_text(item)}".encode()).hexdigest()
    return Offer(meeting.period, digest, lambda: training)


def _object(series: MeetingSeries, meeting: Meeting) -> CalendarObject:
    link = series.minutes.get(meeting.period)
    main = event(
        start=meeting.start,
        end=meeting.end,
        summary=series.title,
        description=series.description,
        location=meeting.place,
        status="CONFIRMED",
        extra=(attachment(link),) if link else (),
    )
    return CalendarObject("", (main,))
