"""Accounts: made without a password of ours (Nextcloud mails a link to set one), disabled, enabled. Never deleted."""

from __future__ import annotations

from contextlib import suppress

from network.errors import AlreadyThere, NotThere
from workspace_sync.executors.desk import Desk
from workspace_sync.remembered import ACCOUNT, DISABLED, account_record
from workspace_sync.steps import CreateAccount, SetAccountEnabled


def create(desk: Desk, step: CreateAccount) -> None:
    """The intent stays open while the right is missing: what the data centre makes on our line is ours.

    An account that is there already is somebody else's.
    """
    intent = desk.intend(ACCOUNT, step.account, step.name)
    with suppress(AlreadyThere):
        desk.server.directory.create_account(step.account, step.name, step.mail)
        desk.ledger.remember(account_record(desk.scope, step.account))
    desk.ledger.settle(intent)


def set_enabled(desk: Desk, step: SetAccountEnabled) -> None:
    """Remembered before it is done: only what we disabled is enabled again."""
    if not step.enabled:
        desk.ledger.remember(account_record(desk.scope, step.account, DISABLED))
    with suppress(NotThere):
        desk.server.directory.set_enabled(step.account, enabled=step.enabled)
    if step.enabled:
        desk.ledger.remember(account_record(desk.scope, step.account))
