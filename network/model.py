"""What the sources tell us: trainings with their sessions, and people. Plain frozen values, no behaviour of any server.

What the configuration tells stands in `network.settings`; what we remember in `network.state`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from network.ical.component import CalendarObject
from network.problems import Problem
from network.text import NOTHING, Text


class Status(StrEnum):
    """The state of a training as its coordinator writes it."""

    DRAFT = "draft"  # Entwurf: invisible
    PUBLISHED = "published"  # veröffentlicht
    FULL = "full"  # ausgebucht
    CANCELLED = "cancelled"  # fällt aus


@dataclass(frozen=True, slots=True)
class Session:
    """One date of a training; becomes exactly one calendar object.

    `number` counts from 1 within the training and never changes meaning. `start` and `end` are both dates (all day,
    `end` exclusive as in RFC 5545 section 3.6.1) or both aware datetimes. `source_object` is the whole cleaned
    iCalendar object (a series with its exceptions) where the source speaks iCalendar, else None.
    """

    number: int
    start: date | datetime
    end: date | datetime
    source_object: CalendarObject | None = None


@dataclass(frozen=True, slots=True)
class Training:
    """An offer of one connector. `key` is the source's own key; `origin` a place a person can go to.

    Without sessions the date is still open: nothing stands in a calendar.
    """

    connector: str
    key: str
    title: str
    status: Status = Status.PUBLISHED
    sessions: tuple[Session, ...] = ()
    description: str = ""
    place: str = ""
    link: str = ""
    seats: int | None = None
    tags: tuple[str, ...] = ()
    audience: str = ""
    contact: str = ""
    register_until: date | datetime | None = None
    concept: str = ""
    accessibility: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A training that a source holds, not parsed yet.

    `digest` changes when and only when the raw bytes of the offer changed. `parse` raises BadInput when the offer
    can't be understood: that costs this offer alone. Where the source is a calendar and the offer a whole object of it,
    `place` is the object's decoded path there and `etag` its ETag: so it can be written back.
    """

    key: str
    digest: str
    parse: Callable[[], Training]
    place: str = ""
    etag: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Something only a person can answer about one key of a source; while open, the key's entries stay as they are.

    `code` is stable (`row_missing`, `row_struck_through`, `keys_shifted`, `formula_without_value`, …). `read` is what
    was read there, `write_instead` what the coordinator may write to make it clear.
    """

    code: str
    key: str
    where: str
    message: Text
    read: str = ""
    write_instead: Text = NOTHING


class SourceState(StrEnum):
    """How a source's last fetch ended."""

    FRESH = "fresh"  # a complete new answer
    UNCHANGED = "unchanged"  # 304 or an equal file: counts as a fetch with the last content
    SETTLING = "settling"  # somebody saved a moment ago: the last good content serves
    RESTING = "resting"  # not asked, its time has not come: the last good content serves, nothing counts
    KEPT = "kept"  # the fetch failed: the last good content serves, nothing counts
    FAILED = "failed"  # the fetch failed and there is no last good content: the source says nothing at all


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one fetch of a training source gave.

    `counts` tells whether absence may be counted from it (promise 3). In state FAILED and whenever `offers` is empty
    without `counts`, planners leave everything of this connector as it is. Keys of `questions` are held.
    """

    connector: str
    state: SourceState
    offers: Callable[[], Iterator[Offer]]
    counts: bool
    questions: tuple[Question, ...] = ()
    problems: tuple[Problem, ...] = ()
    quarantined: int = 0
    fetched_at: datetime | None = None
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A person as a people source names them. `account` is the Nextcloud user id."""

    account: str
    administration: str = ""
    name: str = ""
    mail: str = ""
    topics: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    origin: str = ""


@dataclass(frozen=True, slots=True)
class PeopleDelivery:
    """What one fetch of a people source gave. `missing_groups` are administrations whose group is empty or gone."""

    connector: str
    state: SourceState
    people: tuple[Person, ...] = ()
    problems: tuple[Problem, ...] = ()
    missing_groups: tuple[str, ...] = field(default=())
    spells: bool = False  # accounts are written as the cloud itself writes them
