"""What can't be read costs that object alone, and it is looked at again next time."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from workspace_example import KREIS, OZG, PEOPLE, PRESS, example
from workspace_run import Runs, changes, codes

from network.errors import RightMissing, ServerFault, Unreachable
from network.text import Text
from workspace_sync.people import People


@pytest.fixture
def runs() -> Runs:
    runs = example()
    runs.apply()
    runs.server.writes.clear()
    return runs


def broken(*_: object) -> tuple[()]:
    raise ServerFault(Text("500", "500"), where="circles")


def forbidden(*_: object) -> tuple[()]:
    raise RightMissing(Text("403", "403"), where="groups", commands=("occ admin-delegation:add",))


def test_without_the_list_of_teams_nothing_is_made_twice(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs.server.teams, "teams", broken)
    runs.apply()
    assert runs.server.writes == []
    assert codes(runs.plan()) == {"server_fault"}


def test_one_team_that_cannot_be_read_costs_its_members_alone(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    team, read = runs.server.team_named("Austausch OZG"), runs.server.teams.members
    monkeypatch.setattr(runs.server.teams, "members", lambda id: broken() if id == team else read(id))
    runs.server.folder_named("Presse").grants.clear()
    runs.server.folder_named("Austausch OZG").grants.clear()
    runs.apply()
    assert runs.server.may("bernd", "Presse") == 1
    assert runs.server.may("anna", "Austausch OZG") == 15
    assert codes(runs.plan()) == {"server_fault"}


@pytest.mark.parametrize(("part", "method"), [("folders", "folders"), ("rooms", "rooms"), ("directory", "groups")])
def test_a_list_that_cannot_be_read_leaves_all_of_its_kind_alone(
    runs: Runs, monkeypatch: pytest.MonkeyPatch, part: str, method: str
) -> None:
    fails: Callable[..., tuple[()]] = forbidden if part == "directory" else broken
    monkeypatch.setattr(getattr(runs.server, part), method, fails)
    runs.apply()
    assert runs.server.writes == []
    assert codes(runs.plan()) & {"server_fault", "right_missing"}


def test_what_could_not_be_read_is_looked_at_again_at_once(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    runs.people = People(tuple(each for each in PEOPLE.persons if each.account != "anna"))
    with monkeypatch.context() as patch:
        patch.setattr(runs.server.teams, "members", broken)
        runs.apply()
    assert runs.server.may("anna", "Austausch OZG") == 15
    runs.apply(verify=False)
    assert runs.server.may("anna", "Austausch OZG") == 0


def test_an_unreachable_server_ends_the_look(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> tuple[()]:
        raise Unreachable(Text("weg", "gone"))

    monkeypatch.setattr(runs.server.teams, "teams", gone)
    with pytest.raises(Unreachable):
        runs.plan()


def test_only_what_a_scope_needs_is_read() -> None:
    runs = example()
    runs.apply()
    runs.server.reads.clear()
    runs.people = People((*PEOPLE.persons, PEOPLE.persons[0].__class__("max", "kreis")))
    plans = runs.plan(verify=False)
    assert [plan.scope for plan in plans] == [KREIS.scope]
    assert changes(plans) == ["grant member max"]
    assert not {"folders", "rooms"} & set(runs.server.reads)
    assert OZG.scope not in {plan.scope for plan in plans} | {PRESS.scope}
