"""The decision table of DESIGN section 4, row by row, on a Nextcloud in memory."""

from __future__ import annotations

from dataclasses import replace

import pytest
from calendar_world import World, actions, calendar, training

from calendar_sync.decisions import Decision, There, decide
from calendar_sync.identity import file_name, mint_uid
from calendar_sync.wish import Missing, OnConflict, SourceRules, Then
from connectors.memory.ledger import MemoryLedger
from network.ical.component import CalendarObject
from network.ical.values import text_of
from network.ical.writing import event
from network.model import Status

T, F = True, False


@pytest.mark.parametrize(
    ("wanted", "there", "wish_moved", "object_moved", "then"),
    [
        (T, There.NOTHING, F, F, Decision.CREATE),
        (T, There.OURS, F, F, Decision.LEAVE),
        (T, There.OURS, T, F, Decision.UPDATE),
        (T, There.OURS, F, T, Decision.KEEP_EDITED),
        (T, There.OURS, T, T, Decision.MERGE),
        (T, There.FOREIGN, F, F, Decision.NAME_TAKEN),
        (F, There.OURS, F, F, Decision.LET_GO),
        (F, There.OURS, F, T, Decision.KEEP_EDITED),
        (F, There.FOREIGN, F, F, Decision.LEAVE),
        (F, There.NOTHING, F, F, Decision.FORGET),
    ],
)
def test_the_table(wanted: bool, there: There, wish_moved: bool, object_moved: bool, then: Decision) -> None:
    assert decide(wanted=wanted, there=there, wish_moved=wish_moved, object_moved=object_moved) is then


def world_with(*keys: str, **more: object) -> World:
    world = World(trainings=[training(key, **more) for key in keys])  # type: ignore[arg-type]
    world.apply()
    return world


# ------------------------------------------------------------------------------------------------ wanted


def test_a_new_training_is_created() -> None:
    assert world_with("1").titles() == ["Schulung 1"]


def test_an_entry_that_a_person_deleted_comes_back_out_of_the_trash_bin_and_the_reason_says_so() -> None:
    world = world_with("1", "2")
    world.delete("Schulung 1")
    planned = world.plan()
    assert actions(planned) == ["create entry"]
    assert planned.scopes[0].changes[0].reason.de == "war schon einmal da und fehlt in Nextcloud"
    assert world.apply(planned).is_whole
    assert world.titles() == ["Schulung 1", "Schulung 2"]
    assert world.server.trashed_objects() == ()
    assert world.pending() == []


def test_a_changed_wish_is_written_with_the_etag_that_we_know() -> None:
    world = world_with("1")
    world.trainings = [training("1", place="Brakel")]
    planned = world.plan()
    assert actions(planned) == ["update entry"]
    assert planned.scopes[0].changes[0].reason.de == "geändert: Ort"
    world.apply(planned)
    [item] = world.objects().values()
    assert text_of(item.main, "LOCATION") == "Brakel"
    assert world.pending() == []


def test_an_entry_edited_by_hand_is_left_alone_and_reported() -> None:
    world = world_with("1")
    world.edit("Schulung 1", "COMMENT:Beamer mitbringen")
    planned = world.plan()
    assert actions(planned) == [] and planned.scopes[0].kept == 1
    world.apply(planned)
    assert world.plan().scopes[0].kept == 1
    [item] = world.objects().values()
    assert text_of(item.main, "COMMENT") == "Beamer mitbringen"


def test_source_and_hand_moved_different_properties_and_both_stay() -> None:
    world = world_with("1")
    world.edit(
        "Schulung 1",
        "LOCATION:Raum 7",
        "ATTENDEE:mailto:gast@brakel.example",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER:-PT1H",
        "END:VALARM",
    )
    world.trainings = [training("1", hour=14)]
    planned = world.plan()
    assert actions(planned) == ["update entry"]
    world.apply(planned)
    [item] = world.objects().values()
    assert text_of(item.main, "LOCATION") == "Raum 7"
    assert item.main.value("ATTENDEE") == "mailto:gast@brakel.example"
    assert [each.name for each in item.main.components] == ["VALARM"]
    assert item.main.value("DTSTART").endswith("T140000")
    assert world.pending() == [] and world.plan().scopes[0].kept == 1


@pytest.mark.parametrize(
    ("on_conflict", "stands", "lost"),
    [(OnConflict.SOURCE, "Brakel", "LOCATION:Raum 7"), (OnConflict.NEXTCLOUD, "Raum 7", "LOCATION:Brakel")],
)
def test_where_both_moved_one_property_one_wins_and_the_other_stands_in_the_history(
    on_conflict: OnConflict, stands: str, lost: str
) -> None:
    world = World([calendar(sources=(SourceRules("plan", on_conflict=on_conflict),))], [training("1", place="Höxter")])
    world.apply()
    world.edit("Schulung 1", "LOCATION:Raum 7")
    world.trainings = [training("1", place="Brakel", hour=14)]
    world.apply()
    [item] = world.objects().values()
    assert text_of(item.main, "LOCATION") == stands and item.main.value("DTSTART").endswith("T140000")
    assert [each[2:4] for each in world.ledger.lost] == [("LOCATION", lost)]
    assert world.pending() == []


def test_a_conflict_may_be_asked_about() -> None:
    world = World(
        [calendar(sources=(SourceRules("plan", on_conflict=OnConflict.ASK),))], [training("1", place="Höxter")]
    )
    world.apply()
    world.edit("Schulung 1", "LOCATION:Raum 7")
    world.trainings = [training("1", place="Brakel")]
    planned = world.plan()
    assert [each.code for each in planned.scopes[0].problems] == ["conflict"]
    assert actions(planned) == []


def test_what_is_asked_is_asked_in_every_run_until_both_sides_say_the_same() -> None:
    rules = SourceRules("plan", on_conflict=OnConflict.ASK)
    world = World([calendar(sources=(rules,))], [training("1", place="Höxter")])
    world.apply()
    world.edit("Schulung 1", "LOCATION:Raum 7")
    world.trainings = [training("1", place="Brakel", hour=14)]
    for _ in range(3):
        assert [each.code for each in world.plan().scopes[0].problems] == ["conflict"]
        world.apply()
    [item] = world.objects().values()
    assert text_of(item.main, "LOCATION") == "Raum 7" and item.main.value("DTSTART").endswith("T140000")
    assert world.pending() == [] and world.ledger.lost == []
    world.edit("Schulung 1", "LOCATION:Brakel")
    world.apply()
    assert world.plan().scopes[0].problems == () and world.plan().scopes[0].kept == 0


def test_losing_the_state_costs_a_re_read_and_never_a_duplicate() -> None:
    world = world_with("1", "2")
    before = world.objects()
    world.ledger = MemoryLedger()
    writes = world.writes()
    planned = world.plan()
    assert actions(planned) == []
    world.apply(planned)
    assert world.objects() == before and world.writes() == writes
    assert world.pending() == []
    world.trainings = [training("1", place="Brakel"), training("2")]
    assert actions(world.plan()) == ["update entry"]


def test_after_the_state_was_lost_what_somebody_added_stays() -> None:
    world = world_with("1")
    world.edit("Schulung 1", "COMMENT:Beamer mitbringen")
    world.ledger = MemoryLedger()
    world.trainings = [training("1", hour=14)]
    world.settle()
    [item] = world.objects().values()
    assert text_of(item.main, "COMMENT") == "Beamer mitbringen" and item.main.value("DTSTART").endswith("T140000")


def test_a_marker_lost_in_a_client_loses_nothing() -> None:
    world = world_with("1", "2")
    for name, item in world.objects().items():
        kept = tuple(each for each in item.main.properties if not each.name.startswith("X-DIGITALNETZWERK"))
        world.put(name, CalendarObject(item.uid, (replace(item.main, properties=kept),)))
    assert world.pending() == []
    world.apply()
    world.ledger = MemoryLedger()
    assert world.pending() == [] and world.plan().scopes[0].foreign == 0


def test_a_foreign_entry_in_the_place_of_ours_is_left_alone_and_named() -> None:
    world = world_with("2")
    uid = mint_uid("kreis", "plan", "1", 1)
    foreign = CalendarObject("fremd", (event(start=world.now, end=world.now, summary="Fremd"),))
    world.put(file_name(uid), foreign)
    world.trainings.append(training("1"))
    planned = world.plan()
    assert actions(planned) == [] and planned.scopes[0].foreign == 1
    assert [each.code for each in planned.scopes[0].problems] == ["name_taken"]


def test_a_persons_copy_of_our_entry_is_foreign() -> None:
    world = world_with("1")
    [item] = world.objects().values()
    world.put("kopie.ics", replace(item, uid="kopie"))
    planned = world.plan()
    assert actions(planned) == [] and planned.scopes[0].foreign == 1
    world.ledger = MemoryLedger()
    planned = world.plan()
    assert actions(planned) == [] and planned.scopes[0].foreign == 1


# ------------------------------------------------------------------------------------------------ not wanted


def removing() -> World:
    rules = SourceRules("plan", missing=Missing(then=Then.REMOVE))
    world = World([calendar(sources=(rules,))], [training(str(n), day=100 + n) for n in range(10)])
    world.apply()
    return world


def let_time_pass(world: World) -> None:
    for _ in range(4):
        world.later(hours=12)
        world.apply()


def test_an_entry_that_nobody_wants_goes_as_promised_and_leaves_nothing_in_the_trash_bin() -> None:
    world = removing()
    del world.trainings[0]
    let_time_pass(world)
    assert len(world.objects()) == 9 and world.server.trashed_objects() == ()
    assert world.pending() == []


def test_an_entry_that_nobody_wants_but_somebody_edited_stays_and_is_reported() -> None:
    world = removing()
    world.edit("Schulung 0", "COMMENT:wichtig")
    del world.trainings[0]
    let_time_pass(world)
    assert len(world.objects()) == 10 and world.plan().scopes[0].kept == 1


def test_a_foreign_entry_that_nobody_wants_is_not_mentioned() -> None:
    world = world_with("1")
    world.put("fremd.ics", CalendarObject("fremd", (event(start=world.now, end=world.now, summary="Fremd"),)))
    planned = world.plan()
    assert actions(planned) == [] and planned.scopes[0].foreign == 1 and planned.scopes[0].problems == ()
    world.apply(planned)
    assert world.plan().scopes[0].foreign == 1 and "fremd.ics" in world.objects()


def test_what_is_neither_there_nor_wanted_is_forgotten() -> None:
    world = removing()
    world.delete("Schulung 0")
    del world.trainings[0]
    world.apply()
    assert len(world.ledger.records(kind="entry")) == 9 and world.pending() == []


def test_a_draft_stands_nowhere() -> None:
    world = World(trainings=[training(str(n)) for n in range(10)])
    world.apply()
    world.trainings[0] = replace(world.trainings[0], status=Status.DRAFT)
    world.apply()
    assert len(world.objects()) == 9


def test_a_cancelled_training_says_so_and_stays_for_a_while() -> None:
    world = world_with("1", "2")
    world.trainings[0] = replace(world.trainings[0], status=Status.CANCELLED)
    planned = world.plan()
    assert actions(planned) == ["cancel entry"]
    world.apply(planned)
    assert world.titles() == ["Fällt aus: Schulung 1", "Schulung 2"]
    assert world.objects()[world.name_of("Fällt aus: Schulung 1")].main.value("STATUS") == "CANCELLED"
    world.later(days=90)
    world.apply()
    assert world.titles() == ["Schulung 2"]
    assert world.pending() == []
