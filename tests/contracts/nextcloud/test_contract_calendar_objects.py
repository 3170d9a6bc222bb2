"""Calendar objects: writing, conditions, ETags, what is refused and what passes, moving, the trash bin."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest
from contract_server import OC, C, D, Person, error_message, event, exception, unique


def _etag(text: str) -> str:
    return f'"{hashlib.md5(text.encode()).hexdigest()}"'


@pytest.fixture
def second(owner: Person) -> Iterator[str]:
    uri = unique("zweiter")
    assert owner.client.make_calendar(uri).status_code == 201
    path = owner.client.home(f"{uri}/")
    yield path
    owner.client.dav("DELETE", path, X_NC_CalDAV_No_Trashbin="1")


def test_a_text_is_kept_byte_for_byte_under_its_md5(owner: Person, calendar: str) -> None:
    uid = unique("u")
    more = (
        "X-DIGITALNETZWERK-KEY:7\r\nCONFERENCE;VALUE=URI:https://konferenz.example/x\r\nURL:https://schulung.example/a\r\n"
        "DESCRIPTION:Über viele Wörter hinweg\\, auch mit Kommas\\; und so lang\\, dass die Zeile gefal\r\n tet ist\r\n"
        "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:x\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\n"
    )
    text = event(uid, "Ämter & Äpfel", more)
    made = owner.client.put_event(f"{calendar}{uid}.ics", text)
    assert (made.status_code, made.headers["ETag"], made.headers["OC-ETag"]) == (201, _etag(text), _etag(text))
    got = owner.client.dav("GET", f"{calendar}{uid}.ics")
    assert got.content == text.encode()
    assert got.headers["ETag"] == _etag(text)
    assert got.headers["Content-Type"].startswith("text/calendar")


def test_an_update_is_204_and_an_equal_one_still_moves_the_change_number(owner: Person, calendar: str) -> None:
    uid = unique("u")
    path = f"{calendar}{uid}.ics"
    assert owner.client.put_event(path, event(uid)).status_code == 201
    changed = owner.client.put_event(path, event(uid, "Neu"))
    assert (changed.status_code, changed.headers["ETag"]) == (204, _etag(event(uid, "Neu")))
    before = owner.client.token(calendar)
    assert owner.client.put_event(path, event(uid, "Neu")).headers["ETag"] == _etag(event(uid, "Neu"))
    assert owner.client.token(calendar) == before + 1


def test_conditions_hold(owner: Person, calendar: str) -> None:
    uid = unique("u")
    path, text = f"{calendar}{uid}.ics", event(uid)
    assert owner.client.put_event(path, text, If_Match='"x"').status_code == 412
    assert owner.client.put_event(path, text, If_None_Match="*").status_code == 201
    assert owner.client.put_event(path, text, If_None_Match="*").status_code == 412
    refused = owner.client.put_event(path, event(uid, "x"), If_Match='"falsch"')
    assert (refused.status_code, exception(refused)) == (412, "PreconditionFailed")
    assert owner.client.put_event(path, event(uid, "x"), If_Match=f"W/{_etag(text)}").status_code == 412
    assert owner.client.put_event(path, event(uid, "x"), If_Match=_etag(text)).status_code == 204
    assert owner.client.dav("DELETE", path, If_Match=_etag(text)).status_code == 412
    assert owner.client.dav("DELETE", path, If_Match=_etag(event(uid, "x"))).status_code == 204


def test_an_unchanged_object_is_304(owner: Person, calendar: str) -> None:
    uid = unique("u")
    owner.client.put_event(f"{calendar}{uid}.ics", event(uid))
    assert owner.client.dav("GET", f"{calendar}{uid}.ics", If_None_Match=_etag(event(uid))).status_code == 304


def test_without_uid_or_stamp_it_is_repaired_and_no_etag_comes_back(owner: Person, calendar: str) -> None:
    for line in ("UID", "DTSTAMP"):
        name = unique("u")
        text = "\r\n".join(one for one in event(name).split("\r\n") if not one.startswith(line))
        made = owner.client.put_event(f"{calendar}{name}.ics", text)
        assert made.status_code == 201, line
        assert "ETag" not in made.headers, line
        stored = owner.client.dav("GET", f"{calendar}{name}.ics").text
        assert f"{line}:" in stored


def test_latin_1_is_re_encoded_and_no_etag_comes_back(owner: Person, calendar: str) -> None:
    uid = unique("u")
    made = owner.client.put_event(f"{calendar}{uid}.ics", event(uid, "Schön").encode("latin-1"))
    assert made.status_code == 201
    assert "ETag" not in made.headers
    assert "SUMMARY:Schön" in owner.client.dav("GET", f"{calendar}{uid}.ics").content.decode()


NO_START = event("u").replace("DTSTART:20300110T090000Z\r\n", "")
TWO_UIDS = event("u").replace("END:VCALENDAR", event("v").split("\r\n", 3)[3])


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("das ist kein Kalender", 415),
        ("", 415),
        (event("u", more="").replace("VERSION:2.0", "VERSION:2.0\r\nMETHOD:PUBLISH"), 415),
        (NO_START, 415),
        (event("u", start="gestern"), 415),
        (TWO_UIDS, 415),
        (event("u").replace("VERSION:2.0", "VERSION:1.0"), 415),
        ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n", 403),
        ("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:x\r\nEND:VCARD\r\n", 415),
        (event("u").replace("END:VEVENT\r\n", ""), 415),
    ],
    ids=["garbage", "empty", "method", "no-start", "bad-date", "two-uids", "version", "no-event", "vcard", "no-end"],
)
def test_what_is_no_calendar_object_is_refused(owner: Person, calendar: str, text: str, status: int) -> None:
    name = unique("u")
    assert owner.client.put_event(f"{calendar}{name}.ics", text).status_code == status
    assert owner.client.dav("GET", f"{calendar}{name}.ics").status_code == 404


@pytest.mark.parametrize(
    "more",
    [
        "",
        "DTEND:20290110T090000Z\r\n",
        "RRULE:FREQ=DAILY;UNTIL=20290101T000000Z\r\n",
        "X-LANG:" + "x" * 500 + "\r\n",
        "CLASS:CONFIDENTIAL\r\n",
    ],
    ids=["plain", "end-before-start", "rule-without-instances", "long-line", "confidential"],
)
def test_what_is_odd_passes(owner: Person, calendar: str, more: str) -> None:
    uid = unique("u")
    text = event(uid, more=more)
    if "DTEND" in more:
        text = text.replace("DURATION:PT1H\r\n", "")
    assert owner.client.put_event(f"{calendar}{uid}.ics", text).status_code == 201


@pytest.mark.parametrize("form", ["lf", "bom", "unknown-zone", "strange-name"])
def test_odd_forms_pass_and_are_kept(owner: Person, calendar: str, form: str) -> None:
    uid = unique("u")
    text, name = event(uid), f"{uid}.ics"
    if form == "lf":
        text = text.replace("\r\n", "\n")
    elif form == "bom":
        text = "\ufeff" + text
    elif form == "unknown-zone":
        text = text.replace("DTSTART:20300110T090000Z", "DTSTART;TZID=Europe/Berlin:20300110T090000")
    else:
        name = f"{uid} ä@b"
    assert owner.client.put_event(f"{calendar}{name}", text).status_code == 201
    assert owner.client.dav("GET", f"{calendar}{name}").content == text.encode()


def test_a_rule_whose_instances_are_all_excluded_is_403(owner: Person, calendar: str) -> None:
    uid = unique("u")
    more = "RRULE:FREQ=DAILY;COUNT=2\r\nEXDATE:20300110T090000Z,20300111T090000Z\r\n"
    assert owner.client.put_event(f"{calendar}{uid}.ics", event(uid, more=more)).status_code == 403


def test_a_name_over_255_characters_is_500_and_one_with_a_slash_404(owner: Person, calendar: str) -> None:
    uid = unique("u")
    assert owner.client.put_event(f"{calendar}{'x' * 290}.ics", event(uid)).status_code == 500
    assert owner.client.put_event(f"{calendar}a%2Fb.ics", event(uid)).status_code == 404


def test_a_component_that_the_calendar_does_not_take_is_403(owner: Person) -> None:
    uri, uid = unique("nur-termine"), unique("u")
    inner = '<c:supported-calendar-component-set><c:comp name="VEVENT"/></c:supported-calendar-component-set>'
    owner.client.make_calendar(uri, inner)
    path = owner.client.home(f"{uri}/")
    task = event(uid).replace("VEVENT", "VTODO").replace("DURATION:PT1H\r\n", "")
    refused = owner.client.put_event(f"{path}{uid}.ics", task)
    assert (refused.status_code, exception(refused)) == (403, "InvalidComponentType")
    owner.client.dav("DELETE", path, X_NC_CalDAV_No_Trashbin="1")


def test_one_uid_stands_once_in_a_calendar_and_again_in_another(owner: Person, calendar: str, second: str) -> None:
    uid = unique("u")
    assert owner.client.put_event(f"{calendar}{uid}.ics", event(uid)).status_code == 201
    twice = owner.client.put_event(f"{calendar}anders.ics", event(uid))
    assert twice.status_code == 400
    assert "already exists in this calendar" in error_message(twice)
    assert owner.client.put_event(f"{second}{uid}.ics", event(uid)).status_code == 201


def test_another_uid_at_a_taken_name_replaces(owner: Person, calendar: str) -> None:
    uid, other = unique("u"), unique("v")
    owner.client.put_event(f"{calendar}{uid}.ics", event(uid))
    assert owner.client.put_event(f"{calendar}{uid}.ics", event(other)).status_code == 204
    owner.client.put_event(f"{calendar}zweite.ics", event(uid))
    assert owner.client.put_event(f"{calendar}zweite.ics", event(other)).status_code == 500


def test_missing_things_are_404(owner: Person, calendar: str) -> None:
    for method in ("GET", "DELETE", "PROPFIND"):
        assert owner.client.dav(method, f"{calendar}nichts.ics").status_code == 404, method
    nowhere = owner.client.home(f"{unique('nichts')}/a.ics")
    assert owner.client.put_event(nowhere, event("a")).status_code == 404


def test_an_object_moves_to_another_calendar_with_its_etag(owner: Person, calendar: str, second: str) -> None:
    uid = unique("u")
    owner.client.put_event(f"{calendar}{uid}.ics", event(uid))
    target = f"{owner.client.url}/remote.php/dav{second}{uid}.ics"
    assert owner.client.dav("MOVE", f"{calendar}{uid}.ics", Destination=target).status_code == 201
    assert owner.client.dav("GET", f"{calendar}{uid}.ics").status_code == 404
    moved = owner.client.dav("GET", f"{second}{uid}.ics")
    assert (moved.headers["ETag"], moved.content) == (_etag(event(uid)), event(uid).encode())


def test_a_move_onto_a_taken_name_puts_the_other_into_the_trash(owner: Person, calendar: str, second: str) -> None:
    uid, other = unique("u"), unique("v")
    owner.client.put_event(f"{calendar}{uid}.ics", event(uid))
    owner.client.put_event(f"{second}ziel.ics", event(other))
    target = f"{owner.client.url}/remote.php/dav{second}ziel.ics"
    assert owner.client.dav("MOVE", f"{calendar}{uid}.ics", Destination=target, Overwrite="F").status_code == 412
    assert owner.client.dav("MOVE", f"{calendar}{uid}.ics", Destination=target).status_code == 204
    assert f"UID:{uid}" in owner.client.dav("GET", f"{second}ziel.ics").text
    assert owner.client.trashed(other)


def test_a_move_into_a_calendar_whose_trash_holds_the_uid_is_500(owner: Person, calendar: str, second: str) -> None:
    uid = unique("u")
    owner.client.put_event(f"{second}{uid}.ics", event(uid))
    owner.client.dav("DELETE", f"{second}{uid}.ics")
    owner.client.put_event(f"{calendar}{uid}.ics", event(uid))
    target = f"{owner.client.url}/remote.php/dav{second}{uid}.ics"
    assert owner.client.dav("MOVE", f"{calendar}{uid}.ics", Destination=target).status_code == 500
    assert owner.client.dav("DELETE", owner.client.trashed(uid)).status_code == 204
    assert owner.client.dav("MOVE", f"{calendar}{uid}.ics", Destination=target).status_code == 201


def test_deleted_and_written_again_with_the_same_uid_is_500(owner: Person, calendar: str) -> None:
    uid = unique("u")
    owner.client.put_event(f"{calendar}{uid}.ics", event(uid))
    assert owner.client.dav("DELETE", f"{calendar}{uid}.ics").status_code == 204
    assert owner.client.put_event(f"{calendar}{uid}.ics", event(uid)).status_code == 500
    assert owner.client.put_event(f"{calendar}anders.ics", event(uid)).status_code == 500


def test_the_header_against_the_trash_does_not_count_for_objects(owner: Person, calendar: str) -> None:
    uid = unique("u")
    owner.client.put_event(f"{calendar}{uid}.ics", event(uid))
    owner.client.dav("DELETE", f"{calendar}{uid}.ics", X_NC_CalDAV_No_Trashbin="1")
    assert owner.client.trashed(uid)


def test_a_purged_object_can_be_written_again(owner: Person, calendar: str) -> None:
    uid = unique("u")
    owner.client.put_event(f"{calendar}{uid}.ics", event(uid))
    owner.client.dav("DELETE", f"{calendar}{uid}.ics")
    assert owner.client.dav("DELETE", owner.client.trashed(uid)).status_code == 204
    assert owner.client.put_event(f"{calendar}{uid}.ics", event(uid)).status_code == 201


def test_the_trash_tells_from_which_calendar_and_when(owner: Person, calendar: str) -> None:
    uid = unique("u")
    owner.client.put_event(f"{calendar}{uid}.ics", event(uid))
    owner.client.dav("DELETE", f"{calendar}{uid}.ics")
    row = next(row for row in owner.client.trash() if f"UID:{uid}" in row.text(C + "calendar-data"))
    assert row.text("{http://nextcloud.com/ns}calendar-uri") == calendar.rstrip("/").rpartition("/")[2]
    assert row.text("{http://nextcloud.com/ns}deleted-at")


def test_the_trash_cannot_be_listed_by_propfind(owner: Person) -> None:
    path = owner.client.home("trashbin/objects/")
    assert owner.client.dav("PROPFIND", path, Depth="1").status_code == 501


def test_a_restored_object_has_its_old_name_and_text(owner: Person, calendar: str) -> None:
    uid = unique("u")
    owner.client.put_event(f"{calendar}{uid}.ics", event(uid))
    owner.client.dav("DELETE", f"{calendar}{uid}.ics")
    target = f"{owner.client.url}/remote.php/dav{owner.client.home('trashbin/restore/file')}"
    before = owner.client.token(calendar)
    assert owner.client.dav("MOVE", owner.client.trashed(uid), Destination=target).status_code == 201
    assert owner.client.dav("GET", f"{calendar}{uid}.ics").content == event(uid).encode()
    assert owner.client.token(calendar) > before
    assert owner.client.put_event(f"{calendar}{uid}.ics", event(uid, "Neu")).status_code == 204


def test_restoring_onto_a_taken_name_is_403(owner: Person, calendar: str) -> None:
    uid, other = unique("u"), unique("v")
    owner.client.put_event(f"{calendar}{uid}.ics", event(uid))
    owner.client.dav("DELETE", f"{calendar}{uid}.ics")
    assert owner.client.put_event(f"{calendar}{uid}.ics", event(other)).status_code == 201
    target = f"{owner.client.url}/remote.php/dav{owner.client.home('trashbin/restore/file')}"
    assert owner.client.dav("MOVE", owner.client.trashed(uid), Destination=target).status_code == 403


def test_a_name_deleted_twice_is_403_the_second_time(owner: Person, calendar: str) -> None:
    uid, other = unique("u"), unique("v")
    owner.client.put_event(f"{calendar}x.ics", event(uid))
    owner.client.dav("DELETE", f"{calendar}x.ics")
    owner.client.put_event(f"{calendar}x.ics", event(other))
    assert owner.client.dav("DELETE", f"{calendar}x.ics").status_code == 403


def test_properties_of_an_object(owner: Person, calendar: str) -> None:
    uid = unique("u")
    owner.client.put_event(f"{calendar}{uid}.ics", event(uid))
    row = owner.client.propfind(f"{calendar}{uid}.ics", "d:getetag", "d:getcontenttype", "d:resourcetype", "oc:invite")[
        0
    ]
    assert row.text(D + "getetag") == _etag(event(uid))
    assert row.text(D + "getcontenttype").startswith("text/calendar")
    assert row.kinds() == set()
    assert OC + "invite" not in row.properties


def test_listing_a_calendar_gives_the_etags(owner: Person, calendar: str) -> None:
    wanted = {}
    for _ in range(3):
        uid = unique("u")
        owner.client.put_event(f"{calendar}{uid}.ics", event(uid))
        wanted[f"{uid}.ics"] = _etag(event(uid))
    rows = owner.client.propfind(calendar, "d:getetag", depth="1")
    assert {row.name: row.text(D + "getetag") for row in rows[1:]} == wanted
    assert D + "getetag" not in rows[0].properties


def test_the_export_merges_all_objects(owner: Person, calendar: str) -> None:
    for summary in ("Eins", "Zwei"):
        uid = unique("u")
        owner.client.put_event(f"{calendar}{uid}.ics", event(uid, summary))
    text = owner.client.dav("GET", f"{calendar}?export").text
    assert text.count("BEGIN:VEVENT") == 2
    assert text.count("BEGIN:VCALENDAR") == 1
    assert "X-WR-CALNAME:Schulungen" in text
