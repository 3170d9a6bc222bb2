"""The entry of the configuration that a scope stands for."""

from __future__ import annotations

from network.plan import Scope, ScopeKind
from network.settings import Entry, Settings, all_calendars


def entry_of(scope: Scope, settings: Settings) -> Entry | None:
    """None where the configuration has no such entry (any more)."""
    sections = {
        ScopeKind.ADMINISTRATION: settings.administrations,
        ScopeKind.EXCHANGE_GROUP: settings.exchange_groups,
        ScopeKind.PROJECT: settings.projects,
        ScopeKind.CALENDAR: all_calendars(settings),
        ScopeKind.CONNECTOR: settings.connectors,
    }
    return sections[scope.kind].get(scope.key) if scope.kind in sections else None
