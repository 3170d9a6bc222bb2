"""A person says that a training doesn't take place: that stands, whatever its source says for now."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from calendar_world import World, actions, training

import calendar_sync.cancelling
import calendar_sync.entry_plan
import calendar_sync.records
import calendar_sync.survey
import calendar_sync.unwanted
from calendar_sync.cancellation import Cancellation
from calendar_sync.records import CANCELLED, CancelledByHand, entry_memory
from connectors.memory.ledger import MemoryLedger
from network.ical.component import CalendarObject
from network.ical.reading import parse_object
from network.ical.values import span, text_of
from network.model import Question, Session, SourceState, Status, Training
from network.text import Text

WHY = "Referentin erkrankt"


def cancel(world: World, title: str, reason: str = WHY, occurrence: str = "", day: str = "") -> str:
    """A person's word, as a page notes it; the UID of the entry."""
    record = next(each for each in world.ledger.records(kind="entry") if entry_memory(each).title == title)
    memory = entry_memory(record)
    word = CancelledByHand.of(memory, Cancellation(day or memory.start[:10], reason, occurrence), by="max.kreis")
    world.ledger.remember(word.record())
    return memory.uid


def take_back(world: World) -> None:
    for each in world.ledger.records(kind=CANCELLED):
        world.ledger.forget(each.scope, each.kind, each.key)


def the_one(world: World) -> CalendarObject:
    [item] = world.objects().values()
    return item


@pytest.fixture
def world() -> World:
    """One training, in the calendar."""
    made = World(trainings=[training("1", "OZG", description="Für alle.")])
    made.settle()
    return made


def test_it_says_so_in_title_status_and_description_and_the_next_run_writes_nothing(world: World) -> None:
    cancel(world, "OZG")

    assert actions(world.plan()) == ["cancel entry"]
    world.settle()

    main = the_one(world).main
    assert text_of(main, "SUMMARY") == "Fällt aus: OZG"
    assert main.value("STATUS") == "CANCELLED"
    assert text_of(main, "DESCRIPTION") == f"Fällt aus: {WHY}\n\nFür alle."
    before = world.writes()
    world.apply()
    assert world.writes() == before


def test_a_source_that_changes_something_else_does_not_revive_it(world: World) -> None:
    cancel(world, "OZG")
    world.settle()

    world.trainings = [replace(world.trainings[0], title="OZG Grundlagen", place="Rathaus")]
    world.settle()

    main = the_one(world).main
    assert (text_of(main, "SUMMARY"), text_of(main, "LOCATION")) == ("Fällt aus: OZG Grundlagen", "Rathaus")
    assert main.value("STATUS") == "CANCELLED"


def test_it_becomes_as_the_source_says_when_somebody_takes_it_back(world: World) -> None:
    before = the_one(world)
    cancel(world, "OZG")
    world.settle()

    take_back(world)
    assert [each.reason.de for each in world.plan().scopes[0].changes] == ["findet doch statt"]
    world.settle()

    assert text_of(the_one(world).main, "SUMMARY") == "OZG"
    assert text_of(the_one(world).main, "DESCRIPTION") == "Für alle."
    assert the_one(world).main.value("STATUS") == before.main.value("STATUS")


def test_once_the_source_has_said_the_same_it_alone_decides(world: World) -> None:
    cancel(world, "OZG")
    world.settle()

    world.trainings = [replace(world.trainings[0], status=Status.CANCELLED)]
    world.settle()
    assert world.titles() == ["Fällt aus: OZG"]
    world.trainings = [replace(world.trainings[0], status=Status.PUBLISHED)]
    world.settle()

    assert world.titles() == ["OZG"]
    assert not world.ledger.records(kind=CANCELLED)


def test_another_day_in_the_source_takes_place_and_is_asked_about(world: World) -> None:
    cancel(world, "OZG")
    world.settle()

    world.trainings = [training("1", "OZG", day=75, description="Für alle.")]
    planned = world.plan()
    assert [(connector, question.code) for connector, question in planned.questions] == [("plan", "cancelled_moved")]
    assert "02.03.2027" in planned.questions[0][1].message.de
    assert "17.03.2027" in planned.questions[0][1].message.de
    world.settle()

    assert world.titles() == ["OZG"]
    assert [question.code for _, question in world.plan().questions] == ["cancelled_moved"]


def test_another_time_of_the_same_day_changes_nothing_about_it(world: World) -> None:
    cancel(world, "OZG")
    world.settle()

    world.trainings = [training("1", "OZG", hour=14)]
    world.settle()

    assert world.titles() == ["Fällt aus: OZG"]
    assert the_one(world).main.value("DTSTART").endswith("T140000")


def test_it_follows_the_training_when_the_source_gives_it_another_key(world: World) -> None:
    uid = cancel(world, "OZG")
    world.settle()

    world.trainings = [training("7", "OZG", description="Für alle.")]
    world.settle()
    assert world.titles() == ["Fällt aus: OZG"]
    assert the_one(world).uid == uid

    world.trainings = [training("7", "OZG neu", description="Für alle.")]
    world.settle()
    assert world.titles() == ["Fällt aus: OZG neu"]


def test_keys_that_shift_carry_the_word_to_the_training_it_was_about(world: World) -> None:
    cancel(world, "OZG")
    world.settle()

    world.trainings = [training("1", "Excel", day=80), training("2", "OZG", description="Für alle.")]
    world.settle()

    assert world.titles() == ["Excel", "Fällt aus: OZG"]


def test_the_state_is_lost_and_the_entry_itself_tells_it(world: World) -> None:
    cancel(world, "OZG")
    world.settle()

    world.ledger = MemoryLedger()
    world.settle()

    assert world.titles() == ["Fällt aus: OZG"]
    world.trainings = [replace(world.trainings[0], place="Rathaus")]
    world.settle()
    assert world.titles() == ["Fällt aus: OZG"]
    take_back(world)
    world.settle()
    assert (world.titles(), text_of(the_one(world).main, "DESCRIPTION")) == (["OZG"], "Für alle.")


def test_what_somebody_wrote_by_hand_stays_through_all_of_it(world: World) -> None:
    world.edit("OZG", "DESCRIPTION:Für alle. Bitte Laptop mitbringen.", "LOCATION:Raum 5")
    world.settle()
    cancel(world, "OZG")
    world.settle()

    main = the_one(world).main
    assert text_of(main, "DESCRIPTION") == f"Fällt aus: {WHY}\n\nFür alle. Bitte Laptop mitbringen."
    world.edit("Fällt aus: OZG", "COMMENT:schade")
    world.settle()
    take_back(world)
    world.settle()

    main = the_one(world).main
    assert (text_of(main, "SUMMARY"), text_of(main, "LOCATION")) == ("OZG", "Raum 5")
    assert text_of(main, "DESCRIPTION") == "Für alle. Bitte Laptop mitbringen."
    assert text_of(main, "COMMENT") == "schade"


@pytest.mark.parametrize("how", ["silent", "asked about", "missing"])
def test_a_source_that_says_nothing_about_it_keeps_nobody_from_cancelling(world: World, how: str) -> None:
    if how == "silent":
        world.state = SourceState.FAILED
    elif how == "asked about":
        world.questions = (Question("row_struck_through", "1", "Zeile 2", Text("?", "?")),)
    else:
        world.trainings = []
    cancel(world, "OZG")
    world.apply()

    assert world.titles() == ["Fällt aus: OZG"]
    assert world.pending() == []


def test_it_goes_after_the_same_grace_as_any_other_and_does_not_come_back(world: World) -> None:
    cancel(world, "OZG")
    world.settle()

    world.later(days=70)
    world.settle()
    assert world.titles() == ["Fällt aus: OZG"]
    world.later(days=3)
    world.settle()
    assert world.titles() == []
    world.trainings = [replace(world.trainings[0], place="Rathaus")]
    world.settle()
    assert world.titles() == []


def test_no_guard_holds_back_what_a_person_cancels() -> None:
    world = World(trainings=[training(str(number), f"Tag {number}", day=40 + number) for number in range(6)])
    world.settle()
    for number in range(6):
        cancel(world, f"Tag {number}")

    world.settle()

    assert all(each.startswith("Fällt aus: ") for each in world.titles())


def test_words_that_are_older_than_anything_that_is_kept_are_forgotten(world: World) -> None:
    cancel(world, "OZG")
    world.settle()

    world.now += timedelta(days=480)
    world.settle()

    assert not world.ledger.records(kind=CANCELLED)


# ---------------------------------------------------------------------- one day of a series

WEEKLY = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:sprechstunde
SUMMARY:Sprechstunde
DESCRIPTION:Mit Anmeldung.
DTSTART;TZID=Europe/Berlin:20270302T090000
DTEND;TZID=Europe/Berlin:20270302T120000
RRULE:FREQ=WEEKLY{rule}
END:VEVENT
{more}END:VCALENDAR
"""
THIRD = "20270316T080000Z"
MOVED = """BEGIN:VEVENT
UID:sprechstunde
RECURRENCE-ID;TZID=Europe/Berlin:20270316T090000
SUMMARY:Sprechstunde
DTSTART;TZID=Europe/Berlin:20270318T090000
DTEND;TZID=Europe/Berlin:20270318T120000
{status}END:VEVENT
"""


def series(rule: str = ";COUNT=8", more: str = "") -> Training:
    item = parse_object(WEEKLY.format(rule=rule, more=more).encode())
    start, end = span(item.main)
    return training("1", "Sprechstunde", sessions=(Session(1, start, end, item),))


def days(world: World) -> dict[str, tuple[str, str]]:
    """RECURRENCE-ID → title and status."""
    return {
        each.value("RECURRENCE-ID"): (text_of(each, "SUMMARY"), each.value("STATUS"))
        for each in the_one(world).components
    }


@pytest.mark.parametrize("rule", [";COUNT=8", ";UNTIL=20270601T000000Z", ""])
def test_one_day_of_a_series_is_cancelled_and_the_others_go_on(rule: str) -> None:
    world = World(trainings=[series(rule)])
    world.settle()
    cancel(world, "Sprechstunde", occurrence=THIRD, day="2027-03-16")

    assert actions(world.plan()) == ["cancel entry"]
    world.settle()

    assert days(world) == {
        "": ("Sprechstunde", ""),
        "20270316T090000": ("Fällt aus: Sprechstunde", "CANCELLED"),
    }
    day = the_one(world).components[1]
    assert text_of(day, "DESCRIPTION") == f"Fällt aus: {WHY}\n\nMit Anmeldung."
    assert (day.value("DTSTART"), day.value("DTEND")) == ("20270316T090000", "20270316T120000")
    assert (day.value("RRULE"), day.value("TRANSP")) == ("", "TRANSPARENT")

    world.ledger = MemoryLedger()
    world.settle()
    assert days(world)["20270316T090000"] == ("Fällt aus: Sprechstunde", "CANCELLED")
    take_back(world)
    world.settle()
    assert days(world) == {"": ("Sprechstunde", "")}


def test_a_day_that_the_series_has_no_more_leaves_nothing_behind() -> None:
    world = World(trainings=[series()])
    world.settle()
    cancel(world, "Sprechstunde", occurrence=THIRD, day="2027-03-16")
    world.settle()

    world.trainings = [series(";COUNT=2")]
    world.settle()

    assert days(world) == {"": ("Sprechstunde", "")}


def test_a_day_that_the_source_moves_takes_place_and_is_asked_about() -> None:
    world = World(trainings=[series()])
    world.settle()
    cancel(world, "Sprechstunde", occurrence=THIRD, day="2027-03-16")
    world.settle()

    world.trainings = [series(more=MOVED.format(status=""))]
    world.settle()

    assert days(world)["20270316T090000"] == ("Sprechstunde", "")
    assert [question.code for _, question in world.plan().questions] == ["cancelled_moved"]


def test_a_day_that_the_source_cancels_too_is_agreed_on() -> None:
    world = World(trainings=[series()])
    world.settle()
    cancel(world, "Sprechstunde", occurrence=THIRD, day="2027-03-16")
    world.settle()

    world.trainings = [series(more=MOVED.format(status="STATUS:CANCELLED\n"))]
    world.settle()

    assert days(world)["20270316T090000"] == ("Fällt aus: Sprechstunde", "CANCELLED")
    assert world.plan().questions == ()
    world.trainings = [series()]
    world.settle()
    assert days(world) == {"": ("Sprechstunde", "")}


# ---------------------------------------------------------------------- controls: with one rule off, the fault is seen


def without_the_word_in_the_marker(patch: pytest.MonkeyPatch) -> None:
    whole = calendar_sync.survey.read_marker
    patch.setattr(calendar_sync.survey, "read_marker", lambda item: (m := whole(item)) and replace(m, cancellations=""))


def without_what_reads_as_it_did(patch: pytest.MonkeyPatch) -> None:
    whole = calendar_sync.cancelling._Hearing._meant

    def meant(self: Any, wanted: Any) -> Any:
        return whole(self, [replace(each, fingerprint=str(number)) for number, each in enumerate(wanted)])

    patch.setattr(calendar_sync.cancelling._Hearing, "_meant", meant)


def without_asking_for_the_day(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(calendar_sync.cancelling, "day_of", lambda moment, timezone: "2027-03-02")


def without_remembering_that_both_agreed(patch: pytest.MonkeyPatch) -> None:
    whole = calendar_sync.records.CancelledByHand.record
    patch.setattr(calendar_sync.records.CancelledByHand, "record", lambda self: whole(replace(self, is_agreed=False)))


def without_carrying_it_over_what_stands_there(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(calendar_sync.entry_plan, "carried", lambda item, before, after: item)


def without_hearing_it_when_the_source_is_silent(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(calendar_sync.unwanted.Unwanted, "_stay", lambda self, sheet, entry: sheet.entries.stay(entry))


@pytest.mark.parametrize(
    ("control", "fact"),
    [
        (without_the_word_in_the_marker, test_the_state_is_lost_and_the_entry_itself_tells_it),
        (without_what_reads_as_it_did, test_keys_that_shift_carry_the_word_to_the_training_it_was_about),
        (without_asking_for_the_day, test_another_day_in_the_source_takes_place_and_is_asked_about),
        (without_remembering_that_both_agreed, test_once_the_source_has_said_the_same_it_alone_decides),
        (without_carrying_it_over_what_stands_there, test_what_somebody_wrote_by_hand_stays_through_all_of_it),
        (
            without_hearing_it_when_the_source_is_silent,
            lambda world: test_a_source_that_says_nothing_about_it_keeps_nobody_from_cancelling(world, "silent"),
        ),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_control_without_this_rule_the_fault_shows(
    control: Callable[[pytest.MonkeyPatch], None],
    fact: Callable[[World], None],
    world: World,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    control(monkeypatch)
    with pytest.raises((AssertionError, IndexError, ValueError)):
        fact(world)


def test_another_day_that_somebody_says_is_cancelled_too_stays_so(world: World) -> None:
    cancel(world, "OZG")
    world.settle()
    world.trainings = [training("1", "OZG", day=75)]
    world.settle()

    world.heard = {("plan", "1"): "keep"}
    world.apply()
    world.heard = {}
    world.settle()

    assert world.titles() == ["Fällt aus: OZG"]
    assert world.plan().questions == ()


def test_another_day_that_somebody_confirms_is_asked_about_no_more(world: World) -> None:
    cancel(world, "OZG")
    world.settle()
    world.trainings = [training("1", "OZG", day=75)]
    world.settle()

    world.heard = {("plan", "1"): "accept"}
    world.apply()
    world.heard = {}

    assert (world.titles(), world.plan().questions) == (["OZG"], ())
    assert not world.ledger.records(kind=CANCELLED)
