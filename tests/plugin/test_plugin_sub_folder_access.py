"""What a sub-folder of the settings grants: what it writes, and what it takes over from above."""

from datetime import date
from pathlib import Path

from network.settings import load
from plugin.wishes.workspaces import workspace_wishes
from workspace_sync.named_people import named_people, rights, teams_of
from workspace_sync.wish import ProjectWish

CONFIG = """\
network: {{id: x, name: Netz, timezone: UTC, contact: {{name: X, mail: x@x.example}}}}
nextcloud: {{url: https://x.example, username: x, password: env:X}}
administrations:
  brakel:  {{name: Stadt Brakel, group: brakel}}
  nieheim: {{name: Stadt Nieheim, group: nieheim}}
  warburg: {{name: Stadt Warburg, group: warburg, services: [calendars]}}
exchange_groups:
  gs: {{name: Stelle, lead: [erika]}}
projects:
  p:
    name: Projekt
    access: {{read: {{administrations: all}}, edit: {{people: [anna, bernd]}}, manage: {{exchange_groups: [gs]}}}}
    folders:
{folders}
"""
READ, EDIT, MANAGE = 1, 15, 31
BRAKEL, NIEHEIM, GS = "administration:brakel", "administration:nieheim", "exchange_group:gs"
EDITORS = "project:p/edit"


def project(tmp_path: Path, *folders: str) -> ProjectWish:
    path = tmp_path / "netz.yaml"
    path.write_text(CONFIG.format(folders="\n".join(f"      {each}" for each in folders)))
    return workspace_wishes(load(path, today=date(2026, 1, 1)).settings).projects[0]


def granted(wish: ProjectWish) -> dict[str, dict[str, int]]:
    """Path → bits by team, as if every team were there."""
    teams = teams_of(wish)
    usable = frozenset(teams.values())
    return {each.path: rights(each.access, teams, usable) for each in wish.sub_folders}


def test_edit_own_takes_reading_from_nobody(tmp_path: Path) -> None:
    found = granted(project(tmp_path, '"Verwaltungen/{administration}": {edit: own}'))
    assert found == {
        "Verwaltungen/Stadt Brakel": {BRAKEL: EDIT, NIEHEIM: READ, EDITORS: READ, GS: MANAGE},
        "Verwaltungen/Stadt Nieheim": {NIEHEIM: EDIT, BRAKEL: READ, EDITORS: READ, GS: MANAGE},
    }


def test_an_administration_without_workspaces_has_no_folder(tmp_path: Path) -> None:
    assert not [path for path in granted(project(tmp_path, '"{administration}": {edit: own}')) if "Warburg" in path]


def test_read_and_edit_own_hides_it_from_the_others(tmp_path: Path) -> None:
    found = granted(project(tmp_path, '"{administration}": {read: own, edit: own}'))
    assert found["Stadt Brakel"] == {BRAKEL: EDIT, GS: MANAGE}


def test_a_path_that_is_written_out_goes_before_one_for_all(tmp_path: Path) -> None:
    found = granted(project(tmp_path, '"{administration}": {edit: own}', '"Stadt Brakel": {edit: none}'))
    assert found["Stadt Brakel"][BRAKEL] == READ
    assert found["Stadt Nieheim"][NIEHEIM] == EDIT


def test_what_a_folder_does_not_say_holds_as_in_the_nearest_one_above(tmp_path: Path) -> None:
    found = granted(project(tmp_path, "Zu: {read: none, edit: none}", "Zu/Innen: {edit: {administrations: [brakel]}}"))
    assert found["Zu"] == {GS: MANAGE}
    assert found["Zu/Innen"] == {BRAKEL: EDIT, GS: MANAGE}


def test_somebody_else_named_for_editing_does_not_share_a_team_with_those_who_may_only_read_there(
    tmp_path: Path,
) -> None:
    wish = project(tmp_path, "Akte: {edit: {people: [clara]}}")
    found = granted(wish)["Akte"]
    held = {team.key: {name for each in team.selectors for name in each.people} for team in named_people(wish)}
    assert {name: found[key] for key, names in held.items() if key in found for name in names} == {
        "anna": READ,
        "bernd": READ,
        "clara": EDIT,
    }


def test_people_who_are_named_in_part_get_a_team_of_their_own(tmp_path: Path) -> None:
    wish = project(tmp_path, "Akte: {edit: {people: [anna]}}")
    held = {team.key: {name for each in team.selectors for name in each.people} for team in named_people(wish)}
    [own] = [key for key, bits in granted(wish)["Akte"].items() if bits == EDIT and key in held]
    assert held[own] == {"anna"}


def test_the_same_people_need_no_second_team(tmp_path: Path) -> None:
    wish = project(tmp_path, "Akte: {read: none, edit: {people: [anna, bernd]}}")
    assert [team.key for team in named_people(wish)] == [EDITORS]
