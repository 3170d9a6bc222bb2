"""Times of day as people write them."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sources_kit import on_the_wall

from connectors.tables.sheets import Value
from connectors.tables.times import ALL_DAY, Times, read_times
from network.written import NotUnderstood

NINE, TWELVE = 9 * 60, 12 * 60


@pytest.mark.parametrize(
    ("start", "end", "meant"),
    [
        ("9–12 Uhr", None, Times(NINE, TWELVE)),
        ("9-12", None, Times(NINE, TWELVE)),
        ("9 Uhr", None, Times(NINE)),
        ("09.00", None, Times(NINE)),
        ("9:00 - 12:30 Uhr", None, Times(NINE, TWELVE + 30)),
        ("von 9 bis 12 Uhr", "", Times(NINE, TWELVE)),
        ("ab 9 Uhr", None, Times(NINE)),
        ("9 Uhr", "12 Uhr", Times(NINE, TWELVE)),
        ("9 Uhr", "bis 12 Uhr", Times(NINE, TWELVE)),
        ("9–12 Uhr", "12 Uhr", Times(NINE, TWELVE)),
        ("9–12 Uhr", "9–12 Uhr", Times(NINE, TWELVE)),
        ("20–24 Uhr", None, Times(20 * 60, 24 * 60)),
        ("ganztägig", None, ALL_DAY),
        (time(9), time(12), Times(NINE, TWELVE)),
        (0.375, 0.5, Times(NINE, TWELVE)),
        (9, 12, Times(NINE, TWELVE)),
        (on_the_wall("1899-12-30 09:00"), None, Times(NINE)),
        (timedelta(hours=9), None, Times(NINE)),
        (time(8, 59, 59, 424000), None, Times(NINE)),
        ("jeweils 9–12 Uhr", None, Times(NINE, TWELVE)),
        ("9:00 Uhr bis ca. 12 Uhr", None, Times(NINE, TWELVE)),
        (None, None, None),
        ("", "n. n.", None),
    ],
)
def test_a_way_of_writing_times_is_understood(start: Value, end: Value, meant: Times | None) -> None:
    assert read_times(start, end) == meant


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("22–2 Uhr", None),
        ("12 Uhr", "9 Uhr"),
        ("9 Uhr", "9 Uhr"),
        ("24 Uhr", None),
        ("vormittags", None),
        ("9–12 und 13–16 Uhr", None),
        ("9–12 Uhr", "13 Uhr"),
        ("", "12 Uhr"),
        ("ganztägig", "12 Uhr"),
        ("25 Uhr", None),
        ("9:75", None),
        (9.3, None),
        (-1, None),
        (True, None),
    ],
)
def test_what_has_two_readings_or_crosses_midnight_is_refused(start: Value, end: Value) -> None:
    with pytest.raises(NotUnderstood):
        read_times(start, end)


@given(st.times(), st.times())
def test_every_hand_writes_times_that_are_read_back(one: time, other: time) -> None:
    first, last = sorted((one.hour * 60 + one.minute, other.hour * 60 + other.minute))
    if first == last:
        return
    clock = (f"{first // 60:02}:{first % 60:02}", f"{last // 60:02}:{last % 60:02}")
    dotted = (f"{first // 60}.{first % 60:02}", f"{last // 60}.{last % 60:02}")
    assert read_times(" - ".join(clock)) == Times(first, last)
    assert read_times("–".join(dotted) + " Uhr") == Times(first, last)
    assert read_times(*clock) == Times(first, last)
    assert read_times(first / 1440, last / 1440) == Times(first, last)
