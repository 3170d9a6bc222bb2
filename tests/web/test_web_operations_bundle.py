"""The support bundle, the settings and the log: nobody and no secret in any of them, wherever they were put."""

import io
import json
import logging
import zipfile

import pytest
from journeys_town import THREE, row
from web_office import Browser, Office
from web_roles import SCRIPT, in_english, may

from network.model import Question
from network.plan import Action, Change, Kind, Scope, ScopeKind
from network.problems import Problem
from network.report import Outcome, Result
from network.state.runs import RunLog
from network.state.sources import SourceLog
from network.text import Text
from plugin.logs import Plain
from plugin.operations.bundle import CONTENTS, bundle

SECRETS = ("geheim-App-Pass", "s3cr3t-token", "kennwort-der-liste", "zugang:passwort")
PEOPLE = (
    "Zoe Fortgegangen",
    "zoe.fort",
    "erika.kreis",
    "max.kreis",
    "anna.brakel",
    "carla.brakel",
    "Lea Leitung",
    "lea.leitung",
    "z.fort@extern.example",
    "buero@probe.example",
    "Geschäftsstelle",
)
TITLES = ("OZG Grundlagen", "Vertraulicher Titel")


@pytest.fixture
def full(staffed: Office) -> Office:
    """People and secrets in the configuration, in people lists, problems, questions, reasons, runs, errands, logs."""
    town = staffed.town
    town.swap(
        "calendars:\n  schulungen:\n",
        "  feed: {type: ics, url: 'https://quelle.example/kalender/s3cr3t-token/alle.ics?key=kennwort-der-liste', "
        "every: 1 hour}\ncalendars:\n  schulungen:\n",
    )
    town.config.write_text(
        town.config.read_text()
        + "exchange_groups:\n  ozg: {name: Austausch OZG, lead: [lea.leitung], members: {people: [zoe.fort]}, "
        "description: 'Leitung: Lea Leitung, z.fort@extern.example'}\n"
    )
    assert staffed.running.reload()
    town.save([*THREE, row(4, "Vertraulicher Titel")])
    state, clock = staffed.running.state, town.now
    words = (
        "Zoe Fortgegangen (zoe.fort, z.fort@extern.example) „Vertraulicher Titel“ "
        f"https://zugang:passwort@x.example/s3cr3t-token token=s3cr3t-token {SCRIPT}"
    )
    both = Text(words, words)
    log = RunLog(state.engine, clock=clock)
    scope = Scope(ScopeKind.EXCHANGE_GROUP, "ozg")
    member = Change(scope, Action.GRANT, Kind.MEMBER, "team > zoe.fort", "Zoe Fortgegangen (zoe.fort)", both, None)
    led = Change(scope, Action.GRANT, Kind.MEMBER, "team > lea.leitung", "Lea Leitung (lea.leitung)", both, None)
    run = log.start("apply")
    log.note(run, [Outcome(each, Result.DONE) for each in (member, led)])
    problem = {"code": "x", "where": "anna.brakel", "message": words, "remedy": words}
    unsafe = {"scope": "exchange_group:ozg", "fingerprint": "ABCDEFGH", "unsafe": words, "changes": []}
    document = {"scopes": [unsafe], "problems": [problem], "summary": {"grant": 2}, "requests": {}, "sources": []}
    log.finish(run, fingerprint="ABCDEFGH", exit_code=3, document=json.dumps(document, ensure_ascii=False))
    SourceLog(state.engine, clock=clock).ask("plan", [Question("training_missing", "zoe.fort", words, both)])
    staffed.running.broken = (Problem("x", "carla.brakel", both, both),)
    staffed.errands.run_now("carla.brakel")
    logger, kept = logging.getLogger("plugin.jobs"), staffed.running.recent_log
    kept.setFormatter(Plain())
    logger.addHandler(kept)
    logger.warning("refused %s for zoe.fort: Bearer s3cr3t-token", words)
    logger.warning("password is %s", town.sandbox.service.password)
    logger.removeHandler(kept)
    return staffed


def unpacked(office: Office) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(bundle(office.running))) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name).decode() for name in packed.namelist()}


def secrets_of(office: Office) -> tuple[str, ...]:
    service = office.town.sandbox.service
    return (*SECRETS, service.password, service.app_password, *office.running.environment.values())


def test_nobody_and_no_secret_is_in_it(full: Office) -> None:
    files = unpacked(full)
    assert list(files) == list(CONTENTS)
    assert all(each for each in secrets_of(full))
    for name, text in files.items():
        for word in (*PEOPLE, *secrets_of(full), *TITLES):
            assert word.casefold() not in text.casefold(), (name, word)


def test_it_says_what_helps(full: Office) -> None:
    files = unpacked(full)
    assert json.loads(files["fassung.json"])["digitalnetzwerk"]
    configured = json.loads(files["konfiguration.json"])["in_force"]
    assert configured["connectors"]["plan"]["every"] == "15 minutes"
    assert configured["connectors"]["feed"]["url"] == "https://quelle.example/…"
    assert configured["nextcloud"]["password"] == "env:NEXTCLOUD_PASSWORD"
    standing = json.loads(files["stand.json"])
    assert {each["connector"] for each in standing["connectors"]} >= {"plan", "beschaeftigte"}
    assert standing["questions"][0]["code"] == "training_missing"
    assert [each["exit_code"] for each in json.loads(files["laeufe.json"])] == [3, 0]
    assert "refused" in files["protokoll.txt"]
    assert json.loads(files["datenbank.json"])["rows"]["runs"] == 2


def test_it_is_downloaded_under_a_safe_name_by_administrators_alone(staffed: Office, admin: Browser) -> None:
    may(staffed, "/betrieb/hilfepaket", "erika.kreis")
    may(staffed, "/betrieb/hilfepaket/herunterladen", "erika.kreis")
    answer = admin.get("/betrieb/hilfepaket/herunterladen")
    assert answer.content_type == "application/zip"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="digitalnetzwerk-hilfepaket.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
        assert all(name == name.strip("/.") and "/" not in name for name in packed.namelist())
    page = admin.text("/betrieb/hilfepaket")
    assert all(name in page for name in CONTENTS)


def test_settings_and_log_are_read_by_who_reviews_without_anybody_in_them(full: Office) -> None:
    may(full, "/betrieb/einstellungen", "erika.kreis", "dora.nieheim")
    may(full, "/betrieb/protokoll", "erika.kreis", "dora.nieheim")
    reviewer = full.person("dora.nieheim")
    for path in ("/betrieb/einstellungen", "/betrieb/protokoll"):
        page = reviewer.text(path).partition("<main")[2].partition("</main>")[0]
        for word in (*PEOPLE, *secrets_of(full), SCRIPT):
            assert word.casefold() not in page.casefold(), (path, word)
    assert "connectors.plan.every" in reviewer.text("/betrieb/einstellungen")
    assert "group-whitelist-regex=&#39;/^(?:brakel|kreis|nieheim)$/&#39;" in reviewer.text("/betrieb/einstellungen")
    assert "refused" in reviewer.text("/betrieb/protokoll")


def test_in_english(admin: Browser) -> None:
    assert "Download the support bundle" in in_english(admin, "/betrieb/hilfepaket")
    assert "The configuration that is in force" in in_english(admin, "/betrieb/einstellungen")
