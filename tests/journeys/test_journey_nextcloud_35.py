"""Where Nextcloud makes a folder together with each team and the team owns it (35): that folder is the exchange group's.

Against the sandbox as version 35, which follows the sources; no such server could be asked.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from journeys_town import CONFIG, WORKSPACES, Town, a_town

from plugin.sandbox import Sandbox
from plugin.sandbox.team_folders import TeamFolder


@pytest.fixture
def town_35(tmp_path: Path) -> Iterator[Town]:
    with a_town(Sandbox(version=(35, 0, 0)), tmp_path, CONFIG + WORKSPACES) as made:
        yield made


def folders(town: Town) -> dict[str, TeamFolder]:
    return {each.mount_point: each for each in town.sandbox.world.team_folders.all.values()}


def readme(town: Town, account: str, folder: str) -> bool:
    return town.as_staff(account).files.stat(f"/{folder}/Readme.md") is not None


def test_the_folder_that_came_with_the_team_is_the_groups_and_there_is_no_second_one(town_35: Town) -> None:
    assert town_35.apply().code == 0
    assert set(folders(town_35)) == {"Austausch OZG", "Presse"}
    assert folders(town_35)["Austausch OZG"].team and not folders(town_35)["Presse"].team
    assert readme(town_35, "anna.brakel", "Austausch OZG") and readme(town_35, "anna.brakel", "Presse")
    assert not readme(town_35, "dora.nieheim", "Austausch OZG")


def test_a_second_run_writes_nothing_also_without_its_memory(town_35: Town) -> None:
    town_35.apply()
    before = town_35.mark()
    assert town_35.apply(verify=True).code == 0
    town_35.lose_memory()
    assert town_35.apply().code == 0
    assert town_35.writes(before) == []


def test_no_call_is_sent_that_such_a_folder_refuses(town_35: Town) -> None:
    town_35.swap("lead: [erika.kreis]", "lead: [erika.kreis], quota: 1 GB")
    town_35.apply()
    town_35.swap("name: Austausch OZG", "name: Austausch OZG und mehr")
    run = town_35.apply()
    assert run.code == 0 and [each.code for each in run.problems] == ["space_name"]
    assert folders(town_35)["Austausch OZG"].quota == 2**30
    refused = [each for each in town_35.sandbox.requests if "/apps/groupfolders/" in each.path and each.status >= 400]
    assert refused == []


def test_a_group_that_leaves_takes_no_file_with_it(town_35: Town) -> None:
    town_35.apply()
    town_35.as_staff("anna.brakel").files.write("/Austausch OZG/Notiz.md", b"bleibt")
    lines = town_35.config.read_text().splitlines(keepends=True)
    town_35.config.write_text("".join(each for each in lines if "ozg:" not in each).replace("exchange_groups:\n", ""))
    town_35.swap(", edit: {exchange_groups: [ozg]}", "")
    run = town_35.apply()
    assert run.code in (0, 3)
    for scope in [each.scope for each in run.plan.scopes if each.unsafe]:
        town_35.apply(scope=scope, fingerprint=town_35.plan(scope=scope).plan.fingerprint, release_unsafe=True)
    archive = folders(town_35)["Archiv – Austausch OZG"]
    assert not archive.team and not readme(town_35, "anna.brakel", "Archiv – Austausch OZG")
    town_35.wait(days=31)
    town_35.apply(verify=True)
    assert "Austausch OZG" not in {each.name for each in town_35.other_client().teams.teams()}
    files = town_35.other_client().files
    assert files.read("/Archiv – Austausch OZG/Notiz.md", max_bytes=99) == b"bleibt"


def test_where_the_server_was_told_to_make_none_we_make_an_ordinary_one(town_35: Town) -> None:
    town_35.sandbox.world.app_config.set("circles", "team_folder_auto_create", "false")
    assert town_35.apply().code == 1
    assert town_35.apply().code == 0
    assert not folders(town_35)["Austausch OZG"].team and readme(town_35, "anna.brakel", "Austausch OZG")
    assert town_35.plan(verify=True).code == 0


def test_after_an_update_from_34_everything_stays_as_it_is(tmp_path: Path) -> None:
    with a_town(Sandbox(), tmp_path, CONFIG + WORKSPACES) as town:
        town.apply()
        town.sandbox.update((35, 0, 0))
        before = town.mark()
        assert town.apply(verify=True).code == 0
        assert town.writes(before) == []


def test_the_way_back_leaves_nothing_of_ours(town_35: Town) -> None:
    town_35.apply()
    town_35._do(lambda service: service.carry_out(service.plan_removal()))
    assert folders(town_35) == {}
    assert town_35.other_client().teams.teams() == ()
