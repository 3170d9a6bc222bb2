"""Chat rooms follow the groups of their team, where Talk itself does not: joins, moves, leaves, people who walked out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from workspace_example import OZG, PEOPLE, WISHES, example
from workspace_run import Runs, changes, person

from network.ports import Principal
from workspace_sync.people import People
from workspace_sync.wish import Selector

ROOM = "Austausch OZG"
BOTH = replace(WISHES, exchange_groups=(replace(OZG, members=(Selector(administrations=("nieheim", "brakel")),)),))


@pytest.fixture
def runs() -> Runs:
    """The group's team holds the groups of Brakel (anna, bernd) and Nieheim (clara); erika leads."""
    made = example(BOTH, People((*PEOPLE.persons, person("bernd", "brakel"))))
    made.apply()
    assert made.server.in_room(ROOM) == {"digitalnetzwerk", "erika", "anna", "bernd", "clara"}
    return made


def join(runs: Runs, account: str, group: str) -> None:
    """Somebody joins a group outside of us; the people lists know it."""
    runs.server.all_groups[group].add(account)
    runs.people = People((*runs.people.persons, person(account, group)))


def leave(runs: Runs, account: str, group: str) -> None:
    runs.server.all_groups[group].discard(account)
    runs.people = People(tuple(each for each in runs.people.persons if each.account != account))


def test_who_joins_a_group_is_in_the_room_after_one_run_and_the_second_writes_nothing(runs: Runs) -> None:
    join(runs, "frieda", "nieheim")
    assert "frieda" not in runs.server.in_room(ROOM)  # Talk did not notice
    runs.apply(verify=False)
    assert "frieda" in runs.server.in_room(ROOM)
    assert changes(runs.plan()) == []


def test_who_moves_to_another_town_stays_and_who_leaves_the_last_one_goes(runs: Runs) -> None:
    leave(runs, "anna", "brakel")
    join(runs, "anna", "nieheim")
    runs.apply()
    assert "anna" in runs.server.in_room(ROOM)
    leave(runs, "anna", "nieheim")
    runs.apply()
    assert "anna" not in runs.server.in_room(ROOM)
    assert changes(runs.plan()) == []


def test_when_a_town_is_taken_out_of_the_group_its_people_leave_the_room_in_the_same_run(runs: Runs) -> None:
    runs.wishes = replace(WISHES, exchange_groups=(replace(OZG, members=(Selector(administrations=("nieheim",)),)),))
    runs.apply(released=[OZG.scope])
    assert runs.server.in_room(ROOM) == {"digitalnetzwerk", "erika", "clara"}
    assert changes(runs.plan()) == []


def test_one_who_came_with_a_group_and_was_made_a_moderator_goes_with_it_too(runs: Runs) -> None:
    room = runs.server.room_named(ROOM)
    room.moderators.add("anna")
    runs.wishes = replace(WISHES, exchange_groups=(replace(OZG, members=(Selector(administrations=("nieheim",)),)),))
    runs.apply()
    assert "anna" not in runs.server.in_room(ROOM)


def test_whom_somebody_invited_by_hand_stays_when_a_group_goes(runs: Runs) -> None:
    room = runs.server.room_named(ROOM)
    room.explicit[Principal("user", "max")] = 0
    runs.apply()
    runs.wishes = replace(WISHES, exchange_groups=(replace(OZG, members=(Selector(administrations=("nieheim",)),)),))
    runs.apply()
    assert "max" in runs.server.in_room(ROOM)


def test_who_walked_out_of_the_room_is_not_dragged_back(runs: Runs) -> None:
    del runs.server.room_named(ROOM).brought["bernd"]
    assert changes(runs.plan()) == []
    runs.apply()
    assert "bernd" not in runs.server.in_room(ROOM)


def test_while_nobody_can_tell_who_is_in_a_group_nobody_is_moved(runs: Runs) -> None:
    before = runs.server.in_room(ROOM)
    runs.people = People()
    runs.apply()
    assert runs.server.in_room(ROOM) == before


def test_an_account_that_the_server_does_not_know_costs_that_account_alone(runs: Runs) -> None:
    runs.people = People((*runs.people.persons, person("niemand", "nieheim")))
    join(runs, "frieda", "nieheim")
    report = runs.apply()
    assert [each.problem.code for each in report.outcomes if each.problem] == ["unknown_account"]
    assert "frieda" in runs.server.in_room(ROOM)
