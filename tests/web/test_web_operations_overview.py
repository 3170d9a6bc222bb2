"""Betrieb: how things stand, a run at once, and who may see what."""

import pytest
from journeys_town import Town
from web_office import Browser, Office

ROLES = """roles:
  network_admins: {people: [erika.kreis]}
  coordinators: {people: [max.kreis]}
  reviewers: {people: [dora.nieheim]}
"""


@pytest.fixture
def admin(office: Office) -> Browser:
    return staffed(office).person("erika.kreis")


def staffed(office: Office) -> Office:
    """The office with somebody in each role."""
    office.town.config.write_text(office.town.config.read_text() + ROLES)
    assert office.running.reload()
    return office


def carried_out(office: Office) -> None:
    while office.errands.go() is not None:
        pass


def test_every_connector_and_scope_is_there_with_its_state(admin: Browser) -> None:
    page = admin.text("/betrieb")
    for words in ("plan", "beschaeftigte", "Kalender Schulungen", "15 Minuten", "Letzter Versuch", "in Ordnung"):
        assert words in page, words


def test_all_is_well_is_said_and_what_is_not_too(office: Office, admin: Browser, town: Town) -> None:
    assert "Niemand muss etwas tun" in admin.text("/betrieb")
    town.config.write_text(town.config.read_text() + "\ncalendar: {}\n")
    assert not office.running.reload()
    page = admin.text("/betrieb")
    assert "Es gibt etwas zu tun" in page
    assert "Die letzte gültige Konfiguration bleibt in Kraft" in page
    assert "netz.yaml:" in page


def test_only_those_who_may_see_it(office: Office) -> None:
    staffed(office)
    for account, status in {"erika.kreis": 200, "dora.nieheim": 200, "max.kreis": 404, "anna.brakel": 404}.items():
        browser = office.person(account)
        assert browser.get("/betrieb").status_code == status, account
        assert ("Betrieb" in browser.text("/")) is (status == 200), account
        posted = browser.post("/betrieb/lauf", token=browser.token()).status_code
        assert posted == (200 if account == "erika.kreis" else 404), account


def test_a_run_is_asked_for_and_its_end_is_shown(office: Office, admin: Browser) -> None:
    answer = admin.post("/betrieb/lauf", token=admin.token())
    assert answer.status_code == 200
    assert "Wartet auf den Dienst" in answer.text
    carried_out(office)
    (errand,) = office.errands.log.latest(limit=9)
    page = admin.text(f"/betrieb/auftrag/{errand.id}")
    assert "Beendet: erledigt" in page
    assert "erika.kreis" in page
    assert admin.get("/betrieb/auftrag/4711").status_code == 404


def test_one_connector_alone_and_none_that_is_unknown(office: Office, admin: Browser) -> None:
    assert admin.post("/betrieb/lauf", token=admin.token(), connector="plan").status_code == 200
    assert admin.post("/betrieb/lauf", token=admin.token(), connector="<b>").status_code == 404
    (errand,) = office.errands.log.latest(limit=9)
    assert errand.arguments == {"connectors": ["plan"]}


def test_a_form_of_another_site_starts_nothing(office: Office, admin: Browser) -> None:
    assert admin.post("/betrieb/lauf").status_code == 403
    assert office.errands.log.latest(limit=9) == ()


def test_who_reviews_sees_the_errand_but_not_whose_it_is(office: Office, admin: Browser) -> None:
    admin.post("/betrieb/lauf", token=admin.token())
    carried_out(office)
    page = office.person("dora.nieheim").text("/betrieb/auftrag/1")
    assert "Beendet: erledigt" in page
    assert "erika" not in page


def test_in_english(office: Office, admin: Browser) -> None:
    found = admin.client.get("/betrieb", base_url="https://netz.probe.example", headers={"Accept-Language": "en"})
    assert "All is well" in found.text
    assert "15 minutes" in found.text
