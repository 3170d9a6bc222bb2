"""Seats, deadlines, status words, lists and links in cells, and dates with times as sessions."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sources_kit import BERLIN, on_the_wall

from connectors.sources.links import read_link
from connectors.tables.amounts import read_seats
from connectors.tables.deadlines import read_deadline
from connectors.tables.lists import read_list
from connectors.tables.schedule import read_schedule
from connectors.tables.sheets import Cell, Value, text_of
from connectors.tables.statuses import read_status
from network.model import Status
from network.written import NotUnderstood

FIRST = datetime(2027, 3, 12, 9, 0, tzinfo=BERLIN)


def sessions(day: Value, start: Value = None, end: Value = None) -> list[tuple[str, str]]:
    found = read_schedule(Cell(day), Cell(start), Cell(end), BERLIN).sessions
    return [(first.isoformat(), last.isoformat()) for first, last in found]


@pytest.mark.parametrize(
    ("written", "seats"),
    [
        ("20", 20),
        (20, 20),
        (20.0, 20),
        ("1.000", 1000),
        ("20 Plätze", 20),
        ("max. 20", 20),
        ("12 TN", 12),
        ("unbegrenzt", None),
        ("", None),
        (None, None),
        ("-", None),
    ],
)
def test_numbers_of_seats(written: Value, seats: int | None) -> None:
    assert read_seats(written) == seats


@pytest.mark.parametrize("written", ["10-12", "ca. 20", 0, -5, 12.5, "20/25", "viele", True])
def test_what_is_no_number_of_seats_is_refused(written: Value) -> None:
    with pytest.raises(NotUnderstood):
        read_seats(written)


@pytest.mark.parametrize(
    ("written", "last_day"),
    [
        ("05.03.2027", date(2027, 3, 5)),
        (on_the_wall("2027-03-05 00:00"), date(2027, 3, 5)),
        ("bis 05.03.2027, 12 Uhr", datetime(2027, 3, 5, 12, tzinfo=BERLIN)),
        ("3 Tage vorher", date(2027, 3, 9)),
        ("3 days before", date(2027, 3, 9)),
        ("eine Woche vor Beginn", date(2027, 3, 5)),
        ("12 Stunden vorher", datetime(2027, 3, 11, 21, tzinfo=BERLIN)),
        ("laufend", None),
        ("", None),
    ],
)
def test_deadlines(written: Value, last_day: date | None) -> None:
    assert read_deadline(written, FIRST, BERLIN) == last_day


def test_a_relative_deadline_says_nothing_while_the_date_is_open() -> None:
    assert read_deadline("3 Tage vorher", None, BERLIN) is None


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Entwurf", Status.DRAFT),
        ("draft", Status.DRAFT),
        ("", Status.DRAFT),
        ("veröffentlicht", Status.PUBLISHED),
        ("PUBLISHED", Status.PUBLISHED),
        ("ausgebucht!", Status.FULL),
        ("full", Status.FULL),
        ("fällt  aus", Status.CANCELLED),
        ("cancelled", Status.CANCELLED),
        ("abgesagt", Status.CANCELLED),
    ],
)
def test_status_words_in_german_and_english(word: str, status: Status) -> None:
    assert read_status(word) is status


@pytest.mark.parametrize("word", ["Absage", "abgesagt?", "geplant", "ja", "x"])
def test_an_unknown_status_word_is_refused(word: str) -> None:
    with pytest.raises(NotUnderstood):
        read_status(word)


def test_topics_split_at_commas_semicolons_and_lines_and_stand_once() -> None:
    assert read_list("OZG, E-Akte; ozg\nIT") == ("OZG", "E-Akte", "IT")


def test_a_link_is_an_address_or_nothing() -> None:
    assert read_link("Link: https://konferenz.example/a?b=1.") == "https://konferenz.example/a?b=1"
    assert read_link("konferenz.example/a") == "https://konferenz.example/a"
    assert read_link("wird noch verschickt") == ""
    assert read_link("javascript:alert(1)") == ""


def test_several_days_with_times_are_one_session_a_day() -> None:
    assert sessions("12.-13.03.2027", "9–16 Uhr") == [
        ("2027-03-12T09:00:00+01:00", "2027-03-12T16:00:00+01:00"),
        ("2027-03-13T09:00:00+01:00", "2027-03-13T16:00:00+01:00"),
    ]


def test_several_days_without_times_are_one_session_whose_end_is_exclusive() -> None:
    assert sessions("12.-14.03.2027") == [("2027-03-12", "2027-03-15")]


def test_without_an_end_a_session_takes_an_hour_and_a_hint_says_so() -> None:
    found = read_schedule(Cell("12.03.2027"), Cell("9 Uhr"), Cell(), BERLIN)
    assert found.sessions[0][1].isoformat() == "2027-03-12T10:00:00+01:00"
    assert "eine Stunde" in found.hints[0].de


def test_start_and_end_may_hold_the_day_themselves() -> None:
    assert sessions(None, on_the_wall("2027-03-12 09:00"), on_the_wall("2027-03-12 12:00")) == [
        ("2027-03-12T09:00:00+01:00", "2027-03-12T12:00:00+01:00")
    ]


def test_until_midnight_ends_on_the_next_day() -> None:
    assert sessions("12.03.2027", "20–24 Uhr")[0][1] == "2027-03-13T00:00:00+01:00"


def test_an_hour_that_comes_twice_is_the_first_of_the_two() -> None:
    assert sessions("31.10.2027", "2:30", "4:00")[0][0] == "2027-10-31T02:30:00+02:00"


@pytest.mark.parametrize(
    ("day", "start", "end"),
    [
        ("28.03.2027", "2:30", "4:00"),
        ("12.03.2027 9 Uhr", "10 Uhr", None),
        ("01.03.2027-14.06.2027", "9 Uhr", None),
        ("12.03.2027", on_the_wall("2027-03-13 09:00"), None),
        (None, on_the_wall("2027-03-12 09:00"), on_the_wall("2027-03-13 12:00")),
    ],
)
def test_an_impossible_or_contradicting_time_is_refused(day: Value, start: Value, end: Value) -> None:
    with pytest.raises(NotUnderstood):
        sessions(day, start, end)


def test_a_cell_is_read_as_a_person_reads_it() -> None:
    assert text_of(12.0) == "12"
    assert text_of("  An\u00adsprech\u200bperson \u00a0 hier ") == "Ansprechperson hier"
    assert text_of("a\u0308") == "ä"
    assert text_of("erste\r\nzweite  Zeile\x07") == "erste\nzweite Zeile"
