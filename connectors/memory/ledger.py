"""`network.ports.Ledger` in memory: what a state database remembers, without one."""

from __future__ import annotations

import threading
from collections.abc import Iterable

from network.ports import Intent, Record


class MemoryLedger:
    """`lost` collects (scope, key, name, value, reason) of values that gave way."""

    def __init__(self) -> None:
        self.lost: list[tuple[str, str, str, str, str]] = []
        self._records: dict[tuple[str, str, str], Record] = {}
        self._intents: dict[tuple[str, str, str], Intent] = {}
        self._lock = threading.RLock()

    def records(self, scope: str | None = None, kind: str | None = None) -> tuple[Record, ...]:
        with self._lock:
            return tuple(
                each
                for _, each in sorted(self._records.items())
                if scope in (None, each.scope) and kind in (None, each.kind)
            )

    def record(self, scope: str, kind: str, key: str) -> Record | None:
        with self._lock:
            return self._records.get((scope, kind, key))

    def intents(self, scope: str | None = None) -> tuple[Intent, ...]:
        with self._lock:
            return tuple(each for _, each in sorted(self._intents.items()) if scope in (None, each.scope))

    def remember(self, record: Record) -> None:
        self.remember_all((record,))

    def remember_all(self, records: Iterable[Record]) -> None:
        with self._lock:
            self._records |= {(each.scope, each.kind, each.key): each for each in records}

    def forget(self, scope: str, kind: str, key: str) -> None:
        with self._lock:
            self._records.pop((scope, kind, key), None)

    def intend(self, intent: Intent) -> None:
        with self._lock:
            self._intents[(intent.scope, intent.kind, intent.key)] = intent

    def settle(self, intent: Intent) -> None:
        with self._lock:
            self._intents.pop((intent.scope, intent.kind, intent.key), None)

    def lost_value(self, scope: str, key: str, name: str, value: str, reason: str) -> None:
        with self._lock:
            self.lost.append((scope, key, name, value, reason))
