"""What goes wrong behind our back, at a real Nextcloud: apps that are disabled for a while, a group that is deleted, a
team that is renamed. Needs OCC as well; everything is put back.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from test_live_first_hour import CREDENTIAL, LEVEL_1, LEVEL_3, Probe, probe

from connectors.nextcloud import NextcloudServer, connect
from network.errors import AppMissing
from plugin.render.run import Run

__all__ = ["probe"]
pytestmark = pytest.mark.live
WRITES = {"PUT", "POST", "DELETE", "MKCALENDAR", "PROPPATCH", "MOVE", "MKCOL"}
ASKED = {"spreed": lambda server: server.rooms.rooms(), "circles": lambda server: server.teams.teams(),
         "groupfolders": lambda server: server.folders.folders()}  # fmt: skip


def occ(*words: str) -> None:
    command = os.environ.get("OCC")
    if not command:
        pytest.skip("OCC is not set")
    subprocess.run([*command.split(), *words], check=True, capture_output=True)


def is_there(server: NextcloudServer, app: str) -> bool:
    try:
        ASKED[app](server)
    except AppMissing:
        return False
    return True


def wait_until(server: NextcloudServer, app: str, *, is_on: bool) -> None:
    """Every process of the server has its own memory of which apps are enabled, for some seconds."""
    for _ in range(60):
        if all(is_there(server, app) is is_on for _ in range(4)):
            return
        time.sleep(0.5)
    raise AssertionError(f"{app} is {'off' if is_on else 'on'} still")


@contextmanager
def disabled(server: NextcloudServer, app: str) -> Iterator[None]:
    occ("app:disable", app)
    try:
        wait_until(server, app, is_on=False)
        yield
    finally:
        occ("app:enable", app)
    wait_until(server, app, is_on=True)


def verified(probe: Probe) -> Run:
    return probe.do(lambda service: service.apply(verify=True))


def seen(probe: Probe) -> tuple[bool, bool, bool, list[str]]:
    """What a staff member sees of team, folder, room and calendar."""
    staff = connect(os.environ["NEXTCLOUD_URL"], "anna.brakel", os.environ["NEXTCLOUD_STAFF_PASSWORD"])
    name = f"Austausch {probe.suffix}"
    found = (
        name in {each.name for each in staff.teams.teams()},
        staff.files.stat(f"/{name}") is not None,
        name in {each.name for each in staff.rooms.rooms()},
        probe.titles(),
    )
    staff.close()
    return found


@pytest.mark.parametrize("app", ["spreed", "groupfolders", "circles"])
def test_disabled_for_a_while_nothing_is_lost_and_nothing_made_twice(probe: Probe, app: str) -> None:
    probe.write(LEVEL_1, LEVEL_3, rights=CREDENTIAL)
    assert probe.apply().code == 0
    before = seen(probe)
    assert before == (True, True, True, ["Datenschutz", "E-Akte", "OZG"])
    with disabled(probe.server, app):
        run = verified(probe)
        missing = [each for each in run.problems if each.code == "feature_missing"]
        assert len(missing) == 1 and f"occ app:enable {app}" in missing[0].remedy.de
        assert not set(run.requests) & WRITES
    again = verified(probe)
    assert again.code == 0 and not set(again.requests) & WRITES
    assert seen(probe) == before


def test_a_team_renamed_by_hand_keeps_its_name_or_gets_ours_back(probe: Probe) -> None:
    probe.write(LEVEL_1, LEVEL_3, rights=CREDENTIAL)
    assert probe.apply().code == 0
    (team,) = (each for each in probe.server.teams.teams() if each.name == f"Austausch {probe.suffix}")
    probe.server.teams.rename_team(team.id, f"Stammtisch {probe.suffix}")
    run = verified(probe)
    assert [each.code for each in run.problems] == ["renamed_by_hand"] and not set(run.requests) & WRITES
    probe.config.write_text(probe.config.read_text() + "exchange_group_defaults: {on_rename: put_back}\n")
    assert verified(probe).code == 0
    assert team.id in {each.id for each in probe.server.teams.teams() if each.name == f"Austausch {probe.suffix}"}
    assert verified(probe).plan.changes == ()


def test_a_group_deleted_behind_our_back_costs_nobody_anything(probe: Probe) -> None:
    group = f"dnw-{probe.suffix}"
    occ("group:add", group)
    occ("group:adduser", group, "anna.brakel")
    try:
        text = probe.config.read_text().replace("group: nieheim", f"group: {group}")
        probe.config.write_text(text)
        assert probe.apply().code == 0
        occ("group:delete", group)
        run = verified(probe)
        assert {each.code for each in run.problems} == {"group_missing"}
        assert not [change for change in run.plan.changes if change.loses]
        assert probe.titles() == ["Datenschutz", "E-Akte", "OZG"]
    finally:
        subprocess.run([*os.environ["OCC"].split(), "group:delete", group], check=False, capture_output=True)
