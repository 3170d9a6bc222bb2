"""Values as people write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest

from network.written import (
    Monthly,
    NotUnderstood,
    Weekly,
    before,
    clock_time,
    duration,
    percentage,
    rhythm,
    size,
    whole_number,
    written_date,
    yes_or_no,
)

MINUTE, DAY, GB = timedelta(minutes=1), timedelta(days=1), 1024**3


@pytest.mark.parametrize(
    ("read", "written", "value"),
    [
        (duration, "90 minutes", 90 * MINUTE),
        (duration, "90min", 90 * MINUTE),
        (duration, "1 Stunde", 60 * MINUTE),
        (duration, "1,5 hours", 90 * MINUTE),
        (duration, "2 Std.", 120 * MINUTE),
        (duration, "3 Tage", 3 * DAY),
        (duration, "2 Wochen", 14 * DAY),
        (duration, "3 years", 3 * 365 * DAY),
        (duration, "0 days", 0 * DAY),
        (before, "3 days before", 3 * DAY),
        (before, "1 Tag vorher", DAY),
        (size, "50 GB", 50 * GB),
        (size, "1,5 TB", 1536 * GB),
        (size, "500MB", 500 * 1024**2),
        (percentage, "30%", 0.3),
        (percentage, "12,5 %", 0.125),
        (percentage, "100 Prozent", 1.0),
        (written_date, "2027-12-31", date(2027, 12, 31)),
        (written_date, "31.12.2027", date(2027, 12, 31)),
        (written_date, "1. 2. 2027", date(2027, 2, 1)),
        (clock_time, "10:00", time(10)),
        (clock_time, "9.30 Uhr", time(9, 30)),
        (clock_time, "9 Uhr", time(9)),
        (rhythm, "first tuesday", Monthly(1, 1)),
        (rhythm, "Erster  Dienstag", Monthly(1, 1)),
        (rhythm, "last friday", Monthly(4, -1)),
        (rhythm, "letzter Freitag alle 2 Monate", Monthly(4, -1, 2)),
        (rhythm, "every monday", Weekly(0)),
        (rhythm, "jeden Montag", Weekly(0)),
        (rhythm, "tuesday every 2 weeks", Weekly(1, 2)),
        (rhythm, "Dienstag alle 2 Wochen", Weekly(1, 2)),
        (yes_or_no, "Ja", True),
        (yes_or_no, "off", False),
        (whole_number, "500", 500),
    ],
)
def test_it_is_understood(read: Callable[[str], object], written: str, value: object) -> None:
    assert read(written) == value


@pytest.mark.parametrize(
    ("read", "written"),
    [
        (duration, "bald"),
        (duration, "90"),
        (duration, "-1 day"),
        (duration, "9999 years"),
        (duration, "३ days"),
        (before, "3 days"),
        (before, "before"),
        (size, "viel"),
        (size, "20"),
        (size, "5 iB"),
        (percentage, "0.3"),
        (percentage, "30"),
        (percentage, "101 %"),
        (written_date, "31.02.2027"),
        (written_date, "31.12.27"),
        (written_date, "12/31/2027"),
        (clock_time, "10"),
        (clock_time, "24:00"),
        (clock_time, "10:60"),
        (rhythm, "tuesday"),
        (rhythm, "fifth tuesday"),
        (rhythm, "first tuesday every 2 weeks"),
        (rhythm, "every other monday"),
        (rhythm, "monday every 0 weeks"),
        (yes_or_no, "vielleicht"),
        (whole_number, "3.5"),
    ],
)
def test_it_is_refused_with_an_example(read: Callable[[str], object], written: str) -> None:
    with pytest.raises(NotUnderstood) as refusal:
        read(written)
    assert refusal.value.text.de
    assert refusal.value.text.en


def test_a_rhythm_becomes_a_recurrence_rule() -> None:
    assert Monthly(1, 2).rrule() == "FREQ=MONTHLY;INTERVAL=1;BYDAY=2TU"
    assert Monthly(4, -1, 2).rrule() == "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR"
    assert Weekly(0, 2).rrule() == "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"


def test_a_long_text_is_not_repeated_in_full() -> None:
    with pytest.raises(NotUnderstood) as refusal:
        duration("x" * 500)
    assert len(refusal.value.text.de) < 200
