"""What is found among the trainings, in which town a place is, and how a month looks."""

from __future__ import annotations

import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from network.state import open_state
from plugin.catalogue import Catalogue
from plugin.listed import ListedDate
from plugin.month import Month, by_day
from plugin.searching import Search, choices, found
from plugin.towns import towns_of
from plugin.web.asked import arguments, asked

sys.path.insert(0, str(Path(__file__).parent))

from plugin_programme import BERLIN, NOW, entry

TOWNS = ("Bad Driburg", "Brakel", "Höxter")
PROGRAMME = (
    entry("ozg", location="Rathaus Brakel", categories=("OZG", "Recht")),
    entry(
        "akte",
        NOW + timedelta(days=8),
        location="online",
        categories=("E-Akte",),
        description="Online: https://a.example",
    ),
    entry("voll", NOW + timedelta(days=9), title="KI (ausgebucht)", location="Kreishaus Höxter"),
    entry("aus", NOW + timedelta(days=10), title="Fällt aus: Recht", status="CANCELLED", location="Bad Driburg"),
    entry("alt", NOW - timedelta(days=9), location="Rathaus Brakel"),
    entry("fremd", calendar="andere"),
)


def dates() -> tuple[ListedDate, ...]:
    state = open_state(None)
    state.remember_all(PROGRAMME)
    return Catalogue(state, BERLIN).dates(NOW.date())


def keys(search: Search) -> list[str]:
    return [each.training.uid for each in found(dates(), search, ("schulungen",), TOWNS, NOW)]


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        (Search(), ["ozg", "akte", "voll", "aus"]),
        (Search(words="RATHAUS brakel"), ["ozg"]),
        (Search(topic="e-akte"), ["akte"]),
        (Search(town="Höxter"), ["voll"]),
        (Search(online=True), ["akte"]),
        (Search(online=False, is_open=True), ["ozg"]),
        (Search(first=date(2027, 1, 20), last=date(2027, 1, 21)), ["akte", "voll"]),
        (Search(first=date(2027, 1, 1), town="Brakel"), ["alt", "ozg"]),
        (Search(calendar="andere"), []),
        (Search(topic="gibt es nicht"), []),
    ],
)  # fmt: skip
def test_all_that_is_asked_for_has_to_fit(search: Search, expected: list[str]) -> None:
    assert keys(search) == expected


def test_only_what_finds_something_is_offered() -> None:
    offered = choices(found(dates(), Search(), ("schulungen",), TOWNS, NOW), TOWNS)
    assert offered.topics == ("E-Akte", "OZG", "Recht")
    assert offered.towns == TOWNS
    assert (offered.calendars, offered.has_online, offered.has_full) == (("schulungen",), True, True)


def test_a_town_is_a_whole_word() -> None:
    assert towns_of("Brakeler Hof, HÖXTER", TOWNS) == ("Höxter",)
    assert towns_of("Bad Driburg", TOWNS) == ("Bad Driburg",)
    assert towns_of("Driburg", TOWNS) == ()


def test_a_search_stays_in_the_address() -> None:
    search = Search("a b", "OZG", "Brakel", "schulungen", date(2027, 1, 1), date(2027, 2, 1), False, True)
    assert asked(arguments(search)).search == search
    assert arguments(Search()) == {}


def test_a_date_that_is_none_is_said_and_the_rest_counts() -> None:
    wrong = asked({"von": "morgen", "bis": "2027-01-01", "q": "ozg", "online": "vielleicht", "offen": "x"})
    assert set(wrong.wrong) == {"von"}
    assert wrong.search == Search(words="ozg", last=date(2027, 1, 1))
    assert set(asked({"von": "2027-02-01", "bis": "2027-01-01"}).wrong) == {"bis"}


@pytest.mark.parametrize(
    "written", ["2027", "2027-13", "2027-0", "1999-01", "2027-1", "a-b", "2027-02-01", "²027-02", ""]
)
def test_no_month(written: str) -> None:
    assert Month.parse(written) is None


def test_months_follow_one_another() -> None:
    december = Month.parse("2026-12")
    assert december is not None
    assert (str(december.next), str(december.previous), str(december.next.previous)) == (
        "2027-01",
        "2026-11",
        "2026-12",
    )
    assert december.weeks[0][0] == date(2026, 11, 30)
    assert december.last == date(2026, 12, 31)


def test_what_lasts_over_days_stands_on_each_of_them() -> None:
    state = open_state(None)
    state.remember(entry("lang", datetime(2027, 1, 30, 9, tzinfo=BERLIN), hours=72))
    held = Catalogue(state, BERLIN).dates(NOW.date())
    assert list(by_day(held, Month(2027, 1))) == [date(2027, 1, 30), date(2027, 1, 31)]
    assert list(by_day(held, Month(2027, 2))) == [date(2027, 2, 1), date(2027, 2, 2)]
