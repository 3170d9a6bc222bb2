"""Figures for a Prometheus: about runs, connectors, scopes and this process. Never a person, a title or an address.

What comes from the state database (`FromState`) is the same whichever process is asked, and outlives restarts; requests
of pages and the process's own figures (`Served`, `process_*`, `python_*`) are those of the process that answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TypeAlias

from prometheus_client import (
    CollectorRegistry,
    Counter,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from network.plan import ScopeKind
from network.state.errands import ErrandLog
from network.state.leases import this_process
from network.state.runs import RefusedLogins, RunLog
from network.state.sources import SourceHealth, SourceLog
from network.state.tallies import Tallies
from plugin.findings import Freshness, Health
from plugin.freshness import freshness
from plugin.jobs.rounds import Rounds
from plugin.running import Running
from plugin.scope_states import RUNS as LATEST
from plugin.scope_states import scope_states
from plugin.tallying import CHANGES, REQUESTS, RUNS

PREFIX = "digitalnetzwerk"
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

Family: TypeAlias = CounterMetricFamily | GaugeMetricFamily


class Metrics:
    """All figures of one process."""

    def __init__(self, running: Running) -> None:
        self._registry = CollectorRegistry()
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=self._registry)
        self._registry.register(FromState(running))
        self._answered = Counter(
            f"{PREFIX}_http_requests",
            "Requests of pages, this process",
            ["endpoint", "status"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            f"{PREFIX}_http_request_seconds",
            "How long pages take, this process",
            ["endpoint"],
            buckets=SECONDS,
            registry=self._registry,
        )

    def answered(self, endpoint: str, status: int, seconds: float) -> None:
        """`endpoint` is one of a known set: never a path."""
        self._answered.labels(endpoint, str(status)).inc()
        self._seconds.labels(endpoint).observe(seconds)

    def text(self) -> bytes:
        """In Prometheus' text format."""
        return generate_latest(self._registry)


class FromState(Collector):
    """Reads the state database at each scrape; registering it reads nothing."""

    def __init__(self, running: Running) -> None:
        self._running = running

    def describe(self) -> Iterator[Family]:
        return iter(())

    def collect(self) -> Iterator[Family]:
        yield from self._tallies()
        yield from self._last_runs()
        yield from self._connectors()
        yield from self._waiting()
        broken = bool(self._running.broken)
        yield _gauge("config_broken", "1: the configuration is broken, the last valid one is in force", broken)

    def _tallies(self) -> Iterator[Family]:
        counted = Tallies(self._running.state.engine).all()
        for name, told, labels in (
            (RUNS, "Runs by command and exit code", ["command", "exit_code"]),
            (CHANGES, "Changes in Nextcloud by action and outcome", ["action", "outcome"]),
            (REQUESTS, "Requests to Nextcloud by method", ["method"]),
        ):
            public = f"{PREFIX}_nextcloud_requests" if name == REQUESTS else f"{PREFIX}_{name}"
            family = CounterMetricFamily(public, told, labels=labels)
            for (kind, *values), total in counted.items():
                if kind == name:
                    family.add_metric(values[: len(labels)], total)
            yield family

    def _last_runs(self) -> Iterator[Family]:
        runs = RunLog(self._running.state.engine).latest("apply", limit=LATEST)
        if runs and runs[0].ended_at is not None:
            yield _gauge("last_run_timestamp_seconds", "When the last run ended", runs[0].ended_at.timestamp())
            yield _gauge("last_run_exit_code", "How it ended", runs[0].exit_code)
        scopes = GaugeMetricFamily(f"{PREFIX}_scopes", "Scopes by kind and state", labels=["kind", "state"])
        states = [(each.scope.partition(":")[0], each.health.value) for each in scope_states(runs).values()]
        for kind in (ScopeKind.ADMINISTRATION, ScopeKind.EXCHANGE_GROUP, ScopeKind.PROJECT, ScopeKind.CALENDAR):
            for state in (Health.HEALTHY, Health.PENDING, Health.STOPPED):
                scopes.add_metric([kind, state], states.count((kind.value, state.value)))
        yield scopes
        refused = RefusedLogins(self._running.state.engine).last() is not None
        yield _gauge("login_refused", "1: Nextcloud refused our login, no job tries it again", refused)

    def _connectors(self) -> Iterator[Family]:
        running = self._running
        measured = freshness(running.settings, running.state, running.clock())
        health = {each.connector: each for each in SourceLog(running.state.engine).health()}
        keys = {each.connector for each in measured}
        for name, told, value in OF_FRESHNESS:
            yield _by_connector(name, told, [(each.connector, value(each)) for each in measured])
        for name, told, count in OF_HEALTH:
            yield _by_connector(name, told, [(key, count(it)) for key, it in health.items() if key in keys])

    def _waiting(self) -> Iterator[Family]:
        running = self._running
        asked = SourceLog(running.state.engine).questions()
        unanswered = sum(not each.answer for each in asked)
        yield _gauge("questions_open", "Questions of the sources that nobody answered", unanswered)
        log = ErrandLog(running.state.engine, clock=running.clock, holder=this_process())
        yield _gauge("jobs_waiting", "What somebody asked for on a page and no worker has begun", log.waiting())
        late = [running.clock() - at for at in Rounds(running).schedule.times().values()]
        behind = max((each.total_seconds() for each in late), default=0.0)
        yield _gauge("schedule_behind_seconds", "How long the most overdue connector has been due", max(behind, 0.0))


def _gauge(name: str, told: str, value: float) -> Family:
    return GaugeMetricFamily(f"{PREFIX}_{name}", told, value=value)


def _by_connector(name: str, told: str, values: Sequence[tuple[str, float | None]]) -> Family:
    """None: there is nothing to say about that connector."""
    family = GaugeMetricFamily(f"{PREFIX}_connector_{name}", told, labels=["connector"])
    for connector, value in values:
        if value is not None:
            family.add_metric([connector], value)
    return family


def _seconds(moment: datetime | None) -> float | None:
    return moment.timestamp() if moment is not None else None


OF_FRESHNESS: Sequence[tuple[str, str, Callable[[Freshness], float | None]]] = (
    ("interval_seconds", "How often it is looked at", lambda each: each.interval.total_seconds()),
    ("target_seconds", "How old what stands in Nextcloud may be", lambda each: each.target.total_seconds()),
    ("last_success_timestamp_seconds", "When its source answered last", lambda each: _seconds(each.looked_at)),
    ("as_of_timestamp_seconds", "All of what it said then stands in Nextcloud", lambda each: _seconds(each.as_of)),
    ("freshness_ratio", "Share of the changes of 7 days that were visible in time", lambda each: each.share),
    ("waiting", "Entries that are not written yet", lambda each: each.waiting),
)
OF_HEALTH: Sequence[tuple[str, str, Callable[[SourceHealth], float]]] = (
    ("items", "What its last good answer held", lambda each: each.items),
    ("quarantined", "What of it is unclear and not written", lambda each: each.quarantined),
)
