"""Entries of one calendar: what stands there and what should, to changes, by the decision table. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from calendar_sync import sentences
from calendar_sync.cancellation import carried, from_words, lifted, shown
from calendar_sync.decisions import Decision, There, decide
from calendar_sync.entries import cancelled
from calendar_sync.merge import Lost, merge
from calendar_sync.programme import Wanted
from calendar_sync.records import EntryMemory
from calendar_sync.steps import MoveEntry, RemoveEntry, WriteEntry
from calendar_sync.survey import ActualEntry
from calendar_sync.wish import DesiredCalendar, OnConflict
from network.ical.canonical import digest, from_text, to_text
from network.ical.component import CalendarObject
from network.plan import Action, Change, Kind
from network.problems import Problem
from network.text import Text


@dataclass
class EntryPlan:
    """Grows while the entries of one calendar are gone through; `notes` are entries that are not written.

    `lost` are values that gave way without a write: UID and value.
    """

    calendar: DesiredCalendar
    network: str
    changes: list[Change] = field(default_factory=list)
    notes: list[EntryMemory] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    lost: list[tuple[str, Lost]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    kept: int = 0

    # ------------------------------------------------------------------ wanted

    def want(
        self, wanted: Wanted, uid: str, before: EntryMemory | None, *, is_foreign: bool, reason: Text | None = None
    ) -> None:
        """A wanted session that has no entry here; `before` is the one that stood here once."""
        there = There.FOREIGN if is_foreign else There.NOTHING
        match decide(wanted=True, there=there, wish_moved=False, object_moved=False):
            case Decision.NAME_TAKEN:
                self.problems.append(
                    sentences.entry_taken(self.calendar.where_written or str(self.calendar.scope), wanted.title)
                )
            case _:
                self._create(wanted, uid, reason, before)

    def compare(self, wanted: Wanted, entry: ActualEntry) -> None:
        """A wanted session and its entry."""
        memory, wanted = entry.memory, _spelled_out(wanted, entry.memory)
        wish_moved = wanted.text != "" and (not memory.wish or wanted.digest != digest(from_text(memory.wish)))
        match decide(wanted=True, there=There.OURS, wish_moved=wish_moved, object_moved=entry.is_edited):
            case Decision.UPDATE | Decision.MERGE:
                self._update(wanted, memory)
            case Decision.KEEP_EDITED:
                self.kept += 1
                self.notes.append(_told(memory, wanted))
            case _:
                self.notes.append(_told(memory, wanted))

    def move(self, wanted: Wanted, entry: ActualEntry, from_calendar: DesiredCalendar) -> None:
        """A wanted session whose entry stands in another calendar that does not want it any more."""
        probe = EntryPlan(self.calendar, self.network)
        probe.compare(wanted, entry)
        self.kept += probe.kept
        self.lost += probe.lost
        self.problems += probe.problems
        write = next((each.step for each in probe.changes if isinstance(each.step, WriteEntry)), None)
        # What is remembered right after the move is what stands there then; the new wish is written after it.
        memory = entry.memory if write else _told(entry.memory, wanted)
        content = f"{from_calendar.key}|{digest(from_text(write.text)) if write else ''}"
        step = MoveEntry(from_calendar.key, memory, write)
        self.change(Action.MOVE, _told(memory, wanted), sentences.CHANGED_CALENDAR, step, content)

    # ------------------------------------------------------------------ not wanted

    def let_go(self, entry: ActualEntry, reason: Text, *, loses: bool) -> None:
        """An entry that nobody wants."""
        match decide(wanted=False, there=There.OURS, wish_moved=False, object_moved=entry.is_edited):
            case Decision.KEEP_EDITED:
                self.stay(entry)
            case _:
                self.change(Action.REMOVE, entry.memory, reason, RemoveEntry(entry.memory), "", loses=loses)

    def stay(self, entry: ActualEntry) -> None:
        """An entry that stays as it is, whatever it is."""
        self.kept += entry.is_edited
        self.notes.append(entry.memory)

    def cancel(self, entry: ActualEntry, reason: Text) -> None:
        """An entry whose training does not take place, though its source does not say so."""
        if entry.memory.is_cancelled or not entry.memory.wish:
            self.stay(entry)
            return
        wish = cancelled(from_text(entry.memory.wish))
        # Without a source digest the training is composed anew when it comes back.
        meant = replace(entry.memory, wish=to_text(wish), is_cancelled=True, source="")
        self._write(wish, meant, entry.memory, reason, loses=True)

    def tell(self, memory: EntryMemory, words: str, *, as_edit: bool = False) -> None:
        """An entry of which people cancelled this (cancellation.py), or took it back, whatever its source says now.

        `as_edit`: it is an edit by hand, for its source to be told.
        """
        reason = sentences.CANCELLED_BY_HAND if words else sentences.TAKES_PLACE
        if as_edit or not memory.wish:
            before = from_text(memory.text)
            item = shown(lifted(before, from_words(memory.cancellations)), from_words(words))
            if digest(item) == digest(before):
                self.notes.append(replace(memory, cancellations=words))
            else:
                after = replace(memory, actual=to_text(item), cancellations=words)
                meant = digest(from_text(memory.wish)) if memory.wish else ""
                step = WriteEntry(after.actual, after, meant)
                self.change(_deed(memory, after), after, reason, step, digest(item))
            return
        wish = carried(from_text(memory.wish), memory.cancellations, words)
        is_cancelled = wish.main.value("STATUS").upper() == "CANCELLED"
        # Without a source digest the training is composed anew in the next run.
        meant_now = replace(memory, wish=to_text(wish), is_cancelled=is_cancelled, cancellations=words, source="")
        self._write(wish, meant_now, memory, reason, loses=False)

    # ------------------------------------------------------------------ changes

    def _create(self, wanted: Wanted, uid: str, reason: Text | None, before: EntryMemory | None) -> None:
        text = wanted.text or (wanted.known.wish if wanted.known else "")
        meant = wanted.digest or digest(from_text(text))
        memory = _fresh(wanted, text, uid)
        if self.calendar.counterpart:
            memory = replace(memory, place=wanted.place, is_guest=before is not None and before.is_guest)
        step = WriteEntry(memory.wish, memory, meant, was_there=before is not None)
        why = reason or (sentences.IS_MISSING if before else sentences.NEW)
        self.change(Action.CREATE, memory, why, step, meant)

    def _update(self, wanted: Wanted, before: EntryMemory) -> None:
        self._write(from_text(wanted.text), _told(before, wanted), before, None, loses=False)

    def _write(
        self, wish: CalendarObject, meant: EntryMemory, before: EntryMemory, reason: Text | None, *, loses: bool
    ) -> None:
        """Merges the wish into what stands there, and writes where that says something else."""
        standing = from_text(before.text)
        actual = carried(standing, before.cancellations, meant.cancellations)
        base = carried(from_text(before.wish), before.cancellations, meant.cancellations) if before.wish else None
        merged = merge(base, wish, actual, self._on_conflict(before))
        item = replace(merged.item, uid=before.uid)
        content, meant_content = digest(item), digest(wish)
        is_as_meant = content == meant_content
        memory = replace(meant, actual="" if is_as_meant else to_text(item))
        self.kept += not is_as_meant
        if merged.asks:
            # Nothing is settled: the same question again in every run, until one side is like the other.
            memory = replace(memory, wish=to_text(base) if base else "", actual=to_text(item), source="")
            self.problems.append(sentences.undecided(str(self.calendar.scope), memory.title, merged.asks))
        if content == digest(standing):
            self.notes.append(memory)
            self.lost += ((memory.uid, each) for each in merged.lost)
            return
        step = WriteEntry(to_text(item), memory, meant_content, lost=merged.lost)
        action, why = _deed(before, meant), reason or _why(before, meant) or sentences.changed(standing, item)
        self.change(action, memory, why, step, content, loses=loses)

    def change(
        self,
        action: Action,
        memory: EntryMemory,
        reason: Text,
        step: object,
        content: str,
        *,
        loses: bool = False,
        kind: Kind | None = None,
    ) -> None:
        """One change of an entry; `content` stands for what it writes."""
        self.changes.append(
            Change(
                self.calendar.scope,
                action,
                kind or memory.kind,
                memory.uid,
                f"{memory.title} ({self._day(memory.starts)})",
                reason,
                step,
                content,
                loses=loses,
                independent=True,
            )
        )

    def _day(self, moment: datetime) -> str:
        return f"{moment.astimezone(ZoneInfo(self.calendar.properties.timezone)):%d.%m.%Y}"

    def _on_conflict(self, memory: EntryMemory) -> OnConflict:
        rules = self.calendar.rules(memory.connector)
        return rules.on_conflict if rules else OnConflict.SOURCE


def _deed(before: EntryMemory, meant: EntryMemory) -> Action:
    """Something is cancelled that was not: the whole entry, or one day of a series."""
    more = len(from_words(meant.cancellations)) > len(from_words(before.cancellations))
    return Action.CANCEL if more or (meant.is_cancelled and not before.is_cancelled) else Action.UPDATE


def _why(before: EntryMemory, meant: EntryMemory) -> Text | None:
    if before.cancellations != meant.cancellations:
        return sentences.CANCELLED_BY_HAND if meant.cancellations else sentences.TAKES_PLACE
    return sentences.CANCELLED_BY_SOURCE if meant.is_cancelled and not before.is_cancelled else None


def _fresh(wanted: Wanted, wish: str, uid: str) -> EntryMemory:
    return EntryMemory(
        uid=uid,
        connector=wanted.connector,
        key=wanted.key,
        session=wanted.session,
        sessions=wanted.sessions,
        fingerprint=wanted.fingerprint,
        title=wanted.title,
        start=wanted.start,
        end=wanted.end,
        wish=wish,
        origin=wanted.origin,
        is_cancelled=wanted.is_cancelled,
        cancellations=wanted.cancellations,
        source=wanted.source,
    )


def _spelled_out(wanted: Wanted, memory: EntryMemory) -> Wanted:
    """The wish in full where it is known, and something that we meant before stands there again."""
    known = wanted.known
    if wanted.text or known is None or known is memory or not known.wish or known.wish == memory.wish:
        return wanted
    return replace(wanted, text=known.wish, digest=digest(from_text(known.wish)))


def _told(memory: EntryMemory, wanted: Wanted) -> EntryMemory:
    """The entry's memory with what its source says about it now; what stands there is left as it is."""
    if wanted.known is memory:
        return memory
    return replace(
        _fresh(wanted, wanted.text or memory.wish, memory.uid), actual=memory.actual, href=memory.href, etag=memory.etag
    )
