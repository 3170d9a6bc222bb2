"""A week of the service in simulated time: sources that fail on and off, a Nextcloud that is gone for a day,
configurations that are saved whole and broken. Nothing leaks, and freshness is what an observer measures.
"""

import gc
import logging
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from journeys_feed import Feed, event, feed_of, with_feed
from journeys_town import FAR, PLANNING, THREE, WORKBOOK, Town, row
from sqlalchemy import func, select
from werkzeug.test import Client

from network.state import StateStore, tables
from network.state.tallies import Tallies
from plugin.findings import Freshness
from plugin.freshness import freshness
from plugin.process import Process
from plugin.running import Running
from plugin.tallying import RUNS
from plugin.web.app import following

CALENDARS = {"plan": "Schulungen", "kurse": "Kurse"}
STEP = timedelta(hours=1)
A_DAY = timedelta(days=1) // STEP
TARGETS = {"plan": timedelta(hours=8, minutes=10), "kurse": timedelta(hours=12, minutes=40)}
OUTAGE = range(3 * A_DAY, 4 * A_DAY)
WITHIN = timedelta(seconds=30)
"""The observer and the program look at the clock at different moments of one step."""
MOST_MEMORY = 300_000
MOST_DATABASE = 400_000
"""Bytes between the end of the first day and that of the seventh."""


@dataclass
class Expected:
    """A change that somebody made in a source: not visible before `since`, when the source was last read before it."""

    key: int
    title: str
    since: datetime
    seen: datetime | None = None


@dataclass
class Observer:
    """Knows what was changed when, and looks into the calendar as a member of staff: nothing of our own is asked."""

    town: Town
    feed: Feed
    is_feed_well: bool = True
    waiting: dict[str, list[Expected]] = field(default_factory=lambda: {"plan": [], "kurse": []})
    seen: dict[str, list[Expected]] = field(default_factory=lambda: {"plan": [], "kurse": []})
    read: dict[str, datetime] = field(default_factory=dict)
    mark: int = 0

    def __post_init__(self) -> None:
        self.staff = self.town.as_staff("anna.brakel")

    def was_changed(self, connector: str, key: int, title: str) -> None:
        """A change that nobody has seen yet makes way for the next one, which waits as long."""
        before = next((each for each in self.waiting[connector] if each.key == key), None)
        if before is not None:
            self.waiting[connector].remove(before)
        since = before.since if before is not None else self.read[connector]
        self.waiting[connector].append(Expected(key, title, since))

    def look(self) -> None:
        since, self.mark = self.mark, self.town.mark()
        asked = self.town.sandbox.requests[since:]
        table = [each.status for each in asked if each.path.rstrip("/").endswith((PLANNING, WORKBOOK))]
        if table and table[-1] < 400:  # a read that fails is tried again
            self.read["plan"] = self.town.now()
        if self.feed.requests and self.is_feed_well:
            self.read["kurse"] = self.town.now()
        self.feed.requests.clear()
        if any(each.method == "PUT" and each.path.endswith(".ics") for each in asked):
            for connector, calendar in CALENDARS.items():
                titles = self.titles(calendar)
                for each in [it for it in self.waiting[connector] if it.title in titles]:
                    each.seen = self.town.now()
                    self.waiting[connector].remove(each)
                    self.seen[connector].append(each)

    def titles(self, calendar: str) -> set[str]:
        there = next(each for each in self.staff.calendars.calendars() if each.name.startswith(f"{calendar} ("))
        hrefs = [href for href, _ in self.staff.calendars.changes(there.href, "").changed]
        read = [Calendar.from_ical(each.data) for each in self.staff.calendars.objects(there.href, hrefs)]
        return {str(found["SUMMARY"]) for each in read for found in each.walk("VEVENT")}

    def delays(self, connector: str) -> list[timedelta]:
        return [each.seen - each.since for each in self.seen[connector] if each.seen is not None]


@dataclass(frozen=True)
class Size:
    threads: int
    handles: int
    memory: int
    rows: dict[str, int]
    database: int


def handles() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def settled(count: Callable[[], int]) -> int:
    """Servers of the test close what clients left a moment later."""
    lowest = count()
    for _ in range(10):
        time.sleep(0.02)
        lowest = min(lowest, count())
    return lowest


@dataclass
class Week:
    """What happens in the sources and on the server, step by step; and the parts of the service that live through it."""

    town: Town
    feed: Feed
    observer: Observer
    running: Running
    process: Process
    pages: Client
    titles: dict[int, str] = field(default_factory=dict)
    courses: dict[int, str] = field(default_factory=dict)
    broken: int = 0

    def step(self, number: int) -> None:
        self.town.wait(seconds=STEP.total_seconds())
        self.people_work(number)
        self.things_break(number)
        self.administrators_save(number)
        self.process.look()
        self.carry_out()
        self.somebody_looks(number)
        self.observer.look()

    def carry_out(self) -> None:
        """What a worker would take from the queue."""
        queue = self.process._jobs._huey
        while (job := queue.dequeue()) is not None:
            queue.execute(job)

    def people_work(self, number: int) -> None:
        """Seven trainings and five courses get a new title, one after the other."""
        if number % 6 == 2:
            key = 4 + number // 6 % 7
            self.titles[key] = f"Schulung {number}"
            self.town.save([*THREE, *(row(each, title) for each, title in sorted(self.titles.items()))])
            self.observer.was_changed("plan", key, self.titles[key])
        if number % 8 == 3:
            key = number // 8 % 5
            self.courses[key] = f"Kurs {number}"
            self.say_courses()
            self.observer.was_changed("kurse", key, self.courses[key])

    def say_courses(self) -> None:
        if self.observer.is_feed_well:
            titles = sorted({**dict.fromkeys(range(5), "Kurs"), **self.courses}.items())
            events = (event(f"k-{key}@provider.example", it, day=FAR + timedelta(days=key)) for key, it in titles)
            self.feed.says(feed_of(*events))

    def things_break(self, number: int) -> None:
        if number == OUTAGE.start:
            self.town.sandbox.fail_next("*", ".*", 502, 10**6)
        if number == OUTAGE.stop:
            self.town.sandbox.clear_faults()
        if number % 40 == 20:
            self.observer.is_feed_well = False
            self.feed.says(b"", 503)
        if number % 40 == 33:
            self.observer.is_feed_well = True
            self.say_courses()
        if number % 30 == 16 and number not in OUTAGE:
            self.town.sandbox.fail_next("PROPFIND", f"{PLANNING}/?$", 502, 3)
        if number % 13 == 7 and number not in OUTAGE:
            self.town.sandbox.fail_next("PUT", r"\.ics$", 502, 1)

    def administrators_save(self, number: int) -> None:
        text = self.town.config.read_text()
        if number % 24 == 6:
            self.town.config.write_text(f"{text}\ncalendar: {{}}\n")
        if number % 24 == 8:
            self.broken += bool(self.running.broken)
            self.town.config.write_text(text.replace("\ncalendar: {}\n", "") + f"# {number}\n")

    def somebody_looks(self, number: int) -> None:
        if number % 6:
            return
        assert self.pages.get("/healthz").status_code == 200
        assert self.pages.get("/metrics", headers={"Authorization": "Bearer zahlen"}).status_code == 200
        assert self.pages.get("/").status_code == 303

    def size(self) -> Size:
        gc.collect()
        with self.running.state.engine.connect() as connection:
            rows = {
                table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
                for table in tables.metadata.sorted_tables
            }
        del self.town.sandbox.requests[:]
        self.observer.mark = 0
        return Size(settled(threading.active_count), settled(handles), traced(), rows, in_use(self.running.state))


def in_use(state: StateStore) -> int:
    """Bytes of the database without what is free to be used again."""
    with state.engine.connect() as connection:
        pages, free, size = (
            int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())
            for name in ("page_count", "freelist_count", "page_size")
        )
    return (pages - free) * size


OURS = [f"*/{name}/*" for name in ("network", "connectors", "calendar_sync", "workspace_sync", "plugin")]
LIBRARIES = [f"*/{name}/*" for name in ("sqlalchemy", "requests", "urllib3", "flask", "werkzeug", "huey", "icalendar")]


def traced() -> int:
    """Bytes that our code and its libraries hold; the stand-in for Nextcloud lives in the same process."""
    if not tracemalloc.is_tracing():
        return 0
    kept = [tracemalloc.Filter(True, name) for name in (*OURS, *LIBRARIES)]
    without = tracemalloc.Filter(False, "*/plugin/sandbox/*")
    found = tracemalloc.take_snapshot().filter_traces(kept).filter_traces([without])
    return sum(each.size for each in found.statistics("filename"))


@pytest.fixture(autouse=True)
def log_as_before() -> Iterator[None]:
    """The service takes over the log of its process."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:], root.level = handlers, level


@pytest.fixture
def week(town: Town, feed: Feed) -> Iterator[Week]:
    with_feed(town, feed)
    town.swap("every: 15 minutes", "every: 4 hours")
    town.swap("every: 1 hour}\ncalendars", "every: 380 minutes}\ncalendars")
    town.swap("every: 1 hour}", "every: 12 hours}")
    town.swap("nextcloud:\n", "nextcloud:\n  verify_every: 12 hours\n")
    town.swap("service:\n", "service:\n  metrics_token: env:METRICS\n")
    town.config.write_text(town.config.read_text() + "privacy: {keep: {technical_logs: 2 days}}\n")
    running = Running(town.config, environment={**town.environment, "METRICS": "zahlen"}, clock=town.now)
    made = Week(town, feed, Observer(town, feed), running, Process(running), Client(following(running)))
    made.say_courses()
    yield made
    running.state.engine.dispose()


def measured(week: Week, connector: str) -> Freshness:
    running = week.running
    found = freshness(running.settings, running.state, running.clock(), window=timedelta(days=9))
    return next(each for each in found if each.connector == connector)


def test_a_week_leaks_nothing_and_freshness_is_what_an_observer_measures(week: Week) -> None:
    week.process._rounds.begin()
    week.step(0)
    days: list[Size] = []
    for number in range(1, 7 * A_DAY + 1):
        if number == A_DAY // 2:
            tracemalloc.start()
        week.step(number)
        if number % A_DAY == 0:
            days.append(week.size())
    tracemalloc.stop()
    first, last = days[0], days[-1]

    assert week.broken == 7
    assert week.running.broken == ()
    assert (last.threads, last.handles) == (first.threads, first.handles), days
    assert last.memory - first.memory < MOST_MEMORY, days
    assert last.database - first.database < MOST_DATABASE, days
    runs = sum(total for (name, *_), total in Tallies(week.running.state.engine).all().items() if name == RUNS)
    assert last.rows["runs"] < 60 < runs

    for connector, target in TARGETS.items():
        found, delays = measured(week, connector), week.observer.delays(connector)
        assert found.target == target
        assert found.waiting <= len(week.observer.waiting[connector])  # some nobody has read yet
        assert sum(each.total for each in found.days) == len(delays) > 12
        assert found.in_time == sum(each <= target for each in delays)
        assert 0 < found.in_time < len(delays)
        assert found.worst is not None and abs(found.worst - max(delays)) < WITHIN
        assert found.worst > timedelta(days=1)


def test_what_leaks_is_seen(week: Week) -> None:
    tracemalloc.start()
    before = week.size()
    leaked = [Running(week.town.config, environment=week.town.environment, clock=week.town.now) for _ in range(3)]
    with ThreadPoolExecutor(1) as pool:
        list(pool.map(lambda each: each.state.version, leaked))
        after = week.size()
    tracemalloc.stop()
    assert after.handles > before.handles
    assert after.threads > before.threads
    assert after.memory - before.memory > MOST_MEMORY / 3
    for each in leaked:
        each.state.engine.dispose()
