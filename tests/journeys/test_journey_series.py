"""Series: as long as one of their days is to come, or not long past, they stay."""

from datetime import timedelta

from journeys_feed import Feed, event, feed_of, with_feed
from journeys_town import TODAY, Town

LONG_AGO = TODAY - timedelta(days=500)
KEEP = timedelta(days=400)


def weekly(title: str, weeks: int) -> str:
    return event(title, title, day=LONG_AGO, more=[f"RRULE:FREQ=WEEKLY;COUNT={weeks}"])


def test_a_series_that_began_long_ago_stands_while_it_goes_on(town: Town, feed: Feed) -> None:
    endless = event("Endlos", "Endlos", day=LONG_AGO, more=["RRULE:FREQ=WEEKLY"])
    feed.says(feed_of(weekly("Vorbei", 8), weekly("Läuft", 80), endless, event("Einzeln", "Einzeln", day=LONG_AGO)))
    with_feed(town, feed).apply()
    assert town.titles(calendar="Kurse") == ["Endlos", "Läuft"]


def test_the_window_rolls_on_to_the_last_day_of_a_series(town: Town, feed: Feed) -> None:
    feed.says(feed_of(weekly("Läuft", 80), event("Neu", "Neu"), event("Auch neu", "Auch neu")))
    with_feed(town, feed).apply()
    ends = LONG_AGO + timedelta(weeks=79)
    town.wait(days=(ends + KEEP - TODAY).days - 1)
    assert town.apply().code == 0
    assert "Läuft" in town.titles(calendar="Kurse")
    town.wait(days=3)
    assert town.apply().code == 0
    assert "Läuft" not in town.titles(calendar="Kurse")


def test_a_provider_that_lists_only_what_is_to_come_takes_no_past_training_away(town: Town, feed: Feed) -> None:
    """A rolling feed leaves a series out once it is over: that asks nobody, and it stays as long as it is kept."""
    series = event("Reihe", "Reihe", day=TODAY, more=["RRULE:FREQ=WEEKLY;COUNT=3"])
    others = [event(f"Kurs {number}", f"Kurs {number}") for number in range(4)]
    feed.says(feed_of(series, *others))
    with_feed(town, feed).apply()
    town.wait(days=20)
    before = town.mark()
    feed.says(feed_of(*others))
    for _ in range(4):
        town.wait(hours=12)
        assert town.apply().code == 0
    assert town.calendar_writes(before) == []
    assert "Reihe" in town.titles(calendar="Kurse")
    assert town.status().questions == ()


def test_a_running_series_that_vanishes_is_asked_about(town: Town, feed: Feed) -> None:
    series = event("Reihe", "Reihe", day=TODAY - timedelta(days=30), more=["RRULE:FREQ=WEEKLY;COUNT=30"])
    others = [event(f"Kurs {number}", f"Kurs {number}") for number in range(4)]
    feed.says(feed_of(series, *others))
    with_feed(town, feed, ", missing: {then: remove}").apply()
    feed.says(feed_of(*others))
    for _ in range(4):
        town.wait(hours=12)
        assert town.apply().code == 0
    assert "Reihe" in town.titles(calendar="Kurse")
    assert [each.question.key for each in town.status().questions] == ["Reihe"]


def test_a_lost_memory_forgets_no_running_series(town: Town, feed: Feed) -> None:
    feed.says(feed_of(weekly("Läuft", 80)))
    with_feed(town, feed).apply()
    town.lose_memory()
    before = town.mark()
    feed.says(b"<html>gerade kaputt</html>", kind="text/html")
    town.apply()
    assert town.titles(calendar="Kurse") == ["Läuft"]
    assert town.calendar_writes(before) == []


def test_an_endless_series_that_changes_for_ever_is_held_back_with_its_reason(town: Town, feed: Feed) -> None:
    day = TODAY + timedelta(days=70)
    change = (f"RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:{day:%Y%m%d}T090000",)
    endless = event("a", "Endlos", day=TODAY, more=["RRULE:FREQ=WEEKLY"])
    feed.says(feed_of(endless, event("a", "Neu", day=day, hour=15, more=change), event("b", "Einzeln")))
    run = with_feed(town, feed).apply()
    assert town.titles(calendar="Kurse") == ["Einzeln"]
    assert "endless_range" in [each.code for each in run.problems]
