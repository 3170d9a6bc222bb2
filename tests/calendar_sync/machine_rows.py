"""What a source of the machine offers: rows of a table, and events of a feed with everything that must not come along."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

from calendar_world import training

from calendar_sync.wish import DesiredCalendar
from connectors.feed.trainings import training_of
from network.ical.reading import clean_object, split
from network.model import Status, Training

LENGTH = timedelta(hours=3)

EVENT = """\
BEGIN:VCALENDAR
VERSION:2.0
METHOD:REQUEST
BEGIN:VEVENT
UID:{key}
SUMMARY:{title}
DTSTART;TZID=W. Europe Standard Time:{start:%Y%m%dT%H%M%S}
DURATION:PT3H
LOCATION:{place}
STATUS:{status}
ORGANIZER;SENT-BY="mailto:buero@quelle.example":mailto:chefin@quelle.example
ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;SCHEDULE-AGENT=SERVER:mailto:gast@quelle.example
X-DIGITALNETZWERK-UID:fremd
BEGIN:VALARM
ACTION:EMAIL
TRIGGER:-PT1H
ATTENDEE:mailto:gast@quelle.example
END:VALARM
END:VEVENT
END:VCALENDAR
"""


@dataclass(frozen=True)
class Row:
    """One training as its source has it; its title tells it apart for ever."""

    number: int
    key: str
    day: int
    hour: int = 9
    place: str = ""
    tags: tuple[str, ...] = ()
    status: Status = Status.PUBLISHED
    is_of_a_feed: bool = False

    @property
    def title(self) -> str:
        return f"Schulung {self.number}"

    @property
    def start(self) -> datetime:
        start = self.training.sessions[0].start
        assert isinstance(start, datetime)
        return start

    @property
    def is_shown(self) -> bool:
        return self.status is not Status.DRAFT

    def belongs_to(self, calendar: str) -> bool:
        return (calendar == "it") is bool(self.tags)

    def is_over(self, calendar: DesiredCalendar, now: datetime) -> bool:
        kept = calendar.keep_cancelled if self.status is Status.CANCELLED else calendar.keep_past
        return self.start + LENGTH + kept < now

    @property
    def training(self) -> Training:
        return _of_a_feed(self) if self.is_of_a_feed else _of_a_table(self)


@lru_cache(maxsize=4096)
def _of_a_table(row: Row) -> Training:
    return training(row.key, row.title, day=row.day, hour=row.hour, place=row.place, tags=row.tags, status=row.status)


@lru_cache(maxsize=4096)
def _of_a_feed(row: Row) -> Training:
    start = _of_a_table(row).sessions[0].start
    status = "CANCELLED" if row.status is Status.CANCELLED else "CONFIRMED"
    text = EVENT.format(key=row.key, title=row.title, start=start, place=row.place, status=status)
    [raw] = split(text.encode(), max_events=1)
    read = training_of(clean_object(raw, timezone="Europe/Berlin"), row.key, connector="plan", language="de")
    return replace(read, tags=row.tags, status=row.status)


def read_anew() -> None:
    """Forgets what was read of feeds: from now on it is read otherwise."""
    _of_a_feed.cache_clear()


def bare(title: str) -> str:
    """The title without what its status adds."""
    return title.removeprefix("Fällt aus: ").removesuffix(" (ausgebucht)")
