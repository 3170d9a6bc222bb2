"""Carries out changes of administrations, exchange groups and projects: finds the function for a step, nothing else."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from network.plan import Change, Scope
from network.ports import Ledger, Record, Server
from network.problems import Problem
from workspace_sync import steps
from workspace_sync.executors import accounts, books, documents, folders, groups, minutes, rooms, sub_folders, teams
from workspace_sync.executors.desk import Desk
from workspace_sync.executors.service_team import ServiceTeam
from workspace_sync.remembered import LEFT, WORKSPACE
from workspace_sync.wish import Network

_CARRIES_OUT: Mapping[type, Callable[[Desk, Any], Problem | None]] = {  # each function takes the step of its line
    steps.KeepBooks: books.keep,
    steps.CreateGroup: groups.create,
    steps.TakeGroup: groups.take,
    steps.RenameGroup: groups.rename,
    steps.DeleteGroup: groups.delete,
    steps.AddGroupMember: groups.add_member,
    steps.RemoveGroupMember: groups.remove_member,
    steps.CreateAccount: accounts.create,
    steps.SetAccountEnabled: accounts.set_enabled,
    steps.CreateTeam: teams.create,
    steps.TakeTeam: teams.take,
    steps.DropNumberedTeam: teams.drop_numbered,
    steps.RenameTeam: teams.rename,
    steps.DescribeTeam: teams.describe,
    steps.ConfigureTeam: teams.configure,
    steps.AddMembers: teams.add_members,
    steps.SetLevel: teams.set_level,
    steps.RemoveMember: teams.remove_member,
    steps.CarryMember: teams.carry_member,
    steps.DeleteTeam: teams.delete,
    steps.ReleaseTeam: teams.release,
    steps.CreateFolder: folders.create,
    steps.TakeFolder: folders.take,
    steps.TakeSpace: folders.take_space,
    steps.DetachSpace: folders.detach_space,
    steps.RenameFolder: folders.rename,
    steps.SetQuota: folders.set_quota,
    steps.GrantFolder: folders.grant,
    steps.RevokeFolder: folders.revoke,
    steps.SetFolderManager: folders.set_manager,
    steps.SwitchRulesOn: sub_folders.switch_on,
    steps.MakeSubFolder: sub_folders.make,
    steps.MoveSubFolder: sub_folders.move,
    steps.SetRules: sub_folders.set_rules,
    steps.FillFolder: folders.fill,
    steps.WriteMinutes: minutes.write,
    steps.DeleteFolder: folders.delete,
    steps.ReleaseFolder: folders.release,
    steps.CreateRoom: rooms.create,
    steps.TakeRoom: rooms.take,
    steps.RenameRoom: rooms.rename,
    steps.DescribeRoom: rooms.describe,
    steps.AddAttendee: rooms.add_attendee,
    steps.BringAttendee: rooms.bring_attendee,
    steps.SetModerator: rooms.set_moderator,
    steps.RemoveAttendee: rooms.remove_attendee,
    steps.CarryAttendee: rooms.carry_attendee,
    steps.DeleteRoom: rooms.delete,
    steps.ReleaseRoom: rooms.release,
    steps.WriteDocument: documents.write,
    steps.DeleteDocument: documents.delete,
}


class WorkspaceExecutor:
    """Satisfies the executor that `network.apply` wants.

    `fulfilled` are the digests of the wishes that this run fulfils, without scopes in which the guard holds something
    back: what stays undone there has to be looked at again. Several scopes may be at work at once.
    """

    def __init__(self, server: Server, network: Network, fulfilled: Mapping[Scope, str]) -> None:
        self._server = server
        self._service = ServiceTeam(network)
        self._fulfilled = fulfilled
        self._broken: set[Scope] = set()
        self._lock = threading.Lock()

    def carry_out(self, change: Change, ledger: Ledger) -> Problem | None:
        """Performs the step and remembers its receipt. Raises the errors of `network.errors`."""
        desk = Desk(self._server, change.scope, ledger, self._service)
        try:
            return _CARRIES_OUT[type(change.step)](desk, change.step)
        except BaseException:
            with self._lock:
                self._broken.add(change.scope)
            raise

    def close(self, scope: Scope, ledger: Ledger) -> None:
        """Remembers which wish was fulfilled, unless a change failed; a scope of which nothing is left is forgotten."""
        if scope in self._broken:
            return
        is_unwanted = scope not in self._fulfilled or bool(ledger.records(str(scope), LEFT))
        if is_unwanted and books.tidy(scope, ledger):
            return
        remember_fulfilled({scope: self._fulfilled[scope]} if scope in self._fulfilled else {}, ledger)


def look_again(scopes: Iterable[Scope], ledger: Ledger) -> None:
    """Called before these scopes are changed: until their wish is remembered anew, every run looks at them."""
    for scope in scopes:
        ledger.forget(str(scope), WORKSPACE, WORKSPACE)


def remember_fulfilled(fulfilled: Mapping[Scope, str], ledger: Ledger) -> None:
    """Also for scopes that were looked at and had nothing to change: they needn't be looked at next time."""
    ledger.remember_all(
        Record(str(scope), WORKSPACE, WORKSPACE, digest=digest)
        for scope, digest in sorted(fulfilled.items())
        if _known(scope, ledger) != digest
    )


def _known(scope: Scope, ledger: Ledger) -> str:
    record = ledger.record(str(scope), WORKSPACE, WORKSPACE)
    return record.digest if record is not None else ""
