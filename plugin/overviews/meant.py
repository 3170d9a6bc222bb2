"""The configuration and the people as they are meant today: what was decided by command counts already."""

from __future__ import annotations

from network.settings import Settings
from network.state import StateStore
from plugin.decided import Decided
from plugin.explaining.known import people_last_read
from workspace_sync.people import People


def as_meant(settings: Settings, state: StateStore) -> tuple[Settings, People]:
    """With the people lists as they were read last; before the first run nobody is known."""
    return Decided.of(state).applied(settings, people_last_read(settings, state))
