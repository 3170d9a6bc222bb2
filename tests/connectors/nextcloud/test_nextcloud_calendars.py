"""Calendars: listing, creating, marking, sharing, deleting; what others see is read as them."""

from __future__ import annotations

import pytest

from connectors.nextcloud import NextcloudServer
from network.errors import AlreadyThere, NotThere
from network.ports import CalendarSeen, CalendarWish, Principal, ShareRow


def seen(server: NextcloudServer, name: str) -> CalendarSeen | None:
    return next((each for each in server.calendars.calendars() if name in each.uri), None)


def test_a_created_calendar_is_listed_with_what_was_wished(server, calendar, name):
    found = seen(server, name)
    assert found.href == calendar
    assert (found.uri, found.name, found.color) == (f"dnw-{name}", name, "#2f6f4e")
    assert (found.description, found.has_timezone, found.components) == ("Versuch", True, ("VEVENT",))
    assert found.is_own and not found.trashed and found.marker == "" and found.shares == ()


def test_all_calendars_cost_one_request(server, calendar):
    before = server.counts
    server.calendars.calendars()
    after = server.counts
    assert {
        method: after[method] - before.get(method, 0) for method in after if after[method] != before.get(method)
    } == {"PROPFIND": 1}


def test_inbox_birthdays_and_trash_are_no_calendars(place):
    uris = {each.uri for each in place.staff().calendars.calendars()}
    assert "personal" in uris
    assert not uris & {"inbox", "outbox", "trashbin", "contact_birthdays", ""}


def test_a_taken_uri_is_already_there_also_in_the_trash(server, calendar, name):
    wish = CalendarWish(name, "#000000", "Europe/Berlin", "")
    with pytest.raises(AlreadyThere):
        server.calendars.create_calendar(f"dnw-{name}", wish)
    server.calendars.delete_calendar(calendar, purge=False)
    with pytest.raises(AlreadyThere):
        server.calendars.create_calendar(f"dnw-{name}", wish)


def test_name_colour_and_description_change_in_one_request(server, calendar, name):
    before = server.counts
    server.calendars.change_calendar(calendar, CalendarWish(f'Ä & <"{name}"> 🎓', "#123456", "Europe/Vienna", "neu"))
    assert server.counts.get("PROPPATCH", 0) - before.get("PROPPATCH", 0) == 1
    found = seen(server, name)
    assert (found.name, found.color, found.description) == (f'Ä & <"{name}"> 🎓', "#123456", "neu")


def test_a_marker_is_kept_and_a_purged_and_recreated_calendar_has_none(server, calendar, name):
    server.calendars.mark_calendar(calendar, "kreis-hoexter/schulungen <1>")
    assert seen(server, name).marker == "kreis-hoexter/schulungen <1>"
    server.calendars.delete_calendar(calendar, purge=True)
    server.calendars.create_calendar(f"dnw-{name}", CalendarWish(name, "#000000", "Europe/Berlin", ""))
    assert seen(server, name).marker == ""


def test_a_deleted_calendar_lies_in_the_trash_and_comes_back(server, calendar, name):
    server.calendars.delete_calendar(calendar, purge=False)
    assert seen(server, name).trashed
    assert server.calendars.restore_calendar(f"dnw-{name}") == calendar
    assert not seen(server, name).trashed


def test_a_purged_calendar_is_gone(server, calendar, name):
    server.calendars.delete_calendar(calendar, purge=True)
    assert seen(server, name) is None
    with pytest.raises(NotThere):
        server.calendars.restore_calendar(f"dnw-{name}")


def test_a_team_share_reaches_the_members_of_its_group_and_nobody_else(place, server, calendar, team, name):
    server.teams.add_members(team, [Principal("group", "kreis-hoexter")])
    server.calendars.share(calendar, [ShareRow(f"circles/{team}")], [])
    assert seen(server, name).shares == (ShareRow(f"circles/{team}"),)
    shared = seen(place.staff("anna.kreis"), name)
    assert shared.uri == f"dnw-{name}_shared_by_{server.account}" and not shared.is_own
    assert seen(place.staff("anna.brakel"), name) is None


def test_a_revoked_share_is_gone_for_the_other_person(place, server, calendar, name):
    row = ShareRow("groups/kreis-hoexter", read_write=True)
    server.calendars.share(calendar, [row], [])
    assert seen(server, name).shares == (row,)
    assert seen(place.staff("anna.kreis"), name) is not None
    server.calendars.share(calendar, [], [row.principal])
    assert seen(server, name).shares == ()
    assert seen(place.staff("anna.kreis"), name) is None


def test_a_group_is_shared_with_in_the_spelling_that_reaches_it(place, server, calendar, name):
    group = f"Rev Ä/{name}"
    server.directory.create_group(group, "Revision")
    try:
        server.directory.add_member(group, "anna.brakel")
        server.calendars.share(calendar, [ShareRow(f"groups/{group}")], [])
        assert seen(place.staff("anna.brakel"), name) is not None
    finally:
        server.directory.delete_group(group)


def test_unknown_principals_are_silently_left_out(server, calendar, name):
    server.calendars.share(calendar, [ShareRow("circles/GIBTESNICHT"), ShareRow("groups/gibt-es-nicht")], [])
    assert all("gibt" not in each.principal.lower() for each in seen(server, name).shares)


def test_ten_rows_go_into_one_request(server, calendar):
    def posts(rows: int) -> int:
        before = server.counts.get("POST", 0)
        server.calendars.share(calendar, [], [f"groups/keine-{number}" for number in range(rows)])
        return server.counts["POST"] - before

    assert [posts(1), posts(10), posts(11), posts(21)] == [1, 1, 2, 3]
