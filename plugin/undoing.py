"""adopt, release and the way back, over all floors. Plans only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from network.plan import Plan
from network.ports import Server
from network.settings import Settings
from network.state import StateStore

Found = tuple[Plan, Mapping[str, int]]


def adoption(what: str, settings: Settings, server: Server, state: StateStore, now: datetime) -> Found:
    return Plan(), {}


def releasing(what: str, settings: Settings, server: Server, state: StateStore, now: datetime) -> Found:
    return Plan(), {}


def removal(settings: Settings, server: Server, state: StateStore, now: datetime) -> Found:
    return Plan(), {}
