"""The thin whole: trainings to a calendar in Nextcloud, and nothing twice."""

from __future__ import annotations

from calendar_world import World, actions, training


def test_trainings_stand_in_a_shared_calendar() -> None:
    world = World(trainings=[training("1"), training("2", place="Höxter")])
    planned = world.plan()
    assert actions(planned) == ["create calendar", "create entry", "create entry", "grant share"]
    report = world.apply(planned)
    assert {each.result for each in report.outcomes} == {"done"}
    assert world.titles() == ["Schulung 1", "Schulung 2"]
    [seen] = world.server.calendars()
    assert [row.principal for row in seen.shares] == ["groups/alle"]


def test_a_second_run_writes_nothing_and_asks_one_question() -> None:
    world = World(trainings=[training("1"), training("2")])
    world.apply()
    world.server.requests.clear()
    world.parsed = 0
    world.apply()
    assert world.pending() == []
    assert dict(world.server.requests) == {"calendars": 2}
    assert world.parsed == 0
