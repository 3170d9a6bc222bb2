"""The guard over who sees a calendar: rows against rows, teams that wait elsewhere, an audience that nobody knows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from calendar_world import World, actions, calendar, training

from calendar_sync.planner import Planned
from calendar_sync.wish import Grant, group_grant
from network.model import Status
from network.plan import ScopePlan
from network.ports import Record, ShareRow
from network.text import Text

TOWNS = ("brakel", "hoexter", "nieheim", "warburg", "steinheim", "beverungen", "borgentreich", "marienmuenster")
NOBODY_KNOWS = Text("die Pilotgruppe gibt es nicht", "there is no pilot's group")


def grants(world: World, count: int) -> tuple[Grant, ...]:
    for name in TOWNS:
        scope = f"administration:{name}"
        world.ledger.remember(Record(scope, "team", scope, remote=f"id-{name}"))
    return tuple(Grant(team=f"administration:{name}", title=name) for name in TOWNS[:count])


def shared_with(count: int) -> World:
    world = World(trainings=[training(str(number), day=100 + number) for number in range(12)])
    world.calendars = [calendar(grants=grants(world, count))]
    world.settle()
    return world


def only(planned: Planned) -> ScopePlan:
    (scope,) = planned.scopes
    return scope


def sees(world: World) -> list[str]:
    return sorted(row.principal for row in world.server.calendars()[0].shares)


@pytest.mark.parametrize(
    ("there", "left", "sentence"),
    [
        (8, 7, None),
        (8, 6, None),
        (8, 5, "3 von 8 Freigaben würden verloren gehen"),
        (3, 2, "1 von 3 Freigaben würde verloren gehen"),
        (2, 1, "1 von 2 Freigaben würde verloren gehen"),
        (1, 0, "1 von 1 Freigaben würde verloren gehen"),
    ],
)
def test_rows_stop_at_the_share_or_the_count_of_rows(there: int, left: int, sentence: str | None) -> None:
    world = shared_with(there)
    world.calendars = [calendar(grants=grants(world, left))]
    scope = only(world.plan())
    assert (scope.unsafe.de if scope.unsafe else None) == sentence
    world.apply()
    assert len(sees(world)) == (there if sentence else left)


def test_a_person_releases_revoked_rows() -> None:
    world = shared_with(2)
    world.calendars = [calendar(grants=grants(world, 1))]
    world.released = frozenset({world.calendars[0].scope})
    world.settle()
    assert sees(world) == ["circles/id-brakel"]


def test_what_goes_in_one_request_counts_row_by_row_and_never_more_than_there_is() -> None:
    world = shared_with(8)
    world.calendars = [calendar(grants=())]
    scope = only(world.plan())
    assert len(scope.held) == 1
    assert scope.unsafe is not None and scope.unsafe.en == "8 of 8 shares would be lost"


def test_entries_and_rows_are_counted_apart_and_named_together() -> None:
    world = shared_with(2)
    world.calendars = [calendar(grants=grants(world, 1))]
    world.trainings = [training(str(n), day=100 + n, status=Status.DRAFT) for n in range(4)] + world.trainings[4:]
    scope = only(world.plan())
    assert scope.unsafe is not None
    assert scope.unsafe.de == "4 von 12 Einträgen und 1 von 2 Freigaben würden verloren gehen"
    assert len(scope.held) == 5 and scope.changes == ()


def test_a_pilots_end_needs_nobody() -> None:
    world = World([calendar(grants=(group_grant("dnw-test"),))], [training("1")])
    world.apply()
    world.calendars = [calendar(grants=grants(world, 3))]
    world.settle()
    assert "groups/dnw-test" not in sees(world) and len(sees(world)) == 3


def test_a_pilots_begin_in_a_live_network_stops() -> None:
    world = shared_with(2)
    world.calendars = [calendar(grants=(group_grant("dnw-test"),))]
    planned = world.plan()
    assert actions(planned) == ["grant share"] and only(planned).unsafe is not None


def test_rows_of_groups_that_somebody_shared_with_by_hand_count_when_they_are_many() -> None:
    world = shared_with(1)
    world.server.share(world.href(), [ShareRow(f"groups/{name}") for name in TOWNS[:3]], ())
    assert only(world.plan()).unsafe is not None


def test_a_team_that_waits_elsewhere_keeps_its_sight_and_all_else_goes_on() -> None:
    world = shared_with(8)
    world.calendars = [calendar(grants=grants(world, 6))]
    world.stopped = frozenset({"administration:borgentreich"})
    planned = world.plan()
    scope = only(planned)
    assert scope.unsafe is None and [len(scope.changes), len(scope.held)] == [1, 1]
    assert [each.code for each in scope.problems] == ["share_waits"]
    world.apply(planned)
    assert "circles/id-borgentreich" in sees(world) and "circles/id-marienmuenster" not in sees(world)
    before = world.plan().scopes[0].fingerprint
    world.stopped = frozenset()
    assert world.plan().scopes[0].fingerprint == before, "what a person approved is not what is carried out"
    world.settle()
    assert len(sees(world)) == 6


@pytest.mark.parametrize("is_released", [False, True])
def test_while_nobody_knows_the_audience_no_row_changes_and_entries_come_in(is_released: bool) -> None:
    world = shared_with(4)
    world.calendars = [calendar(grants=(group_grant("dnw-tset"),))]
    world.frozen = NOBODY_KNOWS
    world.released = frozenset({world.calendars[0].scope}) if is_released else frozenset()
    world.trainings = [training("0", day=100, status=Status.DRAFT), *world.trainings[1:], training("neu", day=50)]
    planned = world.plan()
    assert actions(planned) == ["create entry"]
    assert only(planned).unsafe == NOBODY_KNOWS
    assert [each.action for each in only(planned).held] == ["remove"]
    world.apply(planned)
    assert len(sees(world)) == 4


def test_while_nobody_knows_the_audience_a_calendar_that_left_stays_visible() -> None:
    world = World([calendar("leer")])
    world.settle()
    world.calendars, world.frozen = [], NOBODY_KNOWS
    assert actions(world.plan()) == [] and only(world.plan()).unsafe == NOBODY_KNOWS


def renames(world: World) -> list[str]:
    return [each.message.en for each in world.plan().problems if each.code == "looks_like_a_rename"]


@pytest.mark.parametrize("name", ["Schulungen", "Fortbildungen"])
def test_a_key_that_seems_to_have_been_renamed_is_pointed_at(name: str) -> None:
    world = World(trainings=[training("1")])
    world.settle()
    wish = replace(calendar().properties, name=name)
    world.calendars = [calendar("fortbildung", properties=wish)]
    (said,) = renames(world)
    assert "calendars.schulungen is not there" in said and "calendars.fortbildung" in said
    world.apply()
    assert bool(renames(world)) is (name == "Schulungen"), "as long as two calendars have one name"


def test_a_calendar_that_goes_while_another_with_its_source_stays_is_no_rename() -> None:
    world = World([calendar("it"), calendar("rest")], [training("1")])
    world.settle()
    world.calendars = world.calendars[1:]
    assert renames(world) == []
