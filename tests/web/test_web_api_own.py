"""One's own dates, calendars that come back, concepts and what one may subscribe to: for programs as on the pages."""

from pathlib import Path

from journeys_town import CONFIG, HEADINGS, THREE, WORKBOOK, a_town, groups, row, workbook
from web_calls import asked, send
from web_office import Office

from network.state import Leases
from plugin.running import Running
from plugin.sandbox import Sandbox
from plugin.web.app import create_app

CONCEPTS = """\
training_concepts:
  ozg: {name: Grundlagen OZG, audience: Sachbearbeitung, folder: 'nextcloud:/Schulungsmaterial/OZG'}
"""


def take_out(office: Office) -> None:
    """anna.brakel takes the calendar out of her own Nextcloud."""
    server = office.town.as_staff("anna.brakel")
    [found] = [each for each in server.calendars.calendars() if each.name.startswith("Schulungen (")]
    server.calendars.delete_calendar(found.href, purge=False)


def test_what_comes_next_is_what_one_sees(office: Office) -> None:
    found = asked(office.person("anna.brakel"), "/mine")
    assert {each["training"]["title"] for each in found["coming"]} == {"OZG Grundlagen", "E-Akte", "IT-Sicherheit"}
    assert (found["total"], found["missed"]) == (3, [])
    assert asked(office.person("anna.brakel"), "/mine?page=2")["coming"] == []
    stranger = asked(office.person("test.eins"), "/mine")
    assert (stranger["coming"], stranger["missed"]) == ([], [])


def test_meetings_of_ones_groups_stand_among_them(tmp_path: Path) -> None:
    with a_town(Sandbox(), tmp_path, CONFIG + groups()) as town:
        at = "https://netz.probe.example"
        client = town.sandbox.world.oauth2.add_client("Netzwerk", f"{at}/login/back")
        town.swap("service:\n", "service:\n  login: {client_id: 'env:OAUTH_ID', client_secret: 'env:OAUTH_SECRET'}\n")
        town.apply()
        environment = {**town.environment, "OAUTH_ID": client.id, "OAUTH_SECRET": client.secret}
        running = Running(town.config, environment=environment, clock=town.now)
        office = Office(town, create_app(running), running)
        first = asked(office.person("anna.brakel"), "/mine")["coming"][0]
        assert first["training"] is None
        assert (first["meeting"]["group"], first["meeting"]["name"]) == ("ozg", "Austausch OZG")
        assert first["meeting"]["date"]["start"].endswith(("+01:00", "+02:00"))
        assert all(each["meeting"] is None for each in asked(office.person("dora.nieheim"), "/mine")["coming"])
        running.state.engine.dispose()


def test_a_calendar_comes_back_once_and_nobody_gets_another(office: Office) -> None:
    take_out(office)
    browser = office.person("anna.brakel")
    assert [each["key"] for each in asked(browser, "/mine")["missed"]] == ["schulungen"]
    assert send(browser, "POST", "/mine/calendars/schulungen", {}, token="").status_code == 403
    before = office.town.mark()
    for _ in range(2):
        answer = send(browser, "POST", "/mine/calendars/schulungen", {})
        assert (answer.status_code, answer.get_json()) == (200, {"calendar": "schulungen", "seen": True})
    assert len(office.town.calendar_writes(before)) == 1
    assert asked(browser, "/mine")["missed"] == []
    stranger = office.person("test.eins")
    assert send(stranger, "POST", "/mine/calendars/schulungen", {}).status_code == 404


def test_while_a_run_is_at_work_no_calendar_comes_back(office: Office) -> None:
    take_out(office)
    browser = office.person("anna.brakel")
    other = Leases(office.running.state.engine, holder="anderswo/1/1", clock=lambda: office.town.now().timestamp())
    other.take(["network:probe-kreis"])
    answer = send(browser, "POST", "/mine/calendars/schulungen", {})
    assert (answer.status_code, answer.get_json()["code"]) == (409, "locked")
    assert "anderswo" not in answer.text


def test_concepts_tell_their_steps_to_whom_they_are_for(office: Office) -> None:
    town = office.town
    town.swap("tags: Themen}", "tags: Themen, concept: Konzept}")
    town.swap("service:\n", f"{CONCEPTS}service:\n")
    assert office.running.reload()
    rows = [[*row(1, "OZG Grundlagen"), "OZG 1"], [*row(2, "E-Akte"), "OZG 2"], [*THREE[2], ""]]
    town.sandbox.put_file("digitalnetzwerk", WORKBOOK, workbook(rows, [*HEADINGS, "Konzept"]), town.hour_ago())
    town.wait(hours=1)
    town.apply()
    browser = office.person("anna.brakel")
    (one,) = asked(browser, "/concepts")
    assert (one["name"], one["audience"]) == ("Grundlagen OZG", "Sachbearbeitung")
    assert [(each["number"], each["name"]) for each in one["steps"]] == [(1, "OZG Grundlagen"), (2, "E-Akte")]
    assert [each["title"] for each in one["steps"][0]["coming"]] == ["OZG Grundlagen"]
    assert one["material"].endswith("files?dir=/Schulungsmaterial/OZG")
    assert asked(browser, "/concepts/ozg") == one
    assert browser.get("/api/v1/concepts/gibt-es-nicht").status_code == 404
    stranger = office.person("test.eins")
    assert asked(stranger, "/concepts") == []
    assert stranger.get("/api/v1/concepts/ozg").status_code == 404


def test_a_training_office_subscribes_to_its_administration(office: Office) -> None:
    office.town.swap("service:\n", "roles: {training_offices: {people: [emil.nieheim]}}\nservice:\n")
    assert office.running.reload()
    browser, colleague = office.person("emil.nieheim"), office.person("anna.brakel")
    wanted = {"kind": "administration", "subject": "nieheim"}
    assert wanted in asked(browser, "/subscriptions/offers")
    assert {"kind": "calendar", "subject": "schulungen"} in asked(colleague, "/subscriptions/offers")
    assert wanted not in asked(colleague, "/subscriptions/offers")
    made = send(browser, "POST", "/subscriptions", wanted)
    assert made.status_code == 200
    assert "OZG Grundlagen" in office.browser().get(made.get_json()["path"]).text
    assert send(colleague, "POST", "/subscriptions", wanted).status_code == 409
