"""Recurring events: when they end, and "this and all that follow", held against a reader that we did not write."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given
from hypothesis import strategies as st

from network.errors import BadInput
from network.ical.component import CalendarObject
from network.ical.reading import clean_object, parse_object, split
from network.ical.series import ENDLESS, last_end, pieces
from network.ical.values import Moment
from network.ical.writing import serialise

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 22, tzinfo=UTC)
AT_FIVE = ("DTSTART;TZID=Europe/Berlin:20270302T170000", "DTEND;TZID=Europe/Berlin:20270302T183000", "SUMMARY:Englisch")
EACH_DAY = ("DTSTART;VALUE=DATE:20270301", "DTEND;VALUE=DATE:20270302", "SUMMARY:Woche", "RRULE:FREQ=DAILY;COUNT=8")


def feed(*events: tuple[str, ...]) -> bytes:
    body = "".join(f"BEGIN:VEVENT\nUID:a\n{chr(10).join(each)}\nEND:VEVENT\n" for each in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{body}END:VCALENDAR\n".encode()


def clean(*events: tuple[str, ...]) -> CalendarObject:
    [raw] = split(feed(*events), max_events=99)
    return clean_object(raw, timezone="Europe/Berlin")


def expanded(*files: bytes) -> list[tuple[str, str, str]]:
    """What stands when, read by others."""
    found = []
    for each in files:
        events = recurring_ical_events.of(icalendar.Calendar.from_ical(each)).between((2027, 1, 1), (2031, 1, 1))
        found += [(str(one["DTSTART"].dt), str(one.end), str(one.get("SUMMARY"))) for one in events]
    return sorted(found)


def of_pieces(*events: tuple[str, ...]) -> list[tuple[str, str, str]]:
    return expanded(*(serialise(each, now=NOW) for each in pieces(clean(*events))))


def change(day: str, to: str, title: str = "Neu", length: str = "PT2H", *, alone: bool = False) -> tuple[str, ...]:
    """Everything from `day` on becomes like this, or that day alone."""
    parameter = "" if alone else "RANGE=THISANDFUTURE;"
    berlin = "TZID=Europe/Berlin:"
    recurrence = f"RECURRENCE-ID;{parameter}{berlin}{day}"
    return (recurrence, f"DTSTART;{berlin}{to}", f"DURATION:{length}", f"SUMMARY:{title}")


@pytest.mark.parametrize(
    ("rule", "ends"),
    [
        ("RRULE:FREQ=WEEKLY;COUNT=3", datetime(2027, 3, 16, 18, 30, tzinfo=BERLIN)),
        ("RRULE:FREQ=WEEKLY;UNTIL=20270316T160000Z", datetime(2027, 3, 16, 18, 30, tzinfo=BERLIN)),
        ("RRULE:FREQ=WEEKLY;UNTIL=20270316T155959Z", datetime(2027, 3, 9, 18, 30, tzinfo=BERLIN)),
        ("RRULE:FREQ=WEEKLY;UNTIL=20270316", datetime(2027, 3, 16, 18, 30, tzinfo=BERLIN)),
        ("RRULE:FREQ=MONTHLY;BYMONTHDAY=31;COUNT=2", datetime(2027, 5, 31, 18, 30, tzinfo=BERLIN)),
        ("RDATE;TZID=Europe/Berlin:20270501T170000,20270401T170000", datetime(2027, 5, 1, 18, 30, tzinfo=BERLIN)),
        ("RRULE:FREQ=WEEKLY", ENDLESS),
        ("RRULE:FREQ=DAILY;COUNT=100000", ENDLESS),
        ("RRULE:FREQ=DAILY;COUNT=5;BYMONTH=2;BYMONTHDAY=30", datetime(2027, 3, 2, 18, 30, tzinfo=BERLIN)),
        ("COMMENT:einmal", datetime(2027, 3, 2, 18, 30, tzinfo=BERLIN)),
    ],
)
def test_a_series_ends_with_its_last_occurrence(rule: str, ends: Moment) -> None:
    assert last_end(clean((*AT_FIVE, rule))) == ends


def test_a_day_that_was_moved_behind_the_last_one_counts() -> None:
    moved = change("20270309T170000", "20270601T170000", alone=True)
    assert last_end(clean((*AT_FIVE, "RRULE:FREQ=WEEKLY;COUNT=3"), moved)) == datetime(2027, 6, 1, 19, tzinfo=BERLIN)


def test_a_series_of_whole_days_ends_with_a_day() -> None:
    assert last_end(clean(EACH_DAY)) == date(2027, 3, 9)


def test_a_series_without_such_a_change_stays_whole() -> None:
    item = clean((*AT_FIVE, "RRULE:FREQ=WEEKLY"), change("20270309T170000", "20270310T170000", alone=True))
    assert pieces(item) == (item,)


WEEKLY = (*AT_FIVE, "RRULE:FREQ=WEEKLY;COUNT=8")
SERIES = {
    "moved to another day": [WEEKLY, change("20270316T170000", "20270317T180000")],
    "over the change of the clock": [WEEKLY, change("20270323T170000", "20270323T080000")],
    "from its first day on": [WEEKLY, change("20270302T170000", "20270303T180000")],
    "from its last day on": [WEEKLY, change("20270420T170000", "20270420T100000")],
    "twice": [
        WEEKLY,
        change("20270316T170000", "20270317T180000"),
        change("20270406T170000", "20270408T090000", "Neuer"),
    ],
    "with a day left out": [
        (*WEEKLY, "EXDATE;TZID=Europe/Berlin:20270323T170000,20270309T170000"),
        change("20270316T170000", "20270317T180000"),
    ],
    "with a day more": [
        (*WEEKLY, "RDATE;TZID=Europe/Berlin:20270325T170000"),
        change("20270316T170000", "20270316T180000"),
    ],
    "with a day alone before": [
        WEEKLY,
        change("20270309T170000", "20270310T200000", "Allein", alone=True),
        change("20270316T170000", "20270317T180000"),
    ],
    "twice a week": [
        (*AT_FIVE, "RRULE:FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20270401T215959Z"),
        change("20270318T170000", "20270318T190000"),
    ],
}


@pytest.mark.parametrize("name", SERIES)
def test_this_and_all_that_follow_reads_as_it_was_meant(name: str) -> None:
    assert of_pieces(*SERIES[name]) == expanded(feed(*SERIES[name]))
    assert len(of_pieces(*SERIES[name])) >= 5


def test_a_day_alone_after_the_change_keeps_what_it_says() -> None:
    found = of_pieces(
        WEEKLY,
        change("20270316T170000", "20270317T180000"),
        change("20270330T170000", "20270402T090000", "Allein", alone=True),
    )
    assert [each for each in found if each[2] == "Allein"] == [
        ("2027-04-02 09:00:00+02:00", "2027-04-02 11:00:00+02:00", "Allein")
    ]
    assert len(found) == 8


def test_whole_days_that_move_stay_whole_days() -> None:
    later = ("RECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20270304", "DTSTART;VALUE=DATE:20270305", "SUMMARY:Später")
    assert [each[0] for each in of_pieces(EACH_DAY, later)] == [f"2027-03-{day:02}" for day in (1, 2, 3, 5, 6, 7, 8, 9)]


@pytest.mark.parametrize(
    ("events", "code"),
    [
        (((*AT_FIVE, "RRULE:FREQ=WEEKLY"), change("20270309T170000", "20270310T170000")), "endless_range"),
        ((EACH_DAY, change("20270304T000000", "20270304T100000")), "range_mixed"),
        ((EACH_DAY, ("RECURRENCE-ID;RANGE=THISANDPRIOR:20270304", "DTSTART:20270305")), "unknown_range"),
    ],
)
def test_what_can_not_be_written_down_is_refused_with_a_code(events: tuple[tuple[str, ...], ...], code: str) -> None:
    with pytest.raises(BadInput) as refusal:
        pieces(clean(*events))
    assert refusal.value.code == code


def test_a_change_without_its_series_is_one_event() -> None:
    [alone] = pieces(clean(change("20270316T170000", "20270317T180000")))
    assert "RANGE" not in serialise(alone, now=NOW).decode()
    assert expanded(serialise(alone, now=NOW)) == [("2027-03-17 18:00:00+01:00", "2027-03-17 20:00:00+01:00", "Neu")]


def test_pieces_come_back_from_the_calendar_as_they_were() -> None:
    for each in pieces(clean(*SERIES["with a day left out"])):
        assert last_end(parse_object(serialise(each, now=NOW))) == last_end(each)


@given(
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY"]),
    st.integers(1, 3),
    st.integers(2, 12),
    st.integers(0, 11),
    st.timedeltas(timedelta(days=-2), timedelta(days=3)),
)
def test_any_change_of_all_that_follow_reads_as_it_was_meant(
    frequency: str, interval: int, count: int, since: int, by: timedelta
) -> None:
    series = (*AT_FIVE, f"RRULE:FREQ={frequency};INTERVAL={interval};COUNT={count}")
    days = [each[0] for each in expanded(feed(series))]
    day = datetime.fromisoformat(days[since % count]).replace(tzinfo=None)
    by = timedelta(minutes=by // timedelta(minutes=1))
    changed = change(f"{day:%Y%m%dT%H%M%S}", f"{day + by:%Y%m%dT%H%M%S}")
    assert of_pieces(series, changed) == expanded(feed(series, changed))
