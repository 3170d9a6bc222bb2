"""What a feed of 1,000 trainings costs the service that answers it, beside a Flask route that does nothing.

CPU of our process for one request through the whole program, without a socket.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bench_world import ADMINISTRATIONS, Feed, configuration, feed_of, probe, sandbox
from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from network.state.feeds import FeedKind, FeedShelf
from plugin.running import Running
from plugin.web.app import create_app

TRAININGS, CALLS = 1_000, 500
Row = tuple[str, float, float, str]


def costs(folder: Path) -> Iterator[Row]:
    with sandbox() as (url, password):
        feed = Feed(feed_of(TRAININGS))
        towns = ADMINISTRATIONS.replace("services: []", "services: [calendars]")
        config = configuration(folder / "subscriptions", url, feed.url, administrations=towns)
        config.write_text(config.read_text().replace("from: [kurse]}", "from: [kurse], share: {administrations: all}}"))
        cost = probe(config, "apply", password)
        assert cost["exit_code"] == 0, cost
        yield from _answered(Running(config, environment=dict(os.environ), clock=lambda: datetime.now(UTC)))
        feed.close()


def _answered(running: Running) -> Iterator[Row]:
    token = FeedShelf(running.state.engine, clock=running.clock).make(FeedKind.ADMINISTRATION, "kreis", "wer", ())
    app, path = create_app(running), f"/abo/{token}.ics"
    status, etag, size, first = _asked(app, path)
    assert (status, size > 100 * TRAININGS) == (200, True), (status, size)
    known = [_asked(app, path, etag) for _ in range(CALLS)]
    assert {each[0] for each in known} == {304}
    empty = Flask("empty")
    empty.add_url_rule("/", view_func=str)
    nothing = statistics.median(_asked(empty, "/")[3] for _ in range(CALLS))
    unchanged = statistics.median(each[3] for each in known)
    yield f"{TRAININGS:,} trainings, the reader has them (304): CPU, median of {CALLS}", round(unchanged, 2), 3, "ms"
    yield "… against a Flask route that does nothing", round(unchanged / nothing, 1), 20, "times"
    yield f"… the first reader, who gets all of them ({size / 1e6:.1f} MB)", round(first / 1000, 2), 2, "s"
    running.state.engine.dispose()


def _asked(app: Flask, path: str, etag: str = "") -> tuple[int, str, int, float]:
    """Status, ETag, bytes, and milliseconds of CPU."""
    environ = EnvironBuilder(path=path, headers={"If-None-Match": etag} if etag else {}).get_environ()
    before = time.process_time()
    parts, status, headers = run_wsgi_app(app, environ, buffered=True)
    spent = (time.process_time() - before) * 1000
    return int(status.split()[0]), headers.get("ETag", ""), sum(map(len, parts)), spent
