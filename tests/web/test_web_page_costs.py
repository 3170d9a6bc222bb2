"""What a page costs once the process knows the trainings, as counts; and that nothing it kept is shown too long."""

from dataclasses import dataclass, field

import pytest
from babel.dates import format_date
from journeys_town import FAR, THREE, TODAY, Town, row
from sqlalchemy import Engine
from sqlalchemy.event import listen, remove
from web_office import AT, Office

import network.ical.canonical
import network.ical.reading


@dataclass
class Told:
    """What a state database is told, statement by statement."""

    engine: Engine
    statements: list[str] = field(default_factory=list)

    def __enter__(self) -> list[str]:
        listen(self.engine, "before_cursor_execute", self._hear)
        return self.statements

    def __exit__(self, *_: object) -> None:
        remove(self.engine, "before_cursor_execute", self._hear)

    def _hear(self, *said: object) -> None:
        self.statements.append(str(said[2]))


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text that is taken apart as iCalendar."""
    seen: list[str] = []
    original = network.ical.canonical.parse_components
    for module in (network.ical.canonical, network.ical.reading):
        monkeypatch.setattr(module, "parse_components", lambda text: (seen.append(text), original(text))[1])
    return seen


def test_who_looks_again_has_no_entry_read_and_waits_for_no_writer(office: Office, parsed: list[str]) -> None:
    browser, other = office.person("anna.brakel"), office.person("erika.kreis")
    assert "OZG Grundlagen" in browser.text("/")
    assert parsed, "the first look reads the entries"
    parsed.clear()
    for each, page, most in ((browser, "/", 3), (other, "/", 3), (browser, "/monat", 2)):
        with Told(office.running.state.engine) as told:
            each.text(page)
        assert all(said.startswith("SELECT") for said in told), told  # BEGIN IMMEDIATE would wait for a run
        assert len(told) <= most, told
    assert parsed == []


def test_a_changed_training_costs_the_reading_of_that_one(office: Office, parsed: list[str]) -> None:
    browser = office.person("anna.brakel")
    assert "E-Akte" in browser.text("/")
    save(office.town, [THREE[0], row(2, "E-Akte neu"), THREE[2]])
    parsed.clear()
    page = browser.text("/")
    assert "E-Akte neu" in page and "OZG Grundlagen" in page
    assert 0 < len(set(parsed)) <= 1


def test_a_topic_that_came_with_a_run_can_be_chosen_at_once(office: Office) -> None:
    browser = office.person("anna.brakel")
    assert '<option value="Drohnen">' not in browser.text("/")
    save(office.town, [*THREE, [*row(4, "Befliegung")[:-1], "Drohnen"]])
    assert '<option value="Drohnen">' in browser.text("/")


def test_who_sees_no_calendar_is_offered_nothing_that_others_chose_from(office: Office) -> None:
    assert '<option value="OZG">' in office.person("anna.brakel").text("/")
    assert '<option value="OZG">' not in office.person("test.eins").text("/")


def test_the_same_day_is_written_in_the_language_of_whoever_looks(office: Office) -> None:
    browser = office.person("anna.brakel")
    german, english = format_date(FAR, "EEEE, d. MMMM y", locale="de"), format_date(FAR, "EEEE, d MMMM y", locale="en")
    for language, shown, other in (("de", german, english), ("en", english, german), ("de", german, english)):
        page = browser.client.get("/", base_url=AT, headers={"Accept-Language": language}).text
        assert shown in page and other not in page


def test_after_midnight_yesterday_is_over(office: Office) -> None:
    browser = office.person("anna.brakel")
    assert "OZG Grundlagen" in browser.text("/")
    office.town.hours += 24 * ((FAR - TODAY).days + 1)
    assert "OZG Grundlagen" not in office.person("anna.brakel").text("/")


def save(town: Town, rows: list[list[object]]) -> None:
    """The coordinator's table, and the run after it."""
    town.save(rows)
    town.apply()
