"""A provider's feed that gives every course a new UID at each fetch: the same courses, so nothing is written."""

from datetime import timedelta

from journeys_feed import COURSES, Feed, courses, event, feed_of, with_feed
from journeys_town import FAR, Town

SERIES = ("RRULE:FREQ=WEEKLY;COUNT=5", f"EXDATE;TZID=Europe/Berlin:{FAR + timedelta(days=7):%Y%m%d}T090000")
MOVED = FAR + timedelta(days=14)


def series(prefix: str) -> bytes:
    """A weekly course with a day left out and a day moved, two courses that differ only in their place, and one alone."""
    uid = f"{prefix}-series@provider.example"
    moved = (f"RECURRENCE-ID;TZID=Europe/Berlin:{MOVED:%Y%m%d}T090000",)
    return feed_of(
        event(uid, "Englisch", more=SERIES),
        event(uid, "Englisch", day=MOVED, hour=15, more=moved),
        event(f"{prefix}-1@provider.example", "Ersthilfe", more=("GEO:51.77;9.38",)),
        event(f"{prefix}-2@provider.example", "Ersthilfe", more=("CATEGORIES:Auffrischung",)),
        event(f"{prefix}-3@provider.example", "Yoga", day=FAR + timedelta(days=1)),
    )


def test_rotated_uids_write_nothing(town: Town, feed: Feed) -> None:
    with_feed(town, feed).apply()
    assert town.titles(calendar="Kurse") == sorted(COURSES)
    before = town.mark()
    for prefix in ("second", "third", "fourth"):
        town.wait(hours=1)
        feed.says(courses(prefix))
        assert town.apply().code == 0
    assert len(feed.requests) == 4
    assert town.calendar_writes(before) == []
    assert town.titles(calendar="Kurse") == sorted(COURSES)


def test_rotated_uids_of_series_and_twins_write_nothing(town: Town, feed: Feed) -> None:
    feed.says(series("first"))
    with_feed(town, feed).apply()
    assert town.titles(calendar="Kurse") == ["Englisch", "Englisch", "Ersthilfe", "Ersthilfe", "Yoga"]
    before = town.mark()
    for prefix in ("second", "third"):
        feed.says(series(prefix))
        assert town.apply().code == 0
    assert town.calendar_writes(before) == []


def test_rotated_uids_write_nothing_after_our_memory_was_lost(town: Town, feed: Feed) -> None:
    with_feed(town, feed).apply()
    town.lose_memory()
    feed.says(courses("second"))
    before = town.mark()
    assert town.apply().code == 0
    assert [each for each in town.calendar_writes(before) if not each.startswith("POST")] == []
    assert town.titles(calendar="Kurse") == sorted(COURSES)


def test_among_rotated_uids_a_change_is_one_write(town: Town, feed: Feed) -> None:
    with_feed(town, feed).apply()
    feed.says(courses("second").replace(b"SUMMARY:Rhetorik", b"SUMMARY:Rhetorik\r\nDESCRIPTION:Bitte Block mitbringen"))
    before = town.mark()
    assert town.apply().code == 0
    (write,) = town.calendar_writes(before)
    assert write.startswith("PUT ")
    assert "Block" in town.entry("SUMMARY:Rhetorik", "anna.brakel").data.decode()


def test_an_unchanged_feed_is_asked_conditionally_and_writes_nothing(town: Town, feed: Feed) -> None:
    with_feed(town, feed).apply()
    before = town.mark()
    assert town.apply().code == 0
    assert feed.unchanged == 1
    assert town.writes(before) == []
