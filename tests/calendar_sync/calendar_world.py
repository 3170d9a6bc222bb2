"""A small network for the tests of calendars: sources that are lists, a Nextcloud in memory, and a clock."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from calendar_sync.bookkeeping import keep
from calendar_sync.cancelling import applied, heard
from calendar_sync.executor import CalendarExecutor
from calendar_sync.planner import Planned, plan
from calendar_sync.programme import gather
from calendar_sync.records import recall
from calendar_sync.survey import look
from calendar_sync.wish import DesiredCalendar, Grant, SourceRules
from connectors.memory.calendars import MemoryCalendars
from connectors.memory.ledger import MemoryLedger
from network.apply import apply_plan
from network.ical.component import CalendarObject
from network.ical.reading import parse_object
from network.ical.values import text_of
from network.ical.writing import serialise
from network.model import Delivery, Offer, Question, Session, SourceState, Training
from network.plan import Plan, Scope, ScopeKind
from network.ports import CalendarTarget, CalendarWish
from network.report import Report
from network.text import Text

NETWORK = "kreis"
BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2027, 1, 4, 8, tzinfo=UTC)
HOME = "/remote.php/dav/calendars/dienst/"


def training(key: str, title: str = "", *, day: int = 60, hour: int = 9, **more: object) -> Training:
    """A training that takes three hours, `day` days after the beginning of the year."""
    start = datetime(2027, 1, 1, hour, tzinfo=BERLIN) + timedelta(days=day)
    sessions = more.pop("sessions", (Session(1, start, start + timedelta(hours=3)),))
    return Training("plan", key, title or f"Schulung {key}", sessions=sessions, **more)  # type: ignore[arg-type]


def calendar(key: str = "schulungen", **more: object) -> DesiredCalendar:
    defaults: dict[str, object] = {
        "properties": CalendarWish(key.title(), "#00679e", "Europe/Berlin", ""),
        "sources": (SourceRules("plan"),),
        "grants": (Grant(principal="groups/alle", title="Alle"),),
    }
    return DesiredCalendar(key, **(defaults | more))  # type: ignore[arg-type]


@dataclass
class World:
    """Everything between a source and Nextcloud. `target` may be wrapped to make it fail."""

    calendars: list[DesiredCalendar] = field(default_factory=lambda: [calendar()])
    trainings: list[Training] = field(default_factory=list)
    server: MemoryCalendars = field(default_factory=lambda: MemoryCalendars(most_share_posts=10_000))
    ledger: MemoryLedger = field(default_factory=MemoryLedger)
    now: datetime = START
    state: SourceState = SourceState.FRESH
    counts: bool = True
    questions: tuple[Question, ...] = ()
    registered: frozenset[tuple[str, str]] = frozenset()
    released: frozenset[Scope] = frozenset()
    stopped: frozenset[str] = frozenset()
    frozen: Text | None = None
    heard: dict[tuple[str, str], str] = field(default_factory=dict)
    """What people answered about sessions that were cancelled and have another day by now."""
    parsed: int = 0
    answers: list[datetime] = field(default_factory=list)
    """When sources gave an answer that counts, and somebody kept it."""

    def __post_init__(self) -> None:
        self.target: CalendarTarget = self.server

    # ------------------------------------------------------------------ running

    def plan(self) -> Planned:
        remembered = recall(self.ledger)
        keys = [each.key for each in self.calendars]
        survey = look(self.target, remembered, keys, network=NETWORK, now=self.now)
        remembered = heard(remembered, survey, self.heard)
        programme = gather(self.deliveries(), self.calendars, remembered, now=self.now)
        programme = applied(programme, self.calendars, remembered, now=self.now)
        return plan(
            self.calendars,
            programme,
            survey,
            remembered,
            registered=self.registered,
            released=self.released,
            stopped=self.stopped,
            frozen=self.frozen,
        )

    def apply(self, planned: Planned | None = None) -> Report:
        planned = planned or self.plan()
        self.answers += [self.now] if self.counts else []
        keep(planned, self.ledger)
        executor = CalendarExecutor(self.target, network=NETWORK, clock=lambda: self.now)
        executors = {ScopeKind.CALENDAR: executor}
        return apply_plan(Plan(planned.scopes), executors, self.ledger, parallel=1)

    def settle(self) -> None:
        """Runs until nothing is left to do, at most five times."""
        for _ in range(5):
            self.apply()
            if not self.pending():
                return
        raise AssertionError(self.pending())

    def pending(self) -> list[str]:
        return [change.line for scope in self.plan().scopes for change in (*scope.changes, *scope.held)]

    def later(self, **length: float) -> None:
        self.now += timedelta(**length)

    def deliveries(self) -> list[Delivery]:
        names = {rules.connector for each in self.calendars for rules in each.sources}
        return [self._delivery(name) for name in sorted(names)]

    def _delivery(self, connector: str) -> Delivery:
        return Delivery(
            connector,
            self.state,
            lambda: self._offers(connector),
            self.counts,
            tuple(each for each in self.questions),
            fetched_at=self.now,
        )

    def _offers(self, connector: str) -> Iterator[Offer]:
        for each in self.trainings:
            if each.connector == connector:
                yield Offer(
                    each.key, hashlib.sha256(repr(each).encode()).hexdigest(), lambda each=each: self._parse(each)
                )  # type: ignore[misc]

    def _parse(self, each: Training) -> Training:
        self.parsed += 1
        return each

    # ------------------------------------------------------------------ looking and doing by hand

    def href(self, key: str = "schulungen") -> str:
        return f"{HOME}dnw-{key}/"

    def objects(self, key: str = "schulungen") -> dict[str, CalendarObject]:
        """File name → object, as they stand on the server."""
        href = self.href(key)
        hrefs = [each for each, _ in self.server.changes(href, "").changed]
        return {each.href.removeprefix(href): parse_object(each.data) for each in self.server.objects(href, hrefs)}

    def titles(self, key: str = "schulungen") -> list[str]:
        return sorted(text_of(each.main, "SUMMARY") for each in self.objects(key).values())

    def name_of(self, title: str, key: str = "schulungen") -> str:
        return next(n for n, each in self.objects(key).items() if text_of(each.main, "SUMMARY") == title)

    def edit(self, title: str, *lines: str, key: str = "schulungen") -> None:
        """A person changes an entry by hand: each line replaces the property of its name, or is added to it."""
        self.edit_file(self.name_of(title, key), *lines, key=key)

    def edit_file(self, name: str, *lines: str, key: str = "schulungen") -> None:
        item = self.objects(key)[name]
        added = parse_object(
            ("BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + "\n".join(lines) + "\nEND:VEVENT\nEND:VCALENDAR\n").encode()
        ).main
        names = {each.name for each in added.properties}
        kept = tuple(each for each in item.main.properties if each.name not in names)
        main = replace(
            item.main,
            properties=(*kept, *added.properties),
            components=(*item.main.components, *added.components),
        )
        self.put(name, replace(item, components=(main, *item.components[1:])), key)

    def put(self, name: str, item: CalendarObject, key: str = "schulungen") -> None:
        href = self.href(key) + name
        etags = dict(self.server.changes(self.href(key), "").changed)
        self.server.put(href, serialise(item, now=self.now), if_match=etags.get(href, ""))

    def delete(self, title: str, key: str = "schulungen") -> None:
        self.server.delete(self.href(key) + self.name_of(title, key), if_match="")

    def writes(self) -> int:
        """Requests that write, so far."""
        reading = {"calendars", "changes", "objects", "trashed_objects"}
        return sum(count for name, count in self.server.requests.items() if name not in reading)


def actions(planned: Planned | Sequence[object]) -> list[str]:
    """`action kind` of every change that would be carried out."""
    scopes = planned.scopes if isinstance(planned, Planned) else ()
    return [f"{each.action} {each.kind}" for scope in scopes for each in scope.changes]
