"""What each role mainly does, by keyboard alone, at three widths, in both languages."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import pytest
from browser_keys import press, tab_to
from browser_look import WIDTHS, barriers, complaints, too_wide
from browser_office import Office
from browser_programme import LONG, TODAYS
from icalendar import Calendar
from journeys_town import FAR
from playwright.sync_api import Page

from network.text import Language, Text
from plugin.web.visitors import Role


@dataclass(frozen=True, slots=True)
class Walker:
    """Somebody at the keyboard, on the first page."""

    page: Page
    language: Language

    def words(self, german: str, english: str | None = None) -> str:
        return Text(german, english or german).language(self.language)

    def type_into(self, words: str, text: str) -> None:
        tab_to(self.page, words)
        self.page.keyboard.type(text)

    def press(self, german: str, english: str | None = None) -> None:
        press(self.page, self.words(german, english))

    def send(self, german: str, english: str | None = None) -> None:
        """Presses the button of a form; what comes back is a page that no link leads to, so it is looked at here."""
        self.press(german, english)
        assert [*barriers(self.page), *too_wide(self.page)] == []

    def reads(self, german: str, english: str | None = None) -> None:
        text = self.page.inner_text("main")
        assert self.words(german, english) in text, text


Entered = Callable[[Role], Walker]


@pytest.fixture(params=[(width, language) for width in WIDTHS for language in ("de", "en")], ids="{0[0]}-{0[1]}".format)
def screen(request: pytest.FixtureRequest) -> tuple[int, Language]:
    width, language = request.param
    return width, language


@pytest.fixture
def enter(office: Office, screen: tuple[int, Language]) -> Iterator[Entered]:
    with ExitStack() as open_browsers:
        yield lambda role: open_browsers.enter_context(walker(office, role, *screen))


@contextmanager
def walker(office: Office, role: Role, width: int, language: Language) -> Iterator[Walker]:
    with office.browser(role, language=language, width=width) as context:
        page = context.new_page()
        with complaints(page) as heard:
            page.goto("/")
            yield Walker(page, language)
        assert heard == []


def test_staff_search_a_training_and_take_it_into_another_calendar(enter: Entered) -> None:
    staff = enter(Role.STAFF)
    staff.type_into(staff.words("Suche", "Search"), "vorgang leitung")
    staff.press("Suchen", "Search")
    staff.reads("1 Termin", "1 session")
    staff.press(LONG)
    tab_to(staff.page, ".ics")
    with staff.page.expect_download() as coming:
        staff.page.keyboard.press("Enter")
    event = Calendar.from_ical(coming.value.path().read_bytes()).walk("VEVENT")[0]
    assert str(event["SUMMARY"]) == LONG


def test_staff_look_through_a_month_and_a_concept(enter: Entered) -> None:
    staff = enter(Role.STAFF)
    staff.press("Monat", "Month")
    staff.reads(TODAYS)
    staff.press("Schulungskonzepte", "Training concepts")
    staff.press("Grundlagen OZG")
    staff.press(str(FAR.year))
    staff.reads("OZG Grundlagen")
    staff.reads("Kreishaus")


def test_staff_join_an_open_exchange_group_and_leave_it(enter: Entered) -> None:
    staff = enter(Role.STAFF)
    staff.press("Austauschgruppen", "Exchange groups")
    staff.press("Smart Region")
    staff.send("Beitreten", "Join")
    staff.reads("Sie sind dabei", "You are in")
    staff.send("Austreten", "Leave")
    staff.reads("Sie sind ausgetreten", "You have left")


def test_staff_read_who_may_do_what_in_a_project(enter: Entered) -> None:
    staff = enter(Role.STAFF)
    staff.press("Projekte", "Projects")
    staff.reads("Gemeinsame Pressearbeit")


def test_everybody_finds_out_how_to_report_a_barrier(enter: Entered) -> None:
    staff = enter(Role.STAFF)
    staff.press("Barrierefreiheit", "Accessibility")
    staff.reads("Barrieren melden", "Reporting barriers")


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.NETWORK_ADMIN])
def test_todays_training_is_cancelled_and_takes_place_after_all(enter: Entered, role: Role) -> None:
    person = enter(role)
    person.press("Fällt heute aus", "Cancelled today")
    person.reads(TODAYS)
    tab_to(person.page, person.words("Fällt aus …", "Cancel …"))
    person.page.keyboard.press("Enter")
    person.type_into(person.words("Warum", "Why"), "Referentin erkrankt")
    person.send("Fällt aus", "Cancel")
    person.reads("Im Kalender steht jetzt", "The calendar says")
    person.press("Zurück zur Liste", "Back to the list")
    person.reads("Referentin erkrankt")
    person.send("Findet doch statt", "Takes place after all")
    person.reads("findet die Schulung wieder statt", "takes place again")


def test_the_coordination_answers_what_a_source_left_open(enter: Entered) -> None:
    coordinator = enter(Role.COORDINATOR)
    coordinator.press("Betrieb", "Operations")
    coordinator.reads("irgendwann")
    coordinator.send("Alles so lassen", "Leave everything")
    coordinator.reads("Gespeichert", "Stored")


def test_reviewers_read_what_was_done_without_names(enter: Entered) -> None:
    reviewer = enter(Role.REVIEWER)
    reviewer.press("Betrieb", "Operations")
    for german, english in (("Läufe", "Runs"), ("Änderungen", "Changes"), ("Einstellungen", "Settings")):
        reviewer.press(german, english)
        for account in ("erika.kreis", "max.kreis", "anna.brakel"):
            assert account not in reviewer.page.inner_text("main"), reviewer.page.url
    reviewer.reads("Einstellungen", "Settings")


def test_administrators_compute_a_preview_and_carry_out_exactly_that(office: Office, enter: Entered) -> None:
    admin = enter(Role.NETWORK_ADMIN)
    title = office.plan_another()
    admin.press("Betrieb", "Operations")
    admin.press("Vorschau", "Preview")
    admin.send("berechnen", "ompute the preview")
    office.errands.go()
    admin.press("Stand neu laden", "Load the state again")
    admin.press("Zur Vorschau", "To the preview")
    admin.reads(title)
    admin.send("Änderungen ausführen", "Carry out the changes")
    office.errands.go()
    admin.press("Stand neu laden", "Load the state again")
    admin.reads("Beendet", "Ended")
    admin.press("Schulungen", "Trainings")
    admin.reads(title)


def test_what_was_asked_for_shows_its_end_by_itself(office: Office) -> None:
    with walker(office, Role.NETWORK_ADMIN, 1280, "de") as admin:
        admin.press("Betrieb")
        admin.send("Alle Anbindungen jetzt abgleichen")
        office.errands.go()
        admin.page.get_by_text("Beendet:").wait_for(timeout=10_000)


def test_after_the_logout_the_pages_ask_who_it_is(office: Office) -> None:
    page = office.log_in(Role.STAFF)
    press(page, "Abmelden")
    assert "Sie sind abgemeldet" in page.inner_text("main")
    assert barriers(page) == []
    page.goto("/")
    assert page.url.startswith(office.town.sandbox.url)
    page.context.close()


def test_staff_subscribe_to_a_calendar_and_end_it_again(enter: Entered) -> None:
    staff = enter(Role.STAFF)
    staff.press("Meine Termine", "My dates")
    staff.press("Kalender abonnieren", "Subscribe to calendars")
    staff.send("Adresse anlegen", "Make an address")
    staff.reads("Fertig:", "Done:")
    staff.send("Neue Adresse", "New address")
    staff.reads("Die alte Adresse gilt nicht mehr", "The old address does not work any more")
    staff.send("Beenden", "End")
    staff.reads("Beendet:", "Ended:")


def test_a_calendar_taken_out_by_accident_comes_back(office: Office, screen: tuple[int, Language]) -> None:
    width, language = screen
    office.take_out_calendar(Role.TRAINING_OFFICE)
    page = office.log_in(Role.TRAINING_OFFICE, language=language, width=width)
    person = Walker(page, language)
    person.press("Meine Termine", "My dates")
    person.reads("Diese Kalender fehlen", "These calendars are missing")
    person.send("Kalender zurückholen", "Bring the calendar back")
    person.reads("steht wieder in Ihrer Nextcloud", "stands in your Nextcloud again")
    page.context.close()
