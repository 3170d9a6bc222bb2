"""Our own memory, brought in line with what was found. Touches nothing in Nextcloud."""

from __future__ import annotations

from network.plan import Scope
from network.ports import Ledger
from workspace_sync.executors.desk import Desk
from workspace_sync.remembered import FOLDER, GROUP_MEMBER, KINDS, ROOM, TEAM
from workspace_sync.steps import KeepBooks


def keep(desk: Desk, step: KeepBooks) -> None:
    for kind, key in step.forget:
        desk.ledger.forget(str(desk.scope), kind, key)
    desk.ledger.remember_all(step.remember)
    for intent in step.settle:
        desk.ledger.settle(intent)


def tidy(scope: Scope, ledger: Ledger) -> bool:
    """Forgets a scope that nobody wants and of which nothing is there any more; whether it did."""
    if any(ledger.records(str(scope), kind) for kind in (TEAM, ROOM, FOLDER, GROUP_MEMBER)):
        return False
    for kind in KINDS:
        for record in ledger.records(str(scope), kind):
            ledger.forget(record.scope, kind, record.key)
    return True
