"""What every connector has: how often it is read, and what happens when something is missing from it."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from network.settings.fields import Bytes, Count, Duration, Interval, YesNo
from network.settings.section import Entry, Section


class Missing(Section):
    """A training that is missing from its source is never cancelled by that."""

    after: Duration = timedelta(hours=24)
    """At least this long nothing happens."""
    fetches: Count = 3
    """At least so many complete answers have to lack it."""
    then: Literal["ask", "cancel", "remove", "keep"] = "ask"
    """ask: the coordinator is asked once. cancel, remove: future trainings without registrations. keep: nothing."""


class Connector(Entry):
    """A configured outside system. We never change the source itself."""

    every: Interval = timedelta(hours=1)
    """How often it is read."""


class ListConnector(Connector):
    """A connector that delivers a list, from which something may be missing one day."""

    max_bytes: Bytes = 20 * 1024**2
    """A bigger answer is refused."""
    max_items: Count = 20_000
    """More rows or events are refused."""
    may_be_empty: YesNo = False
    """true: an empty answer counts, as if all trainings had been taken out."""
    missing: Missing = Missing()
    """What happens to a training that is missing."""
    registration: Literal["network", "provider", "none"] | None = None
    """Where people register; without it trainings.defaults decide."""
    on_conflict: Literal["source", "nextcloud", "newest", "ask"] = "source"
    """Which side wins where source and hand changed the same property. ask: the hand, and it is reported."""


class FileConnector(ListConnector):
    """A connector that fetches from an address or a path."""

    timeout: Duration = timedelta(seconds=60)
    """How long one request may take."""
    allow_http: YesNo = False
    """Allows an address without encryption."""
