"""What the sources offer for each calendar. Reads offers, keeps nothing, and parses only what it does not know.

An offer with the digest under which its entries were written stands for exactly these entries. One that cannot be
understood costs itself alone: its entries stay as they are, and a problem says why.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from calendar_sync.entries import COMPOSITION, compose
from calendar_sync.identity import fingerprint
from calendar_sync.records import CancelledByHand, EntryMemory, Remembered
from calendar_sync.selection import in_utc, is_over, selected_sessions
from calendar_sync.wish import DesiredCalendar, SourceRules
from network.errors import BadInput
from network.ical.canonical import digest, to_text
from network.model import Delivery, Offer, Question, Session, SourceState, Status, Training
from network.problems import Problem
from network.text import Text

Source = tuple[str, str]
"""A connector and a key of it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One session that should stand in a calendar: its object as text, and the digest of that (network.ical.canonical).

    Both are empty where `known` says it: nothing changed. `start` and `end` in UTC (ISO 8601). `place` and `etag` as in
    an `Offer`. `cancellations`: what people cancelled of it (cancellation.py).
    """

    connector: str
    key: str
    session: int
    sessions: int
    fingerprint: str
    source: str
    title: str
    start: str
    end: str
    is_cancelled: bool
    origin: str = ""
    text: str = ""
    digest: str = ""
    known: EntryMemory | None = None
    cancellations: str = ""
    place: str = ""
    etag: str = ""

    @property
    def identity(self) -> tuple[str, str, int]:
        return self.connector, self.key, self.session

    @property
    def ends(self) -> datetime:
        return datetime.fromisoformat(self.end)


@dataclass(frozen=True, slots=True)
class Programme:
    """What all sources say. `wanted`: calendar key → its sessions in the sources' order.

    `offered`: connector → its keys. `held`: keys whose entries stay as they are. `silent`: connectors that say nothing
    at all. `counting`: connectors whose answer counts for absence → when it was fetched. Of what people cancelled
    (cancelling.py): `cancelled` are the words that changed, None for one that is over; `asked` questions about them.
    """

    wanted: Mapping[str, tuple[Wanted, ...]]
    offered: Mapping[str, frozenset[str]] = field(default_factory=dict)
    held: frozenset[Source] = frozenset()
    silent: frozenset[str] = frozenset()
    counting: Mapping[str, str] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    problems: tuple[Problem, ...] = ()
    cancelled: Mapping[str, CancelledByHand | None] = field(default_factory=dict)
    asked: tuple[tuple[str, Question], ...] = ()


def gather(
    deliveries: Iterable[Delivery], calendars: Sequence[DesiredCalendar], remembered: Remembered, *, now: datetime
) -> Programme:
    """The programme of one run. Connectors without a delivery are silent."""
    gathering = _Gathering(calendars, remembered, now)
    for delivery in deliveries:
        gathering.take(delivery)
    return gathering.programme()


class _Gathering:
    def __init__(self, calendars: Sequence[DesiredCalendar], remembered: Remembered, now: datetime) -> None:
        self.calendars, self.now, self.remembered = calendars, now, remembered
        self.known = {each.key: _by_source(remembered.in_calendar(each.key).values()) for each in calendars}
        self.wanted: dict[str, list[Wanted]] = {each.key: [] for each in calendars}
        self.offered: dict[str, frozenset[str]] = {}
        self.held: set[Source] = set()
        self.silent = {rules.connector for each in calendars for rules in each.sources}
        self.counting: dict[str, str] = {}
        self.questions: list[Question] = []
        self.problems: list[Problem] = []

    def take(self, delivery: Delivery) -> None:
        self.questions += delivery.questions
        self.problems += delivery.problems
        if delivery.state is SourceState.FAILED:
            return
        keys = {each.key for each in delivery.questions}
        self.held |= {(delivery.connector, key) for key in keys}
        takers = [each for each in self.calendars if each.rules(delivery.connector)]
        asked_about = frozenset(keys)
        for offer in delivery.offers():
            if offer.key in keys and offer.key not in asked_about:
                self.problems.append(_offered_twice(delivery.connector, offer.key))
            elif offer.key not in asked_about:
                self._read(delivery.connector, offer, takers)
            keys.add(offer.key)
        if keys or delivery.counts:
            self.silent.discard(delivery.connector)
            self.offered[delivery.connector] = frozenset(keys)
            if delivery.counts and not all(each.is_rule for each in self._rules(delivery.connector)):
                self.counting[delivery.connector] = delivery.fetched_at.isoformat() if delivery.fetched_at else ""

    def _rules(self, connector: str) -> list[SourceRules]:
        return [rules for each in self.calendars if (rules := each.rules(connector))]

    def _read(self, connector: str, offer: Offer, takers: Sequence[DesiredCalendar]) -> None:
        unread: list[tuple[DesiredCalendar, str]] = []
        for calendar in takers:
            source = source_digest(offer, calendar)
            known = self.known[calendar.key].get((connector, offer.key), ())
            if known and all(self._stands_for_itself(each, source, len(known), calendar) for each in known):
                self.wanted[calendar.key] += (
                    _as_known(each, offer)
                    for each in known
                    if calendar.counterpart or not is_over(each.ends, calendar, self.now, cancelled=each.is_cancelled)
                )
            else:
                unread.append((calendar, source))
        if unread:
            self._parse(connector, offer, unread)

    def _stands_for_itself(self, each: EntryMemory, source: str, count: int, calendar: DesiredCalendar) -> bool:
        if each.source != source or each.sessions != count:
            return False
        return calendar.counterpart is not None or each.cancellations == self.remembered.cancellations(each.uid)

    def _parse(self, connector: str, offer: Offer, takers: Sequence[tuple[DesiredCalendar, str]]) -> None:
        try:
            training = offer.parse()
            found = {
                calendar.key: _composed(connector, offer, training, calendar, source, self._since(offer.key, calendar))
                for calendar, source in takers
            }
        except BadInput as error:
            self.held.add((connector, offer.key))
            self.problems.append(error.problem(f"{connector}: {offer.key}"))
            return
        for key, wanted in found.items():
            self.wanted[key] += wanted

    def _since(self, key: str, calendar: DesiredCalendar) -> datetime | None:
        """From when on sessions are looked at; what stands in two calendars that are both written is never too old."""
        is_kept = calendar.counterpart is not None and (calendar.counterpart.connector, key) in self.known[calendar.key]
        return None if is_kept else self.now

    def programme(self) -> Programme:
        return Programme(
            {key: tuple(each) for key, each in self.wanted.items()},
            self.offered,
            frozenset(self.held),
            frozenset(self.silent),
            self.counting,
            tuple(self.questions),
            tuple(self.problems),
        )


def source_digest(offer: Offer, calendar: DesiredCalendar) -> str:
    """Changes when the offer, what the calendar selects, or the way we compose entries changes."""
    told = f"{COMPOSITION}|{calendar.where.tags}|{calendar.where.not_tags}|{offer.digest}"
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def _offered_twice(connector: str, key: str) -> Problem:
    return Problem(
        "duplicate_key",
        f"{connector}: {key}",
        Text(f"„{key}“ steht zweimal in der Quelle; es gilt die erste", f"“{key}” is offered twice; the first counts"),
        Text("Geben Sie jeder Schulung einen eigenen Schlüssel.", "Give each training a key of its own."),
    )


def _by_source(entries: Iterable[EntryMemory]) -> dict[Source, tuple[EntryMemory, ...]]:
    found: dict[Source, tuple[EntryMemory, ...]] = {}
    for each in entries:
        source = (each.connector, each.key)
        found[source] = (*found.get(source, ()), each)
    return found


def _as_known(memory: EntryMemory, offer: Offer) -> Wanted:
    return Wanted(
        memory.connector,
        memory.key,
        memory.session,
        memory.sessions,
        memory.fingerprint,
        memory.source,
        memory.title,
        memory.start,
        memory.end,
        memory.is_cancelled,
        memory.origin,
        known=memory,
        cancellations=memory.cancellations,
        place=offer.place,
        etag=offer.etag,
    )


def _composed(
    connector: str, offer: Offer, training: Training, calendar: DesiredCalendar, source: str, now: datetime | None
) -> list[Wanted]:
    sessions = training.sessions if now is None else selected_sessions(training, calendar, now)
    return [_wanted(connector, offer, training, each, len(sessions), source) for each in sessions]


def _wanted(connector: str, offer: Offer, training: Training, each: Session, sessions: int, source: str) -> Wanted:
    item = compose(training, each)
    return Wanted(
        connector,
        offer.key,
        each.number,
        sessions,
        fingerprint(training.title, each.start, training.place),
        source,
        training.title,
        in_utc(each.start).isoformat(),
        in_utc(each.end).isoformat(),
        training.status is Status.CANCELLED,
        training.origin,
        to_text(item),
        digest(item),
        place=offer.place,
        etag=offer.etag,
    )
