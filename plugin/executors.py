"""Which executor carries out the changes of which kind of scope."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache

from calendar_sync.executor import CalendarExecutor
from connectors.registry import Surroundings, written_calendar
from network.apply import Executor
from network.plan import Scope, ScopeKind
from network.ports import Server, SourceCalendar
from network.settings import CaldavCalendar, NextcloudCalendar, Settings
from workspace_sync.executor import WorkspaceExecutor
from workspace_sync.wish import Network


def executors(
    settings: Settings,
    server: Server,
    clock: Callable[[], datetime],
    fulfilled: Mapping[Scope, str],
    around: Surroundings,
) -> Mapping[ScopeKind, Executor]:
    """`fulfilled` are the wishes of workspaces that hold once their scope is carried out whole. `around` is where the
    sources are that are written too.
    """
    workspaces = WorkspaceExecutor(server, Network(settings.network.id, settings.network.name), fulfilled)
    return {
        ScopeKind.ADMINISTRATION: workspaces,
        ScopeKind.EXCHANGE_GROUP: workspaces,
        ScopeKind.PROJECT: workspaces,
        ScopeKind.CONNECTOR: workspaces,
        ScopeKind.ACCOUNT: workspaces,
        ScopeKind.CALENDAR: CalendarExecutor(
            server.calendars, network=settings.network.id, clock=clock, source=_written(settings, around)
        ),
    }


def _written(settings: Settings, around: Surroundings) -> Callable[[str], SourceCalendar]:
    """The calendar behind a connector with `mode: two-way`, found once a run."""

    @cache
    def source(connector: str) -> SourceCalendar:
        written = settings.connectors[connector]
        assert isinstance(written, CaldavCalendar | NextcloudCalendar)  # noqa: S101  # only these have the mode
        return written_calendar(connector, written, around)

    return source
