"""What has changed and what fits: sync-collection with its traps, multiget, calendar-query."""

from __future__ import annotations

import pytest
from contract_server import NAMESPACES, SYNC, C, D, Person, event, exception, multistatus, sync_token, unique


def _put(owner: Person, calendar: str, summary: str = "x", uid: str = "", more: str = "") -> str:
    uid = uid or unique("u")
    assert owner.client.put_event(f"{calendar}{uid}.ics", event(uid, summary, more)).status_code in (201, 204)
    return uid


def _query(owner: Person, path: str, inner: str, data: str = "<c:calendar-data/>", depth: str = "1") -> list[str]:
    body = (
        f"<c:calendar-query {NAMESPACES}><d:prop><d:getetag/>{data}</d:prop><c:filter>"
        f'<c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT">{inner}</c:comp-filter></c:comp-filter>'
        "</c:filter></c:calendar-query>"
    )
    response = owner.client.dav("REPORT", path, body, Depth=depth)
    assert response.status_code == 207, response.text
    return [row.text(C + "calendar-data") for row in multistatus(response)]


def test_an_empty_token_lists_everything_with_its_text_without_carriage_returns(owner: Person, calendar: str) -> None:
    uids = {_put(owner, calendar) for _ in range(3)}
    response = owner.client.sync(calendar)
    assert response.status_code == 207
    rows = multistatus(response)
    assert {row.name.removesuffix(".ics") for row in rows} == uids
    texts = [row.text(C + "calendar-data") for row in rows]
    assert all("\nUID:" in text and "\r" not in text for text in texts)
    assert sync_token(response) == f"{SYNC}{owner.client.token(calendar)}"


def test_a_token_gives_what_came_changed_and_went_since(owner: Person, calendar: str) -> None:
    stays, changes, goes = _put(owner, calendar), _put(owner, calendar), _put(owner, calendar)
    token = sync_token(owner.client.sync(calendar))
    comes = _put(owner, calendar)
    _put(owner, calendar, "neu", changes)
    owner.client.dav("DELETE", f"{calendar}{goes}.ics")
    rows = {row.name.removesuffix(".ics"): row.status for row in multistatus(owner.client.sync(calendar, token))}
    assert rows == {comes: 200, changes: 200, goes: 404}
    assert stays not in rows


def test_nothing_new_is_an_empty_answer_with_the_same_token(owner: Person, calendar: str) -> None:
    _put(owner, calendar)
    token = sync_token(owner.client.sync(calendar))
    again = owner.client.sync(calendar, token)
    assert multistatus(again) == []
    assert sync_token(again) == token


def test_a_token_of_the_future_is_answered_with_nothing(owner: Person, calendar: str) -> None:
    _put(owner, calendar)
    answer = owner.client.sync(calendar, f"{SYNC}999999")
    assert answer.status_code == 207
    assert multistatus(answer) == []
    assert sync_token(answer) == f"{SYNC}{owner.client.token(calendar)}"


def test_a_token_with_a_wrong_prefix_is_403(owner: Person, calendar: str) -> None:
    refused = owner.client.sync(calendar, "data:,fremd")
    assert (refused.status_code, exception(refused)) == (403, "InvalidSyncToken")
    assert "valid-sync-token" in refused.text


@pytest.mark.parametrize(("rest", "tells_deletions"), [("abc", False), ("0", True)])
def test_a_token_without_a_number_lists_everything(
    owner: Person, calendar: str, rest: str, tells_deletions: bool
) -> None:
    stays, goes = _put(owner, calendar), _put(owner, calendar)
    owner.client.dav("DELETE", f"{calendar}{goes}.ics")
    rows = {row.name: row.status for row in multistatus(owner.client.sync(calendar, SYNC + rest))}
    assert rows == {f"{stays}.ics": 200} | ({f"{goes}.ics": 404} if tells_deletions else {})


def test_a_limit_loses_changes_and_says_nothing(owner: Person, calendar: str) -> None:
    _put(owner, calendar)
    token = sync_token(owner.client.sync(calendar))
    for _ in range(5):
        _put(owner, calendar)
    limit = "<d:limit><d:nresults>2</d:nresults></d:limit>"
    answer = owner.client.sync(calendar, token, limit)
    assert len(multistatus(answer)) == 2
    assert sync_token(answer) == f"{SYNC}{owner.client.token(calendar)}"


def test_a_limit_on_the_first_sync_is_507(owner: Person, calendar: str) -> None:
    for _ in range(3):
        _put(owner, calendar)
    answer = owner.client.sync(calendar, "", "<d:limit><d:nresults>2</d:nresults></d:limit>")
    assert answer.status_code in (207, 507)
    assert "507" in answer.text or answer.status_code == 507


def test_deleted_and_restored_in_one_window_reports_as_deleted(owner: Person, calendar: str) -> None:
    """The change log keeps the highest operation of a name: a truth check by ETags has to follow."""
    uid = _put(owner, calendar)
    token = sync_token(owner.client.sync(calendar))
    owner.client.dav("DELETE", f"{calendar}{uid}.ics")
    target = f"{owner.client.url}/remote.php/dav{owner.client.home('trashbin/restore/file')}"
    assert owner.client.dav("MOVE", owner.client.trashed(uid), Destination=target).status_code == 201
    rows = [(row.name, row.status) for row in multistatus(owner.client.sync(calendar, token))]
    assert rows == [(f"{uid}.ics", 404)]
    assert owner.client.dav("GET", f"{calendar}{uid}.ics").status_code == 200


def test_the_home_itself_does_not_sync(owner: Person) -> None:
    assert owner.client.sync(owner.client.home()).status_code == 415


def test_multiget_leaves_out_in_silence_what_is_missing(owner: Person, calendar: str) -> None:
    uids = [_put(owner, calendar) for _ in range(2)]
    hrefs = "".join(f"<d:href>/remote.php/dav{calendar}{name}.ics</d:href>" for name in (*uids, "nichts"))
    body = f"<c:calendar-multiget {NAMESPACES}><d:prop><d:getetag/><c:calendar-data/></d:prop>{hrefs}</c:calendar-multiget>"
    rows = multistatus(owner.client.dav("REPORT", calendar, body, Depth="1"))
    assert {row.name for row in rows} == {f"{uid}.ics" for uid in uids}
    assert all(row.text(D + "getetag") for row in rows)


def test_a_query_finds_by_time(owner: Person, calendar: str) -> None:
    uid = unique("u")
    owner.client.put_event(f"{calendar}{uid}.ics", event(uid, "Früh", start="20310110T090000Z"))
    _put(owner, calendar, "Spät")
    found = _query(owner, calendar, '<c:time-range start="20310101T000000Z" end="20320101T000000Z"/>')
    assert len(found) == 1
    assert "SUMMARY:Früh" in found[0]


def test_a_query_finds_by_a_property_of_our_own(owner: Person, calendar: str) -> None:
    _put(owner, calendar, "Unser", more="X-DIGITALNETZWERK-KEY:schulung-7\r\n")
    _put(owner, calendar, "Fremd")
    inner = '<c:prop-filter name="X-DIGITALNETZWERK-KEY"><c:text-match>schulung-7</c:text-match></c:prop-filter>'
    found = _query(owner, calendar, inner)
    assert len(found) == 1
    assert "SUMMARY:Unser" in found[0]


def test_a_query_expands_a_series(owner: Person, calendar: str) -> None:
    _put(owner, calendar, "Reihe", more="RRULE:FREQ=DAILY;COUNT=5\r\n")
    between = 'start="20300111T000000Z" end="20300113T000000Z"'
    found = _query(
        owner, calendar, f"<c:time-range {between}/>", f"<c:calendar-data><c:expand {between}/></c:calendar-data>"
    )
    assert found[0].count("BEGIN:VEVENT") == 2
    assert "RRULE" not in found[0]


def test_a_query_without_depth_is_400(owner: Person, calendar: str) -> None:
    body = f'<c:calendar-query {NAMESPACES}><d:prop><d:getetag/></d:prop><c:filter><c:comp-filter name="VCALENDAR"/></c:filter></c:calendar-query>'
    assert owner.client.dav("REPORT", calendar, body, Depth="0").status_code == 400


def test_a_query_in_the_trash_finds_by_component(owner: Person, calendar: str) -> None:
    uid = _put(owner, calendar)
    owner.client.dav("DELETE", f"{calendar}{uid}.ics")
    found = _query(owner, owner.client.home("trashbin/objects/"), "")
    assert any(f"UID:{uid}" in text for text in found)


def test_hundreds_of_objects_come_in_one_multiget(owner: Person, calendar: str) -> None:
    uids = [_put(owner, calendar) for _ in range(120)]
    hrefs = "".join(f"<d:href>/remote.php/dav{calendar}{uid}.ics</d:href>" for uid in uids)
    body = f"<c:calendar-multiget {NAMESPACES}><d:prop><d:getetag/></d:prop>{hrefs}</c:calendar-multiget>"
    assert len(multistatus(owner.client.dav("REPORT", calendar, body, Depth="1"))) == 120
