"""Fällt heute aus: one tap and one sentence of a coordinator; honest about what the calendar shows by then."""

import pytest
from journeys_town import FAR, THREE, TODAY, row
from web_office import Browser, Office

from network.state import Leases
from plugin import cancelling

PAGE = "/faellt-aus"
TODAYS = [row(1, "OZG Grundlagen", day=TODAY, start="9:00"), row(2, "E-Akte"), row(3, "IT-Sicherheit")]
ROLES = """roles:
  coordinators: {people: [erika.kreis]}
  network_admins: {people: [max.kreis]}
  training_offices: {people: [anna.brakel]}
  reviewers: {people: [dora.nieheim]}
service:
"""
OWN = """connectors:
  termine:
    type: table
    location: termine.csv
    every: 1 hour
    settle: 0 minutes
    columns: {key: Nr., title: Titel, date: Datum, start: Beginn, end: Ende}
calendars:
  brakel-intern: {name: Brakel intern, from: [termine], share: {administrations: [brakel]}}
"""


@pytest.fixture
def programme(office: Office) -> Office:
    """One training is today, two are far away."""
    office.town.swap("service:\n", ROLES)
    office.town.save(TODAYS)
    office.town.apply()
    assert office.running.reload()
    return office


def field(text: str, name: str) -> str:
    return text.split(f'name="{name}" value="')[1].split('"', maxsplit=1)[0]


def cancel(browser: Browser, reason: str = "Referentin erkrankt", page: str = PAGE, **more: str) -> str:
    shown = browser.text(page)
    answer = browser.post(
        PAGE, token=browser.token(), key=field(shown, "key"), day=field(shown, "day"), reason=reason, **more
    )
    assert answer.status_code == 200, answer.text
    return answer.text


def test_one_sentence_and_staff_see_it_in_their_calendar(programme: Office) -> None:
    erika = programme.person("erika.kreis")
    assert "OZG Grundlagen" in erika.text(PAGE)
    assert "E-Akte" not in erika.text(PAGE)

    said = cancel(erika)

    assert "Im Kalender steht jetzt" in said
    assert programme.town.titles() == ["E-Akte", "Fällt aus: OZG Grundlagen", "IT-Sicherheit"]
    shown = erika.text(PAGE)
    assert "Referentin erkrankt" in shown
    assert "Eingetragen von erika.kreis" in shown
    assert "Findet doch statt" in shown
    assert "Fällt aus, oder findet doch statt" in programme.person("max.kreis").text("/betrieb/laeufe")


def test_it_takes_place_after_all(programme: Office) -> None:
    erika = programme.person("erika.kreis")
    cancel(erika)

    said = cancel(erika, reason="", back="1")

    assert "findet die Schulung wieder statt" in said
    assert programme.town.titles() == ["E-Akte", "IT-Sicherheit", "OZG Grundlagen"]


def test_without_a_sentence_nothing_happens_and_the_field_is_named(programme: Office) -> None:
    erika = programme.person("erika.kreis")
    shown = erika.text(PAGE)

    answer = erika.post(PAGE, token=erika.token(), key=field(shown, "key"), day=field(shown, "day"), reason=" ")

    assert answer.status_code == 422
    assert 'href="#reason-missing"' in answer.text
    assert 'id="reason-missing"' in answer.text
    assert programme.town.titles() == ["E-Akte", "IT-Sicherheit", "OZG Grundlagen"]


def test_while_another_run_is_at_work_the_page_says_so_and_a_worker_is_asked(
    programme: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cancelling, "PATIENCE", cancelling.PATIENCE * 0)
    erika, town = programme.person("erika.kreis"), programme.town
    leases = Leases(programme.running.state.engine, holder="elsewhere/1/1", clock=lambda: town.now().timestamp())
    taken = leases.take(["network:probe-kreis"])

    said = cancel(erika)

    assert "Gemerkt, aber noch nicht im Kalender" in said
    assert town.titles() == ["E-Akte", "IT-Sicherheit", "OZG Grundlagen"]
    leases.give_back(taken)
    assert programme.errands.is_any_due()
    programme.errands.go()
    assert town.titles() == ["E-Akte", "Fällt aus: OZG Grundlagen", "IT-Sicherheit"]


def test_the_table_names_another_day_and_somebody_decides(programme: Office) -> None:
    erika = programme.person("erika.kreis")
    cancel(erika)
    programme.town.save([row(1, "OZG Grundlagen", day=FAR), *THREE[1:]])
    programme.town.apply()
    shown = erika.text(PAGE)
    assert "Bitte entscheiden" in shown

    answer = erika.post(f"{PAGE}/anderer-tag", token=erika.token(), key=field(shown, "key"), words="keep")

    assert answer.status_code == 200
    programme.errands.go()
    assert programme.town.titles() == ["E-Akte", "Fällt aus: OZG Grundlagen", "IT-Sicherheit"]
    assert "Bitte entscheiden" not in erika.text(PAGE)


def test_who_plans_no_trainings_finds_no_such_page(programme: Office) -> None:
    for account in ("bernd.brakel", "dora.nieheim"):
        browser = programme.person(account)
        assert browser.get(PAGE).status_code == 404
        assert browser.post(PAGE, token=browser.token(), key="x", day="2027-01-01", reason="x").status_code == 404
        assert PAGE.strip("/") not in browser.text("/")
    for account in ("erika.kreis", "max.kreis"):
        assert "OZG Grundlagen" in programme.person(account).text(PAGE)


def test_a_training_office_cancels_in_calendars_of_its_own_administration_alone(programme: Office) -> None:
    anna = programme.person("anna.brakel")
    assert "OZG Grundlagen" not in anna.text(PAGE)
    key = field(programme.person("erika.kreis").text(PAGE), "key")
    assert anna.post(PAGE, token=anna.token(), key=key, day=TODAY.isoformat(), reason="x").status_code == 404

    town = programme.town
    folder = town.config.with_name("brakel")
    folder.mkdir()
    folder.joinpath("brakel.yaml").write_text(OWN)
    day = f"{TODAY:%d.%m.%Y}"
    folder.joinpath("termine.csv").write_text(f"Nr.;Titel;Datum;Beginn;Ende\n1;Aktenplan;{day};9:00;12:00\n")
    town.swap("network:\n", "include: [{file: brakel/brakel.yaml, administration: brakel}]\nnetwork:\n")
    town.apply()
    assert programme.running.reload()
    anna = programme.person("anna.brakel")

    cancel(anna)

    assert town.titles(calendar="Brakel intern") == ["Fällt aus: Aktenplan"]


def test_what_a_table_says_in_its_own_words_does_no_harm(programme: Office) -> None:
    programme.town.save([row(1, "<script>alert(1)</script>", day=TODAY)])
    programme.town.apply()
    erika = programme.person("erika.kreis")

    said = cancel(erika, reason='"><script>alert(2)</script>')

    assert "<script>alert" not in said + erika.text(PAGE)


def test_a_form_without_its_token_is_refused(programme: Office) -> None:
    erika = programme.person("erika.kreis")
    shown = erika.text(PAGE)
    answer = erika.post(PAGE, key=field(shown, "key"), day=field(shown, "day"), reason="x")
    assert answer.status_code == 403
