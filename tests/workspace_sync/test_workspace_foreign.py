"""What is somebody else's stays as it is, whatever it is called; adopt takes it over where the server lets us."""

from __future__ import annotations

from datetime import timedelta

from workspace_example import BRAKEL, OZG, PRESS, example
from workspace_run import NETWORK, Runs, changes, codes
from workspace_stand_in import NOW, OURSELVES, SERVICE

from network.plan import Kind, Plan, ScopePlan
from network.ports import Principal
from network.report import Result
from workspace_sync.executor import WorkspaceExecutor
from workspace_sync.look import look
from workspace_sync.planners.adoption import plan_adoption, plan_release
from workspace_sync.remembered import Remembered
from workspace_sync.situation import Situation
from workspace_sync.wish import Wishes


def situation(runs: Runs) -> Situation:
    remembered = Remembered.of(runs.books)
    actual = look(runs.server, runs.wishes, remembered, network=NETWORK.id, scopes=tuple(runs.wishes.by_scope))
    return Situation(NETWORK, actual, remembered, runs.people, runs.wishes.groups, runs.now, runs.wishes.folder_names)


def carry_out(runs: Runs, plan: ScopePlan) -> None:
    executor = WorkspaceExecutor(runs.server, NETWORK, {})
    for change in Plan((plan,)).changes:
        executor.carry_out(change, runs.books)


def test_a_foreign_team_of_the_name_is_left_alone_and_ours_with_the_number_does_not_stay() -> None:
    runs = example()
    foreign = runs.server.foreign_team("Austausch OZG", "max", "frieda")
    report = runs.apply()
    skipped = [
        outcome.problem.code for outcome in report.outcomes if outcome.result is Result.SKIPPED and outcome.problem
    ]
    assert "name_taken" in skipped
    assert [team.name for team in runs.server.all_teams.values()].count("Austausch OZG") == 1
    assert not [team for team in runs.server.all_teams.values() if team.name.startswith("Austausch OZG (")]
    assert {row.who.id for row in runs.server.all_teams[foreign].members.values()} == {"max", "frieda"}


def test_an_administrations_team_gets_another_name_where_its_own_is_taken_and_keeps_it() -> None:
    """Mostly by its own group: Nextcloud has one list of names for groups and teams."""
    runs = example()
    runs.server.foreign_team("Stadt Brakel", "max")
    report = runs.apply()
    said = [outcome.problem.code for outcome in report.outcomes if outcome.problem]
    assert said == ["name_taken"]
    ours = runs.server.team_named(f"Stadt Brakel – {NETWORK.name}")
    assert runs.server.all_teams[ours].owner == SERVICE
    assert runs.server.may("bernd", "Presse") == 1
    runs.server.writes.clear()
    runs.apply()
    assert runs.server.writes == []
    assert changes(runs.plan()) == []


def test_a_taken_name_is_reported_and_not_tried_again_for_a_day() -> None:
    runs = example()
    foreign = runs.server.foreign_team("Austausch OZG", "max")
    runs.apply()
    runs.server.writes.clear()
    assert changes(runs.plan()) == []
    assert "name_taken" in codes(runs.plan())
    runs.apply()
    assert runs.server.writes == []
    del runs.server.all_teams[foreign]
    runs.later(NOW + timedelta(days=2))
    runs.apply()
    assert runs.server.all_teams[runs.server.team_named("Austausch OZG")].owner == SERVICE
    assert changes(runs.plan()) == []


def test_a_team_that_we_are_only_a_member_of_is_foreign() -> None:
    runs = example()
    runs.server.foreign_team("Austausch OZG", "max", SERVICE)
    runs.apply()
    assert not runs.server.all_rooms
    assert "name_taken" in codes(runs.plan())


def test_a_mark_copied_into_a_foreign_team_makes_it_no_team_of_ours() -> None:
    runs = example()
    foreign = runs.server.foreign_team("Irgendwas", "max", SERVICE)
    runs.server.all_teams[foreign].description = "[dnw:kreis/exchange_group:ozg]"
    runs.apply()
    assert runs.server.all_teams[runs.server.team_named("Austausch OZG")].owner == SERVICE
    assert runs.server.all_teams[foreign].name == "Irgendwas"


def test_a_foreign_folder_of_the_name_is_left_alone() -> None:
    runs = example()
    runs.server.foreign_folder("Presse", {"geheim.txt": b"x"})
    runs.apply()
    assert "name_taken" in codes(runs.plan())
    folder = runs.server.folder_named("Presse")
    assert (folder.grants, folder.managers, folder.files) == ({}, set(), {"geheim.txt": b"x"})
    assert changes(runs.plan()) == []


def test_an_empty_foreign_folder_is_foreign_too() -> None:
    runs = example()
    runs.server.foreign_folder("Presse")
    runs.apply()
    assert runs.server.folder_named("Presse").grants == {}


def test_the_folder_of_another_scope_is_not_taken_for_ours() -> None:
    runs = example(Wishes((), (OZG,), ()))
    runs.apply()
    again = PRESS.__class__("ozg-projekt", OZG.folder, PRESS.access)  # type: ignore[arg-type]
    runs.wishes = Wishes((), (OZG,), (again,))
    runs.apply()
    assert "name_taken" in codes(runs.plan())
    assert len(runs.server.all_folders) == 1


def test_a_room_of_the_name_that_we_were_invited_to_is_left_alone() -> None:
    runs = example()
    runs.server.foreign_room("Austausch OZG", "max", SERVICE)
    runs.apply()
    assert runs.server.room_named("Austausch OZG").owner == "max"
    assert len(runs.server.all_rooms) == 1


def test_a_team_handed_over_to_us_is_adopted_and_then_kept_right() -> None:
    runs = example()
    team = runs.server.foreign_team("Austausch OZG", "max", SERVICE, "frieda")
    runs.apply()
    refused = plan_adoption(OZG.scope, Kind.TEAM, "Austausch OZG", situation(runs))
    assert ([problem.code for problem in refused.problems], refused.changes) == (["not_adoptable"], ())
    runs.server.all_teams[team].owner = SERVICE
    carry_out(runs, plan_adoption(OZG.scope, Kind.TEAM, "Austausch OZG", situation(runs)))
    runs.apply()
    assert runs.server.may("anna", "Austausch OZG") == 15
    assert runs.server.may("frieda", "Austausch OZG") == 15  # taken in by a lead before us: stays
    assert changes(runs.plan()) == []


def test_a_foreign_folder_is_adopted_and_keeps_its_files() -> None:
    runs = example()
    runs.server.foreign_folder("Presse", {"alt.txt": b"x"})
    runs.server.folder_named("Presse").grants[Principal("group", "brakel")] = 31
    runs.apply()
    carry_out(runs, plan_adoption(PRESS.scope, Kind.FOLDER, "Presse", situation(runs)))
    runs.apply()
    folder = runs.server.folder_named("Presse")
    assert folder.files["alt.txt"] == b"x"
    assert OURSELVES in folder.managers
    assert runs.server.may("anna", "Presse") == 15
    assert runs.server.may("bernd", "Presse") == 1  # the wish reads: what was granted by hand is revoked
    assert changes(runs.plan()) == []


def test_what_is_not_there_cannot_be_adopted() -> None:
    runs = example()
    for kind in (Kind.TEAM, Kind.FOLDER, Kind.ROOM, Kind.GROUP):
        plan = plan_adoption(OZG.scope, kind, "Nirgends", situation(runs))
        assert [problem.code for problem in plan.problems] == ["not_adoptable"]


def test_what_belongs_to_another_scope_cannot_be_adopted() -> None:
    runs = example()
    runs.apply()
    for kind, name in ((Kind.TEAM, "Stadt Brakel"), (Kind.FOLDER, "Presse")):
        plan = plan_adoption(OZG.scope, kind, name, situation(runs))
        assert [problem.code for problem in plan.problems] == ["not_adoptable"]


def test_what_was_released_stays_as_it_is_and_is_foreign_from_then_on() -> None:
    runs = example()
    runs.apply()
    before = runs.server.in_room("Austausch OZG")
    for kind in (Kind.FOLDER, Kind.ROOM, Kind.TEAM):
        carry_out(runs, plan_release(OZG.scope, kind, situation(runs)))
    runs.server.writes.clear()
    runs.apply()
    assert runs.server.in_room("Austausch OZG") == before
    assert "[dnw:" not in runs.server.all_teams[runs.server.team_named("Austausch OZG")].description
    assert codes(runs.plan()) >= {"name_taken"}
    assert runs.server.may("anna", "Austausch OZG") == 15


def test_only_our_part_of_a_foreign_group_is_ours() -> None:
    runs = example(Wishes((BRAKEL.__class__("kreis", "Kreis", "brakel", ("brakel",), is_external=False),)))
    runs.apply()
    assert runs.server.all_groups["brakel"] == {"anna", "bernd", "dora", "emil"}
    assert runs.server.group_names["brakel"] == "brakel"
    assert "not_in_people_list" in codes(runs.plan())
    assert changes(runs.plan()) == []
