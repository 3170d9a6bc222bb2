"""A coordinator plans in a calendar, on Radicale, on Xandikos or in the same Nextcloud, and staff see it."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from journeys_feed import event, feed_of
from journeys_town import FAR, Town

from network.errors import UidInTrash
from network.ports import CalendarWish, ShareRow

sys.path.insert(0, str(Path(__file__).parents[1] / "connectors" / "caldav"))

from caldav_servers import LOGIN, SERVERS, CaldavServer  # beside the tests of this source

CALENDAR = "  geplant: {name: Geplant, from: [planung], share: {administrations: all}}\n"


@dataclass
class Coordinator:
    """A town that reads a calendar which `put(name, content)` and `delete(name)` keep."""

    town: Town
    put: Callable[[str, bytes], None]
    delete: Callable[[str], None]

    def titles(self) -> list[str]:
        return self.town.titles(calendar="Geplant")

    def plan(self, title: str, day: date = FAR, hour: int = 9) -> None:
        self.put(f"{title}.ics", feed_of(event(f"{title}@hand.example", title, day=day, hour=hour)))

    def uid(self, title: str) -> str:
        found = re.search(rb"^UID:(\S+)", self.town.entry(f"SUMMARY:{title}").data, re.MULTILINE)
        assert found
        return found[1].decode()


@pytest.fixture(params=["radicale", "xandikos", "nextcloud"])
def coordinator(request: pytest.FixtureRequest, town: Town, tmp_path: Path) -> Iterator[Coordinator]:
    with ExitStack() as stack:
        if request.param == "nextcloud":
            made = in_nextcloud(town)
        else:
            made = on_caldav(town, stack.enter_context(SERVERS[request.param](tmp_path / "caldav")), tmp_path)
        made.plan("Rhetorik")
        made.plan("Datenschutz", FAR + timedelta(days=1))
        made.plan("Haushalt", FAR + timedelta(days=2))
        assert made.town.apply().code == 0
        yield made


def on_caldav(town: Town, server: CaldavServer, folder: Path) -> Coordinator:
    secret = folder / "kennwort"
    secret.write_text(LOGIN[1])
    server.make()
    connector = (
        f"{{type: caldav, url: '{server.url}/', calendar: Planung, username: {LOGIN[0]}, password: 'file:{secret}'}}"
    )
    town.swap("calendars:\n", f"  planung: {connector}\ncalendars:\n{CALENDAR}")
    return Coordinator(town, server.put_raw, server.delete)


def in_nextcloud(town: Town) -> Coordinator:
    erika = town.as_staff("erika.kreis").calendars
    href = erika.create_calendar("planung", CalendarWish("Planung", "#00679e", "Europe/Berlin", ""))
    erika.share(href, [ShareRow("users/digitalnetzwerk")], [])
    etags: dict[str, str] = {}

    def put(name: str, content: bytes) -> None:
        try:
            etags[name] = erika.put(href + name, content, if_match=etags.get(name, ""))
        except UidInTrash:  # she takes it out of the trash bin again
            [trashed] = erika.trashed_objects()
            erika.restore_object(trashed)

    town.swap(
        "calendars:\n",
        f"  planung: {{type: nextcloud-calendar, calendar: erika.kreis/planung}}\ncalendars:\n{CALENDAR}",
    )
    return Coordinator(town, put, lambda name: erika.delete(href + name, if_match=etags.pop(name)))


def test_what_the_coordinator_plans_staff_see(coordinator: Coordinator) -> None:
    assert coordinator.titles() == ["Datenschutz", "Haushalt", "Rhetorik"]
    coordinator.plan("Erste Hilfe")
    coordinator.put("Rhetorik.ics", feed_of(event("Rhetorik@hand.example", "Rhetorik II")))
    assert coordinator.town.apply().code == 0
    assert coordinator.titles() == ["Datenschutz", "Erste Hilfe", "Haushalt", "Rhetorik II"]


def test_a_second_run_writes_nothing(coordinator: Coordinator) -> None:
    before = coordinator.town.mark()
    run = coordinator.town.apply()
    assert run.code == 0
    assert coordinator.town.writes(before) == []
    assert {each.connector: each.state for each in run.sources}["planung"] == "unchanged"


def test_a_moved_event_keeps_its_uid_and_its_file(coordinator: Coordinator) -> None:
    before, href = coordinator.uid("Rhetorik"), coordinator.town.entry("SUMMARY:Rhetorik").href
    coordinator.plan("Rhetorik", FAR + timedelta(days=9), hour=14)
    assert coordinator.town.apply().code == 0
    moved = coordinator.town.entry("SUMMARY:Rhetorik")
    assert (coordinator.uid("Rhetorik"), moved.href) == (before, href)
    assert f"{FAR + timedelta(days=9):%Y%m%d}T140000".encode() in moved.data


def test_a_deletion_only_asks(coordinator: Coordinator) -> None:
    before = coordinator.town.mark()
    coordinator.delete("Rhetorik.ics")
    for _ in range(4):
        coordinator.town.wait(hours=12)
        assert coordinator.town.apply().code == 0
    assert coordinator.titles() == ["Datenschutz", "Haushalt", "Rhetorik"]
    assert coordinator.town.calendar_writes(before) == []
    [asked] = coordinator.town.status().questions
    assert (asked.connector, asked.question.key) == ("planung", "Rhetorik@hand.example")


def test_what_comes_back_is_the_same_training_again(coordinator: Coordinator) -> None:
    uid = coordinator.uid("Rhetorik")
    coordinator.delete("Rhetorik.ics")
    for _ in range(4):
        coordinator.town.wait(hours=12)
        coordinator.town.apply()
    coordinator.plan("Rhetorik")
    assert coordinator.town.apply().code == 0
    assert coordinator.town.status().questions == ()
    assert coordinator.uid("Rhetorik") == uid


def test_a_copy_of_our_own_entry_is_not_taken_again(coordinator: Coordinator) -> None:
    ours = coordinator.town.entry("SUMMARY:Rhetorik").data
    assert b"X-DIGITALNETZWERK-" in ours
    coordinator.put("kopie.ics", ours)
    assert coordinator.town.apply().code == 0
    assert coordinator.titles() == ["Datenschutz", "Haushalt", "Rhetorik"]
