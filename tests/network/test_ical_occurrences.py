"""The single dates of a calendar object."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from network.ical.component import CalendarObject, Component, Property
from network.ical.occurrences import occurrences

BERLIN = ZoneInfo("Europe/Berlin")
BEFORE = datetime(2027, 5, 1, tzinfo=UTC)


def event(start: str, end: str, *more: Property) -> Component:
    zone = (("TZID", ("Europe/Berlin",)),)
    return Component("VEVENT", (Property("DTSTART", start, zone), Property("DTEND", end, zone), *more))


def dates(*components: Component) -> list[str]:
    found = occurrences(CalendarObject("u", components), BEFORE)
    return sorted(f"{each.start:%d.%m. %H:%M}-{each.end:%H:%M}" for each in found)


def test_a_single_event_is_one_date() -> None:
    assert dates(event("20270112T090000", "20270112T120000")) == ["12.01. 09:00-12:00"]


def test_a_series_without_end_is_followed_so_far_and_keeps_its_hour_over_the_change_of_clocks() -> None:
    weekly = event("20270322T090000", "20270322T120000", Property("RRULE", "FREQ=WEEKLY"))
    assert dates(weekly) == [
        "05.04. 09:00-12:00", "12.04. 09:00-12:00", "19.04. 09:00-12:00",
        "22.03. 09:00-12:00", "26.04. 09:00-12:00", "29.03. 09:00-12:00",
    ]  # fmt: skip


def test_an_exception_stands_in_its_place_and_a_day_taken_out_is_gone() -> None:
    zone = (("TZID", ("Europe/Berlin",)),)
    series = event(
        "20270301T090000", "20270301T120000",
        Property("RRULE", "FREQ=WEEKLY;COUNT=3"), Property("EXDATE", "20270308T090000", zone),
    )  # fmt: skip
    moved = event("20270316T140000", "20270316T150000", Property("RECURRENCE-ID", "20270315T090000", zone))
    assert dates(series, moved) == ["01.03. 09:00-12:00", "16.03. 14:00-15:00"]


def test_a_rule_that_nobody_can_follow_gives_the_first_date() -> None:
    assert dates(event("20270301T090000", "20270301T120000", Property("RRULE", "FREQ=SECONDLY"))) == [
        "01.03. 09:00-12:00"
    ]


def test_whole_days_stay_days() -> None:
    day = (("VALUE", ("DATE",)),)
    days = Component(
        "VEVENT",
        (Property("DTSTART", "20270301", day), Property("DTEND", "20270303", day), Property("RRULE", "FREQ=MONTHLY")),
    )
    found = list(occurrences(CalendarObject("u", (days,)), BEFORE))
    assert [(each.start, each.end) for each in found] == [
        (date(2027, 3, 1), date(2027, 3, 3)),
        (date(2027, 4, 1), date(2027, 4, 3)),
    ]
