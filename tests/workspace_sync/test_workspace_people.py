"""Whom a selector means."""

from __future__ import annotations

from workspace_run import person

from network.model import PeopleDelivery, SourceState
from network.ports import Principal
from network.problems import Problem
from network.text import Text
from workspace_sync.people import People, members_meant, people_meant, teams_meant
from workspace_sync.steps import TeamRef
from workspace_sync.wish import Selector

GROUPS = {"brakel": ("g-brakel",), "nieheim": ("g-nieheim",)}
PEOPLE = People((person("anna", "brakel", "OZG"), person("bernd", "brakel"), person("clara", "nieheim", "ozg ")))


def test_administrations_alone_mean_their_groups() -> None:
    selector = Selector(administrations=("brakel",))
    assert members_meant(selector, GROUPS) == {Principal("group", "g-brakel")}
    assert people_meant(selector, PEOPLE) == frozenset()
    assert teams_meant(selector) == {"administration:brakel"}


def test_a_topic_means_people_however_it_is_spelled() -> None:
    selector = Selector(topics=("ozg",))
    assert people_meant(selector, PEOPLE) == {"anna", "clara"}
    assert members_meant(selector, GROUPS) == frozenset()
    assert teams_meant(selector) == frozenset()


def test_keys_of_one_selector_all_have_to_fit() -> None:
    assert people_meant(Selector(administrations=("brakel",), topics=("ozg",)), PEOPLE) == {"anna"}
    assert people_meant(Selector(people=("anna", "clara"), administrations=("nieheim",)), PEOPLE) == {"clara"}


def test_exchange_groups_mean_their_teams() -> None:
    assert members_meant(Selector(exchange_groups=("ozg",)), GROUPS) == {TeamRef("exchange_group:ozg")}


def test_exchange_groups_joined_with_anything_else_mean_nobody() -> None:
    for selector in (
        Selector(exchange_groups=("ozg",), topics=("ozg",)),
        Selector(exchange_groups=("ozg",), administrations=("brakel",)),
    ):
        assert not members_meant(selector, GROUPS)
        assert not teams_meant(selector)
        assert not people_meant(selector, PEOPLE)


def test_deliveries_add_up_and_a_failed_one_makes_the_whole_uncertain() -> None:
    one = PeopleDelivery("a", SourceState.FRESH, (person("anna", "brakel"),), missing_groups=("nieheim",))
    people = People.gather((one, PeopleDelivery("b", SourceState.FAILED)))
    assert people.of("brakel") == {"anna"}
    assert people.missing_groups == {"nieheim"}
    assert people.silent == ("b",)
    assert not people.is_whole


def test_a_source_that_we_may_not_read_holds_nothing_up() -> None:
    forbidden = PeopleDelivery("groups", SourceState.FAILED, problems=(Problem("right_missing", "x", Text("", "")),))
    assert People.gather((forbidden,)).is_whole
