"""An entry as it is written: what we mean, or what hand and source made of it together, with our marker."""

from __future__ import annotations

from dataclasses import replace

from calendar_sync.marker import Marker, with_marker
from calendar_sync.records import EntryMemory
from network.ical.canonical import digest, from_text
from network.ical.component import CalendarObject


def marked(text: str, memory: EntryMemory, network: str) -> CalendarObject:
    """The object with UID and marker of the entry that it stands for; the digest is that of what we mean."""
    item = from_text(text)
    meant = item if text == memory.wish else from_text(memory.wish)
    marker = Marker(
        network,
        memory.uid,
        memory.connector,
        memory.key,
        memory.session,
        memory.fingerprint,
        digest(meant),
    )
    return with_marker(replace(item, uid=memory.uid), marker)
