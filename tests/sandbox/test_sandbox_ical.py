"""Reading and writing iCalendar forgivingly, folding included."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.sandbox.calendars.ical import Unreadable, build, fold, property_of, read, unfold, with_parameter, write

TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=300)


@given(TEXT)
def test_a_folded_line_is_at_most_75_octets_and_unfolds_to_itself(value: str) -> None:
    line = f"SUMMARY:{value}"
    folded = fold(line)
    assert all(len(part.encode()) <= 75 for part in folded.split("\r\n"))
    assert list(unfold(folded + "\r\n")) == [line]


@given(TEXT)
def test_what_is_written_reads_the_same(value: str) -> None:
    text = f"BEGIN:VCALENDAR\r\nX-WERT:{value}\r\nBEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    tree = read(text)
    assert tree.value("X-WERT") == value
    assert read(write(tree)) == tree


@pytest.mark.parametrize(
    "text", ["", "kein Kalender", "BEGIN:VCALENDAR\r\n", "BEGIN:VEVENT\r\nEND:VCALENDAR\r\n", "UID:1\r\n"]
)
def test_what_is_no_calendar_is_unreadable(text: str) -> None:
    with pytest.raises(Unreadable):
        read(text)


def test_parameters_lose_their_quotes_and_get_them_back_where_needed() -> None:
    found = property_of('ATTENDEE;CN="Muster; Max";RSVP=TRUE:mailto:max@kreis.example')
    assert found.parameters == {"CN": "Muster; Max", "RSVP": "TRUE"}
    assert found.value == "mailto:max@kreis.example"
    changed = with_parameter(found, "PARTSTAT", "ACCEPTED")
    assert changed.line == 'ATTENDEE;CN="Muster; Max";RSVP=TRUE;PARTSTAT=ACCEPTED:mailto:max@kreis.example'
    assert with_parameter(changed, "RSVP", None).parameters == {"CN": "Muster; Max", "PARTSTAT": "ACCEPTED"}


def test_a_colon_in_a_quoted_parameter_does_not_end_the_name() -> None:
    found = property_of('ORGANIZER;SENT-BY="mailto:a@kreis.example":mailto:b@kreis.example')
    assert found.parameters["SENT-BY"] == "mailto:a@kreis.example"
    assert found.value == "mailto:b@kreis.example"
    assert build("X", "y", {"A": "b,c"}).line == 'X;A="b,c":y'
