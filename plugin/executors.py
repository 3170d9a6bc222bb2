"""Which executor carries out the changes of which kind of scope."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from calendar_sync.executor import CalendarExecutor
from network.apply import Executor
from network.plan import Scope, ScopeKind
from network.ports import Server
from network.settings import Settings
from workspace_sync.executor import WorkspaceExecutor
from workspace_sync.wish import Network


def executors(
    settings: Settings, server: Server, clock: Callable[[], datetime], fulfilled: Mapping[Scope, str]
) -> Mapping[ScopeKind, Executor]:
    """`fulfilled` are the wishes of workspaces that hold once their scope is carried out whole."""
    workspaces = WorkspaceExecutor(server, Network(settings.network.id, settings.network.name), fulfilled)
    return {
        ScopeKind.ADMINISTRATION: workspaces,
        ScopeKind.EXCHANGE_GROUP: workspaces,
        ScopeKind.PROJECT: workspaces,
        ScopeKind.CONNECTOR: workspaces,
        ScopeKind.ACCOUNT: workspaces,
        ScopeKind.CALENDAR: CalendarExecutor(server.calendars, network=settings.network.id, clock=clock),
    }
