"""What becomes of a training that is missing for long, as each connector chose; and of what lies in the past."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

from journeys_feed import Feed, event, feed_of, with_feed
from journeys_town import FAR, PLANNING, THREE, TODAY, Town, row
from openpyxl import load_workbook

ALL = [*THREE, *(row(number, f"Schulung {number}") for number in range(4, 8))]
CUT = [*THREE[:2], *ALL[3:]]
TITLES = sorted(str(each[2]) for each in ALL)


def choosing(town: Town, then: str) -> Town:
    town.swap("settle: 10 minutes", f"settle: 10 minutes\n    missing: {{after: 24 hours, then: {then}}}")
    town.save(ALL)
    assert town.apply().code == 0
    return town


def miss_for_long(town: Town) -> None:
    for _ in range(4):
        town.wait(hours=12)
        assert town.apply().code == 0


def notes(town: Town) -> str:
    path = f"/{PLANNING}/Schulungsplan - Hinweise.xlsx"
    sheet = load_workbook(BytesIO(town.other_client().files.read(path, max_bytes=10**6))).active
    assert sheet is not None
    return "\n".join(str(cell) for line in sheet.iter_rows(values_only=True) for cell in line if cell)


def test_who_chose_asking_finds_the_question_beside_the_table_and_in_status(town: Town) -> None:
    choosing(town, "ask").save(CUT)
    miss_for_long(town)
    assert town.titles() == TITLES
    assert [(each.question.code, each.question.key) for each in town.status().questions] == [("training_missing", "3")]
    assert "„IT-Sicherheit“ fehlt seit dem" in notes(town)
    assert "Fällt die Schulung aus?" in notes(town)
    town.save(ALL)
    town.apply()
    assert town.status().questions == ()
    assert "IT-Sicherheit" not in notes(town)


def test_who_chose_cancelling_sees_it_cancelled_then_gone_and_back_it_is_the_same_again(town: Town) -> None:
    choosing(town, "cancel")
    before = town.entry("SUMMARY:IT-Sicherheit")
    town.save(CUT)
    miss_for_long(town)
    cancelled = town.entry("IT-Sicherheit")
    assert b"STATUS:CANCELLED" in cancelled.data and cancelled.href == before.href
    assert "Fällt aus: IT-Sicherheit" in town.titles()
    town.save(ALL)
    assert town.apply().code == 0
    back = town.entry("SUMMARY:IT-Sicherheit")
    assert b"STATUS:CANCELLED" not in back.data and back.href == before.href
    mark = town.mark()
    assert town.apply().code == 0
    assert town.calendar_writes(mark) == []


def test_a_cancelled_training_is_gone_two_weeks_after_its_day(town: Town) -> None:
    choosing(town, "cancel").save(CUT)
    miss_for_long(town)
    town.wait(days=(FAR - TODAY).days + 8)
    town.apply()
    assert "Fällt aus: IT-Sicherheit" in town.titles()
    town.wait(days=6)
    town.apply()
    assert town.titles() == [each for each in TITLES if each != "IT-Sicherheit"]


def test_who_chose_keeping_is_never_asked(town: Town) -> None:
    choosing(town, "keep").save(CUT)
    miss_for_long(town)
    assert (town.titles(), town.status().questions) == (TITLES, ())


def test_a_feed_that_only_tells_the_future_loses_nothing_of_the_past(town: Town, feed: Feed) -> None:
    """A rolling window: what is over leaves the feed, and stays in the calendar for as long as that keeps the past."""
    events = [event(f"{n}@provider.example", f"Kurs {n}", day=TODAY + timedelta(days=10 * n)) for n in range(1, 6)]
    feed.says(feed_of(*events))
    with_feed(town, feed, ", missing: {then: remove}").swap("name: Kurse,", "name: Kurse, keep_past: 30 days,")
    town.apply()
    for gone in range(1, 5):
        town.wait(days=10)
        for _ in range(4):
            town.wait(hours=7)
            feed.says(feed_of(*events[gone:]))
            town.apply()
    assert town.titles(calendar="Kurse") == ["Kurs 2", "Kurs 3", "Kurs 4", "Kurs 5"]
    assert not [each for each in town.status().questions if each.connector == "kurse"]
