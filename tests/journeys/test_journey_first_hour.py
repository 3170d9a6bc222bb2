"""The first hour: three rows, a plan, an apply, a staff member who looks, and what follows."""

from journeys_town import THREE, Town, row

from plugin.render.sentences import summary


def test_three_rows_stand_in_a_staff_members_calendar(town: Town) -> None:
    planned = town.plan()
    assert "3 Schulungen eintragen" in summary(planned.plan.changes, "de")
    assert planned.code == 10
    assert town.writes() == []
    assert town.apply().code == 0
    assert town.titles() == ["E-Akte", "IT-Sicherheit", "OZG Grundlagen"]


def test_a_second_run_writes_nothing(town: Town) -> None:
    town.apply()
    before = town.mark()
    assert town.plan().code == 0
    assert town.apply().code == 0
    assert town.writes(before) == []


def test_a_changed_time_and_a_cancelled_row_reach_staff(town: Town) -> None:
    town.apply()
    town.save([row(1, "OZG Grundlagen", start="10:00"), row(2, "E-Akte", status="fällt aus"), THREE[2]])
    assert town.apply().code == 0
    assert town.titles() == ["Fällt aus: E-Akte", "IT-Sicherheit", "OZG Grundlagen"]
