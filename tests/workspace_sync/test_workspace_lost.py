"""The state is lost, and something else happened as well: marks tell what they can, for the rest a person is asked."""

from __future__ import annotations

from dataclasses import replace

from test_workspace_foreign import carry_out, situation
from workspace_example import BRAKEL, KREIS, NIEHEIM, OZG, PRESS, WISHES, example
from workspace_run import Runs, changes, codes
from workspace_stand_in import SERVICE

from network.plan import Kind
from network.ports import Principal
from workspace_sync.planners.adoption import plan_adoption
from workspace_sync.wish import Access, Level, ProjectWish, Selector, Wishes

PLAIN = ProjectWish(
    "plain",
    replace(PRESS.folder, name="Kreisentwicklung"),
    (Access(Level.READ, Selector(administrations=("brakel",))),),
)


def used(wishes: Wishes = WISHES) -> Runs:
    runs = example(wishes)
    runs.apply()
    runs.lose_state()
    return runs


def test_a_group_that_left_meanwhile_is_recognised_and_leaves_once_a_person_agrees() -> None:
    runs = used()
    runs.server.writes.clear()
    runs.wishes = Wishes((BRAKEL, NIEHEIM, KREIS))
    assert "left_and_marked" in codes(runs.plan())
    runs.apply()
    assert runs.server.writes == []
    plan = next(plan for plan in runs.plan() if plan.scope == OZG.scope)
    assert plan.unsafe is not None
    runs.apply(released=[OZG.scope, PRESS.scope])
    assert runs.server.in_room("Austausch OZG") == {SERVICE}
    assert {folder.name for folder in runs.server.all_folders.values()} == {
        "Archiv – Austausch OZG",
        "Archiv – Presse",
    }
    assert changes(runs.plan()) == []


def test_a_town_that_left_meanwhile_is_recognised_too() -> None:
    runs = used()
    runs.wishes = replace(WISHES, administrations=(NIEHEIM, KREIS))
    runs.apply()
    plan = next(plan for plan in runs.plan() if plan.scope == BRAKEL.scope)
    assert plan.unsafe is not None


def test_what_another_network_marked_is_not_ours() -> None:
    runs = used()
    team = runs.server.all_teams[runs.server.team_named("Austausch OZG")]
    team.description = "[dnw:anderes/exchange_group:anders]"
    runs.wishes = Wishes((BRAKEL, NIEHEIM, KREIS), (), (PRESS,))
    assert "exchange_group:anders" not in {str(plan.scope) for plan in runs.plan()}


def test_a_renamed_folder_is_found_by_the_team_that_only_it_is_open_to() -> None:
    runs = used()
    runs.server.folder_named("Presse").name = "Presse neu"
    runs.server.folder_named("Austausch OZG").name = "OZG neu"
    runs.server.writes.clear()
    runs.apply()
    assert runs.server.writes == []
    assert codes(runs.plan()) >= {"renamed_by_hand"}
    assert {folder.name for folder in runs.server.all_folders.values()} == {"Presse neu", "OZG neu"}


def test_where_nothing_tells_which_it_is_a_person_is_asked_and_no_second_one_made() -> None:
    wishes = replace(WISHES, projects=(PLAIN,))
    runs = used(wishes)
    runs.server.folder_named("Kreisentwicklung").name = "Entwicklung"
    for _ in range(3):
        assert "folder_unclear" in codes(runs.plan())
        runs.apply()
    assert {folder.name for folder in runs.server.all_folders.values()} == {"Austausch OZG", "Entwicklung"}
    adoption = plan_adoption(PLAIN.scope, Kind.FOLDER, "Entwicklung", situation(runs))
    carry_out(runs, adoption)
    assert "folder_unclear" not in codes(runs.plan())
    runs.apply()
    assert {folder.name for folder in runs.server.all_folders.values()} == {"Austausch OZG", "Kreisentwicklung"}
    assert changes(runs.plan()) == []


def test_told_that_it_is_none_of_them_a_new_one_is_made() -> None:
    runs = used(replace(WISHES, projects=(PLAIN,)))
    runs.server.folder_named("Kreisentwicklung").name = "Entwicklung"
    runs.apply()
    runs.server.folder_named("Entwicklung").name = "Archiv – Entwicklung"
    runs.apply()
    assert "Kreisentwicklung" in {folder.name for folder in runs.server.all_folders.values()}


def test_while_the_state_is_kept_a_new_project_asks_nobody() -> None:
    runs = example()
    runs.apply()
    number = next(id for id, each in runs.server.all_folders.items() if each.name == "Presse")
    runs.server.foreign_folder("Übrig")
    stray = runs.server.folder_named("Übrig")
    stray.managers.add(Principal("user", SERVICE))
    runs.wishes = replace(WISHES, projects=(PRESS, PLAIN))
    runs.apply()
    assert runs.server.folder_named("Kreisentwicklung") and number in runs.server.all_folders
