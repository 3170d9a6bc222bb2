"""Counts each run: how it ended, what became of its changes, what it asked Nextcloud for."""

from __future__ import annotations

from collections import Counter

from network.errors import DigitalnetzwerkError
from network.state import StateStore
from network.state.tallies import Counted, Tallies
from plugin.render.run import Run, exit_code

RUNS, CHANGES, REQUESTS = "runs", "changes", "requests"


def count_run(run: Run, state: StateStore) -> None:
    Tallies(state.engine).add({(RUNS, run.command, str(run.code)): 1, **_changes(run), **_requests(run)})


def count_failure(command: str, error: DigitalnetzwerkError, state: StateStore) -> None:
    """A run that came to nothing."""
    Tallies(state.engine).add({(RUNS, command, str(exit_code(error))): 1})


def _changes(run: Run) -> Counted:
    outcomes = run.report.outcomes if run.report else ()
    return Counter((CHANGES, each.change.action.value, each.result.value) for each in outcomes)


def _requests(run: Run) -> Counted:
    return {(REQUESTS, method, ""): number for method, number in run.requests.items()}
