"""Entries of a calendar: changes since a token, multiget, conditional writes, the trash bin."""

from __future__ import annotations

import pytest

from network.errors import AlreadyThere, NotThere, PreconditionFailed, Refused, UidInTrash
from network.ports import CalendarWish


@pytest.fixture
def event(name):
    """Text of an event with the test's own UID."""

    def text(summary: str = "Schulung", uid: str = name) -> bytes:
        return (
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//DE\r\nBEGIN:VEVENT\r\n"
            f"UID:{uid}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20270101T100000Z\r\nSUMMARY:{summary}\r\n"
            "END:VEVENT\r\nEND:VCALENDAR\r\n"
        ).encode()

    return text


@pytest.fixture
def entry(server, calendar, name, event):
    """The href of one entry, at the file name of its UID."""
    href = f"{calendar}{name}.ics"
    server.calendars.put(href, event(), if_match="")
    return href


def etag(server, calendar, href):
    return dict(server.calendars.changes(calendar, "").changed)[href]


def test_an_entry_comes_back_as_it_was_written(server, calendar, entry, event):
    (found,) = server.calendars.objects(calendar, [entry])
    assert found.data == event()
    assert found.href == entry
    assert found.etag == etag(server, calendar, entry) != ""


def test_missing_entries_are_left_out_of_a_multiget(server, calendar, entry):
    found = list(server.calendars.objects(calendar, [f"{calendar}keiner.ics", entry]))
    assert [each.href for each in found] == [entry]


def test_a_multiget_asks_for_a_hundred_at_a_time(server, calendar):
    before = server.counts.get("REPORT", 0)
    assert list(server.calendars.objects(calendar, [f"{calendar}{number}.ics" for number in range(201)])) == []
    assert server.counts["REPORT"] - before == 3


def test_the_etag_of_a_write_is_the_etag_that_is_listed(server, calendar, entry, event):
    new = server.calendars.put(entry, event("Neu"), if_match=etag(server, calendar, entry))
    assert new == etag(server, calendar, entry)


def test_an_etag_is_read_back_when_the_server_repaired_the_text(server, calendar, name, event):
    without_stamp = event().replace(b"DTSTAMP:20260101T000000Z\r\n", b"")
    href = f"{calendar}{name}.ics"
    assert server.calendars.put(href, without_stamp, if_match="") == etag(server, calendar, href) != ""


def test_creating_over_an_entry_and_updating_a_moved_one_are_refused(server, entry, event):
    with pytest.raises(PreconditionFailed):
        server.calendars.put(entry, event(), if_match="")
    with pytest.raises(PreconditionFailed):
        server.calendars.put(entry, event(), if_match="0123456789abcdef")
    with pytest.raises(PreconditionFailed):
        server.calendars.delete(entry, if_match="0123456789abcdef")


def test_a_uid_at_another_place_of_the_calendar_is_told_from_one_in_the_trash(server, calendar, entry, event):
    with pytest.raises(UidInTrash) as caught:
        server.calendars.put(f"{calendar}anders.ics", event(), if_match="")
    assert caught.value.code == "uid_taken"
    server.calendars.delete(entry, if_match="")
    with pytest.raises(UidInTrash) as caught:
        server.calendars.put(entry, event(), if_match="")
    assert caught.value.code == "uid_in_trash"


@pytest.mark.parametrize(
    "data", [b"kein Kalender", b"", b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n"]
)
def test_what_is_no_event_costs_one_object(server, calendar, data):
    with pytest.raises(Refused):
        server.calendars.put(f"{calendar}kaputt.ics", data, if_match="")


def test_changes_since_a_token_name_what_is_new_and_what_is_gone(server, calendar, entry, event):
    start = server.calendars.changes(calendar, "")
    assert start.is_full and [href for href, _ in start.changed] == [entry]
    other = f"{calendar}zweiter.ics"
    new = server.calendars.put(other, event(uid="zweiter"), if_match="")
    server.calendars.delete(entry, if_match="")
    delta = server.calendars.changes(calendar, start.token)
    assert not delta.is_full
    assert (delta.changed, delta.removed) == (((other, new),), (entry,))
    assert server.calendars.changes(calendar, delta.token).changed == ()


@pytest.mark.parametrize("token", ["", "unsinn", "http://sabre.io/ns/sync/abc", "http://sabre.io/ns/sync/999999999"])
def test_a_token_that_tells_nothing_gives_everything(server, calendar, entry, token):
    delta = server.calendars.changes(calendar, token)
    assert delta.is_full
    assert [href for href, _ in delta.changed] == [entry]
    assert delta.token.startswith("http://sabre.io/ns/sync/") and delta.token != token


def test_a_calendar_that_was_purged_and_made_again_is_read_anew(server, calendar, entry, event, name):
    for number in range(3):
        server.calendars.put(f"{calendar}{number}.ics", event(uid=f"{name}-{number}"), if_match="")
    old = server.calendars.changes(calendar, "").token
    server.calendars.delete_calendar(calendar, purge=True)
    server.calendars.create_calendar(f"dnw-{name}", CalendarWish(name, "#000000", "Europe/Berlin", ""))
    server.calendars.put(entry, event(), if_match="")
    delta = server.calendars.changes(calendar, old)
    assert delta.is_full and [href for href, _ in delta.changed] == [entry]


def test_a_trashed_entry_is_found_and_restored(server, calendar, entry, event, name):
    server.calendars.delete(entry, if_match="")
    (found,) = [each for each in server.calendars.trashed_objects() if each.uid == name]
    assert (found.calendar_uri, found.name) == (f"dnw-{name}", f"{name}.ics")
    server.calendars.restore_object(found)
    assert [each.data for each in server.calendars.objects(calendar, [entry])] == [event()]


def test_a_purged_entry_can_be_created_again(server, entry, event, name):
    server.calendars.delete(entry, if_match="")
    (found,) = [each for each in server.calendars.trashed_objects() if each.uid == name]
    server.calendars.purge_object(found)
    assert server.calendars.put(entry, event(), if_match="")
    assert all(each.uid != name for each in server.calendars.trashed_objects())


def test_a_trashed_entry_whose_place_is_taken_stays_in_the_trash(server, entry, event, name):
    server.calendars.delete(entry, if_match="")
    (found,) = [each for each in server.calendars.trashed_objects() if each.uid == name]
    server.calendars.put(entry, event(uid=f"{name}-anders"), if_match="")
    with pytest.raises(AlreadyThere):
        server.calendars.restore_object(found)


def test_an_entry_moves_to_another_calendar_and_keeps_its_etag(server, calendar, entry, name):
    before = etag(server, calendar, entry)
    other = server.calendars.create_calendar(f"dnw-{name}-2", CalendarWish(name, "#000000", "Europe/Berlin", ""))
    try:
        server.calendars.move(entry, f"{other}{name}.ics")
        assert server.calendars.changes(other, "").changed == ((f"{other}{name}.ics", before),)
        assert server.calendars.changes(calendar, "").changed == ()
    finally:
        server.calendars.delete_calendar(other, purge=True)


def test_moving_where_the_trash_holds_the_uid_is_told(server, calendar, entry, event, name):
    other = server.calendars.create_calendar(f"dnw-{name}-2", CalendarWish(name, "#000000", "Europe/Berlin", ""))
    try:
        server.calendars.put(f"{other}{name}.ics", event(), if_match="")
        with pytest.raises(AlreadyThere):
            server.calendars.move(entry, f"{other}{name}.ics")
        server.calendars.delete(f"{other}{name}.ics", if_match="")
        with pytest.raises(UidInTrash):
            server.calendars.move(entry, f"{other}{name}.ics")
    finally:
        server.calendars.delete_calendar(other, purge=True)


def test_what_is_not_there_is_told(server, calendar, name):
    with pytest.raises(NotThere):
        server.calendars.delete(f"{calendar}keiner.ics", if_match="")
    with pytest.raises(NotThere):
        server.calendars.changes(calendar.replace(name, "gibt-es-nicht"), "")


def test_names_with_umlauts_and_spaces_come_back_decoded(server, calendar, event, name):
    href = f"{calendar}Größe & «{name}».ics"
    server.calendars.put(href, event(), if_match="")
    assert [found.href for found in server.calendars.objects(calendar, [href])] == [href]
    assert [found for found, _ in server.calendars.changes(calendar, "").changed] == [href]


def test_an_invitation_that_is_mirrored_is_delivered_to_nobody(place, server, calendar, event, name):
    guest = event().replace(
        b"SUMMARY", b"ORGANIZER:mailto:digitalnetzwerk@cloud.example\r\nATTENDEE:mailto:anna@kreis.example\r\nSUMMARY"
    )
    href = f"{calendar}{name}.ics"
    server.calendars.put(href, guest, if_match="")
    (found,) = server.calendars.objects(calendar, [href])
    assert b"SCHEDULE-STATUS" not in found.data
