"""What `make bench` shows at 10,000 events, as counts at a size that takes seconds."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from bench_world import Feed, configuration, feed_of
from sqlalchemy.event import listen

import network.ical.canonical
import network.ical.reading
from plugin.assembly import open_service
from plugin.render.run import Run
from plugin.sandbox import Sandbox

EVENTS = 60


@dataclass
class Filled:
    """A calendar in which every event of the feed stands since a moment ago."""

    config: Path
    feed: Feed
    password: str
    url: str

    def apply(self) -> Run:
        with open_service(self.config, environment={"NEXTCLOUD_PASSWORD": self.password}) as service:
            return service.apply()

    def statements(self, events: int) -> Counter[str]:
        """What the state database is told while a feed of so many events is applied, by the first word."""
        told: Counter[str] = Counter()
        self.feed.says(feed_of(events))
        with open_service(self.config, environment={"NEXTCLOUD_PASSWORD": self.password}) as service:
            listen(service.state.engine, "before_cursor_execute", lambda *said: told.update([said[2].split()[0]]))
            assert service.apply().code == 0
        return told


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Filled]:
    with Sandbox() as sandbox:
        feed = Feed(feed_of(EVENTS))
        made = Filled(configuration(tmp_path, sandbox.url, feed.url), feed, sandbox.service.password, sandbox.url)
        assert made.apply().code == 0
        yield made
        feed.close()


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text that is taken apart as iCalendar."""
    seen: list[str] = []
    original = network.ical.canonical.parse_components
    for module in (network.ical.canonical, network.ical.reading):
        monkeypatch.setattr(module, "parse_components", lambda text: (seen.append(text), original(text))[1])
    return seen


def test_without_a_change_one_request_goes_each_way_and_nothing_is_parsed(filled: Filled, parsed: list[str]) -> None:
    asked = filled.feed.requests
    run = filled.apply()
    assert dict(run.requests) == {"PROPFIND": 1}
    assert filled.feed.requests - asked == 1
    assert parsed == []
    assert [(each.state, each.items) for each in run.sources if each.connector == "kurse"] == [("unchanged", EVENTS)]


def test_one_changed_event_costs_at_most_three_requests_more(filled: Filled, parsed: list[str]) -> None:
    filled.feed.says(feed_of(EVENTS, 1))
    run = filled.apply()
    assert dict(run.requests) == {"PROPFIND": 2, "PUT": 1, "REPORT": 1}
    assert len(parsed) < 10, "events that did not change are parsed"
    assert dict(filled.apply().requests) == {"PROPFIND": 1}


@pytest.mark.parametrize("changed", [0, 1])
def test_right_after_a_write_a_run_without_a_change_reads_no_entry(
    filled: Filled, monkeypatch: pytest.MonkeyPatch, changed: int
) -> None:
    filled.feed.says(feed_of(EVENTS, changed))
    filled.apply()
    monkeypatch.setattr("plugin.planning.recall", lambda state: pytest.fail("entries are read"))
    run = filled.apply()
    assert (dict(run.requests), run.plan.changes) == ({"PROPFIND": 1}, ())


def test_what_somebody_writes_after_us_is_seen_by_the_next_run(filled: Filled) -> None:
    address = f"{filled.url}/remote.php/dav/calendars/digitalnetzwerk/dnw-kurse/fremd.ics"
    headers = {"Content-Type": "text/calendar"}
    login = ("digitalnetzwerk", filled.password)
    requests.put(address, feed_of(1), headers=headers, auth=login, timeout=10).raise_for_status()
    run = filled.apply()
    assert dict(run.requests) == {"PROPFIND": 1, "REPORT": 2}
    assert run.foreign["entries"] == 1


def test_a_new_entry_costs_one_commit_and_three_questions_of_the_state(filled: Filled) -> None:
    few, many = filled.statements(EVENTS + 5), filled.statements(EVENTS + 15)
    assert many["BEGIN"] - few["BEGIN"] == 5  # five new ones, then ten
    assert many["SELECT"] - few["SELECT"] == 15


def test_a_feed_that_is_the_same_in_other_bytes_writes_nothing(filled: Filled) -> None:
    filled.feed.says(filled.feed.content.replace(b"DTSTAMP:20260101", b"DTSTAMP:20260202"))
    run = filled.apply()
    assert dict(run.requests) == {"PROPFIND": 1}
    assert run.plan.changes == ()


def test_what_only_tables_and_other_calendars_need_is_not_imported(filled: Filled) -> None:
    program = "import sys, pathlib; from plugin.assembly import open_service\n"
    program += "with open_service(pathlib.Path(sys.argv[1])) as service: service.apply()\n"
    program += "print([each for each in ('openpyxl', 'python_calamine', 'caldav', 'lxml') if each in sys.modules])"
    environment = {**os.environ, "NEXTCLOUD_PASSWORD": filled.password}
    command = (sys.executable, "-c", program, str(filled.config))
    assert subprocess.run(command, env=environment, capture_output=True, text=True).stdout == "[]\n"
