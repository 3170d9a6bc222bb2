"""People in each role, and a worker that carries out what they ask for."""

import pytest
from web_office import Browser, Office

ROLES = """roles:
  network_admins: {people: [erika.kreis]}
  coordinators: {people: [max.kreis]}
  reviewers: {people: [dora.nieheim]}
"""
EVERYBODY = ("erika.kreis", "max.kreis", "dora.nieheim", "anna.brakel")


@pytest.fixture
def staffed(office: Office) -> Office:
    """The office with somebody in each role: administration, coordination, review; anna.brakel is staff."""
    office.town.config.write_text(office.town.config.read_text() + ROLES)
    assert office.running.reload()
    return office


@pytest.fixture
def admin(staffed: Office) -> Browser:
    return staffed.person("erika.kreis")


def carried_out(office: Office) -> None:
    """A worker does all that is due."""
    while office.errands.go() is not None:
        pass


def in_english(browser: Browser, path: str) -> str:
    answer = browser.client.get(path, base_url="https://netz.probe.example", headers={"Accept-Language": "en"})
    assert answer.status_code == 200
    return answer.text


SCRIPT = "<script>alert(1)</script>"


def may(office: Office, path: str, *accounts: str) -> None:
    """Only these see the page; for everybody else it does not exist."""
    for account in EVERYBODY:
        status = office.person(account).get(path).status_code
        assert status == (200 if account in accounts else 404), (path, account, status)


def may_post(office: Office, path: str, *accounts: str, **fields: str) -> None:
    for account in EVERYBODY:
        browser = office.person(account)
        assert browser.post(path, **fields).status_code in (403, 404), (path, account, "without a token")
        status = browser.post(path, token=browser.token(), **fields).status_code
        assert (status != 404) is (account in accounts), (path, account, status)
