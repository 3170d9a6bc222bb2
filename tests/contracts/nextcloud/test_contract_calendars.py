"""Calendars: making, listing, their properties, deleting and restoring them."""

from __future__ import annotations

import pytest
from contract_server import CS, NAMESPACES, NC, OC, OWN, SYNC, C, D, Person, event, exception, multistatus, unique

ORDER = "{http://apple.com/ns/ical/}calendar-order"
COLOR = "{http://apple.com/ns/ical/}calendar-color"


def test_a_calendar_is_made_with_its_properties(owner: Person) -> None:
    uri = unique("dnw-schulungen")
    inner = (
        "<d:displayname>Schulungen – Höxter</d:displayname><ical:calendar-color>#2f6f4e</ical:calendar-color>"
        "<ical:calendar-order>10</ical:calendar-order><c:calendar-description>Vom Netzwerk</c:calendar-description>"
        '<c:supported-calendar-component-set><c:comp name="VEVENT"/></c:supported-calendar-component-set>'
    )
    assert owner.client.make_calendar(uri, inner).status_code == 201
    path = owner.client.home(f"{uri}/")
    names = ("d:displayname", "ical:calendar-color", "ical:calendar-order", "c:calendar-description",
             "c:supported-calendar-component-set", "d:resourcetype", "cs:getctag", "d:sync-token")  # fmt: skip
    row = owner.client.propfind(path, *names)[0]
    assert row.text(D + "displayname") == "Schulungen – Höxter"
    assert row.text(COLOR) == "#2f6f4e"
    assert row.text(ORDER) == "10"
    assert row.text(C + "calendar-description") == "Vom Netzwerk"
    assert [one.get("name") for one in row.properties[C + "supported-calendar-component-set"]] == ["VEVENT"]
    assert row.kinds() >= {D + "collection", C + "calendar"}
    assert row.text(CS + "getctag") == row.text(D + "sync-token")
    assert row.text(CS + "getctag").startswith(SYNC)
    assert owner.client.dav("DELETE", path, X_NC_CalDAV_No_Trashbin="1").status_code == 204


TODO = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//DE\r\nBEGIN:VTODO\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\n"
    "SUMMARY:Auftrag\r\nSTATUS:IN-PROCESS\r\nDUE;VALUE=DATE:20300301\r\nEND:VTODO\r\nEND:VCALENDAR\r\n"
)


def test_a_list_of_tasks_takes_tasks_and_no_events(owner: Person) -> None:
    uri = unique("dnw-ozg.tasks")
    inner = (
        "<d:displayname>Aufgaben</d:displayname>"
        '<c:supported-calendar-component-set><c:comp name="VTODO"/></c:supported-calendar-component-set>'
    )
    assert owner.client.make_calendar(uri, inner).status_code == 201
    path = owner.client.home(f"{uri}/")
    row = owner.client.propfind(path, "c:supported-calendar-component-set")[0]
    assert [one.get("name") for one in row.properties[C + "supported-calendar-component-set"]] == ["VTODO"]
    refused = owner.client.put_event(f"{path}termin.ics", event("termin"))
    assert (refused.status_code, exception(refused).rpartition("\\")[2]) == (403, "InvalidComponentType")
    assert owner.client.put_event(f"{path}auftrag.ics", TODO.format(uid="auftrag")).status_code == 201
    assert [each.name for each in multistatus(owner.client.sync(path))] == ["auftrag.ics"]
    assert owner.client.dav("DELETE", path, X_NC_CalDAV_No_Trashbin="1").status_code == 204


def test_one_request_on_the_home_tells_token_shares_and_mark_of_all_calendars(
    owner: Person, calendar: str, anna: Person
) -> None:
    owner.client.proppatch(calendar, "<own:key>schulungen</own:key>")
    owner.client.share(calendar, f"principal:principals/users/{anna.uid}")
    names = (
        "cs:getctag",
        "d:sync-token",
        "oc:invite",
        "own:key",
        "d:displayname",
        "d:resourcetype",
        "oc:owner-principal",
    )
    rows = owner.client.propfind(owner.client.home(), *names, depth="1")
    row = next(row for row in rows if row.href.endswith(calendar.rsplit("/", 2)[1] + "/"))
    assert row.text(CS + "getctag").startswith(SYNC)
    assert row.text(OWN + "key") == "schulungen"
    assert row.text(OC + "owner-principal") == f"principals/users/{owner.uid}"
    hrefs = [one.text for one in row.properties[OC + "invite"].iter(D + "href")]
    assert hrefs == [f"principal:principals/users/{anna.uid}"]


def test_the_home_also_lists_trash_bin_inbox_and_outbox(owner: Person) -> None:
    rows = owner.client.propfind(owner.client.home(), "d:resourcetype", depth="1")
    assert {"trashbin", "inbox", "outbox"} <= {row.name for row in rows}


def test_a_taken_or_reserved_name_is_405(owner: Person, calendar: str) -> None:
    uri = calendar.rstrip("/").rpartition("/")[2]
    assert owner.client.make_calendar(uri).status_code == 405
    assert owner.client.make_calendar("trashbin").status_code == 405


def test_names_with_umlauts_come_back_in_lower_case_percent_encoding(owner: Person) -> None:
    uri = unique("schulung äß")
    assert owner.client.make_calendar(uri).status_code == 201
    rows = owner.client.propfind(owner.client.home(), "d:displayname", depth="1")
    row = next(row for row in rows if row.name == uri)
    assert "%c3%a4" in row.href
    owner.client.dav("DELETE", row.href.removeprefix("/remote.php/dav"), X_NC_CalDAV_No_Trashbin="1")


def test_somebody_elses_home_is_404(owner: Person, anna: Person) -> None:
    assert anna.client.dav("PROPFIND", owner.client.home(), Depth="0").status_code == 404
    body = f"<c:mkcalendar {NAMESPACES}/>"
    assert anna.client.dav("MKCALENDAR", owner.client.home(unique("fremd")), body).status_code == 404


def test_a_plain_mkcol_is_403_and_an_extended_one_makes_a_calendar(owner: Person) -> None:
    uri = unique("mkcol")
    path = owner.client.home(f"{uri}/")
    assert owner.client.dav("MKCOL", path).status_code == 403
    body = (
        f"<d:mkcol {NAMESPACES}><d:set><d:prop><d:resourcetype><d:collection/><c:calendar/></d:resourcetype>"
        "<d:displayname>Erweitert</d:displayname></d:prop></d:set></d:mkcol>"
    )
    assert owner.client.dav("MKCOL", path, body).status_code == 201
    assert owner.client.calendar_names()[uri] == "Erweitert"
    owner.client.dav("DELETE", path, X_NC_CalDAV_No_Trashbin="1")


def test_a_property_of_our_own_is_lost_in_mkcalendar_and_kept_by_proppatch(owner: Person) -> None:
    uri = unique("eigen")
    path = owner.client.home(f"{uri}/")
    assert owner.client.make_calendar(uri, "<d:displayname>x</d:displayname><own:key>a</own:key>").status_code == 201
    assert OWN + "key" not in owner.client.propfind(path, "own:key")[0].properties
    assert owner.client.proppatch(path, "<own:key>b</own:key>").status_code == 207
    assert owner.client.propfind(path, "own:key")[0].text(OWN + "key") == "b"
    owner.client.dav("DELETE", path, X_NC_CalDAV_No_Trashbin="1")


def test_a_property_of_our_own_is_gone_after_purge_and_re_creation(owner: Person) -> None:
    uri = unique("neu")
    path = owner.client.home(f"{uri}/")
    owner.client.make_calendar(uri)
    owner.client.proppatch(path, "<own:key>b</own:key>")
    assert owner.client.dav("DELETE", path, X_NC_CalDAV_No_Trashbin="1").status_code == 204
    assert owner.client.make_calendar(uri).status_code == 201
    assert OWN + "key" not in owner.client.propfind(path, "own:key")[0].properties
    assert owner.client.token(path) <= 2
    owner.client.dav("DELETE", path, X_NC_CalDAV_No_Trashbin="1")


def test_a_property_of_our_own_is_seen_by_its_account_alone(owner: Person, calendar: str, anna: Person) -> None:
    owner.client.proppatch(calendar, "<own:key>geheim</own:key>")
    owner.client.share(calendar, f"principal:principals/users/{anna.uid}")
    uri = calendar.rstrip("/").rpartition("/")[2]
    shared = anna.client.home(f"{uri}_shared_by_{owner.uid}/")
    assert OWN + "key" not in anna.client.propfind(shared, "own:key")[0].properties


def test_renaming_moves_the_change_number(owner: Person, calendar: str) -> None:
    before = owner.client.token(calendar)
    answer = owner.client.proppatch(calendar, "<d:displayname>Neu Ü</d:displayname>")
    assert answer.status_code == 207
    assert " 200 " in answer.text
    assert owner.client.propfind(calendar, "d:displayname")[0].text(D + "displayname") == "Neu Ü"
    assert owner.client.token(calendar) > before


def test_the_components_cannot_be_changed_later(owner: Person, calendar: str) -> None:
    inner = '<c:supported-calendar-component-set><c:comp name="VTODO"/></c:supported-calendar-component-set>'
    answer = owner.client.proppatch(calendar, inner)
    assert " 403 " in answer.text


@pytest.mark.parametrize(
    "inner", ["<ical:calendar-order>vorn</ical:calendar-order>", f"<d:displayname>{'x' * 300}</d:displayname>"]
)
def test_a_value_that_does_not_fit_is_500(owner: Person, calendar: str, inner: str) -> None:
    answer = owner.client.proppatch(calendar, inner)
    assert answer.status_code == 500


def test_a_deleted_calendar_stays_listed_as_deleted_and_keeps_its_name(owner: Person) -> None:
    uri = unique("weg")
    path = owner.client.home(f"{uri}/")
    owner.client.make_calendar(uri)
    assert owner.client.dav("DELETE", path).status_code == 204
    rows = owner.client.propfind(owner.client.home(), "d:resourcetype", "nc:deleted-at", depth="1")
    row = next(row for row in rows if row.name == uri)
    assert row.text(NC + "deleted-at")
    assert NC + "deleted-calendar" in row.kinds()
    assert C + "calendar" not in row.kinds()
    assert owner.client.make_calendar(uri).status_code == 405
    assert owner.client.dav("DELETE", path, X_NC_CalDAV_No_Trashbin="1").status_code == 204
    assert owner.client.make_calendar(uri).status_code == 201
    owner.client.dav("DELETE", path, X_NC_CalDAV_No_Trashbin="1")


def test_a_deleted_calendar_looks_alive_to_who_asks_for_its_type_alone(owner: Person) -> None:
    """So a client has to ask for a second property of the calendar, whatever it is."""
    uri = unique("weg")
    path = owner.client.home(f"{uri}/")
    owner.client.make_calendar(uri)
    owner.client.dav("DELETE", path)
    assert C + "calendar" in owner.client.propfind(path, "d:resourcetype")[0].kinds()
    assert C + "calendar" not in owner.client.propfind(path, "d:resourcetype", "d:displayname")[0].kinds()
    owner.client.dav("DELETE", path, X_NC_CalDAV_No_Trashbin="1")


def test_a_deleted_calendar_is_restored_by_a_move_with_its_shares(owner: Person, calendar: str, anna: Person) -> None:
    owner.client.share(calendar, f"principal:principals/users/{anna.uid}")
    assert owner.client.dav("DELETE", calendar).status_code == 204
    target = owner.client.url + "/remote.php/dav" + owner.client.home("trashbin/restore/x")
    assert owner.client.dav("MOVE", calendar, Destination=target).status_code == 201
    row = owner.client.propfind(calendar, "d:resourcetype", "oc:invite")[0]
    assert C + "calendar" in row.kinds()
    assert anna.uid in "".join(row.properties[OC + "invite"].itertext())


def test_a_calendar_cannot_be_moved_to_another_name(owner: Person, calendar: str) -> None:
    target = owner.client.url + "/remote.php/dav" + owner.client.home(unique("anders"))
    assert owner.client.dav("MOVE", calendar, Destination=target).status_code == 405


def test_a_missing_calendar_is_404(owner: Person) -> None:
    path = owner.client.home(f"{unique('nichts')}/")
    assert owner.client.dav("PROPFIND", path, Depth="0").status_code == 404
    missing = owner.client.dav("DELETE", path)
    assert (missing.status_code, exception(missing)) == (404, "NotFound")


def test_the_home_is_found_from_the_root(owner: Person) -> None:
    root = owner.client.propfind("/", "d:current-user-principal")[0]
    principal = next(root.properties[D + "current-user-principal"].iter(D + "href")).text or ""
    assert principal == f"/remote.php/dav/principals/users/{owner.uid}/"
    row = owner.client.propfind(
        principal.removeprefix("/remote.php/dav"), "c:calendar-home-set", "c:calendar-user-address-set"
    )[0]
    assert (
        next(row.properties[C + "calendar-home-set"].iter(D + "href")).text == f"/remote.php/dav/calendars/{owner.uid}/"
    )
    addresses = [one.text for one in row.properties[C + "calendar-user-address-set"].iter(D + "href")]
    assert f"mailto:{owner.mail}" in addresses


def test_the_features_are_named(owner: Person) -> None:
    features = owner.client.dav("OPTIONS", owner.client.home()).headers["DAV"]
    assert {"calendar-access", "oc-resource-sharing", "nc-calendar-trashbin"} <= {
        one.strip() for one in features.split(",")
    }


def test_a_first_login_with_the_password_makes_a_personal_calendar(anna: Person) -> None:
    assert "personal" in anna.client.calendar_names()
