"""How each scope fares, by the last runs that looked at it: stopped, pending or done."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from network.state.runs import PastRun
from plugin.findings import ScopeState

OPEN = frozenset({"failed", "deferred", None})
RUNS = 10  # a run of one scope says nothing about the others: then an earlier one does


def scope_states(runs: Sequence[PastRun]) -> Mapping[str, ScopeState]:
    """Each scope as the newest of the runs that looked at it left it."""
    found: dict[str, ScopeState] = {}
    for run in runs:
        for each in json.loads(run.document)["scopes"]:
            pending = sum(change["outcome"] in OPEN for change in each["changes"])
            state = ScopeState(each["scope"], each["fingerprint"], each["unsafe"] or "", pending)
            found.setdefault(each["scope"], state)
    return found
