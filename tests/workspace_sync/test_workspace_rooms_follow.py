"""Chat rooms follow the groups of their team, where Talk itself does not: joins, moves, leaves, people who walked out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from workspace_example import OZG, PEOPLE, WISHES, example
from workspace_run import Runs, changes, person

from network.plan import Scope, ScopeKind
from network.ports import Principal
from workspace_sync.people import People
from workspace_sync.wish import ExchangeGroupWish, Selector, Wishes

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


@pytest.mark.parametrize("account", ["bernd", "erika"])
def test_who_is_thrown_out_of_the_room_while_the_team_names_them_is_taken_in_again(runs: Runs, account: str) -> None:
    room = runs.server.room_named(ROOM)
    room.brought.pop(account, None)
    room.moderators.discard(account)
    room.explicit.pop(Principal("user", account), None)
    assert account not in runs.server.in_room(ROOM)
    runs.apply()
    assert account in runs.server.in_room(ROOM)
    assert changes(runs.plan()) == []


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


def test_who_leaves_a_group_that_we_keep_leaves_its_rooms_in_the_same_run_as_a_moderator_too() -> None:
    kreis = replace(OZG, members=(Selector(administrations=("kreis",)),))
    staff = tuple(person(account, "kreis") for account in ("dora", "emil", "frieda", "max", "presse", "erika"))
    runs = example(replace(WISHES, exchange_groups=(kreis,)), People(staff))
    runs.apply()
    runs.server.room_named(ROOM).moderators.add("dora")
    runs.people = People(staff[1:])
    runs.apply()
    assert "dora" not in runs.server.all_groups["kreis-staff"]
    assert "dora" not in runs.server.in_room(ROOM)
    assert changes(runs.plan()) == []


def test_an_empty_group_that_we_keep_holds_nobody_in_a_room_who_left_another_town() -> None:
    everybody = replace(OZG, members=(Selector(administrations=("brakel", "kreis")),))
    runs = example(replace(WISHES, exchange_groups=(everybody,)), People((person("anna", "brakel"),)))
    runs.apply()
    runs.apply()
    assert runs.server.all_groups["kreis-staff"] == set()
    leave(runs, "anna", "brakel")
    runs.people = People((person("bernd", "brakel"),))
    runs.apply()
    assert "anna" not in runs.server.in_room(ROOM)


# ---------------------------------------------------------------------------------- a group inside of a group

OUTER = "Smart Region"


def nested(*people: str, **more: object) -> Wishes:
    """Max leads the outer group, whose only member is the team of the inner one with these people."""
    inner = replace(OZG, members=(Selector(people=people),), **more)  # type: ignore[arg-type]
    outer = ExchangeGroupWish("smart-region", OUTER, leads=("max",), members=(Selector(exchange_groups=("ozg",)),))
    return replace(WISHES, exchange_groups=(outer, inner))


@pytest.mark.parametrize("verify", [True, False])
def test_whom_the_inner_group_loses_leaves_the_outer_room_in_the_same_run(verify: bool) -> None:
    runs = example(nested("anna", "bernd"))
    runs.apply()
    assert runs.server.in_room(OUTER) == {"digitalnetzwerk", "max", "erika", "anna", "bernd"}
    runs.apply(verify=verify)
    runs.wishes = nested("anna", "clara")
    runs.apply(verify=verify)
    assert runs.server.in_room(OUTER) == {"digitalnetzwerk", "max", "erika", "anna", "clara"}
    assert runs.server.in_room(ROOM) == {"digitalnetzwerk", "erika", "anna", "clara"}
    assert changes(runs.plan()) == []


def test_whom_the_inner_group_loses_leaves_the_outer_room_as_a_moderator_too() -> None:
    runs = example(nested("anna", "bernd"))
    runs.apply()
    runs.server.room_named(OUTER).moderators.add("bernd")
    runs.wishes = nested("anna")
    runs.apply()
    assert "bernd" not in runs.server.in_room(OUTER)


def test_whom_the_guard_keeps_in_the_inner_group_stays_in_the_outer_room_until_it_is_released() -> None:
    people = ("anna", "bernd", "clara", "frieda", "dora", "emil")
    runs = example(nested(*people))
    runs.apply()
    runs.wishes = nested()
    runs.apply()
    assert runs.server.in_room(OUTER) > {"anna", "bernd", "clara"}
    runs.apply(verify=False, released=[OZG.scope])
    assert runs.server.in_room(ROOM) == {"digitalnetzwerk", "erika"}
    runs.apply(verify=False, released=[Scope(ScopeKind.EXCHANGE_GROUP, "smart-region")])
    assert runs.server.in_room(OUTER) == {"digitalnetzwerk", "max", "erika"}


def test_whom_a_lead_took_into_the_inner_team_is_in_the_outer_room_and_leaves_with_it() -> None:
    runs = example(nested("anna"))
    runs.apply()
    team = runs.server.team_named(ROOM)
    runs.server.add_by_hand(team, "clara")
    runs.apply()
    assert "clara" in runs.server.in_room(OUTER)
    row = next(each for each in runs.server.all_teams[team].members.values() if each.who.id == "clara")
    runs.server.take(team, runs.server.all_teams[team].members.pop(row.id).who)
    assert "clara" in runs.server.in_room(OUTER)  # Talk did not notice
    runs.apply()
    assert "clara" not in runs.server.in_room(OUTER)


def test_when_the_inner_group_goes_out_of_the_outer_one_its_people_leave_the_room_in_the_same_run() -> None:
    runs = example(nested("anna", "bernd"))
    runs.apply()
    outer, inner = runs.wishes.exchange_groups
    runs.wishes = replace(runs.wishes, exchange_groups=(replace(outer, members=()), inner))
    runs.apply()
    assert runs.server.in_room(OUTER) == {"digitalnetzwerk", "max"}
    assert changes(runs.plan()) == []
