"""The privileged writes in their three ways, the probes of `check --online`, the login through the browser."""

from __future__ import annotations

import shlex

import pytest

from connectors.nextcloud import AdminLogin, Need, PrintCommands
from connectors.nextcloud.login_flow import start
from network.errors import NotThere, RightMissing
from network.ports import Principal


def test_an_app_password_alone_may_not_write_groups_and_the_line_that_may_is_told(place, name):
    server = place.connect()
    with pytest.raises(RightMissing) as caught:
        server.directory.create_group(name, "Größe 'x'")
    assert caught.value.code == "confirmation_needed"
    (command,) = caught.value.commands
    assert shlex.split(command) == ["occ", "group:add", "--display-name", "Größe 'x'", name]
    assert "admin_rights" in caught.value.remedy.de
    with pytest.raises(RightMissing) as caught:
        server.folders.create_folder(name)
    assert shlex.split(caught.value.commands[0]) == ["occ", "groupfolders:create", name]
    assert server.counts["POST"] == 2


def test_an_app_password_in_admin_rights_is_as_little_and_does_not_loop(place, name):
    server = place.connect(rights=AdminLogin(place.service, place.app_password))
    with pytest.raises(RightMissing):
        server.directory.create_group(name, "x")
    with pytest.raises(RightMissing):
        server.directory.create_group(name, "x")
    assert server.counts["POST"] <= 3


def test_printed_rights_write_nothing_and_say_every_line(place):
    server = place.connect(rights=PrintCommands())
    team, us = Principal("team", "a" * 31), Principal("user", "digitalnetzwerk")
    calls = {
        "occ group:add --display-name 'Stadt Brakel' brakel": lambda: server.directory.create_group(
            "brakel", "Stadt Brakel"
        ),
        "occ group:delete brakel": lambda: server.directory.delete_group("brakel"),
        "occ group:adduser 'a b' max.beispiel": lambda: server.directory.add_member("a b", "max.beispiel"),
        "occ group:removeuser brakel max.beispiel": lambda: server.directory.remove_member("brakel", "max.beispiel"),
        "occ user:add --generate-password --display-name 'Nele Neu' --email nele@x.example nele": lambda: (
            server.directory.create_account("nele", "Nele Neu", "nele@x.example")
        ),
        "occ user:disable nele": lambda: server.directory.set_enabled("nele", enabled=False),
        "occ user:enable nele": lambda: server.directory.set_enabled("nele", enabled=True),
        "occ groupfolders:create 'Archiv – Größe'": lambda: server.folders.create_folder("Archiv – Größe"),
        "occ groupfolders:rename 7 Neu": lambda: server.folders.rename_folder(7, "Neu"),
        f"occ groupfolders:group 7 {team.id} read": lambda: server.folders.grant(7, team, 1),
        f"occ groupfolders:group 7 {team.id} read write": lambda: server.folders.grant(7, team, 7),
        f"occ groupfolders:group 7 {team.id} read write share delete": lambda: server.folders.grant(7, team, 31),
        f"occ groupfolders:group --delete 7 {team.id}": lambda: server.folders.revoke(7, team),
        "occ groupfolders:quota 7 1000": lambda: server.folders.set_quota(7, 1000),
        "occ groupfolders:quota 7 unlimited": lambda: server.folders.set_quota(7, -3),
        "occ groupfolders:permissions 7 --manage-add --user digitalnetzwerk": lambda: server.folders.set_manager(
            7, us, manages=True
        ),
        "occ groupfolders:delete --force 7": lambda: server.folders.delete_folder(7),
    }
    for line, call in calls.items():
        with pytest.raises(RightMissing) as caught:
            call()
        assert caught.value.commands[-1] == line
        assert line in caught.value.remedy.de
    assert server.counts == {}


def test_a_confirmation_that_ran_out_costs_one_more_login_and_nothing_else(place, server, name):
    """An old session cookie of an app password stands in for one whose confirmation ran out."""
    privileged = server._rights._account
    server.directory.create_group(name, "x")
    stale = place.connect()
    stale.directory.groups()
    try:
        privileged.session.cookies.clear()
        privileged.session.cookies.update(stale._account.session.cookies)
        before = server.counts["POST"]
        server.directory.add_member(name, "anna.kreis")
        assert server.directory.members(name) == {"anna.kreis"}
        assert server.counts["POST"] - before == 2
    finally:
        server.directory.delete_group(name)


def test_everyday_reads_never_use_the_privileged_login(place, server):
    server.directory.groups()
    server.folders.folders()
    server.teams.teams()
    assert not server._rights._account.is_logged_in


def test_a_login_password_without_admin_rights_is_tried_and_works(place, name):
    from connectors.nextcloud import connect

    server = connect(place.url, place.service, place.password)
    server.directory.create_group(name, "x")
    server.directory.delete_group(name)
    with pytest.raises(NotThere):
        server.directory.members(name)


def probes(server, **need):
    return {each.right: each for each in server.probes(Need(**need))}


def test_probes_are_all_green_for_a_well_prepared_account(server):
    found = probes(server)
    assert {right: probe.message.de for right, probe in found.items() if not probe.ok and right != "brute_force"} == {}
    assert {"login", "calendars", "teams", "team_folders", "read_groups", "group_writes", "folder_writes"} <= set(found)


def test_the_right_to_make_accounts_is_asked_for_only_where_somebody_makes_some(place, server):
    assert "account_writes" not in probes(server)
    assert probes(server, writes_accounts=True)["account_writes"].ok
    missing = probes(place.staff(), writes_accounts=True)["account_writes"]
    assert not missing.ok
    assert missing.commands[-1].endswith(r"'OCA\Settings\Settings\Admin\Users' digitalnetzwerk-dienst")


def test_probes_change_nothing(place, server):
    if place.is_shared:
        pytest.skip("what others change would count")

    def everything():
        return server.directory.groups(), server.directory.accounts(), server.folders.folders()

    before = everything()
    server.probes(Need(writes_accounts=True))
    assert everything() == before


def test_probes_name_the_lines_that_an_ordinary_account_needs(place):
    found = probes(place.staff(), calendars=31, shares=21)
    assert found["login"].ok and found["calendars"].ok
    assert [
        right for right in ("read_groups", "read_accounts", "group_writes", "folder_writes") if found[right].ok
    ] == []
    assert found["read_groups"].commands[-1] == (
        r"occ admin-delegation:add 'OCA\Settings\Settings\Admin\Users' digitalnetzwerk-dienst"
    )
    assert "kreis-hoexter" not in " ".join(found["folder_writes"].commands)
    assert found["share_limit"].commands == (
        "occ config:app:set dav rateLimitShareAddressbookOrCalendar --type=integer --value=100",
    )
    assert found["calendar_creation"].commands and found["calendar_number"].commands


def test_printed_rights_are_no_missing_right(place):
    found = {each.right: each for each in place.connect(rights=PrintCommands()).probes()}
    assert found["group_writes"].ok and found["folder_writes"].ok


def test_probes_of_apps_that_nobody_wants_are_not_asked(server):
    found = probes(server, teams=False, team_folders=False, rooms=False, people=False, writes_groups=False)
    assert not {"teams", "rooms", "team_folders", "read_groups", "group_writes", "folder_writes"} & set(found)


def test_a_login_through_the_browser_waits_until_a_person_agrees(place):
    flow = start(place.url)
    assert flow.login_url.startswith(place.url)
    assert flow.poll() is None


def test_features_tell_version_and_apps(server):
    found = server.features()
    assert found.version >= (30,) and found.teams and found.team_folders
