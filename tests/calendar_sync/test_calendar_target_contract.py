"""What calendar code relies on, said of the memory target and of Nextcloud alike: the stand-in stays honest."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import pytest

from connectors.memory.calendars import MemoryCalendars
from connectors.nextcloud import connect
from network.errors import AlreadyThere, NotThere, PreconditionFailed, Refused, UidInTrash
from network.ports import CalendarTarget, CalendarWish, ShareRow
from plugin.sandbox import Sandbox

WISH = CalendarWish("Schulungen", "#00679e", "Europe/Berlin", "Versuch")


def event(uid: str, summary: str = "Schulung") -> bytes:
    return (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//DE\r\nBEGIN:VEVENT\r\n"
        f"UID:{uid}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20270101T100000Z\r\nSUMMARY:{summary}\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


@pytest.fixture(scope="module")
def sandbox() -> Iterator[CalendarTarget]:
    with Sandbox() as running:
        running.add_group("brakel", "Brakel")
        server = connect(running.url, running.service.user, running.service.app_password)
        yield server.calendars
        server.close()


@pytest.fixture(params=["memory", "nextcloud"])
def target(request: pytest.FixtureRequest) -> CalendarTarget:
    if request.param == "memory":
        return MemoryCalendars(knows=lambda principal: principal == "groups/brakel")
    found: CalendarTarget = request.getfixturevalue("sandbox")
    return found


@pytest.fixture
def make(target: CalendarTarget) -> Iterator[object]:
    made: list[str] = []

    def calendar(wish: CalendarWish = WISH) -> str:
        made.append(target.create_calendar(f"dnw-{uuid.uuid4().hex[:8]}", wish))
        return made[-1]

    yield calendar
    for href in made:
        with suppress(NotThere):
            target.delete_calendar(href, purge=True)


@pytest.fixture
def home(make) -> str:
    href: str = make()
    return href


def seen(target: CalendarTarget, href: str):
    return next((each for each in target.calendars() if each.href == href), None)


def uri(href: str) -> str:
    return href.rstrip("/").rsplit("/", 1)[1]


def trashed(target: CalendarTarget, href: str, uid: str):
    return next(each for each in target.trashed_objects() if (each.calendar_uri, each.uid) == (uri(href), uid))


def test_a_new_calendar_is_as_wished_and_has_no_mark(target, home) -> None:
    found = seen(target, home)
    assert (found.name, found.color[:7].lower(), found.description) == (WISH.name, WISH.color, WISH.description)
    assert found.has_timezone and found.is_own and not found.marker and not found.trashed and found.shares == ()


def test_a_new_calendar_takes_what_its_wish_says(target, home, make) -> None:
    tasks = make(replace(WISH, component="VTODO"))
    assert (seen(target, home).components, seen(target, tasks).components) == (("VEVENT",), ("VTODO",))


def test_a_taken_address_is_refused_also_in_the_trash_bin(target, home) -> None:
    with pytest.raises(AlreadyThere):
        target.create_calendar(uri(home), WISH)
    target.delete_calendar(home, purge=False)
    with pytest.raises(AlreadyThere):
        target.create_calendar(uri(home), WISH)
    assert seen(target, home).trashed
    assert target.restore_calendar(uri(home)) == home and not seen(target, home).trashed


def test_properties_move_the_token_and_a_mark_does_not(target, home) -> None:
    before = seen(target, home).sync_token
    target.mark_calendar(home, "kreis/x")
    marked = seen(target, home)
    target.change_calendar(home, CalendarWish("Neu", "#ff0000", "Europe/Berlin", ""))
    changed = seen(target, home)
    assert marked.marker == changed.marker == "kreis/x" and changed.name == "Neu"
    assert before == marked.sync_token != changed.sync_token


def test_an_unknown_principal_is_swallowed_without_a_word(target, home) -> None:
    target.share(home, [ShareRow("groups/brakel"), ShareRow("groups/gibt-es-nicht")], ())
    assert seen(target, home).shares == (ShareRow("groups/brakel"),)
    target.share(home, [ShareRow("groups/brakel", read_write=True)], ())
    assert seen(target, home).shares == (ShareRow("groups/brakel", read_write=True),)
    target.share(home, (), ["groups/brakel"])
    assert seen(target, home).shares == ()


def test_writes_are_conditional(target, home) -> None:
    href = home + "a.ics"
    with pytest.raises(PreconditionFailed):
        target.put(href, event("a"), if_match="falsch")
    etag = target.put(href, event("a"), if_match="")
    with pytest.raises(PreconditionFailed):
        target.put(href, event("a"), if_match="")
    with pytest.raises(PreconditionFailed):
        target.delete(href, if_match="falsch")
    assert target.put(href, event("a", "Neu"), if_match=etag) != etag


def test_equal_bytes_have_equal_etags_and_move_the_token_all_the_same(target, home) -> None:
    etag = target.put(home + "a.ics", event("a"), if_match="")
    before = seen(target, home).sync_token
    assert target.put(home + "a.ics", event("a"), if_match=etag) == etag
    assert seen(target, home).sync_token != before


def test_a_delta_names_what_changed_and_what_went(target, home) -> None:
    target.put(home + "a.ics", event("a"), if_match="")
    etag = target.put(home + "b.ics", event("b"), if_match="")
    token = target.changes(home, "").token
    target.delete(home + "b.ics", if_match=etag)
    made = target.put(home + "c.ics", event("c"), if_match="")
    delta = target.changes(home, token)
    assert not delta.is_full and delta.changed == ((home + "c.ics", made),) and delta.removed == (home + "b.ics",)
    assert delta.token == seen(target, home).sync_token
    assert target.changes(home, delta.token).changed == ()


def test_no_token_and_one_from_the_future_list_everything(target, home) -> None:
    etag = target.put(home + "a.ics", event("a"), if_match="")
    for token in ("", "unsinn", "http://sabre.io/ns/sync/999999999"):
        delta = target.changes(home, token)
        assert delta.is_full and delta.changed == ((home + "a.ics", etag),)


def test_missing_objects_are_left_out(target, home) -> None:
    target.put(home + "a.ics", event("a"), if_match="")
    assert [each.href for each in target.objects(home, [home + "x.ics", home + "a.ics"])] == [home + "a.ics"]


def test_one_uid_stands_once_in_a_calendar(target, home, make) -> None:
    target.put(home + "a.ics", event("a"), if_match="")
    with pytest.raises((Refused, UidInTrash)):
        target.put(home + "b.ics", event("a"), if_match="")
    target.put(make() + "a.ics", event("a"), if_match="")


def test_the_trash_bin_keeps_a_uid_until_it_is_restored_or_purged(target, home) -> None:
    target.delete(home + "a.ics", if_match=target.put(home + "a.ics", event("a"), if_match=""))
    with pytest.raises(UidInTrash):
        target.put(home + "a.ics", event("a"), if_match="")
    target.restore_object(trashed(target, home, "a"))
    [found] = target.objects(home, [home + "a.ics"])
    target.delete(home + "a.ics", if_match=found.etag)
    target.purge_object(trashed(target, home, "a"))
    target.put(home + "a.ics", event("a"), if_match="")


def test_a_place_that_is_taken_takes_nothing_out_of_the_trash_bin(target, home) -> None:
    target.delete(home + "a.ics", if_match=target.put(home + "a.ics", event("a"), if_match=""))
    target.put(home + "a.ics", event("anders"), if_match="")
    with pytest.raises(AlreadyThere):
        target.restore_object(trashed(target, home, "a"))


def test_a_move_keeps_the_etag_and_nothing_in_the_trash_bin(target, home, make) -> None:
    other = make()
    etag = target.put(home + "a.ics", event("a"), if_match="")
    target.move(home + "a.ics", other + "a.ics")
    assert [each.etag for each in target.objects(other, [other + "a.ics"])] == [etag]
    assert target.changes(home, "").changed == ()
    assert all(each.calendar_uri != uri(home) for each in target.trashed_objects())
    with pytest.raises(NotThere):
        target.move(home + "a.ics", other + "b.ics")


def test_a_move_onto_a_taken_or_trashed_uid_fails(target, home, make) -> None:
    other = make()
    target.delete(other + "a.ics", if_match=target.put(other + "a.ics", event("a"), if_match=""))
    target.put(home + "a.ics", event("a"), if_match="")
    with pytest.raises(UidInTrash):
        target.move(home + "a.ics", other + "a.ics")
    target.purge_object(trashed(target, other, "a"))
    target.put(other + "a.ics", event("a"), if_match="")
    with pytest.raises(AlreadyThere):
        target.move(home + "a.ics", other + "a.ics")


def test_what_is_no_calendar_object_is_refused(target, home) -> None:
    with pytest.raises(Refused):
        target.put(home + "a.ics", b"kein Kalender", if_match="")
