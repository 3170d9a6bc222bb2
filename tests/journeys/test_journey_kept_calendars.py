"""A coordinator plans in a calendar, on Radicale, on Xandikos or in the same Nextcloud, and staff see it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from journeys_feed import event, feed_of
from journeys_kept import PLACES, Coordinator, coordinator_on
from journeys_town import FAR, Town


@pytest.fixture(params=PLACES)
def coordinator(request: pytest.FixtureRequest, town: Town, tmp_path: Path) -> Iterator[Coordinator]:
    with coordinator_on(request.param, town, tmp_path) as made:
        made.plan("Rhetorik")
        made.plan("Datenschutz", FAR + timedelta(days=1))
        made.plan("Haushalt", FAR + timedelta(days=2))
        assert made.town.apply().code == 0
        yield made


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
