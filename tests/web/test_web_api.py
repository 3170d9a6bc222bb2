"""The API says what the pages say, to the same people, and does what they do, by the same rules."""

import json

import pytest
from web_calls import asked, send
from web_office import Office

from plugin.web.access import ALLOWED
from plugin.web.api.calls import CALLS
from plugin.web.api.document import document


def test_every_call_has_its_line_in_the_table_of_who_may() -> None:
    calls = {f"api.{each.name}" for each in CALLS}
    assert calls == {each for each in ALLOWED if each.startswith("api.")} - {"api.document"}
    assert all(ALLOWED[each] for each in calls)


def test_the_document_names_every_call_and_is_open_to_everybody(office: Office) -> None:
    answer = office.browser().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    found = answer.get_json()
    assert found["openapi"] == "3.1.0"
    told = {(method.upper(), path) for path, methods in found["paths"].items() for method in methods}
    assert told == {(each.method, each.path) for each in CALLS}
    assert "#/components/schemas/Training" in json.dumps(found)
    assert document("Netz")["components"]["schemas"].keys() >= {"Me", "Refusal", "Approval"}


def test_without_a_login_nothing_is_said_and_nobody_is_sent_anywhere(office: Office) -> None:
    answer = office.browser().get("/api/v1/trainings")
    assert answer.status_code == 401
    assert answer.content_type == "application/problem+json"
    assert answer.get_json()["code"] == "unauthorized"


def test_a_person_finds_the_trainings_that_the_page_shows(office: Office) -> None:
    browser = office.person("anna.brakel")
    found = asked(browser, "/trainings")
    assert {each["title"] for each in found["dates"]} == {"OZG Grundlagen", "E-Akte", "IT-Sicherheit"}
    assert found["total"] == 3
    assert [each["title"] for each in asked(browser, "/trainings?words=akte")["dates"]] == ["E-Akte"]
    one = asked(browser, f"/trainings/{found['dates'][0]['uid']}")
    assert one["dates"][0]["start"].endswith(("+01:00", "+02:00"))
    assert one["ask"] == "buero@probe.example"
    assert browser.get("/api/v1/trainings/gibt-es-nicht").status_code == 404


@pytest.mark.parametrize(
    "query", ["page=0", "page=9999999", "first=gestern", "online=vielleicht", "unbekannt=1", "words=" + "x" * 400]
)
def test_what_a_call_does_not_understand_is_said_and_where(office: Office, query: str) -> None:
    answer = office.person("anna.brakel").get(f"/api/v1/trainings?{query}")
    assert answer.status_code == 400
    assert answer.get_json()["code"] == "not_understood"
    assert answer.get_json()["detail"].startswith(query.split("=", maxsplit=1)[0])


def test_nothing_is_changed_without_the_token(office: Office) -> None:
    browser = office.person("anna.brakel")
    body = {"kind": "person"}
    assert send(browser, "POST", "/subscriptions", body, token="").status_code == 403
    assert send(browser, "POST", "/subscriptions", body, token="falsch-ä").status_code == 403
    assert asked(browser, "/subscriptions") == []
    form = browser.post("/api/v1/subscriptions", token=asked(browser, "/me")["token"], kind="person")
    assert form.status_code == 403


def test_a_feed_is_made_read_renewed_and_ended(office: Office) -> None:
    browser = office.person("anna.brakel")
    made = send(browser, "POST", "/subscriptions", {"kind": "person"}).get_json()
    assert office.browser().get(made["path"]).status_code == 200
    (feed,) = asked(browser, "/subscriptions")
    again = send(browser, "POST", f"/subscriptions/{feed['id']}/renewal", {}).get_json()
    assert office.browser().get(made["path"]).status_code == 404
    stranger = office.person("dora.nieheim")
    assert send(stranger, "DELETE", f"/subscriptions/{feed['id']}").status_code == 404
    assert send(browser, "DELETE", f"/subscriptions/{feed['id']}").status_code == 204
    assert office.browser().get(again["path"]).status_code == 404


@pytest.mark.parametrize("body", [[], "text", {"kind": "alles"}, {"kind": "person", "more": 1}, {"subject": "x"}])
def test_a_body_that_is_something_else_is_refused(office: Office, body: object) -> None:
    assert send(office.person("anna.brakel"), "POST", "/subscriptions", body).status_code == 422
