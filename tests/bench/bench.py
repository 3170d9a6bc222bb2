"""`make bench`: counts, CPU time and memory at sizes that no town reaches; writes them to docs/benchmarks.md.

Nothing is judged by the clock on the wall: machines are noisy. Without NEXTCLOUD_URL only the stand-in is measured.
Ends with 1 when a figure is above its limit.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import bench_live
import bench_pages
import bench_subscriptions
import bench_workspaces
from bench_world import Feed, configuration, feed_of, probe, sandbox

REPORT = Path(__file__).parents[2] / "docs" / "benchmarks.md"
SMALL, LARGE, HUGE = 1_000, 10_000, 50_000
LIVE = f"Writing {bench_live.EVENTS} events to a real Nextcloud, {bench_live.CONNECTIONS} connections"
PAGES = f"{bench_pages.STAFF} staff at once on the pages of {bench_pages.TRAININGS:,} trainings"
CONDITIONS = {
    PAGES: (
        "",
        "The service as `serve` runs it, on 127.0.0.1, each of the staff logged in and on a connection of their own; in turns",
        "with a bare Flask program behind the same server that renders the list's own template with the same data from memory.",
        f"Medians of {bench_pages.ROUNDS} rounds of {bench_pages.STAFF * bench_pages.TIMES} requests. Who asks is at work on "
        "the same cores.",
    ),
    LIVE: (
        "",
        "All in one run against the same server, in turns, the same events; medians of five rounds.",
        "Against the bare loop (threads that PUT ready texts into a calendar that is there) our time holds everything from",
        "fetching and planning to making, marking and closing the calendar. Against vdirsyncer, which reads a folder, has found",
        "its calendar before and writes one event after the other, both are whole processes.",
    ),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value; `limit` is the most allowed, or with `at_least` the least; None for what is only told."""

    what: str
    value: float
    limit: float | None
    unit: str = ""
    at_least: bool = False

    @property
    def is_good(self) -> bool:
        return self.limit is None or (self.value >= self.limit if self.at_least else self.value <= self.limit)

    @property
    def line(self) -> str:
        if self.limit is None:
            return f"| {self.what} | {self.value:g} {self.unit} | – | – |"
        sign = "≥" if self.at_least else "≤"
        mark = "yes" if self.is_good else "**no**"
        return f"| {self.what} | {self.value:g} {self.unit} | {sign} {self.limit:g} {self.unit} | {mark} |"


def seen_before(folder: Path) -> Iterator[Figure]:
    """The everyday case, and what one change costs."""
    with sandbox() as (url, password):
        config, _ = _filled(url, password, folder, SMALL)
        little = _best(probe(config, "apply", password) for _ in range(3))
    with sandbox() as (url, password):
        config, feed = _filled(url, password, folder, LARGE)
        same = _best(probe(config, "apply", password) for _ in range(3))
        yield from _unchanged(same, little)
        yield from _changed(config, feed, password)


def _unchanged(same: dict[str, Any], little: dict[str, Any]) -> Iterator[Figure]:
    yield Figure(f"nothing changed, {LARGE:,} events: requests to Nextcloud", sum(same["requests"].values()), 1)
    yield Figure("… requests to the source", same["source_requests"], 1)
    yield Figure("… objects parsed", same["parsed"], 0)
    yield Figure("… CPU after imports", same["cpu"], 0.5, "s")
    yield Figure("… CPU in all", same["cpu_in_all"], 1.2, "s")
    yield Figure("… peak memory", same["megabytes"], 150, "MB")
    yield Figure(f"… CPU after imports, against {SMALL:,} events", round(same["cpu"] / little["cpu"], 2), 1.2, "times")
    yield Figure("… CPU in all, likewise", round(same["cpu_in_all"] / little["cpu_in_all"], 2), 1.2, "times")


def _changed(config: Path, feed: Feed, password: str) -> Iterator[Figure]:
    feed.says(feed_of(LARGE, 10))
    yield Figure("10 changed: CPU of the plan", probe(config, "plan", password)["cpu"], 2, "s")
    feed.says(feed_of(LARGE, 1))
    one = probe(config, "apply", password)
    assert one["done"] == 1, one
    yield Figure("one changed: requests to Nextcloud", sum(one["requests"].values()), 4)
    yield Figure("… requests to the source", one["source_requests"], 1)


def cold(folder: Path) -> Iterator[Figure]:
    """The first plan over a feed that nobody has seen."""
    with sandbox() as (url, password):
        yield from _cold(url, password, folder)


def _cold(url: str, password: str, folder: Path) -> Iterator[Figure]:
    for events, name, limit, unit in ((LARGE, "cpu", 10, "s"), (HUGE, "megabytes", 200, "MB")):
        feed = Feed(feed_of(events))
        cost = probe(configuration(folder / f"cold-{events}", url, feed.url, calendar="neu"), "plan", password)
        feed.close()
        what = {"cpu": "CPU", "megabytes": "peak memory"}[name]
        yield Figure(
            f"first plan, {events:,} events ({len(feed.content) / 1e6:.1f} MB): {what}", cost[name], limit, unit
        )


def rates(account: bench_live.Account) -> Iterator[Figure]:
    found = bench_live.measure(account)
    print(found, file=sys.stderr)
    yield Figure("initial write against a bare loop of PUTs, median", round(found.against_bare, 2), 0.85, "", True)
    yield Figure("client CPU for a write, median", round(statistics.median(found.cpu), 2), 5, "ms")
    yield Figure("against vdirsyncer, whole processes, median", round(found.against_vdirsyncer, 2), 2.5, "times", True)


def _filled(url: str, password: str, folder: Path, events: int) -> tuple[Path, Feed]:
    """A calendar in which everything stands since a moment ago: what is measured next is the first run after it."""
    feed = Feed(feed_of(events))
    config = configuration(folder / str(events), url, feed.url, calendar="kurse")
    cost = probe(config, "apply", password)
    print(f"{events} events: {cost}", file=sys.stderr)
    assert cost["exit_code"] == 0, cost
    return config, feed


def _best(costs: Iterator[dict[str, Any]]) -> dict[str, Any]:
    """The round with the least CPU: others only took from the same machine."""
    return min(costs, key=lambda each: each["cpu"])


def report(sections: dict[str, list[Figure]], is_live: bool) -> str:
    cores = os.cpu_count()
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    memory = round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3)
    lines = [
        "# Benchmarks",
        "",
        f"Measured by `make bench` on {datetime.now(UTC):%Y-%m-%d}: Python {platform.python_version()} on "
        f"{platform.system()}, {cores} cores, {memory} GB of memory.",
        f"Load at the end (1, 5, 15 minutes): {load}. Above the number of cores others were at work, and rates say little.",
        "A fresh process for each figure, the stand-in in another one. CPU is the time of our process on all its threads;",
        "what is unchanged is measured from the first run after a write on.",
    ]
    if not is_live:
        lines += ["", "Without a real Nextcloud (NEXTCLOUD_URL): only counts, CPU and memory against the stand-in."]
    for title, figures in sections.items():
        lines += [
            "",
            f"## {title}",
            *CONDITIONS.get(title, ()),
            "",
            "| what | measured | limit | within |",
            "|---|---|---|---|",
        ]
        lines += [each.line for each in figures]
    return "\n".join(lines) + "\n"


def main() -> int:
    account = bench_live.Account.of_environment()
    sections: dict[str, list[Figure]] = {}
    with tempfile.TemporaryDirectory() as name:
        sections["A feed that was seen before"] = list(seen_before(Path(name)))
        sections["A feed that is new"] = list(cold(Path(name)))
        title = "11 administrations, 60 exchange groups and projects, 3,000 people"
        sections[title] = [Figure(*each) for each in bench_workspaces.costs(Path(name))]
        title = "A feed that programs subscribe to"
        sections[title] = [Figure(*each) for each in bench_subscriptions.costs(Path(name))]
        sections[PAGES] = [Figure(*each) for each in bench_pages.costs(Path(name))]
    if account is not None:
        sections[LIVE] = list(rates(account))
    text = report(sections, account is not None)
    REPORT.write_text(text, encoding="utf-8")
    print(text)
    return 0 if all(each.is_good for figures in sections.values() for each in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
