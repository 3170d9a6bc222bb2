"""A source that fails costs nothing that stands in Nextcloud, says what is wrong, and holds up no other source."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from journeys_feed import COURSES, Feed, courses, feed_of, with_feed
from journeys_town import THREE, WORKBOOK, Town, row, workbook

from plugin.render.run import Run
from plugin.render.text import text

LOGIN_PAGE = b"<!doctype html><html><head><title>Anmelden</title></head><body><form>Passwort</form></body></html>"
TITLES = sorted(COURSES)
TABLE = f"/{WORKBOOK}$"

BAD_FEEDS: dict[str, tuple[Callable[[Feed], None], str]] = {
    "not there": (lambda feed: feed.says(b"", 404), "source_not_found"),
    "server fault": (lambda feed: feed.says(b"", 500), "server_fault"),
    "empty": (lambda feed: feed.says(b""), "source_empty"),
    "half a file": (lambda feed: feed.says(courses()[: len(courses()) // 2]), "truncated"),
    "broken off": (lambda feed: feed.says(courses()[:700], length=len(courses())), "truncated"),
    "login page": (lambda feed: feed.says(LOGIN_PAGE, kind="text/html"), "login_page"),
    "200 MB of text": (lambda feed: feed.pours(200), "too_large"),
    "nothing at all": (lambda feed: feed.is_silent(), "timed_out"),
}


def problem_of(run: Run, connector: str) -> str:
    (code,) = {each.code for each in run.problems if each.where == f"connectors.{connector}"}
    return code


@pytest.mark.parametrize("name", BAD_FEEDS)
def test_a_bad_feed_changes_nothing_and_holds_up_nobody(town: Town, feed: Feed, name: str) -> None:
    make_bad, code = BAD_FEEDS[name]
    with_feed(town, feed).apply()
    assert town.titles(calendar="Kurse") == TITLES
    make_bad(feed)
    town.save([*THREE, row(4, "Vergaberecht")])
    before = town.mark()
    run = town.apply()
    assert run.code == 1
    assert problem_of(run, "kurse") == code
    assert "Quelle kurse: nicht lesbar, letzter guter Stand, 4 Datensätze" in text(run, "de")
    puts = [each for each in town.calendar_writes(before) if each.startswith(("PUT", "DELETE"))]
    assert len(puts) == 1
    assert "Vergaberecht" in town.titles()
    assert town.titles(calendar="Kurse") == TITLES
    assert feed.sent < 30_000_000


def whole_book() -> bytes:
    return workbook([*THREE, row(4, "Vergaberecht")])


def lies_there(town: Town, content: bytes) -> None:
    town.sandbox.put_file("digitalnetzwerk", WORKBOOK, content, town.now() - timedelta(hours=1))


BAD_TABLES: dict[str, tuple[Callable[[Town], None], str]] = {
    "gone": (lambda town: town.other_client().files.delete(f"/{WORKBOOK}"), "source_vanished"),
    "empty": (lambda town: lies_there(town, b""), "source_empty"),
    "half a file": (lambda town: lies_there(town, whole_book()[:3000]), "truncated"),
    "login page": (lambda town: lies_there(town, LOGIN_PAGE), "login_page"),
    "too large": (lambda town: lies_there(town, b"Nr.;Titel\n" * 200_000), "too_large"),
    "no headings": (lambda town: lies_there(town, workbook([])[:0] + b"a;b\n1;2\n"), "no_header"),
    "server fault": (lambda town: town.sandbox.fail_next("GET", TABLE, 500), "server_fault"),
}


@pytest.mark.parametrize("name", BAD_TABLES)
def test_a_bad_table_changes_nothing_and_holds_up_nobody(town: Town, feed: Feed, name: str) -> None:
    make_bad, code = BAD_TABLES[name]
    town.swap("settle: 10 minutes", "settle: 10 minutes\n    max_bytes: 1 MB")
    with_feed(town, feed).apply()
    town.save([*THREE, row(4, "Vergaberecht")])
    make_bad(town)
    feed.says(courses(hour=14))
    before = town.mark()
    run = town.apply()
    assert run.code == 1
    assert problem_of(run, "plan") == code
    assert len(town.calendar_writes(before)) == len(COURSES)
    assert town.titles() == ["E-Akte", "IT-Sicherheit", "OZG Grundlagen"]
    assert "T140000" in town.entry("SUMMARY:Rhetorik").data.decode()


def test_when_every_source_of_trainings_fails_the_exit_code_says_so(town: Town, feed: Feed) -> None:
    with_feed(town, feed).apply()
    lies_there(town, b"")
    feed.says(b"", 404)
    before = town.mark()
    assert town.apply().code == 4
    assert town.plan().code == 4
    assert town.calendar_writes(before) == []
    feed.says(courses())
    assert town.apply().code == 1


def test_a_source_that_never_answered_leaves_its_calendar_empty(town: Town, feed: Feed) -> None:
    feed.says(LOGIN_PAGE, kind="text/html")
    run = with_feed(town, feed).apply()
    assert run.code == 1
    assert problem_of(run, "kurse") == "login_page"
    assert town.titles() == ["E-Akte", "IT-Sicherheit", "OZG Grundlagen"]
    feed.says(courses())
    assert town.apply().code == 0
    assert town.titles(calendar="Kurse") == TITLES


def test_a_bad_answer_is_no_absence(town: Town, feed: Feed) -> None:
    """However long it lasts: an empty feed never counts as one without these courses."""
    with_feed(town, feed, ", missing: {then: remove}").apply()
    feed.says(feed_of())
    for _ in range(4):
        town.wait(hours=12)
        assert town.apply().code == 1
    assert town.titles(calendar="Kurse") == TITLES
    assert town.status().questions == ()
