"""What the service answers when asked how things stand and why something is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from network.ports import Record
from network.state.runs import PastChange, PastRun
from network.state.sources import AskedQuestion, SourceHealth
from network.text import Text


@dataclass(frozen=True, slots=True)
class ScopeState:
    """A scope as the last run left it. `unsafe` is the guard's sentence, empty when nothing is stopped."""

    scope: str
    fingerprint: str
    unsafe: str
    pending: int


@dataclass(frozen=True, slots=True)
class Status:
    """Everything from the store; nobody else was asked."""

    network: str
    mode: str
    now: datetime
    sources: tuple[SourceHealth, ...]
    scopes: tuple[ScopeState, ...]
    questions: tuple[AskedQuestion, ...]
    last_run: PastRun | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Which rule (YAML line), which source (row), which run. `rules` are sentences from the general to the special."""

    what: str
    rules: tuple[Text, ...]
    records: tuple[Record, ...]
    changes: tuple[PastChange, ...]
