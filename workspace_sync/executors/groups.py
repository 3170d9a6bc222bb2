"""Groups of administrations and who is in them. Needs a delegated right: RightMissing goes through to the report."""

from __future__ import annotations

from contextlib import suppress

from network.errors import AlreadyThere, NotThere
from network.ports import Principal, Record
from network.problems import Problem
from workspace_sync.executors.desk import Desk
from workspace_sync.remembered import GROUP, GROUP_MEMBER, Written, group_record
from workspace_sync.steps import AddGroupMember, CreateGroup, DeleteGroup, RemoveGroupMember, RenameGroup, TakeGroup


def create(desk: Desk, step: CreateGroup) -> None:
    intent = desk.intend(GROUP, step.group, step.name)
    desk.server.directory.create_group(step.group, step.name)
    desk.ledger.remember(group_record(desk.scope, step.group, step.name, is_made_by_us=True))
    desk.ledger.settle(intent)


def take(desk: Desk, step: TakeGroup) -> None:
    desk.ledger.remember(group_record(desk.scope, step.group, step.name, is_made_by_us=True))
    desk.ledger.settle(desk.intend(GROUP, step.group, step.name))


def rename(desk: Desk, step: RenameGroup) -> None:
    desk.server.directory.rename_group(step.group, step.name)
    desk.rewrite(GROUP, step.group, Written(step.name))


def delete(desk: Desk, step: DeleteGroup) -> None:
    with suppress(NotThere):  # somebody was faster
        desk.server.directory.delete_group(step.group)
    for record in desk.ledger.records(str(desk.scope), GROUP_MEMBER):
        desk.ledger.forget(record.scope, GROUP_MEMBER, record.key)
    desk.ledger.forget(str(desk.scope), GROUP, step.group)


def add_member(desk: Desk, step: AddGroupMember) -> Problem | None:
    """Remembered before it is done: a kill in between must not make ours look like somebody else's work.

    What comes back names an account that the server doesn't know.
    """
    desk.ledger.remember(Record(str(desk.scope), GROUP_MEMBER, step.account))
    try:
        with suppress(AlreadyThere):
            desk.server.directory.add_member(step.group, step.account)
    except NotThere:
        desk.ledger.forget(str(desk.scope), GROUP_MEMBER, step.account)
        return desk.note_unknown([Principal("user", step.account)])
    return None


def remove_member(desk: Desk, step: RemoveGroupMember) -> None:
    with suppress(NotThere):
        desk.server.directory.remove_member(step.group, step.account)
    desk.ledger.forget(str(desk.scope), GROUP_MEMBER, step.account)
