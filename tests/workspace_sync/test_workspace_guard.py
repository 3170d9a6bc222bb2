"""Guards: too many people at once, an empty group, a silent source. Nobody loses anything, additions go on."""

from __future__ import annotations

from dataclasses import replace

from workspace_example import BRAKEL, KREIS, OZG, PEOPLE, WISHES, example
from workspace_run import Runs, changes, codes, person

from network.model import Person
from network.plan import ScopePlan
from workspace_sync.people import People
from workspace_sync.wish import Selector, Wish, Wishes


def staff(count: int) -> tuple[Person, ...]:
    return tuple(person(f"p{number}", "kreis", "ozg") for number in range(count))


def kreis(people: tuple[Person, ...], *administrations: Wish) -> Runs:
    runs = example(Wishes((KREIS,)), People(people))
    runs.server.users |= {each.account for each in staff(50)}
    runs.apply()
    return runs


def only(runs: Runs) -> ScopePlan:
    return runs.plan()[0]


def test_one_person_of_many_leaves_without_a_question() -> None:
    runs = kreis(staff(10))
    runs.people = People(staff(9))
    runs.apply()
    assert runs.server.all_groups["kreis-staff"] == {each.account for each in staff(9)}


def test_more_than_a_fifth_at_once_stops_and_additions_go_on() -> None:
    runs = kreis(staff(10))
    runs.people = People((*staff(7), person("dora", "kreis")))
    plan = only(runs)
    assert plan.unsafe is not None
    assert len(plan.held) == 3
    runs.apply()
    assert runs.server.all_groups["kreis-staff"] == {"dora", *(each.account for each in staff(10))}
    assert only(runs).unsafe is not None  # it is still looked at, also without --verify
    assert runs.plan(verify=False)[0].unsafe is not None


def test_five_people_at_once_stop_a_large_administration() -> None:
    runs = kreis(staff(50))
    runs.people = People(staff(45))
    assert only(runs).unsafe is not None


def test_a_person_releases_the_guard() -> None:
    runs = kreis(staff(10))
    runs.people = People(staff(2))
    runs.apply(released=[KREIS.scope])
    assert len(runs.server.all_groups["kreis-staff"]) == 2
    assert changes(runs.plan()) == []


def test_an_empty_list_stops_even_a_single_person() -> None:
    runs = kreis(staff(1))
    runs.people = People()
    plan = only(runs)
    assert plan.unsafe is not None
    assert "niemand mehr" in plan.unsafe.de


def test_an_external_group_that_vanished_costs_nobody_anything() -> None:
    runs = example()
    runs.apply()
    runs.people = replace(PEOPLE, missing_groups=frozenset({"brakel"}))
    runs.wishes = replace(WISHES, administrations=(replace(BRAKEL, team_groups=()), *WISHES.administrations[1:]))
    plan = next(plan for plan in runs.plan() if plan.scope == BRAKEL.scope)
    assert plan.unsafe is not None
    assert changes([plan]) == []


def test_the_group_of_an_administration_that_is_empty_is_not_added_and_said() -> None:
    runs = example(people=replace(PEOPLE, missing_groups=frozenset({"nieheim"})))
    runs.apply()
    assert "group_missing" in codes(runs.plan())
    runs.people = PEOPLE
    runs.apply(verify=False)
    assert runs.server.may("clara", "Presse") & 1


def test_while_a_source_says_nothing_nobody_loses_what_follows_from_it() -> None:
    runs = example()
    runs.apply()
    runs.people = People((), silent=("ansprechpersonen",))
    before = runs.server.state()
    plans = runs.plan()
    assert not [change for plan in plans for change in plan.changes if change.loses]
    assert "people_unknown" in codes(plans)
    runs.apply()
    assert runs.server.state() == before


def test_an_exchange_group_of_four_may_lose_one_without_a_question() -> None:
    runs = example(people=People((person("anna", "brakel", "ozg"), person("bernd", "brakel", "ozg"))))
    runs.apply()
    runs.people = People((person("anna", "brakel", "ozg"),))
    runs.apply()
    assert runs.server.may("bernd", "Austausch OZG") == 0


def test_an_exchange_group_that_would_lose_five_at_once_stops() -> None:
    wide = replace(OZG, members=(Selector(topics=("ozg",)),))
    runs = example(Wishes((), (wide,)), People(staff(6)))
    runs.server.users |= {each.account for each in staff(6)}
    runs.apply()
    runs.people = People()
    plan = runs.plan()[0]
    assert plan.unsafe is not None
    runs.apply()
    assert len(runs.server.in_room("Austausch OZG")) == 8


def test_an_account_that_belongs_to_a_town_without_being_in_its_group_has_its_rights() -> None:
    staff_of_brakel = tuple(person(f"b{number}", "brakel") for number in range(9))
    brakel = replace(BRAKEL, accounts=("max",))
    runs = example(replace(WISHES, administrations=(brakel, *WISHES.administrations[1:])), People(staff_of_brakel))
    runs.apply()
    assert runs.server.may("max", "Presse") & 1
    assert changes(runs.plan()) == []
    runs.wishes = WISHES
    runs.apply()
    assert runs.server.may("max", "Presse") == 0


def test_such_an_account_is_in_the_exchange_groups_of_its_town_too() -> None:
    wide = replace(OZG, members=(Selector(administrations=("brakel",)),))
    brakel = replace(BRAKEL, accounts=("max",))
    runs = example(replace(WISHES, administrations=(brakel, *WISHES.administrations[1:]), exchange_groups=(wide,)))
    runs.apply()
    assert runs.server.may("max", "Austausch OZG") == 15
    assert "max" in runs.server.in_room("Austausch OZG")
    assert changes(runs.plan()) == []
