"""One configuration, one server: what stands there after a run, and that a second run finds nothing to do."""

from __future__ import annotations

import pytest
from workspace_run import Runs, changes, codes, person
from workspace_stand_in import SERVICE, StandIn

from network.plan import ScopeKind
from network.report import Result
from workspace_sync import template
from workspace_sync.people import People
from workspace_sync.wish import (
    Access,
    AdministrationWish,
    ExchangeGroupWish,
    FolderWish,
    Level,
    ProjectWish,
    Selector,
    Wishes,
)

GROUPS = {"brakel": ["anna", "bernd"], "nieheim": ["clara"]}
ADMINISTRATIONS = (
    AdministrationWish("brakel", "Stadt Brakel", "brakel", ("brakel",)),
    AdministrationWish("nieheim", "Stadt Nieheim", "nieheim", ("nieheim",)),
)
ALL = Selector(administrations=("brakel", "nieheim"))
OZG = ExchangeGroupWish(
    "ozg", "Austausch OZG", ("erika",), (Selector(topics=("ozg",)),), folder=FolderWish("Austausch OZG")
)
PRESS = ProjectWish(
    "presse",
    FolderWish("Presse", 10_000),
    (Access(Level.READ, ALL), Access(Level.EDIT, Selector(people=("presse",)))),
)


@pytest.fixture
def runs() -> Runs:
    server = StandIn(["erika", "max", "presse"], GROUPS)
    people = People((person("anna", "brakel", "ozg"), person("clara", "nieheim", "OZG")))
    return Runs(server, Wishes(ADMINISTRATIONS, (OZG,), (PRESS,)), people)


def test_everything_stands_after_one_run(runs: Runs) -> None:
    report = runs.apply()
    assert [outcome.problem for outcome in report.outcomes if outcome.result is not Result.DONE] == []
    server = runs.server
    assert server.may("anna", "Austausch OZG") == 15
    assert server.may("bernd", "Austausch OZG") == 0
    assert server.may("bernd", "Presse") == 1
    assert server.may("presse", "Presse") == 15
    assert server.may(SERVICE, "Presse") == 31
    assert server.in_room("Austausch OZG") == {SERVICE, "anna", "clara", "erika"}
    assert server.room_named("Austausch OZG").moderators == {"erika"}


def test_a_second_run_has_nothing_to_do(runs: Runs) -> None:
    runs.apply()
    assert changes(runs.plan()) == []


def test_an_unchanged_run_asks_for_nothing_but_the_features(runs: Runs) -> None:
    runs.apply()
    runs.server.reads.clear()
    assert runs.plan(verify=False) == ()
    assert runs.server.reads == ["features"]


def test_after_loss_of_the_state_everything_is_recognised_and_nothing_written(runs: Runs) -> None:
    runs.apply()
    before = runs.server.state()
    runs.lose_state()
    runs.server.writes.clear()
    runs.apply()
    assert runs.server.state() == before
    assert not [write for write in runs.server.writes if not write.startswith(("put", "mkcol"))]
    assert changes(runs.plan()) == []


def test_rights_are_granted_to_teams_alone(runs: Runs) -> None:
    runs.apply()
    for folder in runs.server.all_folders.values():
        assert {who.kind for who in folder.grants} == {"team"}


def test_leads_are_moderators_of_team_and_room(runs: Runs) -> None:
    runs.apply()
    team = runs.server.all_teams[runs.server.team_named("Austausch OZG")]
    assert {row.who.id: row.level for row in team.members.values()} == {SERVICE: 9, "anna": 1, "clara": 1, "erika": 4}


def test_scopes_are_planned_in_the_order_of_their_rights(runs: Runs) -> None:
    kinds = [plan.scope.kind for plan in runs.plan()]
    assert kinds == sorted(kinds, key=list(ScopeKind).index)


def test_without_talk_rooms_are_left_out_and_all_else_works(runs: Runs) -> None:
    runs.server.offered = runs.server.offered.__class__((34, 0, 1), teams=True, team_folders=True, rooms=False)
    runs.apply()
    assert not runs.server.all_rooms
    assert runs.server.may("anna", "Austausch OZG") == 15
    assert codes(runs.plan()) == {"feature_missing"}


def test_without_teams_a_room_holds_the_people_themselves(runs: Runs) -> None:
    runs.server.offered = runs.server.offered.__class__((34, 0, 1), teams=False, team_folders=True, rooms=True)
    runs.apply()
    assert runs.server.in_room("Austausch OZG") == {SERVICE, "anna", "clara", "erika"}
    assert not runs.server.all_folders
    assert changes(runs.plan()) == []


def test_a_template_is_put_in_once(runs: Runs) -> None:
    filled = FolderWish("Presse", 10_000, template.Template("t", (template.TemplateEntry("A"), template.TemplateEntry("A/b.md", b"{name}"))), (("name", "Presse"),))  # fmt: skip
    runs.wishes = Wishes(ADMINISTRATIONS, (OZG,), (ProjectWish("presse", filled, PRESS.access),))
    runs.apply()
    folder = runs.server.folder_named("Presse")
    assert folder.files == {"A": None, "A/b.md": b"Presse"}
    del folder.files["A/b.md"]
    runs.apply()
    assert folder.files == {"A": None}
