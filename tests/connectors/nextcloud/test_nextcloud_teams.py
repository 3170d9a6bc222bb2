"""Teams: what an ordinary account sees and does; members are told apart by kind."""

from __future__ import annotations

import pytest

from network.errors import NotThere, Refused, RightMissing
from network.ports import Principal


def seen(server, team):
    return next((each for each in server.teams.teams() if each.id == team), None)


def people(server, team):
    return {each.who: each.level for each in server.teams.members(team)}


def test_a_new_team_belongs_to_us_and_to_nobody_else(server, team, name):
    found = seen(server, team)
    assert (found.name, found.description, found.is_owner) == (name, "", True)
    assert people(server, team) == {Principal("user", server.account): 9}


def test_a_second_team_of_the_same_name_says_so_in_its_name(server, team, name):
    second = server.teams.create_team(name)
    try:
        assert second.id != team
        assert second.name == f"{name} (2)"
    finally:
        server.teams.delete_team(second.id)


def test_description_name_and_configuration_are_changed(server, team, name):
    server.teams.describe_team(team, "Austausch [dnw:kreis-hoexter/ozg]")
    server.teams.rename_team(team, f"Größe {name} 🎓")
    server.teams.configure_team(team, 24)
    found = seen(server, team)
    assert found.description == "Austausch [dnw:kreis-hoexter/ozg]"
    assert (found.name, found.config) == (f"Größe {name} 🎓", 24)


def test_groups_people_and_teams_are_told_apart(server, team, name):
    other = server.teams.create_team(f"{name} innen")
    wanted = [Principal("group", "kreis-hoexter"), Principal("user", "anna.brakel"), Principal("team", other.id)]
    try:
        server.teams.add_members(team, wanted)
        assert set(people(server, team)) == {*wanted, Principal("user", server.account)}
    finally:
        server.teams.delete_team(other.id)


def test_unknown_members_are_left_out_and_known_ones_may_be_added_twice(server, team):
    anna = Principal("user", "anna.brakel")
    server.teams.add_members(team, [anna, Principal("user", "gibt.es.nicht"), Principal("group", "gibt-es-nicht")])
    server.teams.add_members(team, [anna])
    assert set(people(server, team)) == {anna, Principal("user", server.account)}


def test_a_member_becomes_moderator_and_goes(server, team):
    anna = Principal("user", "anna.brakel")
    server.teams.add_members(team, [anna])
    (membership,) = [each.id for each in server.teams.members(team) if each.who == anna]
    server.teams.set_level(team, membership, 4)
    assert people(server, team)[anna] == 4
    server.teams.remove_member(team, membership)
    assert anna not in people(server, team)


def test_a_member_sees_the_team_and_does_not_own_it(place, server, team):
    server.teams.add_members(team, [Principal("user", "anna.brakel")])
    found = seen(place.staff("anna.brakel"), team)
    assert found is not None and not found.is_owner
    assert seen(place.staff("anna.kreis"), team) is None


@pytest.mark.parametrize("bad", ["", "IT", " IT ", "x" * 128])
def test_names_that_the_server_chokes_on_are_refused_without_asking(server, bad):
    before = server.counts
    with pytest.raises(Refused) as caught:
        server.teams.create_team(bad)
    assert caught.value.code == "team_name"
    assert server.counts == before


def test_a_team_that_is_gone_is_told_from_one_that_is_not_ours(server, team):
    server.teams.delete_team(team)
    with pytest.raises(NotThere):
        server.teams.members(team)


def test_a_member_may_not_rename_the_team(place, server, team):
    server.teams.add_members(team, [Principal("user", "anna.brakel")])
    with pytest.raises(RightMissing):
        place.staff("anna.brakel").teams.rename_team(team, "Meins jetzt")
