"""Open questions of the sources, answered with one click by those who plan the programme."""

from io import BytesIO

import pytest
from journeys_town import THREE, WORKBOOK, row, workbook
from openpyxl import load_workbook
from openpyxl.styles import Font
from web_office import Browser, Office
from web_roles import SCRIPT, in_english, may, may_post

from network.model import Question
from network.state.sources import SourceLog
from network.text import Text


@pytest.fixture
def coordinator(staffed: Office) -> Browser:
    return staffed.person("max.kreis")


def shifted(office: Office) -> list[str]:
    """Somebody inserted a row above, and the keys below it moved on: these are asked about."""
    office.town.save([row(1, "Vergaberecht", start="10:00"), row(2, "OZG Grundlagen"), row(3, "E-Akte")])
    office.town.wait(hours=1)
    office.town.apply()
    questions = [each.question for each in office.town.status().questions]
    assert "keys_shifted" in {each.code for each in questions}
    return [each.key for each in questions if each.code == "keys_shifted"]


def missing(office: Office) -> None:
    office.town.save(THREE[:2])
    for _ in range(3):
        office.town.wait(hours=13)
        office.town.apply()


def test_administration_and_coordination_may_answer_and_nobody_else(staffed: Office) -> None:
    may(staffed, "/betrieb/fragen", "erika.kreis", "max.kreis")
    may_post(staffed, "/betrieb/fragen", "erika.kreis", "max.kreis", connector="plan", key="1", words="keep")


def test_the_coordination_finds_its_page_in_the_navigation(coordinator: Browser) -> None:
    page = coordinator.text("/")
    assert "./betrieb/fragen" in page
    assert coordinator.get("/betrieb").status_code == 404
    assert "./vorschau" not in coordinator.text("/betrieb/fragen")


def test_shifted_keys_are_accepted_and_count_in_the_next_run(staffed: Office, coordinator: Browser) -> None:
    keys = shifted(staffed)
    page = coordinator.text("/betrieb/fragen")
    assert "Wurden Nummern verschoben?" in page
    assert "Ja: die Quelle gilt" in page
    for key in keys:
        answer = coordinator.post(
            "/betrieb/fragen", token=coordinator.token(), connector="plan", key=key, words="accept"
        )
        assert "wirkt im nächsten Lauf" in answer.text
    assert "Vergaberecht" not in staffed.town.titles()
    staffed.town.wait(hours=1)
    staffed.town.apply()
    assert "Vergaberecht" in staffed.town.titles()
    assert "Wurden Nummern verschoben?" not in coordinator.text("/betrieb/fragen")


def test_a_missing_row_can_be_kept_but_not_accepted(staffed: Office) -> None:
    missing(staffed)
    coordinator = staffed.person("max.kreis")
    page = coordinator.text("/betrieb/fragen")
    assert "Fällt die Schulung aus?" in page
    assert 'value="accept"' not in page
    asked = {"token": coordinator.token(), "connector": "plan", "key": "3"}
    refused = coordinator.post("/betrieb/fragen", **asked, words="accept")
    assert (refused.status_code, "Nicht gespeichert" in refused.text) == (409, True)
    assert coordinator.post("/betrieb/fragen", **asked, words="keep").status_code == 200
    assert "Beantwortet" in coordinator.text("/betrieb/fragen")
    assert [each.answer for each in staffed.town.status().questions] == ["keep"]
    assert len(staffed.town.titles()) == 3


def test_a_missing_row_that_is_cancelled_says_so_after_the_next_run_and_stays_so(staffed: Office) -> None:
    missing(staffed)
    coordinator = staffed.person("max.kreis")
    answer = {"token": coordinator.token(), "connector": "plan", "key": "3", "words": "cancel"}
    assert coordinator.post("/betrieb/fragen", **answer).status_code == 200
    assert "Fällt aus: IT-Sicherheit" not in staffed.town.titles()
    staffed.town.wait(hours=1)
    staffed.town.apply()
    assert "Fällt aus: IT-Sicherheit" in staffed.town.titles()
    assert "Ja, sie fällt aus" in coordinator.text("/betrieb/fragen")
    staffed.town.wait(hours=1)
    mark = staffed.town.mark()
    staffed.town.apply()
    assert staffed.town.calendar_writes(mark) == []


def test_a_row_that_is_struck_through_is_cancelled_with_a_click(staffed: Office) -> None:
    staffed.town.sandbox.put_file("digitalnetzwerk", WORKBOOK, struck_through(), staffed.town.hour_ago())
    staffed.town.wait(hours=1)
    staffed.town.apply()
    coordinator = staffed.person("max.kreis")
    page = coordinator.text("/betrieb/fragen")
    assert "durchgestrichen" in page
    assert "Im Kalender steht dazu: <strong>IT-Sicherheit</strong>" in page
    answer = {"token": coordinator.token(), "connector": "plan", "key": "3", "words": "cancel"}
    assert coordinator.post("/betrieb/fragen", **answer).status_code == 200
    staffed.town.wait(hours=1)
    staffed.town.apply()
    assert "Fällt aus: IT-Sicherheit" in staffed.town.titles()


def test_a_row_that_is_no_entry_yet_says_so(staffed: Office) -> None:
    asked = Question("row_struck_through", "9", "Zeile 9", Text("durchgestrichen", "struck through"))
    SourceLog(staffed.running.state.engine, clock=staffed.town.now).ask("plan", [asked])
    assert "Im Kalender steht dazu noch nichts." in staffed.person("max.kreis").text("/betrieb/fragen")


def struck_through() -> bytes:
    """The table with its last row struck through."""
    book = load_workbook(BytesIO(workbook(THREE)))
    for cell in book.active[4]:
        cell.font = Font(strike=True)
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def test_a_question_that_is_closed_meanwhile_is_told(coordinator: Browser) -> None:
    asked = {"token": coordinator.token(), "connector": "plan", "key": "1", "words": "keep"}
    answer = coordinator.post("/betrieb/fragen", **asked)
    assert answer.status_code == 409
    assert "keine Frage offen" in answer.text


def test_what_a_source_says_is_no_markup(staffed: Office, coordinator: Browser) -> None:
    asked = Question(SCRIPT, f'1"{SCRIPT}', SCRIPT, Text(SCRIPT, SCRIPT))
    SourceLog(staffed.running.state.engine, clock=staffed.town.now).ask(f"plan{SCRIPT}", [asked])
    assert "<script>" not in coordinator.text("/betrieb/fragen")


def test_in_english(staffed: Office) -> None:
    missing(staffed)
    assert "Is the training cancelled?" in in_english(staffed.person("max.kreis"), "/betrieb/fragen")
