"""A calendar that is written too: what staff change by hand in Nextcloud stands in the coordinator's calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from journeys_cli import digitalnetzwerk
from journeys_feed import event, feed_of
from journeys_kept import BOTH_WAYS, EDITOR, PLACES, Coordinator, coordinator_on
from journeys_town import FAR, Town

from network.ports import CalendarSeen


@pytest.fixture(params=PLACES)
def both(request: pytest.FixtureRequest, town: Town, tmp_path: Path) -> Iterator[Coordinator]:
    """Both calendars hold the same five trainings."""
    with coordinator_on(request.param, town, tmp_path, more=BOTH_WAYS, rights=True) as made:
        for number, title in enumerate(("Datenschutz", "Haushalt", "Rhetorik", "Vergabe", "Zeugnisse")):
            made.plan(title, FAR + timedelta(days=number))
        assert made.town.apply().code == 0
        yield made


def editor(both: Coordinator) -> tuple[Any, CalendarSeen]:
    """The calendar as somebody sees it who may edit it."""
    calendars = both.town.as_staff(EDITOR).calendars
    return calendars, next(each for each in calendars.calendars() if each.name.startswith("Geplant"))


def edit(both: Coordinator, title: str, change: Callable[[Any], None]) -> None:
    calendars, seen = editor(both)
    hrefs = [href for href, _ in calendars.changes(seen.href, "").changed]
    found = next(each for each in calendars.objects(seen.href, hrefs) if f"SUMMARY:{title}".encode() in each.data)
    calendar = Calendar.from_ical(found.data)
    change(calendar.walk("VEVENT")[0])
    calendars.put(found.href, calendar.to_ical(), if_match=found.etag)


def move_to_brakel(found: Any) -> None:
    found.pop("LOCATION", None)
    found.add("LOCATION", "Brakel")


def delete(both: Coordinator, title: str) -> None:
    found = both.town.entry(f"SUMMARY:{title}", EDITOR)
    editor(both)[0].delete(found.href, if_match=found.etag)


def text(both: Coordinator, title: str) -> bytes:
    return next(each for each in both.stored().values() if f"SUMMARY:{title}".encode() in each)


def test_what_is_changed_by_hand_stands_in_the_coordinators_calendar(both: Coordinator) -> None:
    edit(both, "Rhetorik", move_to_brakel)
    run = both.town.apply()
    assert run.code == 0
    assert b"LOCATION:Brakel" in text(both, "Rhetorik")
    assert b"UID:Rhetorik@hand.example" in text(both, "Rhetorik")
    assert b"X-DIGITALNETZWERK" not in text(both, "Rhetorik")


def test_what_is_entered_by_hand_stands_there_and_what_is_deleted_goes(both: Coordinator) -> None:
    calendars, seen = editor(both)
    calendars.put(f"{seen.href}neu.ics", feed_of(event("neu@person.example", "Erste Hilfe")), if_match="")
    delete(both, "Rhetorik")
    shown = [f"{each.action} {each.kind}" for scope in both.town.plan().plan.scopes for each in scope.changes]
    assert sorted(shown) == ["create source_entry", "remove source_entry"]
    assert both.town.apply().code == 0
    assert both.planned() == both.titles() == ["Datenschutz", "Erste Hilfe", "Haushalt", "Vergabe", "Zeugnisse"]


def test_the_coordinators_changes_stand_here_and_a_deletion_too(both: Coordinator) -> None:
    both.put("Haushalt.ics", feed_of(event("Haushalt@hand.example", "Haushaltsrecht", day=FAR + timedelta(days=1))))
    both.delete("Rhetorik.ics")
    assert both.town.apply().code == 0
    assert both.planned() == both.titles() == ["Datenschutz", "Haushaltsrecht", "Vergabe", "Zeugnisse"]


def test_a_second_run_writes_nothing_on_either_side(both: Coordinator) -> None:
    edit(both, "Rhetorik", move_to_brakel)
    both.plan("Vergabe", FAR + timedelta(days=30))
    both.town.apply()
    before, mark = dict(both.stored()), both.town.mark()
    for _ in range(2):
        run = both.town.apply()
        assert (run.code, both.town.calendar_writes(mark), both.stored()) == (0, [], before)
    source = next(each for each in run.sources if each.connector == "planung")
    assert (source.state, source.requests) == ("unchanged", 1)
    # our calendars, and the table that this town has too; where the source is in Nextcloud, it is asked there
    assert run.requests == {"PROPFIND": 2 if "type: caldav" in both.town.config.read_text() else 3}


def test_where_both_changed_the_same_the_source_wins_and_explain_knows_the_rest(both: Coordinator) -> None:
    edit(both, "Rhetorik", move_to_brakel)
    ours = feed_of(event("Rhetorik@hand.example", "Rhetorik", day=FAR + timedelta(days=2)))
    both.put("Rhetorik.ics", ours.replace(b"Bildungshaus", "Höxter".encode()))
    assert both.town.apply().code == 0
    assert "LOCATION:Höxter".encode() in text(both, "Rhetorik")
    assert "LOCATION:Höxter".encode() in both.town.entry("SUMMARY:Rhetorik").data
    said = digitalnetzwerk("-c", str(both.town.config), "explain", "Rhetorik", environment=both.town.environment)
    assert "Ort „Brakel“" in said.out


def test_the_way_back_takes_nothing_from_the_source(both: Coordinator) -> None:
    before = dict(both.stored())
    assert both.town.remove().code == 0
    assert both.stored() == before
    assert both.titles() == []


def test_an_account_that_may_only_read_is_a_problem_with_a_remedy(town: Town, tmp_path: Path) -> None:
    with coordinator_on("nextcloud", town, tmp_path, more=BOTH_WAYS, rights=False) as made:
        made.plan("Rhetorik")
        made.town.apply()
        edit(made, "Rhetorik", move_to_brakel)
        run = made.town.apply()
        assert run.code == 1
        [problem] = [each for each in run.problems if each.code == "source_read_only"]
        assert problem.where == "connectors.planung"
        assert b"LOCATION:Bildungshaus" in text(made, "Rhetorik")
        assert b"LOCATION:Brakel" in made.town.entry("SUMMARY:Rhetorik").data


def test_a_source_whose_time_has_not_come_is_waited_for(both: Coordinator) -> None:
    both.town.apply()
    edit(both, "Rhetorik", move_to_brakel)
    delete(both, "Vergabe")
    before = both.stored()
    for _ in range(2):
        assert both.town.apply(asked=("beschaeftigte",)).code == 0
        assert both.stored() == before
    assert both.town.apply(asked=("planung",)).code == 0
    assert b"LOCATION:Brakel" in text(both, "Rhetorik")
    assert both.planned() == both.titles() == ["Datenschutz", "Haushalt", "Rhetorik", "Zeugnisse"]
    # nobody asks the source that has just been written: what we know of it is older than what we agreed
    assert both.town.apply(asked=()).code == 0
    assert b"LOCATION:Brakel" in both.town.entry("SUMMARY:Rhetorik").data
