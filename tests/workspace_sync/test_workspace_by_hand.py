"""What people did by hand: people stay as the policy says, rights never, names and sizes are kept and reported."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from workspace_example import OZG, PEOPLE, PRESS, WISHES, example
from workspace_run import Runs, changes, codes, person
from workspace_stand_in import SERVICE

from network.model import PeopleDelivery, SourceState
from network.plan import ScopePlan
from network.ports import Principal, TeamMemberSeen
from workspace_sync.people import People
from workspace_sync.wish import AddedByHand, FolderWish, Wishes


@pytest.fixture
def runs() -> Runs:
    runs = example()
    runs.apply()
    runs.server.writes.clear()
    return runs


def members(runs: Runs, team: str = "Austausch OZG") -> dict[str, int]:
    rows = runs.server.all_teams[runs.server.team_named(team)].members.values()
    return {row.who.id: row.level for row in rows if row.who.id != SERVICE}


def group(runs: Runs, added_by_hand: AddedByHand) -> None:
    runs.wishes = replace(WISHES, exchange_groups=(replace(OZG, added_by_hand=added_by_hand),))


def exchange(plans: tuple[ScopePlan, ...]) -> ScopePlan:
    return next(plan for plan in plans if plan.scope == OZG.scope)


def test_whom_a_lead_took_in_stays_and_is_counted(runs: Runs) -> None:
    runs.server.add_by_hand(runs.server.team_named("Austausch OZG"), "frieda")
    plans = runs.plan()
    assert changes(plans) == []
    assert exchange(plans).kept == 1
    assert codes(plans) == set()


def test_with_report_the_person_stays_and_is_named(runs: Runs) -> None:
    group(runs, "report")
    runs.server.add_by_hand(runs.server.team_named("Austausch OZG"), "frieda")
    problems = [problem for problem in exchange(runs.plan()).problems if problem.code == "added_by_hand"]
    assert "frieda" in problems[0].message.de
    runs.apply()
    assert "frieda" in members(runs)


def test_with_remove_the_person_goes_everywhere(runs: Runs) -> None:
    group(runs, "remove")
    runs.server.add_by_hand(runs.server.team_named("Austausch OZG"), "frieda")
    runs.apply()
    assert "frieda" not in members(runs)
    assert "frieda" not in runs.server.in_room("Austausch OZG")


def test_after_loss_of_the_state_people_added_by_hand_still_stay(runs: Runs) -> None:
    runs.server.add_by_hand(runs.server.team_named("Austausch OZG"), "frieda")
    runs.lose_state()
    runs.apply()
    assert "frieda" in members(runs)


def test_whom_we_took_in_goes_when_the_topic_goes(runs: Runs) -> None:
    runs.people = People(tuple(each for each in PEOPLE.persons if each.account != "anna"))
    runs.apply()
    assert "anna" not in members(runs)
    assert "anna" not in runs.server.in_room("Austausch OZG")
    assert runs.server.may("anna", "Austausch OZG") == 0


def test_a_promoted_moderator_loses_the_room_with_the_team(runs: Runs) -> None:
    runs.server.room_named("Austausch OZG").moderators.add("anna")
    runs.people = People(tuple(each for each in PEOPLE.persons if each.account != "anna"))
    runs.apply()
    assert "anna" not in runs.server.in_room("Austausch OZG")
    assert changes(runs.plan()) == []


def test_nobody_but_a_lead_moderates(runs: Runs) -> None:
    runs.server.room_named("Austausch OZG").moderators.add("anna")
    team = runs.server.all_teams[runs.server.team_named("Austausch OZG")]
    for id, row in list(team.members.items()):
        if row.who.id == "anna":
            team.members[id] = replace(row, level=8)
    runs.apply()
    assert runs.server.room_named("Austausch OZG").moderators == {"erika"}
    assert members(runs)["anna"] == 1


def test_a_new_lead_moderates_and_the_old_one_does_no_longer(runs: Runs) -> None:
    runs.wishes = replace(WISHES, exchange_groups=(replace(OZG, leads=("max",)),))
    runs.apply()
    assert members(runs)["max"] == 4
    assert "erika" not in members(runs)
    assert runs.server.room_named("Austausch OZG").moderators == {"max"}
    assert "erika" not in runs.server.in_room("Austausch OZG")
    assert changes(runs.plan()) == []


def test_a_group_added_by_hand_is_taken_out_of_team_and_room(runs: Runs) -> None:
    team = runs.server.all_teams[runs.server.team_named("Austausch OZG")]
    team.members["x"] = TeamMemberSeen("x", Principal("group", "brakel"))
    runs.server.room_named("Austausch OZG").explicit[Principal("group", "brakel")] = 0
    runs.apply()
    assert "bernd" not in runs.server.in_room("Austausch OZG")
    assert runs.server.may("bernd", "Austausch OZG") == 0


def test_what_was_removed_by_hand_is_granted_again_and_says_so(runs: Runs) -> None:
    team = runs.server.all_teams[runs.server.team_named("Austausch OZG")]
    team.members = {id: row for id, row in team.members.items() if row.who.id != "anna"}
    runs.server.folder_named("Presse").grants.clear()
    plans = runs.plan()
    assert any("war schon einmal" in change.reason.de for change in exchange(plans).changes)
    runs.apply()
    assert "anna" in members(runs)
    assert runs.server.may("bernd", "Presse") == 1
    assert changes(runs.plan()) == []


def test_folder_rights_granted_by_hand_are_revoked(runs: Runs) -> None:
    folder = runs.server.folder_named("Austausch OZG")
    folder.grants[Principal("group", "brakel")] = 31
    folder.managers.add(Principal("user", "bernd"))
    runs.apply()
    assert runs.server.may("bernd", "Austausch OZG") == 0
    assert folder.managers == {Principal("user", SERVICE)}


def test_a_renamed_team_room_or_folder_keeps_its_name_and_is_reported(runs: Runs) -> None:
    runs.server.all_teams[runs.server.team_named("Stadt Brakel")].name = "Brakel!"
    runs.server.room_named("Austausch OZG").name = "OZG-Plausch"
    runs.server.folder_named("Presse").name = "Presse neu"
    plans = runs.plan()
    assert changes(plans) == []
    assert sum(problem.code == "renamed_by_hand" for plan in plans for problem in plan.problems) == 3


def test_with_put_back_everything_gets_its_name_back_and_the_other_one_is_in_the_history(runs: Runs) -> None:
    room_and_folder = replace(OZG.folder or FolderWish(""), on_rename="put_back")
    group = replace(OZG, folder=room_and_folder, on_rename="put_back")
    project = replace(PRESS, folder=replace(PRESS.folder, on_rename="put_back"), on_rename="put_back")
    runs.wishes = replace(WISHES, exchange_groups=(group,), projects=(project,))
    runs.server.all_teams[runs.server.team_named("Austausch OZG")].name = "OZG!"
    runs.server.all_teams[runs.server.team_named("Presse – Bearbeitung")].name = "Redaktion"
    runs.server.room_named("Austausch OZG").name = "OZG-Plausch"
    runs.server.folder_named("Presse").name = "Presse neu"
    renames = [change for plan in runs.plan() for change in plan.changes]
    assert all("put_back" in change.reason.de for change in renames) and len(renames) == 4
    runs.apply()
    assert runs.server.team_named("Austausch OZG") and runs.server.team_named("Presse – Bearbeitung")
    assert runs.server.room_named("Austausch OZG") and runs.server.folder_named("Presse")
    assert {value for _, _, value in runs.books.history} == {"OZG!", "Redaktion", "OZG-Plausch", "Presse neu"}
    assert changes(runs.plan()) == []


def test_a_rename_in_the_configuration_renames_there(runs: Runs) -> None:
    renamed = replace(OZG, name="OZG und mehr", folder=replace(OZG.folder or FolderWish(""), name="OZG und mehr"))
    runs.wishes = replace(WISHES, exchange_groups=(renamed,))
    runs.apply()
    assert runs.server.team_named("OZG und mehr")
    assert runs.server.room_named("OZG und mehr")
    assert runs.server.may("anna", "OZG und mehr") == 15
    assert changes(runs.plan()) == []


def test_where_both_renamed_the_configuration_wins_and_the_other_name_is_in_the_history(runs: Runs) -> None:
    runs.server.folder_named("Presse").name = "von Hand"
    runs.wishes = replace(WISHES, projects=(replace(PRESS, folder=replace(PRESS.folder, name="Presse 2")),))
    runs.apply()
    assert runs.server.folder_named("Presse 2")
    assert ("folder", "name", "von Hand") in runs.books.history


def test_a_quota_changed_by_hand_stays_and_is_reported(runs: Runs) -> None:
    runs.server.folder_named("Presse").quota = 7
    plans = runs.plan()
    assert changes(plans) == []
    assert codes(plans) == {"local_edit"}


def test_a_lost_mark_is_put_back_and_a_remark_beside_it_stays(runs: Runs) -> None:
    team = runs.server.all_teams[runs.server.team_named("Stadt Brakel")]
    team.description = "Von Hand beschrieben"
    runs.apply()
    assert team.description == "Von Hand beschrieben\n[dnw:kreis/administration:brakel]"


def test_an_unknown_account_costs_that_account_alone() -> None:
    runs = example(people=People((*PEOPLE.persons, person("niemand", "brakel", "ozg"))))
    report = runs.apply()
    told = [outcome.problem for outcome in report.outcomes if outcome.problem is not None]
    assert [(problem.code, "user:niemand" in problem.message.de) for problem in told] == [("unknown_account", True)]
    assert report.is_whole, "a list of contacts is never quite right"
    assert "anna" in members(runs)
    assert runs.server.may("anna", "Austausch OZG") == 15
    runs.server.writes.clear()
    assert "unknown_account" in codes(runs.plan())
    runs.apply()
    assert runs.server.writes == [], "nobody asks for the same stranger in every run"
    runs.server.users.add("niemand")
    runs.later(runs.now + timedelta(hours=1))
    runs.apply()
    assert "niemand" in members(runs)
    assert codes(runs.plan()) == set()


def test_an_account_in_other_capitals_is_the_same_person() -> None:
    people = People((*(each for each in PEOPLE.persons if each.account != "anna"), person("Anna", "brakel", "ozg")))
    told = PeopleDelivery("gruppen", SourceState.FRESH, (person("anna", "brakel"), person("erika")), spells=True)
    people = People.gather((told, PeopleDelivery("liste", SourceState.FRESH, people.persons)))
    runs = example(replace(WISHES, exchange_groups=(replace(OZG, leads=("ERIKA",)),)), people=people)
    report = runs.apply()
    assert report.is_whole
    assert (members(runs)["anna"], members(runs)["erika"]) == (1, 4)
    assert runs.server.room_named("Austausch OZG").moderators == {"erika"}
    assert changes(runs.plan()) == []
    assert exchange(runs.plan()).kept == 0, "nobody was added by hand"
    runs.people = replace(people, persons=tuple(each for each in people.persons if "ozg" not in each.topics))
    runs.apply()
    assert "anna" not in members(runs)
    assert "anna" not in runs.server.in_room("Austausch OZG")


def test_an_open_group_is_visible_and_can_be_joined() -> None:
    runs = example(replace(WISHES, exchange_groups=(replace(OZG, is_open=True),)))
    runs.apply()
    assert runs.server.all_teams[runs.server.team_named("Austausch OZG")].config == 24
    runs.wishes = WISHES
    runs.apply()
    assert runs.server.all_teams[runs.server.team_named("Austausch OZG")].config == 0


def test_a_team_taken_out_of_our_hands_is_left_alone(runs: Runs) -> None:
    runs.server.all_teams[runs.server.team_named("Austausch OZG")].owner = "erika"
    runs.server.room_named("Austausch OZG").name = "egal"
    plans = runs.plan()
    assert exchange(plans).changes == ()
    assert "ownership_lost" in codes(plans)


def test_an_exchange_group_may_hold_another_one() -> None:
    inner = replace(OZG, key="innen", name="Innerer Kreis", folder=None)
    outer = replace(OZG, key="aussen", name="Äußerer Kreis", members=(OZG.members[0].__class__(exchange_groups=("innen",)),), folder=FolderWish("Außen"))  # fmt: skip
    runs = example(Wishes(WISHES.administrations, (inner, outer)))
    runs.apply()
    assert runs.server.may("anna", "Außen") == 15
    assert changes(runs.plan()) == []


def test_a_description_changed_in_the_configuration_is_written_there() -> None:
    runs = example(replace(WISHES, exchange_groups=(replace(OZG, description="Alt"),)))
    runs.apply()
    runs.wishes = replace(WISHES, exchange_groups=(replace(OZG, description="Neu"),))
    runs.apply()
    team = runs.server.all_teams[runs.server.team_named("Austausch OZG")]
    wanted = "Neu\n[dnw:kreis/exchange_group:ozg]"
    assert (team.description, runs.server.room_named("Austausch OZG").description) == (wanted, wanted)
    assert changes(runs.plan()) == []


def test_a_description_written_by_hand_stays_and_gives_way_only_to_a_new_one() -> None:
    runs = example(replace(WISHES, exchange_groups=(replace(OZG, description="Alt"),)))
    runs.apply()
    team = runs.server.all_teams[runs.server.team_named("Austausch OZG")]
    team.description = "Von Hand"
    runs.apply()
    runs.apply()
    assert team.description == "Von Hand\n[dnw:kreis/exchange_group:ozg]"
    runs.wishes = replace(WISHES, exchange_groups=(replace(OZG, description="Neu"),))
    runs.apply()
    assert team.description.startswith("Neu")
    assert any(value.startswith("Von Hand") for _, name, value in runs.books.history if name == "description")


def test_a_group_that_holds_another_one_is_complete_after_one_run_whatever_stands_first() -> None:
    outer = replace(OZG, key="aussen", name="Äußerer Kreis", members=(OZG.members[0].__class__(exchange_groups=("ozg",)),), folder=None)  # fmt: skip
    runs = example(replace(WISHES, exchange_groups=(outer, OZG)))
    report = runs.apply()
    assert report.is_whole
    assert "anna" in runs.server.in_room("Äußerer Kreis")
    assert changes(runs.plan()) == []


def test_a_group_of_ours_keeps_people_in_other_capitals_and_asks_for_strangers_once() -> None:
    runs = example(people=People((*PEOPLE.persons, person("FRIEDA", "kreis"), person("niemand", "kreis"))))
    report = runs.apply()
    assert report.is_whole
    runs.server.writes.clear()
    assert changes(runs.plan()) == []
    assert "unknown_account" in codes(runs.plan())
    assert "frieda" in runs.server.all_groups["kreis-staff"]
