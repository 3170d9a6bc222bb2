"""Remembers what a plan saw and counted. Only `apply` does, before its first change; a preview stores nothing."""

from __future__ import annotations

from calendar_sync.planner import Planned
from calendar_sync.records import ABSENCE, CANCELLED, ENTRY, absence_record
from calendar_sync.wish import calendar_scope
from network.plan import Scope, ScopeKind
from network.ports import Ledger


def keep(planned: Planned, ledger: Ledger) -> None:
    """Stores what gave way, moved entries, tokens, changed keys, counted absences and what people said."""
    for key, uid, lost in planned.lost:
        ledger.lost_value(str(calendar_scope(key)), uid, lost.name, lost.value, "on_conflict")
    ledger.remember_all(
        (
            *(memory.record(key) for key, memory in planned.entries),
            *(absence_record(*source, row) for source, row in planned.absences.items() if row is not None),
            *(each.record() for each in planned.cancelled.values() if each is not None),
            # Tokens last: what they stand for is remembered by then.
            *(memory.record() for memory in planned.calendars),
        )
    )
    for key, uid in planned.forgotten:
        ledger.forget(str(calendar_scope(key)), ENTRY, uid)
    over = {key for key, word in planned.cancelled.items() if word is None}
    for record in ledger.records(kind=CANCELLED) if over else ():
        if record.key in over:
            ledger.forget(record.scope, record.kind, record.key)
    for (connector, key), row in planned.absences.items():
        if row is None:
            ledger.forget(str(Scope(ScopeKind.CONNECTOR, connector)), ABSENCE, key)
