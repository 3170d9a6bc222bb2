"""The printed occ lines really do it. Needs a real Nextcloud and OCC, the path of its occ, in the environment."""

from __future__ import annotations

import os
import shlex
import subprocess

import pytest

from connectors.nextcloud import PrintCommands
from network.errors import RightMissing
from network.ports import Principal


@pytest.fixture
def printed(place):
    """Carries out what the call would have done by running the lines that it printed instead."""
    if "OCC" not in os.environ or "127.0.0.1" not in place.url or place.url != os.environ.get("NEXTCLOUD_URL"):
        pytest.skip("no occ at hand")
    server = place.connect(rights=PrintCommands())

    def run(call):
        with pytest.raises(RightMissing) as caught:
            call(server)
        assert caught.value.commands
        for line in caught.value.commands:
            _, *words = shlex.split(line)
            subprocess.run([os.environ["OCC"], *words], check=True, capture_output=True, timeout=60)

    return run


def group_seen(server, name):
    return next((each for each in server.directory.groups() if each.id == name), None)


def folder_seen(server, name):
    return next((each for each in server.folders.folders() if each.name == name), None)


def test_lines_for_groups(server, printed, name):
    printed(lambda to: to.directory.create_group(name, "Größe & 'Maß'"))
    try:
        assert group_seen(server, name).name == "Größe & 'Maß'"
        printed(lambda to: to.directory.add_member(name, "anna.kreis"))
        assert server.directory.members(name) == {"anna.kreis"}
        printed(lambda to: to.directory.remove_member(name, "anna.kreis"))
        assert server.directory.members(name) == frozenset()
    finally:
        printed(lambda to: to.directory.delete_group(name))
    assert group_seen(server, name) is None


def test_lines_for_team_folders(server, printed, team, name):
    us, ours = Principal("user", server.account), Principal("team", team)
    printed(lambda to: to.folders.create_folder(name))
    folder = folder_seen(server, name).id
    try:
        for permissions in (1, 7, 15, 31):
            printed(lambda to: to.folders.grant(folder, ours, permissions))  # noqa: B023 - called at once
            assert dict(folder_seen(server, name).grants) == {ours: permissions}
        printed(lambda to: to.folders.set_quota(folder, 20 * 1024**3))
        assert folder_seen(server, name).quota == 20 * 1024**3
        printed(lambda to: to.folders.set_quota(folder, -3))
        assert folder_seen(server, name).quota == -3
        printed(lambda to: to.folders.set_manager(folder, us, manages=True))
        assert folder_seen(server, name).managers == (us,)
        printed(lambda to: to.folders.set_manager(folder, us, manages=False))
        assert folder_seen(server, name).managers == ()
        printed(lambda to: to.folders.rename_folder(folder, f"Archiv – {name}"))
        printed(lambda to: to.folders.revoke(folder, ours))
        assert folder_seen(server, f"Archiv – {name}").grants == ()
    finally:
        printed(lambda to: to.folders.delete_folder(folder))
    assert folder_seen(server, f"Archiv – {name}") is None
