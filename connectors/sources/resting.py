"""A place that is not asked in this run, because its time has not come: what was read last speaks.

Whoever knows nothing of the place yet asks it all the same.
"""

from __future__ import annotations

from datetime import datetime

from connectors.sources.looking import Look, Place, Resting
from network.ports import SourceCopy


class RestingPlace:
    """Satisfies `connectors.sources.looking.Place` in front of another one."""

    def __init__(self, place: Place) -> None:
        self._place = place

    @property
    def name(self) -> str:
        return self._place.name

    @property
    def identity(self) -> str:
        return self._place.identity

    @property
    def login_mark(self) -> str:
        return self._place.login_mark

    def look(self, known: SourceCopy | None, now: datetime) -> Look:
        return self._place.look(None, now) if known is None else Look(Resting())
