"""How things stand, from the store alone: health of the sources, scopes as the last run left them, open questions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from network.settings import Settings
from network.state import StateStore
from network.state.runs import PastRun, RunLog
from network.state.sources import SourceLog
from plugin.findings import ScopeState, Status

OPEN = frozenset({"failed", "deferred", None})


def standing(settings: Settings, state: StateStore, now: datetime) -> Status:
    log, last = SourceLog(state.engine), RunLog(state.engine).last("apply")
    return Status(
        network=settings.network.name,
        mode=settings.network.mode,
        now=now,
        sources=log.health(),
        scopes=tuple(_scopes(last)) if last else (),
        questions=log.questions(),
        last_run=last,
    )


def _scopes(run: PastRun) -> Iterator[ScopeState]:
    for each in json.loads(run.document)["scopes"]:
        pending = sum(change["outcome"] in OPEN for change in each["changes"])
        yield ScopeState(each["scope"], each["fingerprint"], each["unsafe"] or "", pending)
