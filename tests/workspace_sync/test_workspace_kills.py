"""Killed or failing at any write, of the server or of the state database: the next runs reach the same end."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from workspace_example import WISHES, example
from workspace_run import Runs, changes
from workspace_stand_in import Killed


def undisturbed(prepare: Callable[[Runs], None]) -> tuple[object, int]:
    """The end state, and at how many places a run could have been stopped."""
    runs = example()
    prepare(runs)
    runs.server.boundaries.reset()
    runs.apply()
    boundaries = runs.server.boundaries.count
    runs.apply()
    return runs.server.state(), boundaries


def stopped(runs: Runs, *, before: int | None = None, after: int | None = None, fail: int | None = None) -> None:
    runs.server.boundaries.reset()
    runs.server.boundaries.kill_before, runs.server.boundaries.kill_after = before, after
    runs.server.boundaries.fail = fail
    with suppress(Killed):
        runs.apply()
    runs.server.boundaries.reset()


def from_nothing(runs: Runs) -> None:
    """The first run of all."""


def with_foreign_names(runs: Runs) -> None:
    """Somebody has the name of a team already."""
    runs.server.foreign_team("Austausch OZG", "max")


def after_a_year(runs: Runs) -> None:
    """A network in use: people came, went and did things by hand."""
    runs.apply()
    server = runs.server
    server.add_by_hand(server.team_named("Austausch OZG"), "frieda")
    server.add_by_hand(server.team_named("Presse – Bearbeitung"), "max")
    server.all_groups["kreis-staff"].add("max")
    server.all_groups["kreis-staff"].discard("dora")
    server.folder_named("Presse").quota = 5
    server.all_teams[server.team_named("Stadt Brakel")].description = ""
    del server.all_rooms[next(iter(server.all_rooms))]


SITUATIONS = [from_nothing, with_foreign_names, after_a_year]


@pytest.mark.parametrize("prepare", SITUATIONS)
@pytest.mark.parametrize("how", ["before", "after", "fail"])
def test_stopped_at_every_write_it_converges(prepare: Callable[[Runs], None], how: str) -> None:
    wanted, boundaries = undisturbed(prepare)
    for boundary in range(1, boundaries + 1):
        runs = example()
        prepare(runs)
        stopped(runs, **{how: boundary})
        runs.apply()
        runs.apply()
        assert runs.server.state() == wanted, boundary
        assert changes(runs.plan()) == [], boundary


@pytest.mark.parametrize("how", ["before", "after", "fail"])
def test_stopped_anywhere_the_next_runs_need_no_verification_to_converge(how: str) -> None:
    wanted, boundaries = undisturbed(after_a_year)
    for boundary in range(1, boundaries + 1):
        runs = example()
        after_a_year(runs)
        stopped(runs, **{how: boundary})
        runs.apply(verify=boundary <= len(WISHES.by_scope))  # by then nobody has noted yet that there is work
        runs.apply(verify=False)
        assert runs.server.state() == wanted, boundary


def test_a_kill_is_a_kill() -> None:
    """The control: right after the kill the end is not reached."""
    wanted, boundaries = undisturbed(from_nothing)
    unfinished = 0
    for boundary in range(1, boundaries):
        runs = example()
        stopped(runs, after=boundary)
        unfinished += runs.server.state() != wanted
    assert unfinished > 30


@pytest.mark.parametrize("after", range(1, 200, 7))
def test_stopped_twice_it_converges(after: int) -> None:
    wanted, _ = undisturbed(from_nothing)
    runs = example()
    stopped(runs, after=after)
    stopped(runs, before=3)
    runs.apply()
    runs.apply()
    assert runs.server.state() == wanted


def test_killed_and_its_state_lost_it_converges_but_for_a_bare_folder() -> None:
    """A Team folder can't be marked when it is made: killed there, without its state, it is taken for a foreign one."""
    wanted, boundaries = undisturbed(from_nothing)
    diverging = 0
    for boundary in range(1, boundaries + 1):
        runs = example()
        stopped(runs, after=boundary)
        runs.lose_state()
        runs.apply()
        runs.apply()
        diverging += runs.server.state() != wanted
    assert diverging == 2  # the two folders, each between its making and its marking
