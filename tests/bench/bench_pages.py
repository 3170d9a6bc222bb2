"""100 staff at once on the pages of 1,000 trainings: the service as `serve` runs it, over sockets, beside a bare Flask
program that renders the list from memory (bench_from_memory), in turns.

Rates of a noisy machine say little by themselves, so only their ratio has a limit.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from bench_world import Feed, configuration, feed_of, probe, sandbox

from plugin.listed import Listed
from plugin.month import Month
from plugin.running import Running
from plugin.web.arrivals import COOKIE
from plugin.web.site import Site
from plugin.web.visitors import Visitor, to_text

TRAININGS, STAFF, TIMES, ROUNDS = 1_000, 100, 2, 9
HERE = Path(__file__).parent
Row = tuple[str, float, float | None, str, bool]
Cost = dict[str, float]
TOLD = (
    ("requests", "per_second", "a second"),
    ("median", "median", "ms"),
    ("p95", "p95", "ms"),
    ("CPU of the server for a request", "cpu", "ms"),
)


@dataclass(frozen=True, slots=True)
class Served:
    """A program that answers at `place` (HOST:PORT)."""

    place: str
    process: int

    @property
    def cpu(self) -> float:
        """Seconds that it took on all its threads; see proc(5), utime and stime."""
        fields = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def costs(folder: Path) -> Iterator[Row]:
    with sandbox() as (url, password):
        feed = Feed(feed_of(TRAININGS))
        config = configuration(folder / "pages", url, feed.url)
        cost = probe(config, "apply", password)
        assert cost["exit_code"] == 0, cost
        keys, training = _logged_in(config)
        environment = {**os.environ, "NEXTCLOUD_PASSWORD": password}
        serve = (sys.executable, "-m", "plugin.cli", "-c", str(config), "--json", "serve", "--port", "0")
        bare = (sys.executable, str(HERE / "bench_from_memory.py"), str(config), keys[0])
        with (folder / "pages.log").open("wb") as log, _served(serve, environment, log.fileno()) as ours:
            with _served(bare, environment, log.fileno()) as memory:
                yield from _list(ours, memory, keys)
            yield from _told("a month", _crowd(ours, f"/monat/{Month.of(training.first_day)}", keys))
            yield from _told("one training", _crowd(ours, f"/schulung/{training.uid}", keys))
        feed.close()


def _list(ours: Served, memory: Served, keys: Sequence[str]) -> Iterator[Row]:
    first = _crowd(ours, "/", keys), _crowd(memory, "/", keys)  # warms up
    assert first[0]["bytes"] == first[1]["bytes"], "both have to write the same page"
    pairs = [(_crowd(ours, "/", keys), _crowd(memory, "/", keys)) for _ in range(ROUNDS)]
    ratios = [one["per_second"] / other["per_second"] for one, other in pairs]
    print(f"pages: {ratios}", file=sys.stderr)
    what = f"the list, {STAFF * TIMES * ROUNDS:,} requests: rate against the same template from memory, median"
    yield what, round(statistics.median(ratios), 2), 0.6, "", True
    spent = [other["cpu"] / one["cpu"] for one, other in pairs]
    yield "… likewise by the CPU of the server", round(statistics.median(spent), 2), None, "", True
    for name, those in zip(("the list", "the same template from memory"), zip(*pairs, strict=True), strict=True):
        yield from _told(name, *those)


def _told(name: str, *rounds: Cost) -> Iterator[Row]:
    """Medians over the rounds."""
    for what, key, unit in TOLD:
        yield f"{name}: {what}", round(statistics.median(each[key] for each in rounds), 1), None, unit, False


def _logged_in(config: Path) -> tuple[list[str], Listed]:
    """The keys of the sessions of all staff, and a training in the middle."""
    running = Running(config, environment={}, clock=lambda: datetime.now(UTC))
    site = Site.of(running)
    people = (Visitor(f"person.{each:03}", f"Person {each:03}", ("kreis",), (), ("kurse",)) for each in range(STAFF))
    keys = [site.sessions.open(each.account, to_text(each)) for each in people]
    listed = site.catalogue.listed()
    assert len(listed) == TRAININGS, len(listed)
    running.state.engine.dispose()
    return keys, listed[TRAININGS // 2]


@contextmanager
def _served(command: Sequence[str], environment: dict[str, str], errors: int) -> Iterator[Served]:
    """A program that says its address in its first line."""
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True)
    try:
        assert process.stdout is not None
        yield Served(urlsplit(json.loads(process.stdout.readline())["url"]).netloc, process.pid)
    finally:
        process.terminate()
        process.wait()


def _crowd(served: Served, path: str, keys: Sequence[str]) -> Cost:
    command = (sys.executable, str(HERE / "bench_crowd.py"), served.place, path, str(TIMES))
    cookies = "\n".join(f"{COOKIE}={key}" for key in keys)
    before = served.cpu
    said = subprocess.run(command, input=cookies, stdout=subprocess.PIPE, text=True, check=True)
    return {**json.loads(said.stdout), "cpu": (served.cpu - before) * 1000 / (STAFF * TIMES)}


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        for row in costs(Path(name)):
            print(*row, flush=True)
