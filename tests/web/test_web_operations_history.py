"""Runs and changes, by scope and by words; and what a reviewer reads of them."""

import json

from journeys_town import Town
from web_office import Browser, Office
from web_roles import SCRIPT, in_english, may

from network.plan import Action, Change, Kind, Scope, ScopeKind
from network.report import Outcome, Result
from network.state.runs import RunLog
from network.text import Text

PEOPLE = ("Erika Kreis", "erika.kreis", "carla.brakel", "Zoe Fortgegangen", "zoe.fort")


def noted(office: Office) -> None:
    """A run that let somebody into a team, who is in no list any more, and that says names in its words."""
    log = RunLog(office.running.state.engine, clock=office.town.now)
    scope = Scope(ScopeKind.EXCHANGE_GROUP, "ozg")
    run = log.start("apply")
    about = Text("Zoe Fortgegangen (zoe.fort) steht in der Liste", "Zoe Fortgegangen (zoe.fort) is listed")
    changes = (
        Change(scope, Action.GRANT, Kind.MEMBER, "team > zoe.fort", "Zoe Fortgegangen (zoe.fort)", about, None),
        Change(scope, Action.CREATE, Kind.ROOM, "room", f"Raum {SCRIPT}", Text("für erika.kreis", "for x"), None),
    )
    log.note(run, [Outcome(each, Result.DONE) for each in changes])
    problem = {"code": "x", "where": "carla.brakel", "message": f"zoe.fort {SCRIPT}", "remedy": "Fragen Sie zoe.fort."}
    log.finish(run, fingerprint="ABCDEFGH", exit_code=1, document=json.dumps({"scopes": [], "problems": [problem]}))


def everything(browser: Browser) -> str:
    """All pages of the history, one behind the other."""
    runs = browser.text("/betrieb/laeufe")
    numbers = {each.split('"')[0] for each in runs.split("/laeufe/")[1:]}
    assert numbers
    return "".join(
        [runs, browser.text("/betrieb/aenderungen"), *(browser.text(f"/betrieb/laeufe/{n}") for n in numbers)]
    )


def test_administration_and_review_may_look_back(staffed: Office) -> None:
    for path in ("/betrieb/laeufe", "/betrieb/laeufe/1", "/betrieb/aenderungen"):
        may(staffed, path, "erika.kreis", "dora.nieheim")


def test_every_run_has_a_page_with_what_it_did_and_why(staffed: Office, admin: Browser) -> None:
    page = admin.text("/betrieb/laeufe")
    assert "Lauf 1: Abgleich" in page
    run = admin.text("/betrieb/laeufe/1")
    assert "Schulung eintragen:</strong> OZG Grundlagen" in run
    assert "Warum: neu" in run
    assert "PUT " in run
    assert admin.get("/betrieb/laeufe/4711").status_code == 404


def test_changes_are_found_by_scope_and_by_words(staffed: Office, admin: Browser) -> None:
    noted(staffed)
    assert "E-Akte" in admin.text("/betrieb/aenderungen")
    found = admin.text("/betrieb/aenderungen?scope=calendar:schulungen&q=ozg")
    assert "OZG Grundlagen" in found
    assert "E-Akte" not in found
    assert "Nichts gefunden" in admin.text("/betrieb/aenderungen?q=%25")
    assert "Nichts gefunden" in admin.text("/betrieb/aenderungen?scope=x")


def test_long_histories_have_pages(staffed: Office, admin: Browser, town: Town) -> None:
    log = RunLog(staffed.running.state.engine, clock=town.now)
    for _ in range(60):
        log.finish(log.start("apply"), fingerprint="", exit_code=0, document="")
    assert "Ältere" in admin.text("/betrieb/laeufe")
    older = admin.text("/betrieb/laeufe?page=1")
    assert "Lauf 1: " in older
    assert "Neuere" in older
    assert admin.get("/betrieb/laeufe?page=-1").status_code == 200
    assert admin.get("/betrieb/laeufe?page=99999999999999999999").status_code == 200


def test_an_administrator_reads_names_and_who_reviews_reads_none(staffed: Office, admin: Browser) -> None:
    noted(staffed)
    assert "Zoe Fortgegangen" in everything(admin)
    read = everything(staffed.person("dora.nieheim")) + staffed.person("dora.nieheim").text("/betrieb")
    for name in PEOPLE:
        assert name.casefold() not in read.casefold(), name
    assert "[Person]" in read
    assert "OZG Grundlagen" in read


def test_who_reviews_finds_nobody_by_name(staffed: Office, admin: Browser) -> None:
    noted(staffed)
    assert "Nichts gefunden" not in admin.text("/betrieb/aenderungen?q=Fortgegangen")
    assert "Nichts gefunden" in staffed.person("dora.nieheim").text("/betrieb/aenderungen?q=Fortgegangen")


def test_titles_reasons_and_problems_are_no_markup(staffed: Office, admin: Browser) -> None:
    noted(staffed)
    assert SCRIPT not in everything(admin) + admin.text("/betrieb")


def test_a_run_that_never_ended_says_so(staffed: Office, admin: Browser) -> None:
    RunLog(staffed.running.state.engine, clock=staffed.town.now).start("apply")
    assert "läuft, oder wurde abgebrochen" in admin.text("/betrieb/laeufe")


def test_in_english(admin: Browser) -> None:
    assert "enter training:</strong> OZG Grundlagen" in in_english(admin, "/betrieb/laeufe/1")


def test_a_scope_that_is_a_person_names_nobody_to_a_reviewer(staffed: Office) -> None:
    log, both = RunLog(staffed.running.state.engine, clock=staffed.town.now), Text("Grund", "reason")
    change = Change(
        Scope(ScopeKind.ACCOUNT, "zoe.fort"), Action.UPDATE, Kind.DOCUMENT, "datei", "Eine Datei", both, None
    )
    run = log.start("merge-accounts")
    log.note(run, [Outcome(change, Result.DONE)])
    log.finish(run, fingerprint="", exit_code=0, document="{}")
    reviewer, admin = staffed.person("dora.nieheim"), staffed.person("erika.kreis")
    for path in ("/betrieb/aenderungen", f"/betrieb/laeufe/{run}", "/api/v1/changes", f"/api/v1/runs/{run}"):
        assert "zoe.fort" in admin.text(path), path
        assert "zoe.fort" not in reviewer.text(path), path
        assert "Eine Datei" in reviewer.text(path), path
