"""The invented feed of a provider: good events, and each dirty one that was promised."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta

import pytest

from plugin.demo.feed import course_feed

TODAY = date(2027, 1, 13)
Event = tuple[str, ...]


@pytest.fixture(scope="module")
def feed() -> str:
    return course_feed(TODAY).decode("utf-8")


@pytest.fixture(scope="module")
def events(feed: str) -> list[Event]:
    unfolded = feed.replace("\r\n ", "")
    found = re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT", unfolded, flags=re.DOTALL)
    return [tuple(event.split("\r\n")[:-1]) for event in found]


def with_line(events: list[Event], start: str) -> list[Event]:
    return [event for event in events if any(line.startswith(start) for line in event)]


def test_at_least_twenty_events_each_an_example(events: list[Event]) -> None:
    assert len(events) >= 20
    assert all("(Beispiel)" in "".join(event) for event in events)


def test_lines_end_in_crlf_and_none_is_longer_than_75_octets_and_some_are_folded(feed: str) -> None:
    lines = feed.split("\r\n")
    assert "\n" not in "".join(lines)
    assert max(len(line.encode()) for line in lines) <= 75
    assert any(line.startswith(" ") for line in lines)
    assert lines[-2:] == ["END:VCALENDAR", ""]


def test_a_time_zone_is_defined_and_used(feed: str, events: list[Event]) -> None:
    assert "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin" in feed
    assert len(with_line(events, "DTSTART;TZID=Europe/Berlin")) > 10


def test_whole_days_utc_and_duration_occur(events: list[Event]) -> None:
    whole_day = with_line(events, "DTSTART;VALUE=DATE:")
    assert {len(with_line([event], "DTEND;VALUE=DATE:")) for event in whole_day} == {0, 1}
    assert any(re.fullmatch(r"DTSTART:\d{8}T\d{6}Z", line) for event in events for line in event)
    assert with_line(events, "DURATION:")


def test_a_series_leaves_one_evening_out_and_moves_another(events: list[Event]) -> None:
    (series,) = with_line(events, "RRULE:")
    (moved,) = with_line(events, "RECURRENCE-ID")
    assert series[0] == moved[0]
    evenings = [start_of(series) + timedelta(weeks=week) for week in range(8)]
    assert day_in(series, "EXDATE") in evenings
    assert day_in(moved, "RECURRENCE-ID") in evenings
    assert start_of(moved) not in evenings


def test_people_and_alarms_stand_there_to_be_taken_out(events: list[Event]) -> None:
    for start in ("ORGANIZER", "ATTENDEE", "BEGIN:VALARM"):
        assert with_line(events, start)


def test_one_event_has_no_uid(events: list[Event]) -> None:
    assert len(events) - len(with_line(events, "UID:")) == 1


def test_two_unrelated_events_share_a_uid(events: list[Event]) -> None:
    plain = [event for event in with_line(events, "UID:") if not with_line([event], "RECURRENCE-ID")]
    uids = Counter(line for event in plain for line in event if line.startswith("UID:"))
    assert [count for count in uids.values() if count > 1] == [2]


def test_time_zones_carry_names_of_windows(events: list[Event], feed: str) -> None:
    assert with_line(events, "DTSTART;TZID=W. Europe Standard Time:")
    assert with_line(events, 'DTSTART;TZID="Mitteleuropäische Zeit":')
    assert feed.count("TZID:") == 1


def test_one_event_holds_a_broken_line(events: list[Event]) -> None:
    broken = [line for event in events for line in event if not re.match(r"[A-Z-]+[;:]", line)]
    assert broken == ["Taschenrechner und Gesetzestexte"]


def test_one_event_is_private_one_is_cancelled_and_one_ends_before_it_begins(events: list[Event]) -> None:
    assert len(with_line(events, "CLASS:PRIVATE")) == 1
    assert len(with_line(events, "STATUS:CANCELLED")) == 1
    times = [re.findall(r"DT(?:START|END)[^:]*:(\S+)", "\n".join(event)) for event in events]
    assert sum(len(pair) == 2 and pair[1] <= pair[0] for pair in times) == 1


def test_all_dates_move_with_the_day_of_the_demonstration(feed: str) -> None:
    later = timedelta(weeks=30)
    shifted = course_feed(TODAY + later).decode("utf-8")
    assert [day + later for day in days(feed)] == days(shifted)
    assert re.sub(r"20\d{6}T", "", re.sub(r"DATE:\d{8}", "", feed)) == re.sub(
        r"20\d{6}T", "", re.sub(r"DATE:\d{8}", "", shifted)
    )


def test_the_same_day_gives_the_same_bytes() -> None:
    assert course_feed(TODAY) == course_feed(TODAY)


def days(text: str) -> list[date]:
    return [date.fromisoformat(day) for day in re.findall(r":(20\d{6})(?:T|\r)", text)]


def start_of(event: Event) -> date:
    return day_in(event, "DTSTART")


def day_in(event: Event, name: str) -> date:
    line = next(line for line in event if line.startswith(name))
    return date.fromisoformat(line.rpartition(":")[2][:8])
