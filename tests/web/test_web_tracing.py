"""The number of a request, and the line of the log about it."""

import logging

import pytest
from web_office import AT, Office

from network.errors import RightMissing
from network.text import Text
from plugin.web.tracing import HEADER


@pytest.mark.parametrize("header", ["X-Request-Id", "AA-REQUEST-ID"])
def test_a_harmless_number_is_taken_over(office: Office, header: str) -> None:
    answer = office.app.test_client().get("/healthz", base_url=AT, headers={header: "a1-B2.c_3"})
    assert answer.headers[HEADER] == "a1-B2.c_3"


@pytest.mark.parametrize("number", ["", "a b", "<script>", "ä", "x" * 65, "-begin", "a;b"])
def test_any_other_is_replaced(office: Office, number: str) -> None:
    answer = office.app.test_client().get("/healthz", base_url=AT, headers={HEADER: number})
    assert len(answer.headers[HEADER]) == 16 and answer.headers[HEADER].isalnum()


def test_every_answer_has_one_also_a_refusal(office: Office) -> None:
    numbers = {office.browser().get(path).headers[HEADER] for path in ("/", "/login", "/gibt-es-nicht", "/static/x")}
    assert len(numbers) == 4


def test_the_line_names_the_page_and_neither_path_nor_person(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    browser = office.person("anna.brakel")
    browser.get("/?q=geheim")
    browser.get("/gibt/es/nicht")
    events = [each.__dict__["event"] for each in caplog.records if each.name == "plugin.web.tracing"]
    assert [(each["endpoint"], each["status"]) for each in events[-2:]] == [
        ("trainings.overview", 200),
        ("unknown", 404),
    ]
    assert all(isinstance(each["ms"], int) for each in events)
    told = caplog.text + repr(events)
    assert "geheim" not in told and "gibt" not in told and "anna" not in told


def test_a_fault_is_told_without_the_path(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> str:
        raise RuntimeError

    office.app.view_functions["trainings.overview"] = broken
    office.app.testing = False
    answer = office.person("anna.brakel").get("/?q=geheim")
    assert answer.status_code == 500
    faults = [each for each in caplog.records if each.levelno == logging.ERROR]
    assert [each.__dict__["event"] for each in faults] == [{"endpoint": "trainings.overview"}]
    assert "geheim" not in caplog.text and "[GET]" not in caplog.text


def test_a_made_up_method_writes_nothing_into_the_log(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    assert office.browser().client.open("/", method="ZOE-MUSTER\x1b[31m", base_url=AT).status_code == 404
    assert "unknown method answered" in caplog.text
    assert "ZOE" not in caplog.text


@pytest.mark.parametrize("at", ["plugin.web.login", "plugin.web.access"])
def test_a_fault_that_names_somebody_is_told_by_its_code(
    office: Office, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    def refuses(*_: object) -> None:
        raise RightMissing(Text("zoe.muster darf nicht", "zoe.muster may not"))

    browser = office.browser()
    if at == "plugin.web.login":
        monkeypatch.setattr("plugin.web.login.introduce", refuses)
        assert browser.log_in("anna.brakel").status_code == 502
    else:
        monkeypatch.setattr("plugin.web.arrivals.Arrivals.visitor", refuses)
        assert browser.get("/").status_code == 503
    assert RightMissing.code in caplog.text
    assert "zoe" not in caplog.text
