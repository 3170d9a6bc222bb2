"""One training as pages show it, read from the text that stands in its calendar: edits by hand included.

Refuses to make a link of anything but https: what stands here was written by a source or by a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from urllib.parse import urlsplit

from calendar_sync.records import EntryMemory
from calendar_sync.wording import Fact, is_full, parted, plain
from network.ical.canonical import from_text
from network.ical.component import CalendarObject, Component, Property
from network.ical.occurrences import occurrences
from network.ical.series import repeats
from network.ical.values import Moment, span, text_of, texts_of

ONLINE = ("online", "digital", "videokonferenz", "webinar")
"""Words in the place of what takes place on a screen."""


@dataclass(frozen=True, slots=True)
class Span:
    """Both dates (all day, the end exclusive) or both aware datetimes in the network's zone."""

    start: Moment
    end: Moment

    @property
    def is_all_day(self) -> bool:
        return not isinstance(self.start, datetime)

    @property
    def first_day(self) -> date:
        return self.start.date() if isinstance(self.start, datetime) else self.start

    @property
    def last_day(self) -> date:
        """The last day on which it takes place; what ends at midnight doesn't reach into the next day."""
        last = (self.end - timedelta(microseconds=1)).date() if isinstance(self.end, datetime) else self.end
        return max(self.first_day, last if isinstance(self.end, datetime) else last - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Attached:
    """Something that hangs at the entry: a file of Nextcloud by its number, or any other https address."""

    name: str
    address: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Listed(Span):
    """One entry.

    `text` is the iCalendar text that stands in the calendar; `calendar` the key of that calendar. `connector`, `key`
    and `session` name the training and which of its sessions this is. `title` as it stands there, `name` without what
    its status put around it; `about` is the description without its `facts`. `link` is an https address or empty,
    `position` latitude and longitude or empty. `words` are all that can be searched for, in small letters.
    """

    uid: str
    calendar: str
    connector: str
    key: str
    session: int
    title: str
    ends_at: datetime
    place: str
    description: str
    about: str
    facts: Mapping[Fact, str]
    link: str
    position: str
    tags: tuple[str, ...]
    attached: tuple[Attached, ...]
    is_cancelled: bool
    is_series: bool
    words: str = field(repr=False)
    text: str = field(repr=False)

    @property
    def name(self) -> str:
        return plain(self.title) or self.title

    @property
    def is_full(self) -> bool:
        return is_full(self.title)

    @property
    def is_online(self) -> bool:
        """A link of its own for taking part, or a place that is none."""
        return Fact.ONLINE in self.facts or not self.is_on_site

    @property
    def is_on_site(self) -> bool:
        """Whether people come to a place; some trainings are that and online as well."""
        place = self.place.casefold()
        return "://" not in place and not any(word in place for word in ONLINE)

    def is_of(self, other: Listed) -> bool:
        """Whether both are sessions of the same training."""
        return (self.connector, self.key) == (other.connector, other.key)


@dataclass(frozen=True, slots=True)
class ListedDate(Span):
    """One date of a training; a series has many. `starts_at` and `ends_at` are for comparing."""

    training: Listed
    is_cancelled: bool
    starts_at: datetime
    ends_at: datetime


def listed(memory: EntryMemory, calendar: str, zone: tzinfo) -> Listed:
    """Raises BadInput when a person left something there that is no event."""
    main = from_text(memory.text).main
    start, end = span(main)
    title, place, description = (text_of(main, name) for name in ("SUMMARY", "LOCATION", "DESCRIPTION"))
    tags = texts_of(main, "CATEGORIES")
    about, facts = parted(description)
    return Listed(
        start=_local(start, zone),
        end=_local(end, zone),
        uid=memory.uid,
        calendar=calendar,
        connector=memory.connector,
        key=memory.key,
        session=memory.session,
        title=title,
        ends_at=memory.ends,
        place=place,
        description=description,
        about=about,
        facts=facts,
        link=https(facts.get(Fact.ONLINE, "")) or https(main.value("URL")),
        position=_position(main),
        tags=tags,
        attached=tuple(_attached(main)),
        is_cancelled=main.value("STATUS").upper() == "CANCELLED",
        is_series=repeats(main),
        words=" ".join((title, place, *tags, description)).casefold(),
        text=memory.text,
    )


def dates(training: Listed, zone: tzinfo, *, since: datetime, before: datetime) -> Iterator[ListedDate]:
    """Its dates that end after `since` and begin before `before`."""
    item: CalendarObject = from_text(training.text)
    for each in occurrences(item, before):
        start, end = _local(each.start, zone), _local(each.end, zone)
        found = ListedDate(
            start,
            end,
            training,
            training.is_cancelled or each.component.value("STATUS").upper() == "CANCELLED",
            at(start, zone),
            at(end, zone),
        )
        if found.ends_at > since:
            yield found


def at(moment: Moment, zone: tzinfo) -> datetime:
    """The moment, or the beginning of the day."""
    return moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day, tzinfo=zone)


def https(written: str) -> str:
    """The address when a browser may follow it safely; anything else that a source may have written is none."""
    written = written.strip()
    try:
        parts = urlsplit(written)
        is_usable = parts.scheme.casefold() == "https" and bool(parts.hostname)
    except ValueError:
        return ""
    return written if is_usable and not any(each.isspace() or ord(each) < 32 for each in written) else ""


def _local(moment: Moment, zone: tzinfo) -> Moment:
    return moment.astimezone(zone) if isinstance(moment, datetime) else moment


def _position(main: Component) -> str:
    """GEO (RFC 5545 section 3.8.1.6) as latitude and longitude with a comma between; empty for anything else."""
    try:
        latitude, longitude = (float(each) for each in main.value("GEO").split(";"))
    except ValueError:
        return ""
    return f"{latitude:.6f},{longitude:.6f}" if abs(latitude) <= 90 and abs(longitude) <= 180 else ""


def _attached(main: Component) -> Iterator[Attached]:
    for each in main.all("ATTACH"):
        number, name = each.parameter("X-NC-FILE-ID"), each.parameter("FILENAME")
        if number.isascii() and number.isdigit():
            yield Attached(name.rstrip("/").rpartition("/")[2] or number, file=number)
        elif address := _address(each):
            yield Attached(name or address, address)


def _address(item: Property) -> str:
    return "" if item.parameter("VALUE").upper() == "BINARY" else https(item.value)
