"""What a server does on its bad days: limits, missing apps, a connection that breaks after the deed. Sandbox only."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest

from connectors.nextcloud import AdminLogin, Need, connect
from network.errors import LimitReached, LoginRefused, ServerBusy, Unreachable
from network.ports import CalendarWish, ShareRow
from plugin.sandbox import Sandbox

WISH = CalendarWish("Schulungen", "#2f6f4e", "Europe/Berlin", "")


def service(sandbox, rights=None):
    return connect(sandbox.url, sandbox.service.user, sandbox.service.app_password, rights=rights)


@pytest.fixture
def sandbox():
    with Sandbox(limits="server") as found:
        yield found


def test_more_than_ten_calendars_an_hour_are_a_limit_and_go_on_later(sandbox):
    server = service(sandbox)
    made = 0
    with pytest.raises(LimitReached) as caught:
        for number in range(12):
            server.calendars.create_calendar(f"dnw-{number}", WISH)
            made += 1
    assert caught.value.setting == "dav rateLimitCalendarCreation"
    assert made in (10, 11)  # the first one may slip through before there is a session
    sandbox.advance(timedelta(hours=1, seconds=1))
    server.calendars.create_calendar("dnw-danach", WISH)


def test_more_than_thirty_calendars_in_all_are_a_limit(sandbox):
    server = service(sandbox)
    with pytest.raises(LimitReached) as caught:
        for number in range(40):
            if number % 9 == 8:
                sandbox.advance(timedelta(hours=1, seconds=1))
            server.calendars.create_calendar(f"dnw-{number}", WISH)
    assert caught.value.setting == "dav maximumCalendarsSubscriptions"


def test_more_than_twenty_shares_an_hour_are_a_limit_and_everything_else_goes_on(sandbox):
    server = service(sandbox)
    href = server.calendars.create_calendar("dnw-a", WISH)
    with pytest.raises(LimitReached) as caught:
        for _ in range(21):
            server.calendars.share(href, [ShareRow("groups/admin")], [])
    assert caught.value.setting == "dav rateLimitShareAddressbookOrCalendar"
    assert [each.shares for each in server.calendars.calendars() if each.href == href] == [(ShareRow("groups/admin"),)]


def test_a_connection_that_breaks_after_a_write_leaves_the_deed_done_and_says_so(sandbox):
    server = service(sandbox)
    sandbox.drop_after("MKCALENDAR", "dnw-a")
    with pytest.raises(Unreachable):
        server.calendars.create_calendar("dnw-a", WISH)
    assert [each.uri for each in server.calendars.calendars() if each.uri == "dnw-a"] == ["dnw-a"]
    assert sum(1 for request in sandbox.requests if request.method == "MKCALENDAR") == 1


def test_a_read_goes_on_over_a_broken_connection(sandbox):
    server = service(sandbox)
    server.calendars.calendars()
    sandbox.drop_after("PROPFIND", "calendars")
    server.calendars.calendars()


def test_wrong_logins_of_others_lock_our_address_out_and_we_say_what_helps(sandbox):
    for _ in range(12):
        with suppress(LoginRefused, ServerBusy):
            connect(sandbox.url, "admin", "falsch").features()
    with pytest.raises(ServerBusy) as caught:
        service(sandbox).features()
    assert "security:bruteforce:reset" in caught.value.remedy.de


def test_a_confirmation_of_half_an_hour_ago_is_renewed(sandbox):
    server = service(sandbox, AdminLogin(sandbox.service.user, sandbox.service.password))
    server.directory.create_group("eins", "Eins")
    sandbox.advance(timedelta(minutes=31))
    server.directory.create_group("zwei", "Zwei")
    assert {"eins", "zwei"} <= {each.id for each in server.directory.groups()}
    assert sum(1 for request in sandbox.requests if request.method == "POST") == 3


def test_missing_apps_are_seen_and_named():
    with Sandbox(talk=False, teams=False, team_folders=False) as bare:
        server = service(bare)
        found = server.features()
        assert (found.teams, found.team_folders, found.rooms) == (False, False, False)
        missing = {each.right: each.commands for each in server.probes(Need()) if not each.ok}
        assert missing["rooms"] == ("occ app:install spreed",)
        assert missing["teams"] == ("occ app:install circles",)
        assert missing["team_folders"] == ("occ app:install groupfolders",)
