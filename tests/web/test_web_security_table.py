"""Every page and every call against every role: what somebody may not do does not exist for them, and nothing is
changed by a form of somebody else."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from web_office import AT, Browser, Office

from plugin.web.access import ALLOWED, API, EVERYBODY, MACHINES
from plugin.web.visitors import Role

PEOPLE = {
    "erika.kreis": {Role.STAFF, Role.NETWORK_ADMIN},
    "max.kreis": {Role.STAFF, Role.COORDINATOR},
    "dora.nieheim": {Role.STAFF, Role.REVIEWER},
    "emil.nieheim": {Role.STAFF, Role.TRAINING_OFFICE},
    "anna.brakel": {Role.STAFF},
}
ENDS_THE_SESSION = "login.end"


def doors(app: Flask) -> Iterator[tuple[str, str, str]]:
    """Endpoint, method and an address of everything that the program answers to."""
    for rule in app.url_map.iter_rules():
        address = re.sub(r"<int[^>]*>", "1", rule.rule)
        address = re.sub(r"<[^>]*>", "gibt-es-nicht", address)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule.endpoint, method, address


def ask(browser: Browser, method: str, address: str, token: str | None = None) -> int:
    """The status; with a token as forms and calls carry it."""
    headers = {"X-Token": token} if token else {}
    fields = {"token": token} if token else {}
    is_call = address.startswith("/api/")
    given: dict[str, object] = {"json": {}} if is_call else {"data": fields}
    if method == "GET":
        given = {}
    answer = browser.client.open(address, method=method, base_url=AT, headers=headers, **given)  # type: ignore[arg-type]
    return answer.status_code


@pytest.fixture
def offices(staffed: Office) -> Office:
    staffed.town.swap("roles:\n", "roles:\n  training_offices: {people: [emil.nieheim]}\n")
    assert staffed.running.reload()
    return staffed


def test_everything_that_answers_stands_in_the_table(office: Office) -> None:
    known = {rule.endpoint for rule in office.app.url_map.iter_rules()}
    assert known == ALLOWED.keys()


@pytest.mark.parametrize("account", PEOPLE)
def test_what_a_role_may_not_do_does_not_exist_for_it(offices: Office, account: str) -> None:
    browser, roles = offices.person(account), PEOPLE[account]
    token = browser.token()
    looked = set()
    for endpoint, method, address in doors(offices.app):
        allowed = ALLOWED[endpoint]
        if allowed is EVERYBODY or endpoint == ENDS_THE_SESSION:
            continue
        status = ask(browser, method, address, token)
        assert status < 500 or status == 502, (endpoint, status)
        if roles.isdisjoint(allowed):
            assert status == 404, (endpoint, method, status)
        elif method == "GET" and "gibt-es-nicht" not in address and address.rpartition("/")[2] != "1":
            assert status != 404 or endpoint == "api.preview", (endpoint, method)
        looked.add(endpoint)
    assert len(looked) > 40


@pytest.mark.parametrize("account", PEOPLE)
@pytest.mark.parametrize("token", [None, "geraten", "ä\x01"])
def test_nothing_is_changed_without_the_token_of_the_page(offices: Office, account: str, token: str | None) -> None:
    browser, roles = offices.person(account), PEOPLE[account]
    since = offices.town.mark()
    for endpoint, method, address in doors(offices.app):
        if method == "GET" or ALLOWED[endpoint] is EVERYBODY:
            continue
        expected = 404 if roles.isdisjoint(ALLOWED[endpoint]) else 403
        sent = token if not address.startswith("/api/") or token is None else token.replace("\x01", "")
        assert ask(browser, method, address, sent) == expected, (endpoint, method)
    assert offices.town.writes(since) == []
    assert browser.text("/")


def test_the_token_of_another_person_is_none(offices: Office) -> None:
    mine, theirs = offices.person("erika.kreis"), offices.person("anna.brakel").token()
    assert mine.post("/betrieb/lauf", token=theirs).status_code == 403


def test_without_a_login_there_is_a_login_and_nothing_else(offices: Office) -> None:
    browser = offices.browser()
    for endpoint, method, address in doors(offices.app):
        blueprint = endpoint.partition(".")[0]
        if ALLOWED[endpoint] is EVERYBODY or blueprint in MACHINES:
            continue
        answer = browser.client.open(address, method=method, base_url=AT)
        if blueprint == API:
            assert answer.status_code == 401, endpoint
        else:
            assert answer.status_code == 303, endpoint
            assert answer.headers["Location"] in ("/login", f"{AT}/login"), endpoint
