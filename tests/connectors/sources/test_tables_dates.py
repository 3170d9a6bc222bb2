"""Days as people write them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sources_kit import on_the_wall

from connectors.tables.dates import Days, read_days
from network.written import NotUnderstood

MONTHS = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)
WEEKDAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
days = st.dates(date(2000, 1, 1), date(2099, 6, 30))


def day(text: str) -> Days:
    first, _, last = text.partition("/")
    return Days(date.fromisoformat(first), date.fromisoformat(last or first))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("12.03.2027", ["2027-03-12"]),
        ("12.3.27", ["2027-03-12"]),
        ("12. 03. 2027", ["2027-03-12"]),
        ("2027-03-12", ["2027-03-12"]),
        ("12. März 2027", ["2027-03-12"]),
        ("12 March 2027", ["2027-03-12"]),
        ("am 12.03.2027", ["2027-03-12"]),
        ("Freitag, den 12.03.2027", ["2027-03-12"]),
        ("12.-14.03.2027", ["2027-03-12/2027-03-14"]),
        ("12.–14.03.2027", ["2027-03-12/2027-03-14"]),
        ("12-14.03.2027", ["2027-03-12/2027-03-14"]),
        ("12.03.-14.04.2027", ["2027-03-12/2027-04-14"]),
        ("12.03. - 14.03.2027", ["2027-03-12/2027-03-14"]),
        ("vom 12. bis 14. März 2027", ["2027-03-12/2027-03-14"]),
        ("30.12. - 02.01.2028", ["2027-12-30/2028-01-02"]),
        ("12.03.2027; 19.03.2027", ["2027-03-12", "2027-03-19"]),
        ("12.03.2027 und 19.03.2027", ["2027-03-12", "2027-03-19"]),
        ("12.03.2027 + 19.03.2027", ["2027-03-12", "2027-03-19"]),
        ("12.03.2027\n19.03.2027", ["2027-03-12", "2027-03-19"]),
        ("12., 19. und 26.3.27", ["2027-03-12", "2027-03-19", "2027-03-26"]),
        ("12./13.03.2027", ["2027-03-12", "2027-03-13"]),
        ("12.-13.03.; 19.03.2027", ["2027-03-12/2027-03-13", "2027-03-19"]),
        ("Mo-Mi, 01.-03.03.2027", ["2027-03-01/2027-03-03"]),
        ("Di und Do, 02.03. und 04.03.2027", ["2027-03-02", "2027-03-04"]),
        ("dienstags, 02.03., 09.03. und 16.03.2027", ["2027-03-02", "2027-03-09", "2027-03-16"]),
        ("02.03.2027 (Di)", ["2027-03-02"]),
        ("19.03.; 12.03.2027", ["2027-03-19", "2027-03-12"]),
    ],
)
def test_a_way_of_writing_days_is_understood(written: str, meant: list[str]) -> None:
    assert read_days(written) == tuple(map(day, meant))


@pytest.mark.parametrize(
    "written",
    [
        "",
        "n. n.",
        "n.n.",
        "N. N.",
        "offen",
        "noch offen",
        "tbd",
        "TBA",
        "KW 12",
        "KW 12/13 2027",
        "ca. KW 12",
        "-",
        "?",
        "März 2027",
        "Frühjahr 2027",
        "2. Halbjahr 2027",
        "Termin folgt",
        "wird noch bekannt gegeben",
        "auf Anfrage",
    ],
)
def test_an_open_date_is_no_session(written: str) -> None:
    assert read_days(written) == ()


@pytest.mark.parametrize(
    "written",
    [
        "12.03.",
        "12.03",
        "31.02.2027",
        "12/03/2027",
        "ab 12.03.2027",
        "12.03.2027?",
        "12.03.2027-",
        "abgesagt",
        "14.03.-12.03.2027",
        "12.03.2027 oder 13.03.2027",
        "verschoben auf 12.03.2027",
        "12.03.0207",
        "12.03.2207",
        "1" * 2000,
        "12.03.2027 - 14.03.2028",
        "12.03.2027 und 12.03.2027",
        "12.-14.-16.03.2027",
        "12.03.2027 9 Uhr - 14.03.2027",
    ],
)
def test_what_has_two_readings_is_refused(written: str) -> None:
    with pytest.raises(NotUnderstood):
        read_days(written)


@pytest.mark.parametrize(
    ("written", "times"),
    [
        ("12.03.2027, 9–12 Uhr", ["9-12 Uhr"]),
        ("12.03.2027 09:00", ["09:00"]),
        ("12.03.27 (9-12 Uhr)", ["9-12 Uhr"]),
        ("12.03.2027 10.12-11.30 Uhr", ["10.12-11.30 Uhr"]),
        ("12.03.2027, 9-12 Uhr; 19.03.2027, 13-16 Uhr", ["9-12 Uhr", "13-16 Uhr"]),
        ("12.03.2027 von 9 Uhr bis 12 Uhr", ["von 9 Uhr bis 12 Uhr"]),
        ("12.-13.03.2027, jeweils 9-12 Uhr", ["jeweils 9-12 Uhr"]),
        ("12.03. (9-12 Uhr) und 19.03.2027 (13 Uhr)", ["9-12 Uhr", "13 Uhr"]),
        ("12.03.2027, 19.03.2027", ["", ""]),
    ],
)
def test_times_behind_a_date_are_handed_on(written: str, times: list[str]) -> None:
    assert [each.times for each in read_days(written)] == times


def test_a_weekday_that_does_not_fit_is_told_and_the_date_counts() -> None:
    assert read_days("Di, 12. März 2027") == (Days(date(2027, 3, 12), date(2027, 3, 12), weekday_differs=True),)
    assert not read_days("Fr, 12. März 2027")[0].weekday_differs


def test_a_date_of_excel_is_a_day_and_its_time_is_kept() -> None:
    assert read_days(on_the_wall("2027-03-12 00:00")) == (day("2027-03-12"),)
    assert read_days(on_the_wall("2027-03-12 09:30"))[0].times == "09:30:00"


def test_a_date_that_lost_its_format_is_counted_from_1899() -> None:
    assert read_days(46458) == (day("2027-03-12"),)


@given(days)
def test_every_hand_writes_a_day_that_is_read_back(of: date) -> None:
    hands = (
        f"{of:%d.%m.%Y}",
        f"{of.day}.{of.month}.{of:%y}",
        f"{WEEKDAYS[of.weekday()]}, {of.day}. {MONTHS[of.month - 1]} {of.year}",
        of.isoformat(),
    )
    assert {read_days(hand) for hand in hands} == {(Days(of, of),)}


@given(days, st.integers(0, 90))
def test_a_span_is_read_back_however_it_is_shortened(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    written = f"{first:%d.%m.}-{last:%d.%m.%Y}" if length else f"{first:%d.%m.%Y}-{last:%d.%m.%Y}"
    assert read_days(written) == (Days(first, last),)


@given(st.text("0123456789.-–;, /+undbisKWMärzUhroffen:\n", max_size=30))
def test_any_text_is_days_or_a_refusal(written: str) -> None:
    try:
        found = read_days(written)
    except NotUnderstood:
        return
    assert all(each.first <= each.last for each in found)
