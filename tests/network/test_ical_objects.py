"""From a source's dirty event to bytes that an independent reader understands the same way."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.errors import BadInput
from network.ical.canonical import canonical, digest, from_text, to_text
from network.ical.component import CalendarObject, Component, Property
from network.ical.lines import lines_of
from network.ical.reading import clean_object, parse_object, split
from network.ical.timezones import resolve
from network.ical.values import lasting, span, text_of, texts_of
from network.ical.vtimezone import definition
from network.ical.writing import LARGEST, event, fitting, serialise

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def clean(*lines: str, before: str = "") -> CalendarObject:
    body = "\n".join(("UID:a", *lines))
    feed = f"BEGIN:VCALENDAR\n{before}BEGIN:VEVENT\n{body}\nEND:VEVENT\nEND:VCALENDAR\n"
    [raw] = split(feed.encode(), max_events=9)
    return clean_object(raw, timezone="Europe/Berlin")


def stored(*lines: str) -> CalendarObject:
    body = "\r\n".join(("UID:a", "DTSTAMP:20270101T000000Z", *lines))
    return parse_object(
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n{body}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n".encode()
    )


def read_by_icalendar(item: CalendarObject) -> Any:
    return icalendar.Calendar.from_ical(serialise(item, now=NOW))


# ------------------------------------------------------------------------------------------------ cleaning


@pytest.mark.parametrize(
    "name",
    [
        "Europe/Berlin",
        "europe/berlin",
        "W. Europe Standard Time",
        "Mitteleuropäische Zeit",
        '"(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien"',
        "/freeassociation.sourceforge.net/Tzfile/Europe/Berlin",
        "/mozilla.org/20050126_1/Europe/Berlin",
    ],
)
def test_every_way_to_say_berlin_is_berlin(name: str) -> None:
    start, _ = span(clean(f"DTSTART;TZID={name}:20270701T100000".replace('""', '"')).main)
    assert start == datetime(2027, 7, 1, 8, tzinfo=UTC)


def test_a_zone_with_an_unknown_name_is_recognised_by_its_offsets() -> None:
    lines = (
        "BEGIN:VTIMEZONE TZID:Rathaus BEGIN:STANDARD DTSTART:16011028T030000 TZOFFSETFROM:+0200 TZOFFSETTO:+0100 "
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10 END:STANDARD BEGIN:DAYLIGHT DTSTART:16010325T020000 "
        "TZOFFSETFROM:+0100 TZOFFSETTO:+0200 RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3 END:DAYLIGHT END:VTIMEZONE "
    )
    found = clean("DTSTART;TZID=Rathaus:20270701T100000", before=lines.replace(" ", "\n"))
    assert found.main.first("DTSTART").parameter("TZID") == "Europe/Berlin"  # type: ignore[union-attr]


def test_a_floating_time_of_a_source_is_meant_in_the_zone_of_the_network() -> None:
    assert span(clean("DTSTART:20270701T100000").main)[0] == datetime(2027, 7, 1, 10, tzinfo=BERLIN)


def test_a_calendar_may_say_where_its_floating_times_are_meant() -> None:
    found = clean("DTSTART:20270701T100000", before="X-WR-TIMEZONE:Europe/London\n")
    assert span(found.main)[0] == datetime(2027, 7, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["DTSTART;TZID=Nirgendwo:20270101T100000"], "unknown_timezone"),
        (["SUMMARY:ohne Beginn"], "no_start"),
        (["DTSTART:morgen"], "bad_date"),
        (["DTSTART:20270231T100000Z"], "bad_date"),
        (["DTSTART:20270101T100000Z", "DTEND:20270101T090000Z"], "ends_before_start"),
        (["DTSTART:20270101T100000Z", "DTEND;VALUE=DATE:20270102"], "bad_date"),
        (["DTSTART:20270101T100000Z", "DURATION:lang"], "bad_duration"),
        (["DTSTART:00010101T000000Z"], "bad_date"),
        (["DTSTART:99991231T235959Z"], "bad_date"),
        (["DTSTART;VALUE=DATE:99991231"], "bad_date"),
        (["DTSTART:20270101T100000Z", "DURATION:P9999999D"], "bad_duration"),
        (["DTSTART:20270101T100000Z", "DURATION:P99999999999999999W"], "bad_duration"),
        (["DTSTART:20270101T100000Z", "RRULE:täglich"], "bad_rule"),
        (["DTSTART:20270101T100000Z", "RRULE:FREQ=SECONDLY"], "bad_rule"),
        (["DTSTART:20270101T100000Z", "RRULE:FREQ=HOURLY;INTERVAL=2"], "bad_rule"),
        (["DTSTART:20270101T100000Z", "RRULE:FREQ=DAILY;INTERVAL=0"], "bad_rule"),
        (["DTSTART:20270101T100000Z", "RRULE:FREQ=DAILY;COUNT=-1"], "bad_rule"),
        (["DTSTART:20270101T100000Z", "CLASS:PRIVATE"], "not_public"),
        (["DTSTART:20270101T100000Z", "CLASS:confidential"], "not_public"),
        (["DTSTART:20270101T100000Z", "CLASS:X-INTERN"], "not_public"),
        (["DTSTART:20270101T100000Z", "diese Zeile ist kaputt"], "broken_line"),
        (["DTSTART:20270101T100000Z", "BEGIN:VALARM"], "broken_line"),
    ],
)
def test_an_event_that_cannot_be_published_says_why(lines: list[str], code: str) -> None:
    with pytest.raises(BadInput) as caught:
        clean(*lines)
    assert caught.value.code == code


@pytest.mark.parametrize("zone", ["Mars/Olympus", "Europe", "../../etc/passwd", "a\x00b"])
def test_an_entry_that_a_person_wrote_in_a_zone_that_nobody_knows_has_no_span(zone: str) -> None:
    written = f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART;TZID={zone}:20270101T100000\nEND:VEVENT\nEND:VCALENDAR\n"
    found = parse_object(written.encode())
    with pytest.raises(BadInput) as caught:
        span(found.main)
    assert caught.value.code in ("unknown_timezone", "floating_time")


def test_nothing_that_speaks_to_people_comes_from_a_source() -> None:
    found = clean(
        "DTSTART:20270101T100000Z",
        "ORGANIZER;SCHEDULE-AGENT=CLIENT:mailto:chef@quelle.example",
        "ATTENDEE;CN=Erika:mailto:erika@quelle.example",
        "REQUEST-STATUS:2.0;Success",
        "X-MS-OLK-FORCEINSPECTOROPEN:TRUE",
        "X-DIGITALNETZWERK-UID:gefälscht",
        "ATTACH;ENCODING=BASE64;VALUE=BINARY:AAAA",
        "ATTACH;X-NAME=a;FMTTYPE=text/html:https://quelle.example/a",
        'LOCATION;ALTREP="cid:1":Rathaus',
        "BEGIN:VALARM",
        "ACTION:EMAIL",
        "TRIGGER:-PT1H",
        "END:VALARM",
    )
    names = [each.name for each in found.main.properties]
    assert sorted(names) == ["ATTACH", "DTSTART", "LOCATION"] and not found.main.components
    assert found.main.first("LOCATION") == Property("LOCATION", "Rathaus")


def test_a_duration_becomes_an_end_and_days_follow_the_calendar() -> None:
    found = clean("DTSTART;TZID=Europe/Berlin:20270327T100000", "DURATION:P1DT2H")
    assert span(found.main)[1] == datetime(2027, 3, 28, 12, tzinfo=BERLIN)


def test_an_all_day_event_that_ends_on_its_own_day_takes_that_day() -> None:
    assert span(clean("DTSTART;VALUE=DATE:20270101", "DTEND;VALUE=DATE:20270101").main) == (
        date(2027, 1, 1),
        date(2027, 1, 2),
    )


def test_exceptions_follow_the_series() -> None:
    feed = (
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nRECURRENCE-ID:20270102T100000Z\nDTSTART:20270102T110000Z\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:a\nDTSTART:20270101T100000Z\nRRULE:FREQ=DAILY;COUNT=3\n"
        "EXDATE:20270103T100000Z,20270104T100000Z\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    [raw] = split(feed.encode(), max_events=9)
    found = clean_object(raw, timezone="Europe/Berlin")
    assert [each.value("RECURRENCE-ID") for each in found.components] == ["", "20270102T100000Z"]
    assert len(found.main.all("EXDATE")) == 2


# ------------------------------------------------------------------------------------------------ canonical form


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["CREATED:20200101T000000Z", "SEQUENCE:4"], ["SEQUENCE:9", "LAST-MODIFIED:20300101T000000Z"]),
        (["URL:https://a.example"], ["URL;VALUE=URI:https://a.example"]),
        (["SUMMARY:a\\, b\\Nc"], ["SUMMARY:a\\, b\\nc"]),
        (["CATEGORIES:a,b"], ["CATEGORIES:b", "CATEGORIES:a"]),
        (["RRULE:FREQ=DAILY;COUNT=3"], ["RRULE:COUNT=3;INTERVAL=1;FREQ=DAILY"]),
        (["DESCRIPTION:"], ["TRANSP:OPAQUE", "CLASS:PUBLIC", "PRIORITY:0"]),
        (["SUMMARY:a", "LOCATION:b"], ["LOCATION:b", "SUMMARY:a", "X-DIGITALNETZWERK-KEY:1"]),
    ],
)
def test_what_says_the_same_is_equal(one: list[str], other: list[str]) -> None:
    start = "DTSTART:20270101T100000Z"
    assert digest(stored(start, *one)) == digest(stored(*other, start))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["SUMMARY:a"], ["SUMMARY:b"]),
        (["STATUS:CONFIRMED"], ["STATUS:CANCELLED"]),
        (["CATEGORIES:a\\,b"], ["CATEGORIES:a,b"]),
        (["TRANSP:TRANSPARENT"], []),
        (["ATTENDEE:mailto:a@b.example"], []),
        (["BEGIN:VALARM", "TRIGGER:-PT1H", "END:VALARM"], []),
    ],
)
def test_what_says_something_else_is_not_equal(one: list[str], other: list[str]) -> None:
    start = "DTSTART:20270101T100000Z"
    assert digest(stored(start, *one)) != digest(stored(start, *other))


def test_a_whole_day_is_no_midnight() -> None:
    assert digest(stored("DTSTART;VALUE=DATE:20270101")) != digest(stored("DTSTART:20270101T000000Z"))


def test_what_a_person_added_survives_reading_and_writing() -> None:
    lines = ("DTSTART:20270101T100000Z", 'ATTENDEE;CN="Beispiel, Max":mailto:max@a.example', "X-EIGENES:ja")
    found = stored(*lines, "BEGIN:VALARM", "TRIGGER:-PT1H", "ACTION:DISPLAY", "END:VALARM")
    assert from_text(to_text(found)) == found
    assert canonical(parse_object(serialise(found, now=NOW))) == canonical(found)
    assert b'ATTENDEE;CN="Beispiel, Max":mailto:max@a.example' in serialise(found, now=NOW)


def test_a_file_without_an_event_is_refused() -> None:
    with pytest.raises(BadInput):
        parse_object(b"BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nUID:a\r\nEND:VTODO\r\nEND:VCALENDAR\r\n")


# ------------------------------------------------------------------------------------------------ writing

texts = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), max_size=60).map(str.strip)
zones = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"]).map(ZoneInfo)
moments = st.integers(0, 15 * 366 * 24 * 60).map(
    lambda minutes: datetime(2021, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
lengths = st.integers(0, 100_000).map(lambda seconds: timedelta(seconds=seconds))


@given(texts, texts, texts, st.lists(texts.filter(bool), max_size=3), moments, zones, lengths)
def test_an_independent_reader_sees_what_we_meant(
    summary: str, description: str, place: str, tags: list[str], moment: datetime, zone: ZoneInfo, length: timedelta
) -> None:
    start = moment.astimezone(zone)
    end = lasting(start, length)
    part = event(
        start=start, end=end, summary=summary, description=description + "\n" + place, location=place, categories=tags
    )
    item = CalendarObject("a@b", (part,))
    [seen] = read_by_icalendar(item).walk("VEVENT")
    assert str(seen.get("SUMMARY", "")) == summary
    assert str(seen.get("LOCATION", "")) == place
    assert str(seen["DESCRIPTION"]) == description + "\n" + place
    assert seen.decoded("DTSTART") == start
    assert str(seen["UID"]) == "a@b"
    again = parse_object(serialise(item, now=NOW))
    assert digest(again) == digest(item) and span(again.main)[0] == start
    assert text_of(again.main, "SUMMARY") == summary and texts_of(again.main, "CATEGORIES") == tuple(tags)


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=300))
def test_lines_are_folded_between_characters_and_never_longer_than_75_octets(text: str) -> None:
    data = serialise(CalendarObject("a", (event(start=date(2027, 1, 1), end=date(2027, 1, 2), summary=text),)), now=NOW)
    for line in data.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= 75
        line.decode()


def test_the_same_object_gives_the_same_bytes() -> None:
    item = clean("DTSTART;TZID=Europe/Berlin:20270101T100000", "SUMMARY:Höxter")
    assert serialise(item, now=NOW) == serialise(item, now=NOW)


def test_an_entry_that_is_too_large_gets_a_shorter_description_and_keeps_its_link() -> None:
    day = date(2027, 1, 1)
    part = event(
        start=day, end=day + timedelta(days=1), summary="x", description="ü" * 20_000, url="https://a.example/1"
    )
    small = fitting(CalendarObject("a", (part,)))
    assert LARGEST - 100 < len(json.dumps(serialise(small, now=NOW).decode())) <= LARGEST
    assert text_of(small.main, "DESCRIPTION").endswith("(gekürzt)\nhttps://a.example/1")
    assert fitting(small) == small


@pytest.mark.parametrize(
    "name", ["Europe/Berlin", "America/New_York", "Africa/Casablanca", "Asia/Kolkata", "Australia/Sydney"]
)
def test_a_written_zone_has_the_offsets_of_the_real_one(name: str) -> None:
    text = "\r\n".join(lines_of((definition(name),))) + "\r\n"
    zone: Any = icalendar.Timezone.from_ical(text)
    written = zone.to_tz(lookup_tzid=False)
    for days in range(0, 3000, 3):
        moment = datetime(2021, 1, 1, 12, tzinfo=UTC) + timedelta(days=days)
        assert moment.astimezone(written).utcoffset() == moment.astimezone(ZoneInfo(name)).utcoffset()


def test_a_name_that_means_no_zone_stays_unresolved() -> None:
    assert resolve("Nirgendwo", {}, preferred="Europe/Berlin") == ""
    assert resolve("EST", {}, preferred="Europe/Berlin") == ""


def test_the_canonical_form_is_stable() -> None:
    item = stored("DTSTART:20270101T100000Z", "CATEGORIES:b,a", "SUMMARY: x ")
    assert canonical(canonical(item)) == canonical(item)
    assert isinstance(canonical(item).main, Component)
