"""The server's limits on calendars and shares, and how they are lifted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sandbox_caller import Caller

from plugin.sandbox import Sandbox

SHARE = (
    '<o:share xmlns:o="http://owncloud.org/ns" xmlns:d="DAV:"><o:set><d:href>principal:principals/users/{}</d:href>'
    "</o:set></o:share>"
)
XML = {"Content-Type": "application/xml"}
SETTINGS = "/ocs/v2.php/apps/provisioning_api/api/v1/config/apps/dav/"


@pytest.fixture
def limited() -> Iterator[Sandbox]:
    with Sandbox(limits="server") as made:
        yield made


@pytest.fixture
def owner(limited: Sandbox) -> Caller:
    return Caller(limited.url, limited.service.user, limited.service.app_password)


def _share(owner: Caller, to: str = "admin") -> int:
    return owner.call("POST", owner.home("c0/"), data=SHARE.format(to), headers=XML).status_code


def test_the_eleventh_calendar_within_an_hour_is_429_also_without_a_cookie(limited: Sandbox, owner: Caller) -> None:
    assert [owner.make_calendar(f"c{number}") for number in range(10)] == [201] * 10
    refused = owner.call("MKCALENDAR", owner.home("c10"))
    assert refused.status_code == 429
    assert "TooManyRequests" in refused.text
    limited.advance(timedelta(hours=1, seconds=1))
    assert owner.make_calendar("c10") == 201


def test_the_thirty_first_calendar_is_403(limited: Sandbox, owner: Caller) -> None:
    for hour in range(3):
        assert [owner.make_calendar(f"c{hour}-{number}") for number in range(10)] == [201] * 10
        limited.advance(timedelta(hours=1, seconds=1))
    refused = owner.call("MKCALENDAR", owner.home("zuviel"))
    assert refused.status_code == 403
    assert "Calendar limit reached" in refused.text


def test_trashed_calendars_count_until_they_are_purged(limited: Sandbox, owner: Caller) -> None:
    for hour in range(3):
        for number in range(10):
            owner.make_calendar(f"c{hour}-{number}")
        limited.advance(timedelta(hours=1, seconds=1))
    assert owner.call("DELETE", owner.home("c0-0/")).status_code == 204
    assert owner.make_calendar("neu") == 403
    assert owner.call("DELETE", owner.home("c0-0/"), headers={"X-NC-CalDAV-No-Trashbin": "1"}).status_code == 204
    assert owner.make_calendar("neu") == 201


def test_the_twenty_first_share_within_an_hour_is_429_and_failed_ones_count(limited: Sandbox, owner: Caller) -> None:
    owner.make_calendar("c0")
    assert [_share(owner) for _ in range(10)] == [200] * 10
    empty = '<o:share xmlns:o="http://owncloud.org/ns"/>'
    failed = [owner.call("POST", owner.home("c0/"), data=empty, headers=XML).status_code for _ in range(10)]
    assert failed == [400] * 10
    assert _share(owner) == 429
    limited.advance(timedelta(hours=1, seconds=1))
    assert _share(owner) == 200


def test_an_administrator_lifts_the_limits_through_the_settings(limited: Sandbox, owner: Caller) -> None:
    admin = Caller(limited.url, limited.admin.user, limited.admin.password)
    for key in ("rateLimitCalendarCreation", "rateLimitShareAddressbookOrCalendar"):
        assert admin.call("POST", SETTINGS + key, data={"value": "1000"}).status_code == 200
    assert admin.call("POST", SETTINGS + "maximumCalendarsSubscriptions", data={"value": "-1"}).status_code == 200
    assert {owner.make_calendar(f"c{number}") for number in range(40)} == {201}
    assert {_share(owner) for _ in range(30)} == {200}
    assert admin.call("DELETE", SETTINGS + "rateLimitCalendarCreation").status_code == 200
    assert owner.make_calendar("wieder-begrenzt") == 429


def test_a_lifted_sandbox_has_no_limits(service: Caller) -> None:
    assert {service.make_calendar(f"c{number}") for number in range(40)} == {201}
    assert {_share(service) for _ in range(30)} == {200}
