"""What the last run changed in calendars, taken back: what it made goes, what it changed or removed is as before.

What a person touched since then stays, and is listed. The calendar is held first: nothing of its entries is written
again until a person releases it, so that the source or the configuration can be mended in peace. Rights are not taken
back, and neither are calendars that the run made. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, replace

from calendar_sync import sentences
from calendar_sync.entry_plan import EntryPlan
from calendar_sync.links import is_promising
from calendar_sync.records import EntryMemory, Held
from calendar_sync.steps import HoldCalendar, MoveEntry, RemoveEntry, WriteEntry
from calendar_sync.survey import ActualCalendar, ActualEntry, Survey
from calendar_sync.wish import DesiredCalendar, calendar_scope
from network.ical.canonical import digest, from_text
from network.plan import Action, Change, ScopePlan

AS_MEANT = "as meant"


@dataclass(frozen=True, slots=True)
class Earlier:
    """An entry (by UID) before a run changed it: None where it did not stand there. `after` is the digest of what the
    run wrote, empty where it removed the entry, AS_MEANT where that had yet to be completed while it wrote.
    `moved_from`: the calendar in which it stood before.
    """

    calendar: str
    uid: str
    after: str
    memory: EntryMemory | None
    moved_from: str = ""


def earlier(changes: Iterable[Change], known: Callable[[str], EntryMemory | None]) -> Iterator[Earlier]:
    """What these changes of one calendar's entries will have replaced; `known` gives an entry of it by UID.

    What a person cancels meanwhile is theirs, and left out.
    """
    for change in changes:
        key = change.scope.key
        match change.step:
            case WriteEntry(memory=memory):
                before = known(memory.uid) if memory.etag else None
                if before is None or before.cancellations == memory.cancellations:
                    after = AS_MEANT if is_promising(change.step.text) else change.digest
                    yield Earlier(key, memory.uid, after, before)
            case MoveEntry(from_calendar, memory, write):
                after = digest(from_text(write.text if write else memory.text))
                yield Earlier(key, memory.uid, after, memory, from_calendar)
            case RemoveEntry(memory):
                yield Earlier(key, memory.uid, "", memory)


def plan_taking_back(
    calendars: Iterable[DesiredCalendar],
    earlier: Iterable[Earlier],
    survey: Survey,
    held: Held,
    waiting: Container[str] = (),
) -> tuple[ScopePlan, ...]:
    """One plan for each calendar that the run changed; `held` is what each remembers from then on, but for those that
    wait already."""
    wanted = {each.key: each for each in calendars}
    by_calendar: dict[str, list[Earlier]] = {}
    for each in earlier:
        by_calendar.setdefault(each.calendar, []).append(each)
    return tuple(
        _Taking(wanted[key], survey, None if key in waiting else held).plan(rows)
        for key, rows in sorted(by_calendar.items())
        if key in wanted
    )


class _Taking:
    def __init__(self, calendar: DesiredCalendar, survey: Survey, held: Held | None) -> None:
        self.calendar, self.survey, self.held = calendar, survey, held
        self.entries = EntryPlan(calendar, survey.network)
        self.actual: ActualCalendar | None = survey.calendars.get(calendar.key)
        self.standing: dict[str, ActualEntry] = {each.uid: each for each in self.actual.entries} if self.actual else {}

    def plan(self, rows: Iterable[Earlier]) -> ScopePlan:
        for each in sorted(rows, key=lambda each: each.uid):
            self._take_back(each, self.standing.get(each.uid))
        foreign = len(self.actual.foreign_names) if self.actual else 0
        return ScopePlan(
            self.calendar.scope,
            (*self._hold(), *self.entries.changes),
            kept=self.entries.kept,
            foreign=foreign,
            problems=tuple(self.entries.problems),
            where=self.calendar.where_written,
        )

    def _hold(self) -> Iterator[Change]:
        """Before anything else, so that no run in between does the same again."""
        wish, key = self.calendar.properties, self.calendar.key
        if self.held is not None:
            step, reason = HoldCalendar(self.held), sentences.HELD_FIRST
            scope, kind = self.calendar.scope, self.calendar.kind
            yield Change(scope, Action.UPDATE, kind, key, wish.name, reason, step, foundation=True)

    def _take_back(self, each: Earlier, entry: ActualEntry | None) -> None:
        before = each.memory
        if entry is None:
            if before is not None and not each.after:
                self._return(before)
            elif before is not None:
                self._keep(before)  # a person took it out meanwhile
            return
        stands = _digest(entry.memory)
        if before is not None and stands == _digest(before) and not each.moved_from:
            return
        if entry.is_edited if each.after == AS_MEANT else stands != each.after:
            self._keep(entry.memory)
        elif before is None:
            self._change(Action.REMOVE, entry.memory, RemoveEntry(entry.memory), stands)
        elif each.moved_from:
            self._move_back(each.moved_from, before, entry.memory)
        else:
            self._write(before, entry.memory)

    def _write(self, before: EntryMemory, now: EntryMemory) -> None:
        step = _writing(before, now)
        self._change(Action.UPDATE, step.memory, step, _digest(before))

    def _move_back(self, to: str, before: EntryMemory, now: EntryMemory) -> None:
        is_equal = _digest(before) == _digest(now)
        step = MoveEntry(self.calendar.key, now, None if is_equal else _writing(before, now))
        self._change(Action.MOVE, before, step, _digest(before))
        self.entries.changes[-1] = replace(self.entries.changes[-1], scope=calendar_scope(to))

    def _return(self, before: EntryMemory) -> None:
        memory = replace(before, etag="", source="")
        step = WriteEntry(before.text, memory, _meant(before), was_there=True)
        self._change(Action.RESTORE, memory, step, _digest(before))

    def _keep(self, memory: EntryMemory) -> None:
        self.entries.kept += 1
        self.entries.problems.append(sentences.touched_since(str(self.calendar.scope), memory.title))

    def _change(self, action: Action, memory: EntryMemory, step: object, content: str) -> None:
        self.entries.change(action, memory, sentences.TAKEN_BACK, step, content)


def _writing(before: EntryMemory, now: EntryMemory) -> WriteEntry:
    """What stands there reads as before; without a source digest its training is composed anew one day."""
    memory = replace(before, href=now.href, etag=now.etag, source="")
    return WriteEntry(before.text, memory, _meant(before))


def _meant(memory: EntryMemory) -> str:
    return digest(from_text(memory.wish)) if memory.wish else ""


def _digest(memory: EntryMemory) -> str:
    return digest(from_text(memory.text))
