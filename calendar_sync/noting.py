"""What a run saw that is not what we remember, and so should be remembered. Pure; `bookkeeping` stores it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from calendar_sync.absence import Absence
from calendar_sync.programme import Source
from calendar_sync.records import CalendarMemory, EntryMemory
from calendar_sync.sheet import Sheet, Situation


def calendar_note(sheet: Sheet, situation: Situation) -> CalendarMemory | None:
    """What was seen of the calendar itself."""
    actual = sheet.actual
    if actual is None or not actual.is_marked:
        return None
    before = situation.remembered.calendars.get(sheet.key)
    base = before or CalendarMemory(sheet.key)
    after = replace(
        base,
        mark=actual.seen.marker,
        wish=sheet.itself.wrote or base.wish,
        foreign=tuple(sorted((actual.foreign or {}).items())),
        left_at="",
        swept_at=situation.now.isoformat() if actual.is_swept else base.swept_at,
        href=actual.seen.href,
        token=actual.token,
    )
    return None if before is not None and before.record() == after.record() else after


def entry_notes(sheet: Sheet, situation: Situation) -> Iterator[tuple[str, EntryMemory]]:
    """What was seen of entries, also of those that will be written: their write may not come about."""
    before = situation.remembered.in_calendar(sheet.key)
    told = {each.uid: each for each in sheet.entries.notes}
    for uid, entry in sheet.standing.items():
        memory, old = told.get(uid, entry.memory), before.get(uid)
        if old is not memory and (old is None or old.record(sheet.key) != memory.record(sheet.key)):
            yield sheet.key, memory
    # Gone, but still wanted: when its return fails we must know that the trash bin may hold it.
    forgotten = set(sheet.entries.forgotten)
    for uid, memory in before.items():
        if uid not in sheet.standing and uid not in forgotten:
            gone = memory if memory.is_gone else replace(memory, etag="", is_taken_out=sheet.is_taken_out(memory))
            after = told.get(uid, gone)
            if after is not memory and after.record(sheet.key) != memory.record(sheet.key):
                yield sheet.key, after


def absence_notes(absences: Mapping[Source, Absence], situation: Situation) -> dict[Source, Absence | None]:
    """Rows that changed; None for one that is no more."""
    before = situation.remembered.absences
    changed = {source: row for source, row in absences.items() if before.get(source) != row}
    return {**changed, **{source: None for source in before if source not in absences}}
