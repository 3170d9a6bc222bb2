"""The service's rounds: who is due is asked and nobody else, a broken file changes nothing, an outage is caught up."""

from datetime import timedelta

import pytest
from journeys_feed import COURSES, Feed, with_feed
from journeys_town import FAR, THREE, Town, row
from werkzeug.test import Client

from network.errors import ConfigurationError
from network.state import Leases
from network.state.sessions import Sessions
from plugin.jobs.rounds import AGAIN_AFTER, Rounds
from plugin.running import Running
from plugin.web.app import following
from plugin.web.visitors import Visitor, to_text


def running_in(town: Town) -> Running:
    return Running(town.config, environment=town.environment, clock=town.now)


def rounds_of(town: Town, running: Running | None = None) -> Rounds:
    found = Rounds(running or running_in(town))
    found.begin()
    return found


def test_a_new_row_stands_in_the_calendar_after_the_next_round(town: Town) -> None:
    rounds = rounds_of(town)
    rounds.go()
    town.save([*THREE, row(4, "Vergaberecht")])
    assert rounds.go() is None
    assert "Vergaberecht" not in town.titles()
    town.wait(minutes=20)
    run = rounds.go()
    assert run is not None and run.code == 0
    assert "Vergaberecht" in town.titles()


def test_a_connector_that_is_not_due_is_not_asked_and_loses_nothing(town: Town, feed: Feed) -> None:
    with_feed(town, feed)
    rounds = rounds_of(town)
    rounds.go()
    before = town.titles(calendar="Kurse")
    assert before == sorted(COURSES)
    town.wait(minutes=20)
    run = rounds.go()
    assert run is not None
    assert {each.connector: each.state for each in run.sources}["kurse"] == "resting"
    assert town.titles(calendar="Kurse") == before
    assert len(feed.requests) == 1
    town.wait(hours=1)
    rounds.go()
    assert len(feed.requests) == 2


def test_a_source_that_rests_does_not_count_as_a_fetch_without_the_row(town: Town) -> None:
    running = running_in(town)
    rounds = rounds_of(town, running)
    rounds.go()
    town.save(THREE[:2])
    town.swap("every: 15 minutes", "every: 30 days")
    assert running.reload()
    rounds.follow_settings()  # asked once more when the shorter interval has passed
    for _ in range(40):
        town.wait(hours=1)
        rounds.go()
    assert town.status().questions == ()


def test_an_outage_is_caught_up_soon(town: Town) -> None:
    rounds = rounds_of(town)
    rounds.go()
    town.save([*THREE, row(4, "Vergaberecht", day=FAR)])
    town.wait(minutes=20)
    town.sandbox.fail_next("PROPFIND", ".*", 503, 100)
    assert rounds.go() is None
    town.sandbox.clear_faults()
    town.wait(seconds=AGAIN_AFTER.total_seconds() + 1)
    assert rounds.go() is not None
    assert "Vergaberecht" in town.titles()


def test_a_round_that_finds_another_run_at_work_comes_again(town: Town) -> None:
    rounds = rounds_of(town)
    other = Leases(running_in(town).state.engine, holder="elsewhere/1/1", clock=lambda: town.now().timestamp())
    (lease,) = other.take(["network:probe-kreis"])
    assert rounds.go() is None
    other.give_back([lease])
    town.wait(seconds=AGAIN_AFTER.total_seconds() + 1)
    assert rounds.go() is not None


def test_a_broken_configuration_leaves_the_last_valid_one_in_force(town: Town) -> None:
    running = running_in(town)
    whole = town.config.read_text()
    town.config.write_text(whole + "\ncalendar: {}\n")
    assert running.was_changed()
    assert not running.reload()
    assert not running.was_changed()
    assert "calendar" in running.broken[0].message.en
    assert set(running.settings.calendars) == {"schulungen"}
    town.config.write_text(whole.replace("name: Schulungen", "name: Fortbildung"))
    assert running.reload()
    assert running.broken == ()
    assert running.settings.calendars["schulungen"].name == "Fortbildung"


def test_the_program_cannot_begin_with_a_broken_configuration(town: Town) -> None:
    town.config.write_text("calendar: {}\n")
    with pytest.raises(ConfigurationError):
        running_in(town)


def test_a_data_folder_that_moved_counts_at_once_for_rounds_and_pages(town: Town) -> None:
    running = running_in(town)
    rounds, pages = rounds_of(town, running), Client(following(running))
    rounds.go()
    assert running.state.records(kind="entry")
    old = running.state
    town.swap(str(town.config.with_name("daten")), str(town.config.with_name("umgezogen")))
    assert running.reload()
    rounds.follow_settings()
    assert running.state is not old and not running.state.records(kind="entry")
    rounds.begin()
    assert rounds.go() is not None
    assert len(running.state.records(kind="entry")) == 3
    assert pages.get("/readyz").json == {"database": True, "configuration": True}
    key = Sessions(running.state.engine, clock=town.now, lasting=timedelta(hours=1)).open(
        "anna.brakel", to_text(Visitor("anna.brakel", "Anna", calendars=("schulungen",)))
    )
    pages.set_cookie("dnw_session", key)
    assert "OZG Grundlagen" in pages.get("/").text


def test_a_data_folder_that_cannot_be_used_leaves_everything_as_it_was(town: Town) -> None:
    running = running_in(town)
    old, settings = running.state, running.settings
    town.swap(str(town.config.with_name("daten")), str(town.config / "keine-datei"))
    assert not running.reload()
    assert running.state is old and running.settings is settings
    assert running.broken[0].code == "data_folder"
