"""The doors through which iCalendar comes in: a source's feed, and what stands in Nextcloud."""

from __future__ import annotations

from network.ical.feed import RawObject, split

__all__ = ["RawObject", "split"]
