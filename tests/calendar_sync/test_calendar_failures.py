"""Killed, refused, unheard: the next run reaches the same end (promises 8 and 9)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from calendar_world import World, calendar, training
from faulty_target import FaultyTarget, Killed, kill_at

from calendar_sync.wish import Grant, SourceRules, Where
from connectors.memory.calendars import MemoryCalendars
from connectors.memory.ledger import MemoryLedger
from network.errors import Locked, PreconditionFailed, Refused, ServerBusy, ServerFault, Unreachable
from network.ical.canonical import digest
from network.model import Status
from network.report import Result
from network.text import Text

SORRY = Text("geht nicht", "sorry")


def busy_world() -> World:
    """A first state, and a second one that updates, cancels, moves, removes, restores and creates."""
    it, rest = calendar("it", where=Where(tags=("it",))), calendar("rest", where=Where(not_tags=("it",)))
    world = World([it, rest], [training(str(n), day=60 + n) for n in range(12)])
    world.apply()
    world.trainings[0] = training("0", place="Brakel")
    world.trainings[1] = replace(world.trainings[1], status=Status.CANCELLED)
    world.trainings[2] = replace(world.trainings[2], tags=("it",), place="Online")
    world.trainings[3] = replace(world.trainings[3], tags=("it",))
    world.trainings[4] = replace(world.trainings[4], status=Status.DRAFT)
    world.trainings.append(training("12", day=99))
    world.delete("Schulung 6", key="rest")
    world.calendars = [
        replace(it, grants=(Grant(principal="groups/it"),)),
        rest,
        calendar("neu", sources=(SourceRules("plan"),)),
    ]
    return world


def picture(world: World) -> object:
    """Everything a person can see, and what would disturb a later run."""
    seen = world.server.calendars()
    objects = {each.uri: world.objects(each.uri.removeprefix("dnw-")) for each in seen}
    content = {uri: {name: digest(item) for name, item in each.items()} for uri, each in objects.items()}
    return content, [(each.uri, each.name, each.marker, each.shares) for each in seen]


def undisturbed() -> tuple[object, int]:
    world = busy_world()
    counting = FaultyTarget(world.server, lambda name, number, when: None)
    world.target = counting
    world.settle()
    return picture(world), counting.count


END, WRITES = undisturbed()


def test_there_are_at_least_thirty_boundaries() -> None:
    assert 2 * WRITES >= 30


@pytest.mark.parametrize("state_is_lost", [False, True])
@pytest.mark.parametrize("boundary", range(2 * WRITES))
def test_killed_at_any_write_the_next_run_reaches_the_same_end(boundary: int, state_is_lost: bool) -> None:
    world = busy_world()
    world.target = FaultyTarget(world.server, kill_at(boundary))
    with pytest.raises(Killed):
        world.settle()
    world.target = world.server
    if state_is_lost:
        world.ledger = MemoryLedger()
    world.settle()
    assert picture(world) == END
    writes = world.writes()
    world.apply()
    assert world.writes() == writes


ANSWERS = (ServerFault, ServerBusy, PreconditionFailed, Locked, Refused, Unreachable)


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("first", range(3))
def test_any_answer_to_any_write_costs_one_change_and_is_made_good_later(first: int, when: str) -> None:
    for failing in range(first, WRITES, 3):
        error = ANSWERS[(failing + failing // len(ANSWERS) + (when == "after")) % len(ANSWERS)]
        world = busy_world()

        def fault(name: str, number: int, at: str, failing: int = failing, error: Any = error) -> None:
            if number == failing and at == when:
                raise error(SORRY)

        world.target = FaultyTarget(world.server, fault)
        report = world.apply()
        assert report.count(Result.DONE) > 0 or failing == 0 or error is Unreachable
        world.target = world.server
        world.settle()
        assert picture(world) == END


def test_a_lost_answer_to_a_create_is_recognised_and_not_written_again() -> None:
    world = World(trainings=[training("1")])

    def fault(name: str, number: int, when: str) -> None:
        if name == "put" and when == "after":
            raise Unreachable(SORRY)

    world.target = FaultyTarget(world.server, fault)
    world.apply()
    world.target = world.server
    puts = world.server.requests["put"]
    world.settle()
    assert world.server.requests["put"] == puts == 1


def test_somebody_who_writes_between_our_look_and_our_write_is_not_overwritten() -> None:
    world = World(trainings=[training("1", place="Höxter"), training("2")])
    world.apply()
    world.trainings[0] = training("1", hour=15, place="Höxter")
    planned = world.plan()
    world.edit("Schulung 1", "LOCATION:Raum 7")
    report = world.apply(planned)
    assert [each.result for each in report.outcomes] == [Result.DEFERRED]
    world.settle()
    item = world.objects()[world.name_of("Schulung 1")]
    assert item.main.value("LOCATION") == "Raum 7" and item.main.value("DTSTART").endswith("T150000")


def test_an_etag_that_the_calendar_never_told_us_of_is_read_after_the_first_refusal() -> None:
    """A restored database, or a proxy that changes ETags: the token did not move, so no look would find it."""
    world = World(trainings=[training("1", place="Höxter"), training("2")])
    world.apply()
    name = world.name_of("Schulung 1")
    stored = world.server._calendars["dnw-schulungen"].objects[name]
    stored.data = stored.data.replace(b"LOCATION:H\xc3\xb6xter", b"LOCATION:Raum 7")
    world.trainings[0] = training("1", hour=15, place="Höxter")
    assert world.apply().outcomes[0].result is Result.DEFERRED
    assert world.apply().is_whole
    item = world.objects()[name]
    assert item.main.value("LOCATION") == "Raum 7" and item.main.value("DTSTART").endswith("T150000")


def test_somebody_who_writes_while_we_write_stays_pending() -> None:
    world = World(trainings=[training("1"), training("2")])
    world.apply()
    world.trainings[0] = training("1", hour=15)

    def fault(name: str, number: int, when: str) -> None:
        if name == "put" and when == "after":
            world.edit("Schulung 2", "LOCATION:Raum 7")

    world.target = FaultyTarget(world.server, fault)
    world.apply()
    world.target = world.server
    assert world.plan().scopes[0].kept == 1


def test_the_trash_bin_of_somebody_else_does_not_stop_a_create() -> None:
    world = World(trainings=[training("1")])
    world.apply()
    world.delete("Schulung 1")
    world.ledger = MemoryLedger()
    world.settle()
    assert world.titles() == ["Schulung 1"] and world.server.trashed_objects() == ()


def test_a_calendar_limit_defers_the_rest_and_a_later_run_finishes() -> None:
    world = World([calendar(key) for key in ("a", "b", "c")], [training("1")], MemoryCalendars(most_calendars=2))
    report = world.apply()
    deferred = [each for each in report.outcomes if each.result is Result.DEFERRED]
    assert {each.change.scope.key for each in deferred} == {"c"}
    assert deferred[0].problem is not None and deferred[0].problem.code == "limit_reached"
    world.server._most_calendars = 30
    world.settle()
    assert [each.uri for each in world.server.calendars()] == ["dnw-a", "dnw-b", "dnw-c"]


def test_a_broken_offer_costs_itself_and_its_entry_stays() -> None:
    world = World(trainings=[training("1"), training("2")])
    world.apply()
    broken = training("1", place="Brakel")
    world.trainings = [broken, training("2", place="Höxter")]
    whole = world._parse

    def parse(each: object) -> object:
        if each is broken:
            raise Refused(SORRY)
        return whole(each)  # type: ignore[arg-type]

    world._parse = parse  # type: ignore[assignment,method-assign]
    planned = world.plan()
    assert [each.title for each in planned.scopes[0].changes] == ["Schulung 2 (02.03.2027)"]
    assert [each.code for each in planned.problems] == ["refused"]


def test_an_entry_whose_move_we_never_heard_of_is_known_though_key_and_time_changed_since() -> None:
    """Its marker holds the key of old and its fingerprint the time of old: only our memory of its UID tells who it is."""
    it, rest = calendar("it", where=Where(tags=("it",))), calendar("rest", where=Where(not_tags=("it",)))
    world = World([it, rest], [training("1", "OZG", day=100)])
    world.settle()
    names = set(world.objects("rest"))
    world.trainings = [training("neu", "OZG", day=100)]
    world.settle()

    def unheard(name: str, number: int, when: str) -> None:
        if when == "after":
            raise ServerFault(SORRY)

    world.trainings = [training("neu", "OZG", day=100, hour=14, tags=("it",))]
    world.target = FaultyTarget(world.server, unheard)
    world.apply()
    world.target = world.server
    world.settle()
    assert set(world.objects("it")) == names and world.objects("rest") == {}
