"""Writes what was agreed into the calendar behind a connector with `mode: two-way`.

Changes only what has to say something else, under the condition that nobody was faster, and remembers what it is about
to write: where nobody hears the answer, the next plan recognises it. Never touches what the plan does not name.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from calendar_sync.agreement import for_source
from calendar_sync.identity import file_name
from calendar_sync.place import Place
from calendar_sync.records import ENTRY, EntryMemory, entry_memory
from calendar_sync.steps import RemoveFromSource, WriteSource
from network.errors import NotThere, PreconditionFailed
from network.ical.canonical import from_text
from network.ical.reading import parse_object
from network.ical.writing import serialise
from network.ports import SourceCalendar
from network.text import Text


class WayBack:
    """`source` gives the calendar behind a connector."""

    def __init__(self, source: Callable[[str], SourceCalendar], clock: Callable[[], datetime]) -> None:
        self._source = source
        self._clock = clock

    def write(self, step: WriteSource, at: Place) -> None:
        """The source says what was agreed; who remembers that is the caller."""
        for lost in step.lost:
            at.ledger.lost_value(str(at.scope), step.memory.uid, lost.name, lost.value, "on_conflict")
        calendar = self._source(step.connector)
        after = from_text(step.after)
        if not step.place:
            item = replace(after, uid=step.memory.key)
            calendar.create(file_name(step.memory.key), serialise(item, now=self._clock()))
            return
        seen = calendar.read(step.place)
        if seen is None or seen.etag != step.etag:
            raise PreconditionFailed(_moved_on(), where=step.place)
        stored = parse_object(seen.data)
        item = for_source(stored, from_text(step.before), after, step.timezone)
        self._remember_attempt(step, at)
        calendar.replace(step.place, serialise(item, now=self._clock()), etag=seen.etag)

    def remove(self, step: RemoveFromSource) -> None:
        """The source's object is gone."""
        with suppress(NotThere):  # which is what we want
            self._source(step.connector).delete(step.place, etag=step.etag)

    def must_be_gone(self, memory: EntryMemory) -> None:
        """PreconditionFailed where the object stands in the source after all: lists have left things out before."""
        if memory.place and self._source(memory.connector).read(memory.place) is not None:
            raise PreconditionFailed(
                Text("in der Quelle steht der Termin doch noch", "the event still stands in the source"),
                where=memory.place,
            )

    def _remember_attempt(self, step: WriteSource, at: Place) -> None:
        record = at.ledger.record(str(at.scope), ENTRY, step.memory.uid)
        if record is not None and step.is_alone:
            at.remember_entry(replace(entry_memory(record), tried=step.memory.wish))


def _moved_on() -> Text:
    return Text("der Termin wurde in der Quelle inzwischen geändert", "the event was changed in the source meanwhile")
