"""Feeds as they are found in the wild, taken apart before anything is parsed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.errors import SourceUnreadable
from network.ical.feed import RawObject, decode, split, unfold


def feed(*events: str, before: str = "") -> bytes:
    body = "".join(f"BEGIN:VEVENT\n{each}\nEND:VEVENT\n" for each in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{before}{body}END:VCALENDAR\n".encode()


def objects(data: bytes, max_events: int = 100) -> list[RawObject]:
    return list(split(data, max_events=max_events))


def test_events_of_one_uid_are_one_object_in_order_of_arrival() -> None:
    found = objects(
        feed(
            "UID:a\nDTSTART:20270101T100000Z\nRRULE:FREQ=DAILY",
            "UID:b\nDTSTART:20270101T100000Z",
            "UID:a\nRECURRENCE-ID:20270102T100000Z\nDTSTART:20270102T110000Z",
        )
    )
    assert [each.uid for each in found] == ["a", "b"]
    assert found[0].text.count("BEGIN:VEVENT") == 2


def test_events_without_a_uid_stand_alone_under_a_key_of_start_and_title() -> None:
    first, second = objects(feed("SUMMARY:Eins\nDTSTART:20270101", "SUMMARY:Zwei\nDTSTART:20270101"))
    assert first.uid == second.uid == ""
    assert first.key != second.key
    assert [first.key] == [each.key for each in objects(feed("DTSTART:20270101\nSUMMARY:Eins"))]


def test_one_uid_for_several_events_is_told_apart() -> None:
    found = objects(feed("UID:x\nDTSTART:20270101\nSUMMARY:Eins", "UID:x\nDTSTART:20270102\nSUMMARY:Zwei"))
    assert [each.uid for each in found] == ["x", "x"]
    assert len({each.key for each in found}) == 2


def test_of_two_versions_of_one_event_the_newer_counts() -> None:
    newer, older = (
        "UID:x\nDTSTART:20270101\nSEQUENCE:2\nLOCATION:neu",
        "UID:x\nDTSTART:20270101\nSEQUENCE:1\nLOCATION:alt",
    )
    for data in (feed(newer, older), feed(older, newer)):
        [found] = objects(data)
        assert "LOCATION:neu" in found.text and found.key == "x"


def test_the_uid_of_an_alarm_is_not_the_uid_of_the_event() -> None:
    [found] = objects(feed("BEGIN:VALARM\nUID:alarm\nEND:VALARM\nUID:event\nDTSTART:20270101"))
    assert found.uid == "event"


def test_other_components_are_ignored_and_time_zones_handed_along() -> None:
    zone = "BEGIN:VTIMEZONE\nTZID:X\nEND:VTIMEZONE\n"
    todo = "BEGIN:VTODO\nUID:t\nEND:VTODO\n"
    [found] = objects(feed("UID:a\nDTSTART:20270101", before=zone + todo + "X-WR-TIMEZONE:Europe/Berlin\n"))
    assert found.uid == "a" and found.timezones == (zone,) and found.calendar_zone == "Europe/Berlin"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\r\r\n", "\n\n"])
def test_any_line_end_reads_the_same(ending: str) -> None:
    data = feed("UID:a\nSUMMARY:Ein langer\n  Titel\nDTSTART:20270101")
    [found] = objects(data.replace(b"\n", ending.encode()))
    assert found == objects(data)[0]
    assert "SUMMARY:Ein langer Titel\n" in found.text


def test_a_byte_order_mark_and_utf_16_are_read() -> None:
    data = feed("UID:a\nSUMMARY:Höxter\nDTSTART:20270101")
    assert objects(b"\xef\xbb\xbf" + data) == objects(data) == objects(data.decode().encode("utf-16"))


def test_an_event_in_an_old_windows_encoding_keeps_its_umlauts() -> None:
    data = feed("UID:a\nSUMMARY:Schulung für Höxter – neu\nDTSTART:20270101").decode().encode("cp1252")
    assert "SUMMARY:Schulung für Höxter – neu" in objects(data)[0].text


def test_a_character_split_by_folding_is_whole_again() -> None:
    assert decode(unfold(b"SUMMARY:H" + b"\xc3\r\n \xb6" + b"xter\r\n")) == "SUMMARY:Höxter\n"


def test_an_event_that_never_ends_costs_only_itself() -> None:
    data = (
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nBEGIN:VEVENT\nUID:b\nEND:VEVENT\nBEGIN:VEVENT\nUID:c\nEND:VCALENDAR\n"
    )
    found = objects(data)
    assert [each.uid for each in found] == ["a", "b", "c"]
    assert ["END:VEVENT" in each.text for each in found] == [False, True, False]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_a_calendar"),
        (b"<!doctype html><title>Anmelden</title>", "not_a_calendar"),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nEND:VEVENT\n", "truncated"),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nEND:VEVENT\nEND:VCAL", "truncated"),
        (feed("UID:a", "UID:b", "UID:c"), "too_many_events"),
    ],
)
def test_what_is_no_whole_calendar_is_refused_at_once(data: bytes, code: str) -> None:
    with pytest.raises(SourceUnreadable) as caught:
        split(data, max_events=2)
    assert caught.value.code == code


def test_a_calendar_without_events_is_a_complete_answer() -> None:
    assert objects(feed()) == []


@pytest.mark.parametrize("piece", [1, 40, 100])
def test_a_large_feed_that_is_read_in_pieces_says_the_same(monkeypatch: pytest.MonkeyPatch, piece: int) -> None:
    zone = "X-WR-TIMEZONE:Europe/Berlin\nBEGIN:VTIMEZONE\nTZID:X\nEND:VTIMEZONE\n"
    data = feed(
        "UID:a\nSUMMARY:Ein lan\n ger Titel\nDTSTART:20270101\nRRULE:FREQ=DAILY",
        "UID:b\nDTSTART:20270101\nBEGIN:VEVENT\nUID:c\nDTSTART:20270102",
        "UID:a\nRECURRENCE-ID:20270102\nDTSTART:20270103",
        before=zone,
    )
    unended = data.replace(b"END:VEVENT\nEND:VCALENDAR", b"END:VCALENDAR")
    candidates = (data, unended, data.replace(b"\n", b"\r\n"), data.replace(b"\n", b"\r"), data[:-4])
    whole = [told(each) for each in candidates]
    monkeypatch.setattr("network.ical.feed._PIECE", piece)
    assert [told(each) for each in candidates] == whole


def told(data: bytes) -> list[RawObject] | str:
    try:
        return objects(data)
    except SourceUnreadable as error:
        return error.code


def test_the_digest_follows_the_bytes_of_the_object_alone() -> None:
    one, two = objects(feed("UID:a\nDTSTART:20270101", "UID:b\nDTSTART:20270101"))
    same, other = objects(feed("UID:a\nDTSTART:20270101", "UID:b\nDTSTART:20270102"))
    assert one.digest == same.digest and two.digest != other.digest


@given(st.binary(max_size=400))
def test_whatever_bytes_arrive_only_an_unreadable_source_is_raised(data: bytes) -> None:
    for candidate in (data, feed("UID:a").replace(b"UID:a", data)):
        try:
            objects(candidate)
        except SourceUnreadable:
            continue
