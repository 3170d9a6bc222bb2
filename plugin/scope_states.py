"""How each scope fares, by the last runs that looked at it: stopped, pending or done."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from network.state.runs import PastRun
from plugin.findings import ScopeState

OPEN = frozenset({"failed", "deferred", None})
RUNS = 10  # a run of one scope says nothing about the others: then an earlier one does


def scope_states(runs: Sequence[PastRun]) -> Mapping[str, ScopeState]:
    """Each scope as the newest of the runs that looked at it left it."""
    found: dict[str, ScopeState] = {}
    for run in runs:
        for each in json.loads(run.document)["scopes"]:
            state = _state(each, run)
            newest = found.setdefault(state.scope, state)
            if newest.succeeded_at is None:
                found[state.scope] = replace(newest, succeeded_at=state.succeeded_at)
    return found


def _state(said: Mapping[str, Any], run: PastRun) -> ScopeState:
    """`said` is what the run's document holds about one scope."""
    pending = sum(change["outcome"] in OPEN for change in said["changes"])
    unsafe = said["unsafe"] or ""
    succeeded_at = None if pending or unsafe else run.ended_at
    return ScopeState(
        said["scope"], said["fingerprint"], unsafe, pending, looked_at=run.ended_at, succeeded_at=succeeded_at
    )
