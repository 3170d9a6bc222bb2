"""The way back: everything of ours that nobody edited goes, and the rest is listed."""

from __future__ import annotations

from dataclasses import replace

from workspace_example import BRAKEL, PEOPLE, PRESS, WISHES, example
from workspace_run import NETWORK, Runs, codes
from workspace_stand_in import StandIn

from network.apply import apply_plan
from network.plan import Plan, ScopeKind, ScopePlan
from workspace_sync.executor import WorkspaceExecutor
from workspace_sync.look import look_at_everything
from workspace_sync.planners.removal import plan_removal
from workspace_sync.remembered import Remembered
from workspace_sync.situation import Situation
from workspace_sync.wish import Access, Level, Selector, SubFolder, Wishes


def plans(runs: Runs) -> tuple[ScopePlan, ...]:
    remembered = Remembered.of(runs.books)
    actual = look_at_everything(runs.server, runs.wishes, remembered, network=NETWORK.id)
    return plan_removal(runs.wishes, Situation(NETWORK, actual, remembered, runs.people, runs.wishes.groups, runs.now))


def remove(runs: Runs) -> tuple[ScopePlan, ...]:
    planned = plans(runs)
    executor = WorkspaceExecutor(runs.server, NETWORK, {})
    kinds = (ScopeKind.ADMINISTRATION, ScopeKind.EXCHANGE_GROUP, ScopeKind.PROJECT)
    report = apply_plan(Plan(planned), dict.fromkeys(kinds, executor), runs.books, parallel=1)
    assert report.is_whole, [outcome.problem for outcome in report.outcomes]
    return planned


def untouched_server() -> StandIn:
    return example().server


def test_the_server_is_as_it_was() -> None:
    runs = example()
    runs.server.foreign_team("Fremd", "max")
    runs.server.foreign_folder("Fremd", {"x": b"x"})
    before = runs.server.state()
    runs.apply()
    assert runs.server.state() != before
    remove(runs)
    assert runs.server.state() == before
    assert runs.books.rows == {}


def test_a_folder_with_somebodys_file_stays_with_everybody_who_could_read_it() -> None:
    runs = example()
    runs.apply()
    runs.server.folder_named("Presse").files["Entwurf.md"] = b"Arbeit"
    planned = remove(runs)
    assert [folder.name for folder in runs.server.all_folders.values()] == ["Presse"]
    assert runs.server.may("bernd", "Presse") == 1
    assert runs.server.may("presse", "Presse") == 15
    assert not runs.server.all_rooms
    assert "stays" in codes(planned)


def test_a_changed_file_of_the_template_counts_as_somebodys() -> None:
    runs = example()
    runs.apply()
    runs.server.folder_named("Presse").files["Protokolle/Muster.md"] = b"ausgefuellt"
    remove(runs)
    assert [folder.name for folder in runs.server.all_folders.values()] == ["Presse"]


def test_a_team_into_which_somebody_was_taken_by_hand_stays() -> None:
    runs = example()
    runs.apply()
    runs.server.add_by_hand(runs.server.team_named("Austausch OZG"), "frieda")
    planned = remove(runs)
    assert "Austausch OZG" in {team.name for team in runs.server.all_teams.values()}
    assert any("Austausch OZG" in problem.message.de for plan in planned for problem in plan.problems)


def test_of_a_group_that_was_there_before_only_our_memberships_go() -> None:
    staff = BRAKEL.__class__("kreis", "Kreis", "brakel", ("brakel",), is_external=False)
    runs = example(Wishes((staff,)))
    before = runs.server.state()
    runs.apply()
    assert runs.server.all_groups["brakel"] == {"anna", "bernd", "dora", "emil"}
    remove(runs)
    assert runs.server.state() == before


def test_after_loss_of_the_state_marks_are_enough() -> None:
    runs = example(Wishes(WISHES.administrations[:2], WISHES.exchange_groups), PEOPLE)
    runs.apply()
    runs.lose_state()
    remove(runs)
    names = {team.name for team in runs.server.all_teams.values()}
    assert "Stadt Brakel" not in names  # of the exchange group nobody can tell any more who was added by hand
    assert not [write for write in runs.server.writes if write.startswith("folder gone")]


def test_sub_folders_with_rights_of_their_own_go_with_their_folder_and_are_forgotten() -> None:
    sub = SubFolder("Intern", "Intern", (Access(Level.EDIT, Selector(people=("max",))),))
    runs = example(Wishes(WISHES.administrations, WISHES.exchange_groups, (replace(PRESS, sub_folders=(sub,)),)))
    before = untouched_server().state()
    runs.apply()
    assert runs.server.may("max", "Presse", "Intern") == 15
    remove(runs)
    assert runs.server.state() == before
    assert runs.books.rows == {}
