"""Betrieb: how things stand, a run at once, and who may see what."""

from journeys_town import Town
from web_office import Browser, Office
from web_roles import SCRIPT, carried_out, in_english, may, may_post

from network.problems import Problem
from network.state.sources import SourceLog
from network.text import Text


def test_every_connector_and_scope_is_there_with_its_state(admin: Browser) -> None:
    page = admin.text("/betrieb")
    for words in (
        "plan",
        "beschaeftigte",
        "Kalender Schulungen",
        "15 Minuten",
        "Letzter Versuch",
        "in Ordnung",
        "angesehen",
    ):
        assert words in page, words


def test_all_is_well_is_said_and_what_is_not_too(office: Office, admin: Browser, town: Town) -> None:
    assert "Niemand muss etwas tun" in admin.text("/betrieb")
    town.config.write_text(town.config.read_text() + "\ncalendar: {}\n")
    assert not office.running.reload()
    page = admin.text("/betrieb")
    assert "Es gibt etwas zu tun" in page
    assert "Die letzte gültige Konfiguration bleibt in Kraft" in page
    assert "netz.yaml:" in page


def test_a_source_that_was_not_read_for_too_long_is_said_with_what_to_do(staffed: Office) -> None:
    staffed.town.wait(hours=2)
    page = staffed.person("erika.kreis").text("/betrieb")
    assert "Es gibt etwas zu tun" in page
    assert "veraltet" in page
    assert "Ziel: höchstens 40 Minuten" in page
    assert "ob der Dienst läuft" in page


def test_a_stopped_scope_says_where_to_decide(staffed: Office, admin: Browser, town: Town) -> None:
    town.swap("    from: [plan]\n", "    from: [plan]\n    where: {not_tags: [OZG]}\n")
    town.apply()
    page = admin.text("/betrieb")
    assert "3 von 3 Einträgen würden verloren gehen" in page
    assert "Zur Vorschau" in page
    assert "zuletzt in Ordnung" in page
    reviewer = staffed.person("dora.nieheim").text("/betrieb")
    assert "3 von 3 Einträgen" in reviewer
    assert "Zur Vorschau" not in reviewer


def test_what_a_source_or_a_file_is_called_is_no_markup(staffed: Office, admin: Browser) -> None:
    log = SourceLog(staffed.running.state.engine, clock=staffed.town.now)
    log.note_health(f"plan{SCRIPT}", SCRIPT, succeeded=True, items=1, quarantined=0)
    staffed.running.broken = (Problem(SCRIPT, SCRIPT, Text(SCRIPT, SCRIPT), Text(SCRIPT, SCRIPT)),)
    page = admin.text("/betrieb")
    assert SCRIPT not in page
    assert "&lt;script&gt;" in page


def test_only_those_who_may_see_it(staffed: Office) -> None:
    may(staffed, "/betrieb", "erika.kreis", "dora.nieheim")
    may_post(staffed, "/betrieb/lauf", "erika.kreis")
    assert "Betrieb" not in staffed.person("anna.brakel").text("/")


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


def test_in_english(admin: Browser) -> None:
    page = in_english(admin, "/betrieb")
    assert "All is well" in page
    assert "15 minutes" in page
