"""The dates of a rule, against the occurrences that RFC 5545 gives for the same rhythm."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from network.days_off import DaysOff, public_holidays
from network.meetings import MeetingRule, days, meetings, period_of, year_ahead
from network.written import Monthly, Rhythm, Weekly, rhythm

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)
FIRST, LAST = date(2026, 11, 22), date(2027, 11, 22)

weekdays = st.integers(0, 6)
rhythms = st.one_of(
    st.builds(Weekly, weekdays, st.integers(1, 6)),
    st.builds(Monthly, weekdays, st.sampled_from((1, 2, 3, 4, -1)), st.integers(1, 14)),
)
some_days = st.dates(date(2026, 1, 1), date(2030, 12, 31))
spans = st.builds(lambda first, length: (first, first + timedelta(days=length)), some_days, st.integers(0, 60))


def rule(written: str = "first tuesday", **more: object) -> MeetingRule:
    defaults: dict[str, object] = {"rhythm": rhythm(written), "at": time(10), "length": 2 * HOUR, "zone": BERLIN}
    return MeetingRule(**(defaults | more))  # type: ignore[arg-type]


def dates(written: MeetingRule, first: date = FIRST, last: date = LAST) -> list[date]:
    return [each.start.date() for each in meetings(written, first, last)]


@given(rhythms, some_days, some_days, st.integers(0, 800))
def test_the_days_are_those_of_the_same_recurrence_rule(
    written: Rhythm, starts: date, first: date, length: int
) -> None:
    last = first + timedelta(days=length)
    # An RRULE counts months and weeks from its DTSTART: the first day of the month or week that `starts` lies in.
    anchor = starts.replace(day=1) if isinstance(written, Monthly) else starts - timedelta(days=starts.weekday())
    theirs = rrulestr(written.rrule(), dtstart=datetime.combine(anchor, time()))
    meant = {
        each.date()
        for each in theirs.between(datetime.combine(first, time()), datetime.combine(last, time()), inc=True)
    }
    assert set(days(rule(rhythm=written, starts=starts), first, last)) == {each for each in meant if each >= starts}


@given(rhythms, st.lists(spans, max_size=6), some_days)
def test_none_falls_on_a_day_off_and_no_other_is_left_out(
    written: Rhythm, school: list[tuple[date, date]], first: date
) -> None:
    off = DaysOff("NW", tuple(school))
    found = rule(rhythm=written, starts=first, off=off)
    last = first + timedelta(days=400)
    assert dates(found, first, last) == [each for each in days(found, first, last) if each not in off]
    assert not any(
        first_off <= each <= last_off for each in dates(found, first, last) for first_off, last_off in school
    )
    assert not any(each in public_holidays("NW", each.year) for each in dates(found, first, last))


@given(rhythms, st.times(), st.integers(1, 600), some_days)
def test_it_starts_at_its_time_on_the_clock_and_lasts_as_long_as_it_says(
    written: Rhythm, at: time, minutes: int, first: date
) -> None:
    length = timedelta(minutes=minutes)
    at = at.replace(second=0, microsecond=0)
    for each in meetings(rule(rhythm=written, at=at, length=length, starts=first), first, first + timedelta(days=400)):
        assert each.end.astimezone(UTC) - each.start.astimezone(UTC) == length
        is_in_the_lost_hour = at.hour == 2 and each.start.hour == 3
        assert each.start.timetz().replace(tzinfo=None, fold=0) == at or is_in_the_lost_hour


@given(rhythms, some_days)
def test_each_has_a_name_of_its_own_that_its_weekday_does_not_change(written: Rhythm, first: date) -> None:
    found = meetings(rule(rhythm=written, starts=first), first, first + timedelta(days=800))
    assert len({each.period for each in found}) == len(found)
    assert all(each.period == period_of(each.start.date(), written) for each in found)


def test_both_sides_of_a_change_of_clocks_begin_at_the_same_time_of_day() -> None:
    found = meetings(rule("jeden Montag", at=time(10)), date(2027, 3, 22), date(2027, 3, 29))
    assert [each.start.isoformat() for each in found] == ["2027-03-22T10:00:00+01:00", "2027-03-29T10:00:00+02:00"]


def test_a_time_that_does_not_exist_is_an_hour_later() -> None:
    (found,) = meetings(rule("last sunday", at=time(2, 30)), date(2027, 3, 1), date(2027, 3, 31))
    assert found.start.isoformat() == "2027-03-28T03:30:00+02:00"


def test_the_first_tuesday_of_the_year_that_the_council_meets() -> None:
    assert dates(rule("erster Dienstag"), date(2027, 1, 1), date(2027, 4, 30)) == [
        date(2027, 1, 5),
        date(2027, 2, 2),
        date(2027, 3, 2),
        date(2027, 4, 6),
    ]


def test_every_two_months_counts_from_its_first_meeting() -> None:
    found = rule("last friday every 2 months", starts=date(2027, 1, 15), until=date(2027, 6, 1))
    assert dates(found) == [date(2027, 1, 29), date(2027, 3, 26), date(2027, 5, 28)]


@pytest.mark.parametrize(("state", "is_off"), [("NW", True), ("BE", False), ("", False)])
def test_a_holiday_counts_in_the_states_that_have_it(state: str, is_off: bool) -> None:
    corpus_christi = date(2027, 5, 27)
    assert (corpus_christi in DaysOff(state)) is is_off


def test_without_public_holidays_only_listed_days_are_off() -> None:
    christmas = date(2026, 12, 25)
    assert christmas not in DaysOff()
    assert christmas in DaysOff("")
    assert christmas in DaysOff(None, ((date(2026, 12, 23), date(2027, 1, 6)),))
    assert date(2027, 1, 7) not in DaysOff(None, ((date(2026, 12, 23), date(2027, 1, 6)),))


@given(rhythms, some_days)
def test_a_year_ahead_ends_with_a_whole_period(written: Rhythm, day: date) -> None:
    last = year_ahead(day, written)
    assert last >= day + timedelta(days=365)
    assert period_of(last, written) != period_of(last + timedelta(days=1), written)
