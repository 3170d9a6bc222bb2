"""What is remembered of an entry once its source and our calendar say the same. Pure."""

from __future__ import annotations

from dataclasses import replace

from calendar_sync.agreement import composed, is_equal, plain
from calendar_sync.identity import fingerprint
from calendar_sync.programme import Wanted
from calendar_sync.records import EntryMemory
from calendar_sync.selection import in_utc
from network.ical.canonical import from_text, to_text
from network.ical.component import CalendarObject
from network.ical.series import last_end
from network.ical.values import span, text_of


def agreed_memory(
    memory: EntryMemory, base: CalendarObject, wanted: Wanted, *, here: CalendarObject | None = None
) -> EntryMemory:
    """Of an entry whose source delivers `wanted`; `here` stands here then, where that is something new."""
    says = plain(from_text(wanted.text or memory.wish))
    after = replace(
        _told(memory, base, wanted.connector),
        key=wanted.key,
        place=wanted.place,
        origin=wanted.origin,
        # the digest of what the source has stands for the agreement only where it says just that
        source=wanted.source if is_equal(says, base) else "",
        tried="",
    )
    return _with_actual(after, from_text(memory.text) if here is None else here)


def entered_memory(memory: EntryMemory, base: CalendarObject, connector: str, key: str) -> EntryMemory:
    """Of an entry that was made in the source under this key."""
    after = replace(_told(memory, base, connector), key=key, source="", place="", tried="")
    return _with_actual(after, from_text(memory.text))


def fingerprint_of(item: CalendarObject) -> str:
    """What an entry says, as its source's event would be recognised by it."""
    main = plain(item).main
    start, _ = span(main)
    return fingerprint(text_of(main, "SUMMARY"), start, text_of(main, "LOCATION"))


def _told(memory: EntryMemory, base: CalendarObject, connector: str) -> EntryMemory:
    """What matching and people need to know of an entry that says this."""
    start, _ = span(base.main)
    wish = composed(base)
    return replace(
        memory,
        connector=connector,
        session=1,
        sessions=1,
        fingerprint=fingerprint_of(base),
        title=" ".join(text_of(base.main, "SUMMARY").split()),
        start=in_utc(start).isoformat(),
        end=in_utc(last_end(base)).isoformat(),
        wish=to_text(wish),
        is_cancelled=wish.main.value("STATUS") == "CANCELLED",
    )


def _with_actual(memory: EntryMemory, here: CalendarObject) -> EntryMemory:
    return replace(memory, actual="" if is_equal(here, from_text(memory.wish)) else to_text(here))
