"""Rows that vanish from the table and come back: absence never cancels, a person does."""

from datetime import timedelta

import pytest
from journeys_town import FAR, TODAY, Town, row

NINE = [row(number, f"Schulung {number}", day=FAR + timedelta(days=number)) for number in range(1, 10)]
FOUR = NINE[:4]
ALL = [f"Schulung {number}" for number in range(1, 10)]


@pytest.fixture
def nine(town: Town) -> Town:
    """Nine trainings stand in the calendar."""
    town.save(NINE)
    assert town.apply().code == 0
    assert town.titles() == ALL
    return town


def test_five_rows_cut_for_three_hours_and_put_back_write_nothing(nine: Town) -> None:
    before = nine.mark()
    nine.save(FOUR)
    for _ in range(6):
        nine.wait(minutes=30)
        assert nine.apply().code == 0
        assert nine.titles() == ALL
    nine.wait(minutes=30)
    nine.save(NINE)
    assert nine.apply().code == 0
    assert nine.calendar_writes(before) == []
    assert nine.titles() == ALL


def test_rows_cut_for_long_ask_and_stay(nine: Town) -> None:
    before = nine.mark()
    nine.save(FOUR)
    for _ in range(6):
        nine.wait(hours=12)
        assert nine.apply().code == 0
    assert nine.calendar_writes(before) == []
    assert nine.titles() == ALL
    assert [each.question.key for each in nine.status().questions] == ["5", "6", "7", "8", "9"]


def test_rows_put_back_take_their_questions_with_them(nine: Town) -> None:
    nine.save(FOUR)
    for _ in range(4):
        nine.wait(hours=12)
        nine.apply()
    assert nine.status().questions
    nine.save(NINE)
    assert nine.apply().code == 0
    assert nine.status().questions == ()


def test_only_who_chose_removal_gets_it_and_never_for_a_training_that_starts_soon(town: Town) -> None:
    town.swap("settle: 10 minutes", "settle: 10 minutes\n    missing: {after: 24 hours, then: remove}")
    soon = row("soon", "Bald", day=TODAY + timedelta(days=12))
    town.save([*NINE, soon])
    town.apply()
    town.save(NINE[:8])
    for _ in range(4):
        town.wait(hours=12)
        assert town.apply().code == 0
    assert town.titles() == ["Bald", *ALL[:8]]


def test_looking_at_plans_counts_as_no_absence(nine: Town) -> None:
    nine.save(FOUR)
    for _ in range(5):
        nine.wait(hours=12)
        nine.plan()
    assert nine.apply().code == 0
    assert nine.status().questions == ()
