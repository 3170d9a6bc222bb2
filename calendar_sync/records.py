"""What we remember about calendars, and the shape of our records in the state database.

| kind     | scope        | key         | remote    | etag               | digest         | content (JSON)            |
|----------|--------------|-------------|-----------|--------------------|----------------|---------------------------|
| calendar | calendar:KEY | KEY         | href      | sync token         |                | `CalendarMemory`          |
| entry    | calendar:KEY | UID         | href      | ETag; empty: gone  | of the source  | `EntryMemory`             |
| share    | calendar:KEY | principal   |           |                    |                | refused by the server at  |
| absence  | connector:C  | source key  |           |                    |                | `Absence` (absence.py)    |
| cancelled | connector:C | its `key`   |           |                    |                | `CancelledByHand`         |

An entry holds what matching needs after a restart (source key, session, fingerprint), the text that we meant
(`wish`), and the text that stood there when we last looked (`actual`, empty where it says the same). The UID is `uid`,
whatever the texts say.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime

from calendar_sync.absence import Absence
from calendar_sync.cancellation import Cancellation, to_words
from calendar_sync.links import Document
from calendar_sync.wish import MEETINGS, calendar_scope
from network.plan import Kind, Scope, ScopeKind
from network.ports import CalendarWish, Intent, Memory, Record

CALENDAR, ENTRY, SHARE, ABSENCE = "calendar", "entry", "share", "absence"
CANCELLED, HELD = "cancelled", "held"
TEAM, TAKEN, MINUTES = "team", "taken", "minutes"  # read only: written by whoever makes teams and documents


@dataclass(frozen=True, slots=True)
class EntryMemory:
    """One entry of ours. `start` and `end` in UTC (ISO 8601); `sessions` how many its training had in this calendar.

    `is_taken_out`: a person took it out of its calendar, and that stands (`SourceRules.is_rule`), or has to be carried
    to its source. Only where the source is written too: `place` is where its object lies there, `tried` what we were
    about to write there, in case nobody hears the answer; `is_guest`: a person made the entry here, and we only keep it
    together with its source. `cancellations`: what people cancelled of it, as it stands there (cancellation.py).
    """

    uid: str
    connector: str
    key: str
    session: int
    sessions: int
    fingerprint: str
    title: str
    start: str
    end: str
    wish: str
    actual: str = ""
    origin: str = ""
    is_cancelled: bool = False
    is_taken_out: bool = False
    place: str = ""
    tried: str = ""
    is_guest: bool = False
    cancellations: str = ""
    href: str = field(default="", compare=False)
    etag: str = field(default="", compare=False)
    source: str = field(default="", compare=False)

    @property
    def is_gone(self) -> bool:
        """It stood there once, and when we last looked it did not."""
        return not self.etag

    @property
    def kind(self) -> Kind:
        """What people call it: a training or a meeting."""
        return Kind.MEETING if self.connector.startswith(MEETINGS) else Kind.ENTRY

    @property
    def text(self) -> str:
        """What stands there, as far as we know."""
        return self.actual or self.wish

    @property
    def starts(self) -> datetime:
        return datetime.fromisoformat(self.start)

    @property
    def ends(self) -> datetime:
        return datetime.fromisoformat(self.end)

    def record(self, calendar: str) -> Record:
        content = {name: getattr(self, name) for name in _IN_CONTENT}
        return Record(
            str(calendar_scope(calendar)), ENTRY, self.uid, self.href, self.etag, _json(content), digest=self.source
        )


_IN_COLUMNS = ("uid", "href", "etag", "source")
_IN_CONTENT = tuple(each.name for each in fields(EntryMemory) if each.name not in _IN_COLUMNS)


@dataclass(frozen=True, slots=True)
class CancelledByHand:
    """A person's word that a session of a source doesn't take place (cancelling.py).

    `fingerprint` is that of the session when it was last heard of. `by` is an account, empty where the state was lost;
    `at` when (ISO 8601). `is_agreed`: the source says so too. `moved_to`: the other day (ISO) on which the source has
    the session by now, while nobody has said whether it takes place then.
    """

    uid: str
    connector: str
    source_key: str
    session: int
    fingerprint: str
    title: str
    start: str
    cancellation: Cancellation
    by: str = ""
    at: str = ""
    origin: str = ""
    is_agreed: bool = False
    moved_to: str = ""

    @classmethod
    def of(cls, memory: EntryMemory, cancellation: Cancellation, *, by: str = "", at: str = "") -> CancelledByHand:
        return cls(
            memory.uid,
            memory.connector,
            memory.key,
            memory.session,
            memory.fingerprint,
            memory.title,
            memory.start,
            cancellation,
            by,
            at,
            memory.origin,
        )

    @property
    def key(self) -> str:
        """What tells it from others: the entry's UID, with the day where it is about one day of a series."""
        return f"{self.uid} {self.cancellation.occurrence}".strip()

    @property
    def identity(self) -> tuple[str, str, int]:
        return self.connector, self.source_key, self.session

    def record(self) -> Record:
        scope = str(Scope(ScopeKind.CONNECTOR, self.connector))
        return Record(scope, CANCELLED, self.key, content=_json(asdict(self)))


@dataclass(frozen=True, slots=True)
class Held:
    """A calendar whose last run was taken back: its entries wait until a person releases it. `at` in ISO 8601."""

    run: int
    at: str

    def record(self, calendar: str) -> Record:
        return Record(str(calendar_scope(calendar)), HELD, calendar, content=_json(asdict(self)))


@dataclass(frozen=True, slots=True)
class CalendarMemory:
    """One calendar of ours: what we last wrote on it, which foreign objects lie in it, since when nobody wants it.

    `foreign` maps file names to ETags.
    """

    key: str
    mark: str = ""
    wish: CalendarWish | None = None
    foreign: tuple[tuple[str, str], ...] = ()
    left_at: str = ""
    swept_at: str = ""
    href: str = field(default="", compare=False)
    token: str = field(default="", compare=False)

    def record(self) -> Record:
        content = {
            "mark": self.mark,
            "wish": asdict(self.wish) if self.wish else None,
            "foreign": dict(self.foreign),
            "left_at": self.left_at,
            "swept_at": self.swept_at,
        }
        return Record(str(calendar_scope(self.key)), CALENDAR, self.key, self.href, self.token, _json(content))


@dataclass(frozen=True, slots=True)
class Remembered:
    """Everything we remember about calendars at one moment. `teams`: key → id of the teams that carry rights.

    `held` by calendar, `cancelled` by key; those of `unsaved` read otherwise, or stand nowhere, in the state itself.
    """

    calendars: Mapping[str, CalendarMemory] = field(default_factory=dict)
    entries: Mapping[str, Mapping[str, EntryMemory]] = field(default_factory=dict)
    absences: Mapping[tuple[str, str], Absence] = field(default_factory=dict)
    refused_shares: Mapping[tuple[str, str], str] = field(default_factory=dict)
    teams: Mapping[str, str] = field(default_factory=dict)
    intents: tuple[Intent, ...] = ()
    cancelled: Mapping[str, CancelledByHand] = field(default_factory=dict)
    unsaved: frozenset[str] = frozenset()
    held: Mapping[str, Held] = field(default_factory=dict)

    def cancellations(self, uid: str) -> str:
        """What an entry has to say of what people cancelled, as its memory keeps it."""
        if not self.cancelled:
            return ""
        return to_words(
            [each.cancellation for each in self.cancelled.values() if each.uid == uid and not each.moved_to]
        )

    def in_calendar(self, key: str) -> Mapping[str, EntryMemory]:
        """UID → entry."""
        return self.entries.get(key, {})


def recall(memory: Memory) -> Remembered:
    """The snapshot that planners read."""
    entries: dict[str, dict[str, EntryMemory]] = {}
    for record in memory.records(kind=ENTRY):
        entries.setdefault(Scope.parse(record.scope).key, {})[record.key] = entry_memory(record)
    return Remembered(
        calendars={each.key: calendar_memory(each) for each in memory.records(kind=CALENDAR)},
        entries=entries,
        absences={
            (Scope.parse(each.scope).key, each.key): Absence(**json.loads(each.content))
            for each in memory.records(kind=ABSENCE)
        },
        refused_shares={(Scope.parse(each.scope).key, each.key): each.content for each in memory.records(kind=SHARE)},
        teams={each.key: each.remote for each in memory.records(kind=TEAM)},
        intents=tuple(each for each in memory.intents() if each.kind == CALENDAR),
        cancelled={each.key: cancelled_by_hand(each) for each in memory.records(kind=CANCELLED)},
        held={each.key: held(each) for each in memory.records(kind=HELD)},
    )


def entry_memory(record: Record) -> EntryMemory:
    return EntryMemory(
        uid=record.key, href=record.remote, etag=record.etag, source=record.digest, **json.loads(record.content)
    )


def calendar_memory(record: Record) -> CalendarMemory:
    content = json.loads(record.content)
    wish = CalendarWish(**content["wish"]) if content["wish"] else None
    foreign = tuple(sorted(content["foreign"].items()))
    return CalendarMemory(
        record.key, content["mark"], wish, foreign, content["left_at"], content["swept_at"], record.remote, record.etag
    )


def cancelled_by_hand(record: Record) -> CancelledByHand:
    content = json.loads(record.content)
    return CancelledByHand(**{**content, "cancellation": Cancellation(**content["cancellation"])})


def held(record: Record) -> Held:
    return Held(**json.loads(record.content))


def minutes_document(record: Record) -> Document:
    """The minutes that a record of theirs stands for."""
    return Document(record.remote, **json.loads(record.content))


def absence_record(connector: str, key: str, absence: Absence) -> Record:
    return Record(str(Scope(ScopeKind.CONNECTOR, connector)), ABSENCE, key, content=_json(asdict(absence)))


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
