"""The same network on older versions of Nextcloud, with what differs between them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from journeys_cli import digitalnetzwerk
from journeys_town import CONFIG, THREE, WORKSPACES, Town, a_town

from plugin.sandbox import Sandbox

OLDER = [(30, 0, 1), (33, 0, 0)]  # 31 is as 30, 32 as 33; on 34 every other journey runs, and 35 has its own
APP_PASSWORD = WORKSPACES.replace("env:NEXTCLOUD_PASSWORD", "env:APP_PASSWORD")


@contextmanager
def a_town_on(version: tuple[int, int, int], folder: Path, more: str = WORKSPACES) -> Iterator[Town]:
    with a_town(Sandbox(version=version), folder, CONFIG + more) as town:
        yield town


@pytest.mark.parametrize("version", OLDER)
def test_everything_stands_and_a_second_run_writes_nothing(tmp_path: Path, version: tuple[int, int, int]) -> None:
    with a_town_on(version, tmp_path) as town:
        run = town.apply()
        assert (run.code, run.problems) == (0, ())
        staff = town.as_staff("anna.brakel")
        assert town.titles() == sorted(each[2] for each in THREE)
        assert [each.name for each in staff.rooms.rooms()] == ["Austausch OZG"]
        assert staff.files.stat("/Austausch OZG") is not None and staff.files.stat("/Presse/Readme.md") is not None
        before = town.mark()
        assert town.apply(verify=True).code == 0
        assert town.writes(before) == []


@pytest.mark.parametrize("version", [(33, 0, 0), (34, 0, 1)])
def test_an_app_password_suffices_for_folders_before_34(tmp_path: Path, version: tuple[int, int, int]) -> None:
    with a_town_on(version, tmp_path, APP_PASSWORD) as town:
        codes = {each.code for each in town.apply().problems}
    assert ("confirmation_needed" in codes) is (version[0] >= 34)


@pytest.mark.parametrize(
    ("version", "said"), [((30, 0, 1), "lädt Gäste"), ((34, 0, 1), ""), ((29, 0, 0), "nicht erprobt")]
)
def test_check_online_says_what_the_version_means(tmp_path: Path, version: tuple[int, int, int], said: str) -> None:
    with a_town_on(version, tmp_path) as town:
        shown = digitalnetzwerk("-c", str(town.config), "check", "--online", environment=town.environment).out
    assert f"Nextcloud {version[0]}." in shown
    assert [words for words in ("lädt Gäste", "nicht erprobt") if words in shown] == [said] * bool(said)


def test_only_34_limits_how_often_calendars_are_shared(tmp_path: Path) -> None:
    for version, is_limited in (((33, 0, 0), False), ((34, 0, 1), True)):
        with a_town(Sandbox(version=version, limits="server"), tmp_path, CONFIG) as town:
            allowed = [town.sandbox.world.rate_limits.allow_share("digitalnetzwerk") for _ in range(30)]
            assert (not all(allowed)) is is_limited
