"""Two calendars that are both written: what becomes of every combination of changes, entry by entry."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from faulty_target import FaultyTarget, Killed, kill_at
from two_way_world import TwoWayWorld, both_ways, deeds, held, reasons, settled

from calendar_sync.absence import TOO_CLOSE
from calendar_sync.two_way import Deed, Side, decide
from calendar_sync.wish import Missing, OnConflict, Then, calendar_scope
from network.ical.component import Property
from network.ical.values import property_of, span
from network.plan import Limit

EVENTS = [(f"{letter}@hand.example", f"Schulung {letter}") for letter in "abcdefgh"]


def test_the_decision_table() -> None:
    told = {(source, here): decide(source, here) for source in Side for here in Side}
    s, m, r, a = Side.SAME, Side.MOVED, Side.REMOVED, Side.ABSENT
    assert told == {
        (s, s): Deed.LEAVE,
        (s, m): Deed.AGREE,
        (s, r): Deed.REMOVE_FROM_SOURCE,
        (s, a): Deed.ENTER_HERE,
        (m, s): Deed.AGREE,
        (m, m): Deed.AGREE,
        (m, r): Deed.ENTER_HERE,
        (m, a): Deed.ENTER_HERE,
        (r, s): Deed.REMOVE_HERE,
        (r, m): Deed.ENTER_IN_SOURCE,
        (r, r): Deed.FORGET,
        (r, a): Deed.FORGET,
        (a, s): Deed.ENTER_IN_SOURCE,
        (a, m): Deed.ENTER_IN_SOURCE,
        (a, r): Deed.FORGET,
        (a, a): Deed.FORGET,
    }


def test_what_the_source_has_stands_here_and_a_second_run_writes_nothing() -> None:
    world = settled(*EVENTS)
    assert world.here.titles() == world.there.titles() == [title for _, title in EVENTS]
    before = world.writes()
    world.apply()
    assert world.writes() == before


@pytest.mark.parametrize(
    ("line", "name", "value", "says"),
    [
        ("SUMMARY:Neuer Titel", "SUMMARY", "Neuer Titel", "in Nextcloud geändert: Titel"),
        ("LOCATION:Rathaus\\, Saal 2", "LOCATION", "Rathaus, Saal 2", "in Nextcloud geändert: Ort"),
        ("DESCRIPTION:Bitte Laptop mitbringen", "DESCRIPTION", "Bitte Laptop mitbringen", "Beschreibung"),
        ("DTSTART:20270401T120000Z", "DTSTART", "20270401T120000Z", "Zeit"),
    ],
)
def test_what_is_changed_by_hand_goes_to_the_source(line: str, name: str, value: str, says: str) -> None:
    world = settled(*EVENTS)
    lines = (line, "DTEND:20270401T130000Z") if name == "DTSTART" else (line,)
    world.here.edit("Schulung a", *lines)
    planned = world.plan()
    assert deeds(planned) == ["update source_entry"]
    assert says in reasons(planned)[0]
    world.settle()
    title = "Neuer Titel" if name == "SUMMARY" else "Schulung a"
    assert world.there.value(title, name) == world.here.value(title, name) == value
    assert world.there.find(title)[1].uid == "a@hand.example"


def test_what_the_source_changes_stands_here() -> None:
    world = settled(*EVENTS)
    world.there.edit("Schulung a", "LOCATION:Brakel")
    assert deeds(world.plan()) == ["update entry"]
    world.settle()
    assert world.here.value("Schulung a", "LOCATION") == "Brakel"


def test_changes_of_different_properties_are_joined() -> None:
    world = settled(*EVENTS)
    world.here.edit("Schulung a", "LOCATION:Brakel")
    world.there.edit("Schulung a", "DESCRIPTION:Neu")
    assert reasons(world.plan()) == ["nachgetragen in der Quelle: Ort; hier: Beschreibung"]
    world.settle()
    for side in (world.here, world.there):
        assert (side.value("Schulung a", "LOCATION"), side.value("Schulung a", "DESCRIPTION")) == ("Brakel", "Neu")
    assert world.lost() == []


@pytest.mark.parametrize(
    ("on_conflict", "wins", "loses"),
    [(OnConflict.SOURCE, "Höxter", "Brakel"), (OnConflict.NEXTCLOUD, "Brakel", "Höxter")],
)
def test_where_both_changed_one_property_the_rule_decides_and_the_history_knows(
    on_conflict: OnConflict, wins: str, loses: str
) -> None:
    world = settled(*EVENTS, wish=both_ways(on_conflict))
    world.here.edit("Schulung a", "LOCATION:Brakel")
    world.there.edit("Schulung a", "LOCATION:Höxter")
    world.settle()
    assert world.here.value("Schulung a", "LOCATION") == world.there.value("Schulung a", "LOCATION") == wins
    assert world.lost() == [("LOCATION", f"LOCATION:{loses}")]


def test_the_newest_change_wins_where_the_rule_says_so() -> None:
    world = settled(*EVENTS, wish=both_ways(OnConflict.NEWEST))
    world.here.edit("Schulung a", "LOCATION:Brakel", "LAST-MODIFIED:20270110T100000Z")
    world.there.edit("Schulung a", "LOCATION:Höxter", "LAST-MODIFIED:20270109T100000Z")
    world.settle()
    assert world.there.value("Schulung a", "LOCATION") == "Brakel"


def test_a_question_leaves_each_side_as_it_is_until_somebody_decides() -> None:
    world = settled(*EVENTS, wish=both_ways(OnConflict.ASK))
    world.here.edit("Schulung a", "LOCATION:Brakel", "DESCRIPTION:Hier")
    world.there.edit("Schulung a", "LOCATION:Höxter")
    for _ in range(3):
        world.apply()
        planned = world.plan()
        assert [each.code for scope in planned.scopes for each in scope.problems] == ["conflict"]
        assert world.here.value("Schulung a", "LOCATION") == "Brakel"
        assert world.there.value("Schulung a", "LOCATION") == "Höxter"
        assert world.there.value("Schulung a", "DESCRIPTION") == "Hier"
    assert world.pending() == []
    world.there.edit("Schulung a", "LOCATION:Brakel")
    world.settle()
    assert [each for scope in world.plan().scopes for each in scope.problems] == []
    world.here.edit("Schulung a", "LOCATION:Warburg")
    world.settle()
    assert world.there.value("Schulung a", "LOCATION") == "Warburg"


def test_an_event_that_a_person_entered_here_goes_to_the_source_under_a_uid_of_its_own() -> None:
    world = settled(*EVENTS)
    world.here.add("neu@person.example", "Von Hand", "LOCATION:Brakel")
    planned = world.plan()
    assert (deeds(planned), reasons(planned)) == (["create source_entry"], ["von Hand in Nextcloud eingetragen"])
    before = world.here.writes()
    world.settle()
    assert "Von Hand" in world.there.titles()
    assert world.there.find("Von Hand")[1].uid not in ("neu@person.example", "")
    assert world.here.writes() == before  # what the person entered stays as it is
    world.here.edit("Von Hand", "LOCATION:Höxter")
    world.settle()
    assert world.there.value("Von Hand", "LOCATION") == "Höxter"
    world.there.edit("Von Hand", "LOCATION:Warburg")
    world.settle()
    assert world.here.value("Von Hand", "LOCATION") == "Warburg"
    assert world.here.titles() == world.there.titles()


def test_the_first_run_of_an_empty_source_takes_what_stands_here() -> None:
    world = TwoWayWorld()
    world.apply()
    world.here.add("neu@person.example", "Von Hand")
    world.settle()
    assert world.there.titles() == ["Von Hand"]


def test_what_stands_on_both_sides_already_is_not_doubled() -> None:
    world = TwoWayWorld()
    world.apply()
    world.here.add("a@hand.example", "Gleiche UID")
    world.there.add("a@hand.example", "Gleiche UID")
    world.here.add("x@person.example", "Gleicher Titel", day=70)
    world.there.add("y@hand.example", "Gleicher Titel", day=70)
    world.settle()
    assert world.here.titles() == world.there.titles() == ["Gleiche UID", "Gleicher Titel"]


def test_guests_and_alarms_stay_on_their_side() -> None:
    mine = ("ORGANIZER:mailto:erika@hand.example", "ATTENDEE:mailto:gast@hand.example", "X-HAND:1")
    world = settled(("a@hand.example", "Schulung a", *mine), *EVENTS[1:])
    alarm = ("BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT15M", "DESCRIPTION:x", "END:VALARM")
    world.here.edit("Schulung a", "ATTENDEE:mailto:gast@kreis.example", "LOCATION:Brakel", *alarm)
    world.settle()
    there, here = world.there.find("Schulung a")[1].main, world.here.find("Schulung a")[1].main
    assert [each.value for each in there.all("ATTENDEE")] == ["mailto:gast@hand.example"]
    assert (there.value("ORGANIZER"), there.value("X-HAND"), there.components) == (
        "mailto:erika@hand.example",
        "1",
        (),
    )
    assert there.value("LOCATION") == "Brakel"
    assert [each.value for each in here.all("ATTENDEE")] == ["mailto:gast@kreis.example"]
    assert len(here.components) == 1
    assert here.value("X-HAND") == ""


def test_how_the_source_spells_its_times_stays_where_the_time_does_not_change() -> None:
    world = settled(*EVENTS)
    world.here.edit("Schulung a", "LOCATION:Brakel")
    world.settle()
    assert world.there.value("Schulung a", "DURATION") == "PT3H"


# ------------------------------------------------------------------ deletions


def test_what_is_deleted_here_goes_from_the_source() -> None:
    world = settled(*EVENTS)
    world.here.delete("Schulung a")
    planned = world.plan()
    assert (deeds(planned), reasons(planned)) == (["remove source_entry"], ["in Nextcloud von Hand gelöscht"])
    world.settle()
    assert "Schulung a" not in world.there.titles()
    assert len(world.there.titles()) == 7


def test_what_is_deleted_in_the_source_goes_here_into_the_trash_bin() -> None:
    world = settled(*EVENTS)
    world.there.delete("Schulung a")
    assert reasons(world.plan()) == ["in der Quelle gelöscht"]
    world.settle()
    assert "Schulung a" not in world.here.titles()
    assert len(world.here.server.trashed_objects()) == 1


def test_a_change_beats_a_deletion_on_either_side() -> None:
    world = settled(*EVENTS)
    world.here.delete("Schulung a")
    world.there.edit("Schulung a", "LOCATION:Brakel")
    world.there.delete("Schulung b")
    world.here.edit("Schulung b", "LOCATION:Höxter")
    assert sorted(deeds(world.plan())) == ["create entry", "create source_entry"]
    world.settle()
    assert world.here.titles() == world.there.titles() == [title for _, title in EVENTS]
    assert world.here.value("Schulung a", "LOCATION") == "Brakel"
    assert world.there.value("Schulung b", "LOCATION") == "Höxter"


def test_what_comes_back_is_the_same_again() -> None:
    world = settled(*EVENTS)
    uid = world.here.find("Schulung a")[1].uid
    world.there.delete("Schulung a")
    world.settle()
    (trashed,) = world.there.server.trashed_objects()
    world.there.server.restore_object(trashed)
    world.settle()
    assert world.here.find("Schulung a")[1].uid == uid


def test_deleted_on_both_sides_is_forgotten() -> None:
    world = settled(*EVENTS)
    world.there.delete("Schulung a")
    world.here.delete("Schulung a")
    assert deeds(world.plan()) == []
    world.settle()


def test_a_source_that_can_not_be_read_moves_nothing_and_nothing_is_forgotten() -> None:
    world = settled(*EVENTS)
    world.here.delete("Schulung a")
    world.here.edit("Schulung b", "LOCATION:Brakel")
    world.is_there_silent = True
    world.apply()
    assert world.pending() == []
    world.is_there_silent = False
    assert sorted(deeds(world.plan())) == ["remove source_entry", "update source_entry"]
    world.settle()
    assert "Schulung a" not in world.there.titles()


@pytest.mark.parametrize("side", ["here", "there"])
def test_the_guard_stops_three_deletions_on_either_side(side: str) -> None:
    world = settled(*EVENTS)
    for letter in "abc":
        getattr(world, side).delete(f"Schulung {letter}")
    planned = world.plan()
    kind = "entry" if side == "there" else "source_entry"
    assert (deeds(planned), held(planned)) == ([], [f"remove {kind}"] * 3)
    assert planned.scopes[0].unsafe is not None
    for _ in range(2):  # however often it is looked at
        world.apply()
        assert len(held(world.plan())) == 3
    world.released = frozenset({calendar_scope("schulungen")})
    world.settle()
    assert len(world.here.titles()) == len(world.there.titles()) == 5


@pytest.mark.parametrize("side", ["here", "there"])
def test_an_empty_side_never_empties_the_other_by_itself(side: str) -> None:
    world = settled(*EVENTS[:2], wish=both_ways(limit=Limit(1, 1000)))
    for _, title in EVENTS[:2]:
        getattr(world, side).delete(title)
    planned = world.plan()
    assert (deeds(planned), len(held(planned))) == ([], 2)
    assert planned.scopes[0].unsafe is not None
    assert "würde verschwinden" in planned.scopes[0].unsafe.de


def test_a_calendar_of_ours_that_was_made_anew_is_filled_again() -> None:
    world = settled(*EVENTS)
    world.here.server.delete_calendar(world.here.href, purge=True)
    world.settle()
    assert world.here.titles() == world.there.titles() == [title for _, title in EVENTS]


def test_a_training_with_registrations_is_not_deleted_with_its_entry() -> None:
    world = settled(*EVENTS)
    world.registered = frozenset({("plan", "a@hand.example")})
    world.here.delete("Schulung a")
    world.settle()
    assert "Schulung a" in world.here.titles()
    world.there.delete("Schulung a")
    planned = world.plan()
    assert (deeds(planned), len(planned.questions)) == ([], 1)


def test_what_begins_soon_is_asked_about_when_the_source_lacks_it() -> None:
    world = settled(*EVENTS)
    world.later(days=60 - TOO_CLOSE.days)
    world.there.delete("Schulung a")
    planned = world.plan()
    assert (deeds(planned), len(planned.questions)) == ([], 1)


def test_missing_rules_that_are_written_hold_here_too() -> None:
    world = settled(*EVENTS, wish=both_ways(missing=Missing(then=Then.ASK)))
    world.there.delete("Schulung a")
    world.apply()
    assert world.pending() == []
    assert "Schulung a" in world.here.titles()


# ------------------------------------------------------------------ what stays where it is


def test_what_is_private_here_is_told_to_nobody() -> None:
    world = settled(*EVENTS)
    world.here.add("p@person.example", "Geheim", "CLASS:PRIVATE")
    world.here.edit("Schulung a", "CLASS:CONFIDENTIAL", "LOCATION:Brakel")
    planned = world.plan()
    assert deeds(planned) == []
    codes = [each.code for scope in planned.scopes for each in scope.problems]
    assert codes == ["not_returned", "not_returned"]


def test_a_cancelled_event_is_cancelled_on_both_sides_and_only_here_its_title_says_so() -> None:
    world = settled(*EVENTS)
    world.here.edit("Schulung a", "STATUS:CANCELLED")
    world.settle()
    assert world.there.value("Schulung a", "STATUS") == "CANCELLED"
    assert world.here.value("Fällt aus: Schulung a", "STATUS") == "CANCELLED"
    world.here.edit("Fällt aus: Schulung a", "SUMMARY:Fällt aus: Neuer Titel")
    world.settle()
    assert "Neuer Titel" in world.there.titles()
    world.there.edit("Neuer Titel", "STATUS:CONFIRMED")
    world.settle()
    assert "Neuer Titel" in world.here.titles()


def test_a_series_with_exceptions_goes_both_ways() -> None:
    world = settled(("a@hand.example", "Reihe", "RRULE:FREQ=WEEKLY;COUNT=4"), *EVENTS[1:])
    href, item = world.here.find("Reihe")
    start, end = span(item.main)
    week = timedelta(days=7)
    changed = tuple(each for each in item.main.properties if each.name not in ("RRULE", "DTSTART", "DTEND"))
    one = replace(
        item.main,
        properties=(
            *changed,
            property_of("RECURRENCE-ID", start + week),
            property_of("DTSTART", start + week),
            property_of("DTEND", end + week),
            Property("LOCATION", "Brakel"),
        ),
    )
    world.here.put(href, replace(item, components=(*item.components, one)))
    world.settle()
    there = world.there.find("Reihe")[1]
    assert [each.value("LOCATION") for each in there.components] == ["", "Brakel"]
    world.there.put(world.there.find("Reihe")[0], replace(there, components=there.components[:1]))
    world.settle()
    assert len(world.here.find("Reihe")[1].components) == 1


def test_losing_the_state_costs_a_look_and_never_a_duplicate() -> None:
    world = settled(*EVENTS)
    world.here.add("neu@person.example", "Von Hand")
    world.here.edit("Schulung a", "LOCATION:Brakel")
    world.settle()
    fresh = TwoWayWorld()
    fresh.here, fresh.there, fresh.target, fresh.source = world.here, world.there, world.target, world.source
    before = world.writes()
    fresh.settle()
    assert world.writes() == before
    fresh.here.edit("Von Hand", "LOCATION:Höxter")
    fresh.settle()
    assert fresh.there.value("Von Hand", "LOCATION") == "Höxter"


@pytest.mark.parametrize("boundary", (3, 5, 7))  # 1 is the share
def test_a_way_back_that_is_killed_deletes_nothing_in_the_source(boundary: int) -> None:
    world = settled(*EVENTS)
    world.here.add("neu@person.example", "Von Hand")  # what a person entered keeps the calendar standing
    world.settle()
    before = world.there.titles()
    world.target = FaultyTarget(world.here.server, kill_at(boundary))
    with suppress(Killed):
        world.take_away()
    world.target = world.here.server
    assert len(world.here.titles()) < len(before)
    world.settle()
    assert world.there.titles() == world.here.titles() == before


def test_the_way_back_leaves_what_people_entered_here() -> None:
    world = settled(*EVENTS)
    world.here.add("neu@person.example", "Von Hand")
    world.settle()
    before = world.there.titles()
    world.take_away()
    assert (world.here.titles(), world.there.titles()) == (["Von Hand"], before)
