"""What is said of a meeting of an exchange group, and of its minutes: which rule, and what somebody did by hand."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from calendar_sync.records import EntryMemory, minutes_document
from calendar_sync.wish import MEETINGS
from network.ports import Record
from network.text import Text


def meeting_told(memory: EntryMemory, zone: ZoneInfo) -> Text:
    """The meeting as the rule names it, then what became of it."""
    group, day = memory.connector.removeprefix(MEETINGS), _day(memory.starts, zone)
    where = f" ({memory.origin})" if memory.origin else ""
    by_hand = _by_hand(memory)
    return Text(
        f"„{memory.title}“ am {day.de} folgt aus exchange_groups.{group}.meetings{where}{by_hand.de}",
        f"“{memory.title}” on {day.en} follows from exchange_groups.{group}.meetings{where}{by_hand.en}",
    )


def minutes_told(record: Record) -> Text:
    """Where the minutes were put; who moves them has the last word."""
    path = minutes_document(record).path
    return Text(
        f"Protokoll zum Treffen {record.key}: von uns einmal angelegt als {path}",
        f"minutes of the meeting {record.key}: made by us once as {path}",
    )


def _by_hand(memory: EntryMemory) -> Text:
    if memory.is_taken_out:
        return Text("; von Hand gelöscht: es findet nicht statt", "; deleted by hand: it does not take place")
    if memory.actual:
        return Text("; von Hand geändert: das bleibt so", "; changed by hand: that stays")
    return Text("", "")


def _day(moment: datetime, zone: ZoneInfo) -> Text:
    local = moment.astimezone(zone)
    return Text(f"{local:%d.%m.%Y}", f"{local:%Y-%m-%d}")
