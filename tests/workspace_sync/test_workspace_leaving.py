"""Leaving the configuration: people lose access at once, the rest stays for a while, folders for good."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from workspace_example import BRAKEL, KREIS, OZG, PEOPLE, PRESS, WISHES, example
from workspace_run import Runs, changes
from workspace_stand_in import NOW, SERVICE

from network.text import Text
from workspace_sync import words
from workspace_sync.people import People
from workspace_sync.wish import ProjectWish, Wishes


def used() -> Runs:
    runs = example()
    runs.apply()
    runs.server.folder_named("Austausch OZG").files["wichtig.md"] = b"x"
    runs.server.add_by_hand(runs.server.team_named("Austausch OZG"), "frieda")
    return runs


def leave(runs: Runs, wishes: Wishes) -> None:
    runs.wishes = wishes
    runs.apply(released=[OZG.scope, PRESS.scope, BRAKEL.scope, KREIS.scope])


def test_an_exchange_group_that_left_keeps_nobody_and_its_folder_is_archived() -> None:
    runs = used()
    leave(runs, replace(WISHES, exchange_groups=()))
    team = runs.server.all_teams[runs.server.team_named("Austausch OZG")]
    assert {row.who.id for row in team.members.values()} == {SERVICE}
    assert runs.server.in_room("Austausch OZG") == {SERVICE}
    folder = runs.server.folder_named("Archiv – Austausch OZG")
    assert folder.files["wichtig.md"] == b"x"
    assert len(folder.grants) == 1
    assert runs.server.may(SERVICE, "Archiv – Austausch OZG") == 31
    assert changes(runs.plan()) == []


def test_leaving_a_full_group_counts_for_the_guard() -> None:
    runs = used()
    runs.wishes = replace(WISHES, exchange_groups=())
    plan = next(plan for plan in runs.plan() if plan.scope == OZG.scope)
    assert plan.unsafe is not None
    runs.apply()
    assert "anna" in runs.server.in_room("Austausch OZG")
    assert "Austausch OZG" in {folder.name for folder in runs.server.all_folders.values()}, (
        "renamed before anybody said so"
    )
    [noted] = [each for each in plan.changes if each.scope == OZG.scope]
    assert noted.reason == words.NOTED


def test_the_guard_names_people_once_and_never_more_than_there_are() -> None:
    runs = used()
    runs.wishes = replace(WISHES, exchange_groups=())
    plan = next(plan for plan in runs.plan() if plan.scope == OZG.scope)
    everybody = {each for change in plan.held for each in change.lost or ()}
    assert len(everybody) == 5 < len([change for change in plan.held if change.lost])
    assert plan.unsafe == Text(
        "5 von 6 Mitgliedern und 1 von 2 Freigaben würden verloren gehen",
        "5 of 6 members and 1 of 2 shares would be lost",
    )


def test_a_group_of_one_that_left_stops_first_too() -> None:
    small = replace(OZG, members=(), folder=None)
    runs = example(replace(WISHES, exchange_groups=(small,), projects=()))
    runs.apply()
    runs.wishes = replace(WISHES, exchange_groups=(), projects=())
    plan = next(plan for plan in runs.plan() if plan.scope == OZG.scope)
    assert plan.unsafe is not None
    runs.apply()
    assert runs.server.in_room("Austausch OZG") == {SERVICE, "erika"}
    runs.apply(released=[OZG.scope])
    assert runs.server.in_room("Austausch OZG") == {SERVICE}


def test_an_administration_that_left_always_stops_first() -> None:
    runs = used()
    runs.wishes = replace(WISHES, administrations=WISHES.administrations[1:])
    plan = next(plan for plan in runs.plan() if plan.scope == BRAKEL.scope)
    assert plan.unsafe is not None


def test_team_and_room_are_deleted_thirty_days_later_and_not_before() -> None:
    runs = used()
    left = replace(WISHES, exchange_groups=(), projects=(replace(PRESS, access=PRESS.access[:2]),))
    leave(runs, left)
    runs.later(NOW + timedelta(days=29))
    leave(runs, left)
    assert runs.server.team_named("Austausch OZG")
    runs.later(NOW + timedelta(days=31))
    runs.apply(verify=False)
    assert "Austausch OZG" not in {team.name for team in runs.server.all_teams.values()}
    assert not runs.server.all_rooms
    assert runs.server.folder_named("Archiv – Austausch OZG")
    assert changes(runs.plan()) == []


def test_back_in_the_configuration_everything_is_as_before() -> None:
    runs = used()
    before = runs.server.state()
    team = runs.server.team_named("Austausch OZG")
    _, guest = runs.server.all_teams[team].members.popitem()  # what was added by hand is gone
    runs.server.take(team, guest.who)
    without_guest = runs.server.state()
    assert before != without_guest
    leave(runs, replace(WISHES, exchange_groups=()))
    leave(runs, WISHES)
    assert runs.server.state() == without_guest
    assert changes(runs.plan()) == []


def test_of_a_group_only_the_memberships_go_that_we_made() -> None:
    runs = example(Wishes((KREIS,)))
    runs.server.all_groups["kreis-staff"] = {"max"}
    runs.server.group_names["kreis-staff"] = "Personal"
    runs.apply()
    assert runs.server.all_groups["kreis-staff"] == {"dora", "emil", "max"}
    leave(runs, Wishes())
    assert runs.server.all_groups["kreis-staff"] == {"max"}


def test_a_project_that_is_over_can_be_read_and_a_month_later_is_archived() -> None:
    runs = used()
    runs.wishes = replace(WISHES, projects=(replace(PRESS, until=date(2027, 3, 1)),))
    runs.apply()
    assert runs.server.may("presse", "Presse") == 15  # its last day
    runs.later(NOW + timedelta(days=1))
    runs.apply(verify=False, released=[PRESS.scope])
    assert (runs.server.may("presse", "Presse"), runs.server.may("bernd", "Presse")) == (1, 1)
    runs.later(NOW + timedelta(days=31))
    runs.apply(verify=False, released=[PRESS.scope])
    assert (runs.server.may("presse", "Archiv – Presse"), runs.server.may("bernd", "Archiv – Presse")) == (0, 0)
    assert changes(runs.plan()) == []


def test_a_project_may_be_told_to_stay_as_it_is() -> None:
    runs = used()
    runs.later(NOW + timedelta(days=400))
    runs.wishes = replace(WISHES, projects=(replace(PRESS, until=date(2027, 3, 1), when_over="keep"),))
    runs.apply()
    assert runs.server.may("presse", "Presse") == 15


def test_a_prolonged_project_opens_again() -> None:
    runs = used()
    runs.later(NOW + timedelta(days=100))
    runs.wishes = replace(WISHES, projects=(replace(PRESS, until=date(2027, 3, 1)),))
    runs.apply(released=[PRESS.scope])
    runs.wishes = replace(WISHES, projects=(replace(PRESS, until=date(2028, 3, 1)),))
    runs.apply()
    assert runs.server.may("presse", "Presse") == 15
    assert changes(runs.plan()) == []


def test_named_people_who_are_named_no_longer_lose_their_team() -> None:
    runs = used()
    runs.wishes = replace(WISHES, projects=(replace(PRESS, access=PRESS.access[:1]),))
    runs.apply()
    assert runs.server.may("presse", "Presse") == 0
    assert "Presse – Bearbeitung" not in {team.name for team in runs.server.all_teams.values()}
    assert changes(runs.plan()) == []


def test_two_projects_of_one_name_are_archived_under_two() -> None:
    runs = example(Wishes((), (), (PRESS,)))
    runs.apply()
    leave(runs, Wishes())
    again: ProjectWish = replace(PRESS, key="presse-2")
    runs.wishes = Wishes((), (), (again,))
    runs.apply()
    leave(runs, Wishes())
    runs.apply(released=[again.scope])
    assert {folder.name for folder in runs.server.all_folders.values()} == {"Archiv – Presse", "Archiv – Presse 2"}


def test_a_town_whose_people_are_kept_by_a_list_leaves_with_its_people() -> None:
    runs = used()
    runs.people = People(tuple(each for each in PEOPLE.persons if each.administration != "kreis"))
    leave(runs, replace(WISHES, administrations=WISHES.administrations[:2]))
    assert runs.server.may("dora", "Presse") == 0
    assert runs.server.all_groups["kreis-staff"] == set()


def test_a_group_that_wants_no_folder_any_more_archives_it_and_opens_it_again() -> None:
    runs = used()
    runs.wishes = replace(WISHES, exchange_groups=(replace(OZG, folder=None),))
    runs.apply()
    assert runs.server.may("anna", "Archiv – Austausch OZG") == 0
    assert runs.server.folder_named("Archiv – Austausch OZG").files["wichtig.md"] == b"x"
    assert changes(runs.plan()) == []
    runs.wishes = WISHES
    runs.apply()
    assert runs.server.may("anna", "Austausch OZG") == 15
    assert changes(runs.plan()) == []


def test_a_group_that_wants_no_room_any_more_empties_it_and_deletes_it_later() -> None:
    runs = used()
    without = replace(WISHES, exchange_groups=(replace(OZG, room=False),))
    runs.wishes = without
    runs.apply(released=[OZG.scope])
    assert runs.server.in_room("Austausch OZG") == {SERVICE}
    assert runs.server.may("anna", "Austausch OZG") == 15
    assert changes(runs.plan()) == []
    runs.wishes = WISHES
    runs.apply()
    assert "anna" in runs.server.in_room("Austausch OZG")
    runs.wishes = without
    runs.apply(released=[OZG.scope])
    runs.later(NOW + timedelta(days=31))
    runs.apply()
    assert not runs.server.all_rooms
    assert changes(runs.plan()) == []
