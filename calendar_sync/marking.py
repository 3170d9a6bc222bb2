"""An entry as it is written: what we mean, or what hand and source made of it together, with our marker."""

from __future__ import annotations

from dataclasses import replace

from calendar_sync.marker import Marker, with_marker
from calendar_sync.records import EntryMemory
from network.ical.canonical import from_text
from network.ical.component import CalendarObject


def marked(text: str, memory: EntryMemory, meant: str, network: str) -> CalendarObject:
    """The object with UID and marker of the entry that it stands for; `meant` is the digest of what we mean."""
    marker = Marker(
        network,
        memory.uid,
        memory.connector,
        memory.key,
        memory.session,
        memory.fingerprint,
        meant,
        memory.cancellations,
    )
    return with_marker(replace(from_text(text), uid=memory.uid), marker)
