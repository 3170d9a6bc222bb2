"""Sharing and publishing calendars: who sees what under which name, and what is silently nothing."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, quote_plus

import pytest
import requests
from contract_server import CS, OC, Client, D, Person, Server, error_message, event, sync_token, unique


def _shared(owner: Person, calendar: str, person: Person) -> str:
    """The path of the calendar in the sharee's home."""
    uri = calendar.rstrip("/").rpartition("/")[2]
    return person.client.home(f"{uri}_shared_by_{owner.uid}/")


def _sees(person: Person, path: str) -> bool:
    return path.rstrip("/").rpartition("/")[2] in person.client.calendar_names()


def _invited(owner: Person, calendar: str) -> dict[str, str]:
    """Access by href, as `oc:invite` lists it."""
    row = owner.client.propfind(calendar, "oc:invite")[0].properties[OC + "invite"]
    found = {}
    for user in row.iter(OC + "user"):
        access = user.find(OC + "access")
        found[user.findtext(D + "href") or ""] = "write" if access.find(OC + "read-write") is not None else "read"
    return found


def _put(client: Client, path: str, text: str) -> int:
    return client.put_event(path, text).status_code


@pytest.fixture
def to_group(owner: Person, calendar: str, group: str) -> str:
    """The calendar, shared read-only with the group of anna and bernd."""
    assert owner.client.share(calendar, f"principal:principals/groups/{quote_plus(group)}").status_code == 200
    return calendar


@pytest.fixture
def team_with_group(owner: Person, team: str, group: str) -> Iterator[str]:
    body = {"userId": group, "type": 2}
    assert owner.client.ocs("POST", f"/apps/circles/circles/{team}/members", json=body).code == 200
    yield team


def test_a_person_sees_a_shared_calendar_under_the_owners_names(owner: Person, calendar: str, anna: Person) -> None:
    answer = owner.client.share(calendar, f"principal:principals/users/{anna.uid}")
    assert answer.status_code == 200
    assert answer.headers["X-Sabre-Status"] == "everything-went-well"
    path = _shared(owner, calendar, anna)
    names = ("d:displayname", "oc:read-only", "oc:owner-principal", "cs:getctag")
    row = anna.client.propfind(path, *names)[0]
    assert row.text(D + "displayname") == f"Schulungen ({owner.display_name})"
    assert row.text(OC + "owner-principal") == f"principals/users/{owner.uid}"
    assert row.text(CS + "getctag") == owner.client.propfind(calendar, "cs:getctag")[0].text(CS + "getctag")


def test_whoever_reads_through_a_team_and_writes_by_name_may_write_and_sees_one_calendar(
    owner: Person, calendar: str, team_with_group: str, anna: Person, bernd: Person
) -> None:
    assert owner.client.share(calendar, f"principal:principals/circles/{team_with_group}").status_code == 200
    assert owner.client.share(calendar, f"principal:principals/users/{anna.uid}", write=True).status_code == 200
    rows = [name for name in anna.client.calendar_names() if calendar.rsplit("/", 2)[1] in name]
    assert len(rows) == 1
    for_anna, for_bernd = (f"{_shared(owner, calendar, each)}treffen.ics" for each in (anna, bernd))
    assert _put(anna.client, for_anna, event("treffen")) == 201
    assert _put(bernd.client, for_bernd, event("treffen", "Anders")) in (403, 404)
    assert owner.client.share(calendar, remove=(f"principal:principals/users/{anna.uid}",)).status_code == 200
    assert anna.client.dav("GET", for_anna).status_code == 200
    assert _put(anna.client, for_anna, event("treffen", "Anders")) in (403, 404)


def test_the_share_row_tells_href_name_and_access(owner: Person, calendar: str, anna: Person) -> None:
    href = f"principal:principals/users/{anna.uid}"
    owner.client.share(calendar, href)
    assert _invited(owner, calendar) == {href: "read"}
    owner.client.share(calendar, href, write=True)
    assert _invited(owner, calendar) == {href: "write"}
    row = owner.client.propfind(calendar, "oc:invite")[0].properties[OC + "invite"]
    assert [one.text for one in row.iter(OC + "common-name")] == [anna.display_name]
    owner.client.share(calendar, remove=(href,))
    assert _invited(owner, calendar) == {}
    assert not _sees(anna, _shared(owner, calendar, anna))


def test_sharing_twice_leaves_one_row(owner: Person, calendar: str, anna: Person) -> None:
    href = f"principal:principals/users/{anna.uid}"
    for _ in range(2):
        owner.client.share(calendar, href)
    assert _invited(owner, calendar) == {href: "read"}


def test_a_group_spelled_as_forms_spell_reaches_its_people(
    owner: Person, to_group: str, group: str, anna: Person, bernd: Person
) -> None:
    assert _invited(owner, to_group) == {f"principal:principals/groups/{quote_plus(group)}": "read"}
    for person in (anna, bernd):
        assert _sees(person, _shared(owner, to_group, person))


def test_a_group_spelled_with_percent_20_is_listed_and_reaches_nobody(
    owner: Person, calendar: str, group: str, anna: Person
) -> None:
    href = f"principal:principals/groups/{quote(group, safe='')}"
    assert owner.client.share(calendar, href).status_code == 200
    assert href in _invited(owner, calendar)
    assert not _sees(anna, _shared(owner, calendar, anna))


@pytest.mark.parametrize("kind", ["users", "groups", "circles"])
def test_an_unknown_principal_is_200_and_nothing(owner: Person, calendar: str, kind: str) -> None:
    assert owner.client.share(calendar, f"principal:principals/{kind}/{unique('niemand')}").status_code == 200
    assert _invited(owner, calendar) == {}


def test_a_share_with_oneself_is_nothing(owner: Person, calendar: str) -> None:
    assert owner.client.share(calendar, f"principal:principals/users/{owner.uid}").status_code == 200
    assert _invited(owner, calendar) == {}


def test_a_team_reaches_its_people_also_through_a_group(
    owner: Person, calendar: str, team_with_group: str, anna: Person
) -> None:
    href = f"principal:principals/circles/{team_with_group}"
    assert owner.client.share(calendar, href).status_code == 200
    assert _invited(owner, calendar) == {href: "read"}
    assert _sees(anna, _shared(owner, calendar, anna))


def test_leaving_and_joining_the_group_counts_at_once(
    owner: Person, calendar: str, team_with_group: str, group: str, anna: Person, service_privileged: Client
) -> None:
    owner.client.share(calendar, f"principal:principals/circles/{team_with_group}")
    path = _shared(owner, calendar, anna)
    membership = f"/cloud/users/{anna.uid}/groups"
    try:
        assert service_privileged.ocs("DELETE", membership, data={"groupid": group}).code == 200
        assert not _sees(anna, path)
    finally:
        assert service_privileged.ocs("POST", membership, data={"groupid": group}).code == 200
    assert _sees(anna, path)


def test_the_row_of_a_deleted_team_stays_without_its_name(owner: Person, calendar: str) -> None:
    team = owner.client.ocs("POST", "/apps/circles/circles", json={"name": unique("Kurz")}).data["id"]
    href = f"principal:principals/circles/{team}"
    owner.client.share(calendar, href)
    owner.client.ocs("DELETE", f"/apps/circles/circles/{team}")
    assert _invited(owner, calendar) == {href: "read"}
    row = owner.client.propfind(calendar, "oc:invite")[0].properties[OC + "invite"]
    assert list(row.iter(OC + "common-name")) == []


def test_a_reader_may_not_write_and_is_told_404(owner: Person, to_group: str, anna: Person) -> None:
    uid = unique("u")
    path = _shared(owner, to_group, anna)
    assert _put(owner.client, f"{to_group}{uid}.ics", event(uid)) == 201
    assert anna.client.dav("GET", f"{path}{uid}.ics").status_code == 200
    assert _put(anna.client, f"{path}{uid}.ics", event(uid, "x")) == 404
    assert _put(anna.client, f"{path}{unique('v')}.ics", event(unique("v"))) == 404
    assert anna.client.dav("DELETE", f"{path}{uid}.ics").status_code == 404


def test_an_editor_writes_and_does_not_share_on(owner: Person, calendar: str, anna: Person, bernd: Person) -> None:
    owner.client.share(calendar, f"principal:principals/users/{anna.uid}", write=True)
    uid, path = unique("u"), _shared(owner, calendar, anna)
    assert _put(anna.client, f"{path}{uid}.ics", event(uid)) == 201
    assert owner.client.dav("GET", f"{calendar}{uid}.ics").content == event(uid).encode()
    assert _put(anna.client, f"{path}{uid}.ics", event(uid, "Neu")) == 204
    assert anna.client.share(path, f"principal:principals/users/{bernd.uid}").status_code == 403
    assert anna.client.dav("DELETE", f"{path}{uid}.ics").status_code == 204


def test_an_editors_delete_and_the_owners_re_creation_collide(owner: Person, calendar: str, anna: Person) -> None:
    owner.client.share(calendar, f"principal:principals/users/{anna.uid}", write=True)
    uid, path = unique("u"), _shared(owner, calendar, anna)
    _put(owner.client, f"{calendar}{uid}.ics", event(uid))
    assert anna.client.dav("DELETE", f"{path}{uid}.ics").status_code == 204
    assert _put(owner.client, f"{calendar}{uid}.ics", event(uid)) == 500
    assert owner.client.dav("DELETE", owner.client.trashed(uid)).status_code == 204
    assert _put(owner.client, f"{calendar}{uid}.ics", event(uid)) == 201


def test_the_stronger_of_two_ways_in_counts(owner: Person, to_group: str, anna: Person) -> None:
    owner.client.share(to_group, f"principal:principals/users/{anna.uid}", write=True)
    uid = unique("u")
    assert _put(anna.client, f"{_shared(owner, to_group, anna)}{uid}.ics", event(uid)) == 201


ALARM = "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:x\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\n"


def test_a_reader_gets_no_alarms_and_the_owners_etag(owner: Person, to_group: str, anna: Person) -> None:
    uid = unique("u")
    text = event(uid, more="URL:https://schulung.example/a\r\n" + ALARM)
    tag = owner.client.put_event(f"{to_group}{uid}.ics", text).headers["ETag"]
    got = anna.client.dav("GET", f"{_shared(owner, to_group, anna)}{uid}.ics")
    assert got.headers["ETag"] == tag
    assert "VALARM" not in got.text
    assert "URL;VALUE=URI:https://schulung.example/a" in got.text


def test_an_editor_gets_the_alarms(owner: Person, calendar: str, anna: Person) -> None:
    owner.client.share(calendar, f"principal:principals/users/{anna.uid}", write=True)
    uid = unique("u")
    owner.client.put_event(f"{calendar}{uid}.ics", event(uid, more=ALARM))
    assert "BEGIN:VALARM" in anna.client.dav("GET", f"{_shared(owner, calendar, anna)}{uid}.ics").text


@pytest.mark.parametrize("write", [False, True])
def test_private_objects_are_hidden_from_every_sharee(owner: Person, calendar: str, anna: Person, write: bool) -> None:
    owner.client.share(calendar, f"principal:principals/users/{anna.uid}", write=write)
    uid, path = unique("u"), _shared(owner, calendar, anna)
    _put(owner.client, f"{calendar}{uid}.ics", event(uid, more="CLASS:PRIVATE\r\n"))
    assert anna.client.dav("GET", f"{path}{uid}.ics").status_code == 404
    assert len(anna.client.propfind(path, "d:getetag", depth="1")) == 1
    assert uid not in anna.client.sync(path).text


@pytest.mark.parametrize("write", [False, True])
def test_confidential_objects_are_busy_time_for_readers(
    owner: Person, calendar: str, anna: Person, write: bool
) -> None:
    owner.client.share(calendar, f"principal:principals/users/{anna.uid}", write=write)
    uid = unique("u")
    _put(owner.client, f"{calendar}{uid}.ics", event(uid, "Geheim", "CLASS:CONFIDENTIAL\r\n"))
    text = anna.client.dav("GET", f"{_shared(owner, calendar, anna)}{uid}.ics").text
    assert ("SUMMARY:Geheim" in text) is write
    assert ("SUMMARY:Busy" in text) is not write


def test_a_cancelled_object_stays_listed(owner: Person, to_group: str, anna: Person) -> None:
    uid = unique("u")
    _put(owner.client, f"{to_group}{uid}.ics", event(uid, "Fällt aus: OZG", "STATUS:CANCELLED\r\n"))
    assert "Fällt aus: OZG" in anna.client.sync(_shared(owner, to_group, anna)).content.decode()


def test_a_sharee_syncs_by_the_owners_numbers(owner: Person, to_group: str, anna: Person) -> None:
    path = _shared(owner, to_group, anna)
    token = sync_token(anna.client.sync(path))
    uid = unique("u")
    _put(owner.client, f"{to_group}{uid}.ics", event(uid))
    assert f"{uid}.ics" in anna.client.sync(path, token).text


def test_a_sharees_own_name_and_colour_are_its_own(owner: Person, to_group: str, anna: Person, bernd: Person) -> None:
    path = _shared(owner, to_group, anna)
    inner = "<d:displayname>Mein Name</d:displayname><ical:calendar-color>#ff0000</ical:calendar-color>"
    assert anna.client.proppatch(path, inner).status_code == 207
    assert anna.client.propfind(path, "d:displayname")[0].text(D + "displayname") == "Mein Name"
    other = bernd.client.propfind(_shared(owner, to_group, bernd), "d:displayname")[0]
    assert other.text(D + "displayname") == f"Schulungen ({owner.display_name})"
    assert owner.client.propfind(to_group, "d:displayname")[0].text(D + "displayname") == "Schulungen"


def test_a_sharee_who_unshares_is_not_brought_back_by_sharing_again(
    owner: Person, to_group: str, group: str, anna: Person, bernd: Person
) -> None:
    path = _shared(owner, to_group, anna)
    assert anna.client.dav("DELETE", path).status_code == 204
    assert not _sees(anna, path)
    owner.client.share(to_group, f"principal:principals/groups/{quote_plus(group)}")
    assert not _sees(anna, path)
    assert _sees(bernd, _shared(owner, to_group, bernd))


def test_a_direct_share_set_and_removed_brings_an_unsharer_back(owner: Person, to_group: str, anna: Person) -> None:
    path, href = _shared(owner, to_group, anna), f"principal:principals/users/{anna.uid}"
    anna.client.dav("DELETE", path)
    owner.client.share(to_group, href)
    owner.client.share(to_group, remove=(href,))
    assert _sees(anna, path)


@pytest.mark.parametrize("through", ["group", "team"])
def test_set_and_removed_in_one_request_brings_an_unsharer_back_as_well(
    owner: Person, calendar: str, group: str, team_with_group: str, anna: Person, bernd: Person, through: str
) -> None:
    way = f"groups/{quote_plus(group)}" if through == "group" else f"circles/{team_with_group}"
    assert owner.client.share(calendar, f"principal:principals/{way}").status_code == 200
    path, href = _shared(owner, calendar, anna), f"principal:principals/users/{anna.uid}"
    assert anna.client.dav("DELETE", path).status_code == 204
    assert not _sees(anna, path)
    assert owner.client.share(calendar, href, remove=(href,)).status_code == 200
    assert _sees(anna, path)
    assert _invited(owner, calendar) == {f"principal:principals/{way}": "read"}
    assert _sees(bernd, _shared(owner, calendar, bernd))


def test_whom_nothing_else_reaches_sees_nothing_after_it(owner: Person, calendar: str, anna: Person) -> None:
    href = f"principal:principals/users/{anna.uid}"
    assert owner.client.share(calendar, href, remove=(href,)).status_code == 200
    assert not _sees(anna, _shared(owner, calendar, anna))
    assert _invited(owner, calendar) == {}


def test_ten_principals_fit_into_one_request_and_eleven_do_not(owner: Person, calendar: str) -> None:
    hrefs = [f"principal:principals/users/{unique('niemand')}" for _ in range(11)]
    assert owner.client.share(calendar, *hrefs[:10]).status_code == 200
    refused = owner.client.share(calendar, *hrefs)
    assert refused.status_code == 400
    assert "limited to 10" in error_message(refused)
    assert owner.client.share(calendar).status_code == 400


def test_several_are_set_and_removed_in_one_request(owner: Person, calendar: str, anna: Person, bernd: Person) -> None:
    first, second = (f"principal:principals/users/{person.uid}" for person in (anna, bernd))
    owner.client.share(calendar, first)
    owner.client.share(calendar, second, remove=(first,))
    assert _invited(owner, calendar) == {second: "read"}


def test_a_published_calendar_is_read_without_a_login(server: Server, owner: Person, calendar: str) -> None:
    uid, hidden = unique("u"), unique("v")
    _put(owner.client, f"{calendar}{uid}.ics", event(uid, "Öffentlich"))
    _put(owner.client, f"{calendar}{hidden}.ics", event(hidden, "Privat", "CLASS:PRIVATE\r\n"))
    body = '<cs:publish-calendar xmlns:cs="http://calendarserver.org/ns/"/>'
    assert owner.client.dav("POST", calendar, body).status_code == 202
    element = owner.client.propfind(calendar, "cs:publish-url")[0].properties[CS + "publish-url"]
    href = next(element.iter(D + "href")).text or ""
    url = server.url + href[href.index("/remote.php") :] + "?export"
    exported = requests.get(url, timeout=30)
    assert exported.status_code == 200
    assert exported.headers["Content-Type"].startswith("text/calendar")
    assert "SUMMARY:Öffentlich" in exported.content.decode()
    assert "Privat" not in exported.content.decode()
    assert owner.client.dav("POST", calendar, body.replace("publish", "unpublish")).status_code == 200
    assert requests.get(url, timeout=30).status_code == 404


@pytest.mark.parametrize("write", [False, True])
def test_whom_a_calendar_is_shared_with_is_told_whether_it_may_be_written(
    owner: Person, calendar: str, anna: Person, write: bool
) -> None:
    assert owner.client.share(calendar, f"principal:principals/users/{anna.uid}", write=write).status_code == 200
    [row] = anna.client.propfind(_shared(owner, calendar, anna), "d:current-user-privilege-set")[:1]
    told = {right.tag for each in row.properties[D + "current-user-privilege-set"] for right in each}
    assert (D + "write" in told) is write
    assert D + "read" in told
    [own] = owner.client.propfind(calendar, "d:current-user-privilege-set")[:1]
    assert D + "write" in {right.tag for each in own.properties[D + "current-user-privilege-set"] for right in each}
