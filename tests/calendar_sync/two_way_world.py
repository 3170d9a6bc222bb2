"""Two calendars that are both written: ours in a Nextcloud in memory, and a coordinator's on another server.

`Side` is a calendar with the people who edit it by hand; `TwoWayWorld` is everything between them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from calendar_world import NETWORK, START, calendar

from calendar_sync.bookkeeping import keep
from calendar_sync.executor import CalendarExecutor
from calendar_sync.planner import Planned, plan
from calendar_sync.programme import gather
from calendar_sync.records import recall
from calendar_sync.removal import plan_removal
from calendar_sync.survey import look
from calendar_sync.wish import DesiredCalendar, Missing, OnConflict, SourceRules, Then
from connectors.caldav.cloud import CloudCalendar
from connectors.caldav.place import CalendarPlace, Limits
from connectors.caldav.source import CalendarOfTrainings
from connectors.caldav.writing import WrittenCalendar
from connectors.memory.calendars import MemoryCalendars
from connectors.memory.ledger import MemoryLedger
from network.apply import apply_plan
from network.ical.component import CalendarObject
from network.ical.reading import parse_object
from network.ical.values import text_of
from network.ical.writing import serialise
from network.model import Delivery
from network.plan import Plan, Scope, ScopeKind
from network.ports import CalendarWish, SourceCopy
from network.report import Report

AT_ONCE = Missing(timedelta(0), 1, Then.REMOVE)
PLANNING = "/remote.php/dav/calendars/erika/planung/"
OURS = "/remote.php/dav/calendars/dienst/dnw-schulungen/"


def both_ways(on_conflict: OnConflict = OnConflict.SOURCE, **more: Any) -> DesiredCalendar:
    may_be_empty = more.pop("may_be_empty", False)
    rules = SourceRules("plan", more.pop("missing", AT_ONCE), on_conflict, is_two_way=True, may_be_empty=may_be_empty)
    return calendar(sources=(rules,), **more)


@dataclass
class Side:
    """One of the two calendars, as a person with a calendar program sees it."""

    server: MemoryCalendars
    href: str

    def file(self, uid: str, title: str, *lines: str, day: int = 60) -> bytes:
        start = datetime(2027, 1, 1, 8, tzinfo=UTC) + timedelta(days=day)
        head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Hand//DE", "BEGIN:VEVENT", f"UID:{uid}")
        times = (f"DTSTART:{start:%Y%m%dT%H%M%SZ}", "DURATION:PT3H", f"SUMMARY:{title}")
        return "\r\n".join((*head, *times, *lines, "END:VEVENT", "END:VCALENDAR", "")).encode()

    def add(self, uid: str, title: str, *lines: str, day: int = 60) -> None:
        self.server.put(f"{self.href}{uid}.ics", self.file(uid, title, *lines, day=day), if_match="")

    def objects(self) -> dict[str, CalendarObject]:
        """href → object."""
        hrefs = [each for each, _ in self.server.changes(self.href, "").changed]
        return {each.href: parse_object(each.data) for each in self.server.objects(self.href, hrefs)}

    def titles(self) -> list[str]:
        return sorted(text_of(each.main, "SUMMARY") for each in self.objects().values())

    def find(self, title: str) -> tuple[str, CalendarObject]:
        return next((h, each) for h, each in self.objects().items() if text_of(each.main, "SUMMARY") == title)

    def value(self, title: str, name: str) -> str:
        return text_of(self.find(title)[1].main, name)

    def edit(self, title: str, *lines: str) -> None:
        """Each line replaces the property of its name, or is added; `NAME:` alone takes it away."""
        href, item = self.find(title)
        self.put(href, edited(item, lines))

    def put(self, href: str, item: CalendarObject) -> None:
        etags = dict(self.server.changes(self.href, "").changed)
        self.server.put(href, serialise(item, now=START), if_match=etags.get(href, ""))

    def delete(self, title: str) -> None:
        self.server.delete(self.find(title)[0], if_match="")

    def writes(self) -> int:
        return sum(self.server.requests[name] for name in ("put", "delete", "move", "restore_object", "purge_object"))


def edited(item: CalendarObject, lines: Iterable[str]) -> CalendarObject:
    text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + "\n".join(lines) + "\nEND:VEVENT\nEND:VCALENDAR\n"
    added = parse_object(text.encode()).main
    names = {each.name for each in added.properties}
    kept = tuple(each for each in item.main.properties if each.name not in names)
    more = tuple(each for each in added.properties if each.value)
    main = replace(item.main, properties=(*kept, *more), components=(*item.main.components, *added.components))
    return replace(item, components=(main, *item.components[1:]))


class Shelf:
    """`network.ports.SourceMemory` that is committed when a run keeps what it saw, and forgotten when it does not."""

    def __init__(self) -> None:
        self.kept: SourceCopy | None = None
        self.notes: dict[str, str] = {}
        self._new: list[SourceCopy] = []
        self._new_notes: dict[str, str] = {}

    def copy(self) -> SourceCopy | None:
        return self._new[-1] if self._new else self.kept

    def keep(self, copy: SourceCopy) -> None:
        self._new.append(copy)

    def note(self, name: str) -> str:
        return self._new_notes.get(name, self.notes.get(name, ""))

    def keep_note(self, name: str, text: str) -> None:
        self._new_notes[name] = text

    def commit(self) -> None:
        self.kept, self.notes = self.copy(), {**self.notes, **self._new_notes}
        self.roll_back()

    def roll_back(self) -> None:
        self._new.clear()
        self._new_notes.clear()


class Desk:
    """`connectors.caldav.place.Finder` for the coordinator's calendar."""

    name = identity = "desk"
    login_mark = ""

    def __init__(self, server: Any) -> None:
        self.server = server

    def find(self, href: str) -> CloudCalendar:
        return CloudCalendar(self.server, next(each for each in self.server.calendars() if each.href == PLANNING))


@dataclass
class TwoWayWorld:
    """`here` is our calendar, `there` the source; their targets may be wrapped to make them fail."""

    wish: DesiredCalendar = field(default_factory=both_ways)
    ledger: MemoryLedger = field(default_factory=MemoryLedger)
    shelf: Shelf = field(default_factory=Shelf)
    now: datetime = START
    registered: frozenset[tuple[str, str]] = frozenset()
    released: frozenset[Scope] = frozenset()
    is_there_silent: bool = False

    def __post_init__(self) -> None:
        self.here = Side(MemoryCalendars(most_share_posts=10_000), OURS)
        self.there = Side(MemoryCalendars(home="/remote.php/dav/calendars/erika/"), PLANNING)
        self.there.server.create_calendar("planung", CalendarWish("Planung", "#00679e", "Europe/Berlin", ""))
        self.target: Any = self.here.server
        self.source: Any = self.there.server

    def plan(self) -> Planned:
        remembered = recall(self.ledger)
        keys = [self.wish.key]
        survey = look(self.target, remembered, keys, network=NETWORK, now=self.now, hosts=frozenset(keys))
        programme = gather([self.delivery()], [self.wish], remembered, now=self.now)
        return plan([self.wish], programme, survey, remembered, registered=self.registered, released=self.released)

    def delivery(self) -> Delivery:
        place = CalendarPlace(Desk(self.source), Limits(1000, 10**7), where="connectors.plan")
        zone = ZoneInfo("Europe/Berlin")
        source = CalendarOfTrainings("plan", place, self.shelf, zone=zone, language="de", may_be_empty=True)
        found = source.deliver(self.now)
        return replace(found, counts=False) if self.is_there_silent else found

    def apply(self, meanwhile: Callable[[], None] = lambda: None) -> Report:
        """`meanwhile` is what somebody does between the look and the first change."""
        self.shelf.roll_back()
        planned = self.plan()
        meanwhile()
        self.shelf.commit()
        keep(planned, self.ledger)
        written = WrittenCalendar(lambda: Desk(self.source).find(""), where="connectors.plan", is_elsewhere=True)
        executor = CalendarExecutor(self.target, network=NETWORK, clock=lambda: self.now, source=lambda _: written)
        return apply_plan(Plan(planned.scopes), {ScopeKind.CALENDAR: executor}, self.ledger, parallel=1)

    def take_away(self) -> None:
        """The way back, agreed to."""
        survey = look(self.target, recall(self.ledger), [self.wish.key], network=NETWORK, now=self.now, verify=True)
        executor = CalendarExecutor(self.target, network=NETWORK, clock=lambda: self.now)
        apply_plan(Plan(plan_removal(survey)), {ScopeKind.CALENDAR: executor}, self.ledger, parallel=1)

    def settle(self) -> None:
        """Runs until nothing is left to do, at most five times."""
        for _ in range(5):
            self.apply()
            if not self.pending():
                return
        raise AssertionError(self.pending())

    def pending(self) -> list[str]:
        self.shelf.roll_back()
        lines = [change.line for scope in self.plan().scopes for change in (*scope.changes, *scope.held)]
        self.shelf.roll_back()
        return lines

    def writes(self) -> int:
        return self.here.writes() + self.there.writes()

    def lost(self) -> list[tuple[str, str]]:
        """Name and value of what gave way."""
        return [(name, value) for _, _, name, value, _ in self.ledger.lost]

    def later(self, **length: float) -> None:
        self.now += timedelta(**length)


def deeds(planned: Planned) -> list[str]:
    return [f"{each.action} {each.kind}" for scope in planned.scopes for each in scope.changes if each.kind != "share"]


def held(planned: Planned) -> list[str]:
    return [f"{each.action} {each.kind}" for scope in planned.scopes for each in scope.held]


def reasons(planned: Planned) -> list[str]:
    return [each.reason.de for scope in planned.scopes for each in scope.changes if each.kind.endswith("entry")]


def settled(*events: Sequence[str], wish: DesiredCalendar | None = None) -> TwoWayWorld:
    """A world with these events (UID, title, lines) in the source, both sides at one."""
    world = TwoWayWorld(wish or both_ways())
    for uid, title, *lines in events:
        world.there.add(uid, title, *lines)
    world.settle()
    return world
