"""Invitations: when they go out, where they arrive, how answers come back, and how to keep silent."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from contract_server import C, Client, D, Person, Server, event, fresh_person, unique

PERSONAL = "personal/"


@pytest.fixture
def guest(server: Server, admin: Client) -> Iterator[Person]:
    """A fresh account with a personal calendar and nothing in it."""
    yield from fresh_person(server, admin, "Gisela")


def _invitation(uid: str, owner: Person, guest: Person, summary: str = "Schulung", more: str = "") -> str:
    lines = (
        f"ORGANIZER:mailto:{owner.mail}\r\n"
        f"ATTENDEE;CN=Olga;PARTSTAT=ACCEPTED:mailto:{owner.mail}\r\n"
        f"ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE{more}:mailto:{guest.mail}\r\n"
    )
    return event(uid, summary, lines)


def _unfolded(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n ", "")


def _copies(guest: Person, uid: str) -> dict[str, str]:
    """Text by path of the guest's objects with this UID."""
    found = {}
    for row in guest.client.propfind(guest.client.home(PERSONAL), "d:getetag", depth="1")[1:]:
        path = row.href.removeprefix("/remote.php/dav")
        text = _unfolded(guest.client.dav("GET", path).content.decode())
        if f"UID:{uid}\n" in text:
            found[path] = text
    return found


def _invite(owner: Person, calendar: str, guest: Person, uid: str, **headers: str) -> tuple[int, bool]:
    """Status and whether an ETag came back."""
    made = owner.client.put_event(f"{calendar}{uid}.ics", _invitation(uid, owner, guest), x_nc_scheduling="", **headers)
    return made.status_code, "ETag" in made.headers


def test_a_local_guest_gets_a_copy_and_no_etag_comes_back(owner: Person, calendar: str, guest: Person) -> None:
    uid = unique("u")
    assert _invite(owner, calendar, guest, uid) == (201, False)
    copies = _copies(guest, uid)
    assert len(copies) == 1
    path, text = copies.popitem()
    assert path.rpartition("/")[2].startswith("sabredav-")
    assert "SUMMARY:Schulung" in text
    assert "METHOD" not in text
    assert "SCHEDULE-STATUS=" in _unfolded(owner.client.dav("GET", f"{calendar}{uid}.ics").text)


@pytest.mark.parametrize("way", ["header", "agent-client", "foreign-organizer"])
def test_ways_to_keep_silent_keep_the_etag_too(owner: Person, calendar: str, guest: Person, way: str) -> None:
    uid = unique("u")
    text = _invitation(uid, owner, guest, more=";SCHEDULE-AGENT=CLIENT" if way == "agent-client" else "")
    if way == "foreign-organizer":
        text = text.replace(owner.mail, "fremd@anderswo.example")
    made = owner.client.put_event(f"{calendar}{uid}.ics", text, x_nc_scheduling="false" if way == "header" else "")
    assert made.status_code == 201
    assert "ETag" in made.headers
    assert _copies(guest, uid) == {}
    assert owner.client.dav("GET", f"{calendar}{uid}.ics").content == text.encode()


def test_agent_none_still_delivers(owner: Person, calendar: str, guest: Person) -> None:
    uid = unique("u")
    text = _invitation(uid, owner, guest, more=";SCHEDULE-AGENT=NONE")
    assert owner.client.put_event(f"{calendar}{uid}.ics", text, x_nc_scheduling="").status_code == 201
    assert len(_copies(guest, uid)) == 1


def test_alarms_do_not_travel(owner: Person, calendar: str, guest: Person) -> None:
    uid = unique("u")
    alarm = "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:x\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\nEND:VEVENT"
    text = _invitation(uid, owner, guest).replace("END:VEVENT", alarm)
    owner.client.put_event(f"{calendar}{uid}.ics", text, x_nc_scheduling="")
    assert "VALARM" not in _copies(guest, uid).popitem()[1]


def test_a_change_reaches_the_guests_copy(owner: Person, calendar: str, guest: Person) -> None:
    uid = unique("u")
    _invite(owner, calendar, guest, uid)
    text = _invitation(uid, owner, guest, "Neuer Raum").replace(
        "DTSTART:20300110T09", "SEQUENCE:1\r\nDTSTART:20300110T11"
    )
    assert owner.client.put_event(f"{calendar}{uid}.ics", text, x_nc_scheduling="").status_code == 204
    copies = _copies(guest, uid)
    assert len(copies) == 1
    assert "SUMMARY:Neuer Raum" in copies.popitem()[1]


def test_an_accepting_guest_changes_the_organisers_object(owner: Person, calendar: str, guest: Person) -> None:
    uid = unique("u")
    _invite(owner, calendar, guest, uid)
    before = owner.client.propfind(f"{calendar}{uid}.ics", "d:getetag")[0].text(D + "getetag")
    token = owner.client.token(calendar)
    path, _ = _copies(guest, uid).popitem()
    copy = _unfolded(guest.client.dav("GET", path).content.decode())
    answer = copy.replace("PARTSTAT=NEEDS-ACTION", "PARTSTAT=ACCEPTED")
    assert answer != copy
    assert guest.client.put_event(path, answer.replace("\n", "\r\n"), x_nc_scheduling="").status_code == 204
    row = owner.client.propfind(f"{calendar}{uid}.ics", "d:getetag")[0]
    assert row.text(D + "getetag") != before
    assert owner.client.token(calendar) > token
    text = _unfolded(owner.client.dav("GET", f"{calendar}{uid}.ics").content.decode())
    line = next(line for line in text.split("\n") if line.startswith("ATTENDEE") and guest.mail in line)
    assert "PARTSTAT=ACCEPTED" in line
    assert "SCHEDULE-STATUS=2.0" in line


def test_a_guest_who_deletes_declines_and_blocks_later_invitations(owner: Person, calendar: str, guest: Person) -> None:
    uid = unique("u")
    _invite(owner, calendar, guest, uid)
    path, _ = _copies(guest, uid).popitem()
    assert guest.client.dav("DELETE", path).status_code == 204
    text = _unfolded(owner.client.dav("GET", f"{calendar}{uid}.ics").content.decode())
    line = next(line for line in text.split("\n") if line.startswith("ATTENDEE") and guest.mail in line)
    assert "PARTSTAT=DECLINED" in line
    again = _invitation(uid, owner, guest, "Nochmals")
    assert owner.client.put_event(f"{calendar}{uid}.ics", again, x_nc_scheduling="").status_code == 500
    assert owner.client.put_event(f"{calendar}{uid}.ics", again).status_code == 204


def test_the_organisers_delete_cancels_the_guests_copy(owner: Person, calendar: str, guest: Person) -> None:
    uid = unique("u")
    _invite(owner, calendar, guest, uid)
    assert owner.client.dav("DELETE", f"{calendar}{uid}.ics").status_code == 204
    assert "STATUS:CANCELLED" in _copies(guest, uid).popitem()[1]


def test_a_silent_delete_leaves_the_guests_copy(owner: Person, calendar: str, guest: Person) -> None:
    uid = unique("u")
    _invite(owner, calendar, guest, uid)
    assert owner.client.dav("DELETE", f"{calendar}{uid}.ics", x_nc_scheduling="false").status_code == 204
    assert "STATUS:CANCELLED" not in _copies(guest, uid).popitem()[1]


def test_taking_a_guest_out_cancels_the_copy(owner: Person, calendar: str, guest: Person) -> None:
    uid = unique("u")
    _invite(owner, calendar, guest, uid)
    alone = event(uid, "Schulung", f"ORGANIZER:mailto:{owner.mail}\r\nATTENDEE:mailto:{owner.mail}\r\n")
    assert owner.client.put_event(f"{calendar}{uid}.ics", alone, x_nc_scheduling="").status_code == 204
    assert "STATUS:CANCELLED" in _copies(guest, uid).popitem()[1]


def test_the_calendars_of_the_guest_are_the_same_as_before(guest: Person, owner: Person, calendar: str) -> None:
    _invite(owner, calendar, guest, unique("u"))
    rows = guest.client.propfind(guest.client.home(), "d:displayname", "d:resourcetype", depth="1")
    assert {row.name for row in rows if C + "calendar" in row.kinds()} - {"contact_birthdays"} == {"personal"}
