"""Calendars: desired against actual and remembered → a ScopePlan for each. Pure: nothing is read or written here.

Works over all calendars at once, because a training that changes its calendar is a move and no loss.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from calendar_sync import sentences
from calendar_sync.absence import Absence, Verdict, asked, count, judge
from calendar_sync.calendar_plan import CalendarPlan, plan_calendar, plan_leaving
from calendar_sync.entry_plan import EntryPlan
from calendar_sync.identity import file_name, mint_uid
from calendar_sync.matching import Pairs, match
from calendar_sync.programme import Programme, Source, Wanted
from calendar_sync.records import CalendarMemory, EntryMemory, Remembered
from calendar_sync.selection import is_over
from calendar_sync.sharing import SharePlan, plan_shares
from calendar_sync.steps import MoveEntry
from calendar_sync.survey import ActualCalendar, ActualEntry, Survey
from calendar_sync.wish import DesiredCalendar, calendar_scope
from network.model import Question
from network.plan import Action, Change, Limit, Scope, ScopePlan, guard
from network.problems import Problem
from network.text import Text


@dataclass(frozen=True, slots=True)
class Planned:
    """What would change, and what `calendar_sync.bookkeeping.keep` remembers when it is applied.

    `questions` are open questions to coordinators about trainings that are missing from their source, with its
    connector.
    """

    scopes: tuple[ScopePlan, ...]
    problems: tuple[Problem, ...] = ()
    questions: tuple[tuple[str, Question], ...] = ()
    calendars: tuple[CalendarMemory, ...] = ()
    entries: tuple[tuple[str, EntryMemory], ...] = ()
    forgotten: tuple[tuple[str, str], ...] = ()
    absences: Mapping[Source, Absence | None] = field(default_factory=dict)


def plan(
    calendars: Sequence[DesiredCalendar],
    programme: Programme,
    survey: Survey,
    remembered: Remembered,
    *,
    registered: Collection[Source] = frozenset(),
    released: Collection[Scope] = frozenset(),
) -> Planned:
    """The plans of all calendars, those that left the configuration included, in the order of their keys.

    `registered` are trainings with registrations; in `released` scopes the guard holds nothing back.
    """
    planning = _Planning(calendars, programme, survey, remembered, registered)
    planning.match()
    planning.move()
    planning.settle()
    return planning.planned(released)


@dataclass
class _Sheet:
    """One calendar while it is planned. `left` are entries that no wanted session has claimed."""

    calendar: DesiredCalendar
    actual: ActualCalendar | None
    itself: CalendarPlan
    shares: SharePlan
    entries: EntryPlan
    wanted: Sequence[Wanted]
    pairs: Pairs
    left: dict[str, ActualEntry]

    @cached_property
    def standing(self) -> dict[str, ActualEntry]:
        return {each.uid: each for each in self.actual.entries} if self.actual else {}


class _Planning:
    def __init__(
        self,
        calendars: Sequence[DesiredCalendar],
        programme: Programme,
        survey: Survey,
        remembered: Remembered,
        registered: Collection[Source],
    ) -> None:
        self.programme, self.survey, self.remembered, self.registered = programme, survey, remembered, registered
        self.now = survey.at
        self.sheets = [self._sheet(each) for each in sorted(calendars, key=lambda each: each.key)]
        self.usable = [each for each in self.sheets if each.itself.is_usable]
        self.absences = self._count_absences()
        self.questions: dict[Source, Question] = {}
        self.uids: dict[tuple[str, str, int], str] = {}

    def _sheet(self, calendar: DesiredCalendar) -> _Sheet:
        actual = self.survey.calendars.get(calendar.key)
        itself = plan_calendar(calendar, actual, self.remembered, self.survey.network)
        rows = actual.seen.shares if actual else ()
        shares = plan_shares(calendar, rows, self.remembered, self.now) if itself.is_usable else SharePlan()
        wanted = self.programme.wanted.get(calendar.key, ())
        return _Sheet(calendar, actual, itself, shares, EntryPlan(calendar, self.survey.network), wanted, {}, {})

    # ------------------------------------------------------------------ who is who

    def match(self) -> None:
        """Finds the entry of each wanted session in its own calendar, also one that was removed by hand."""
        for sheet in self.usable:
            standing = sheet.standing
            known = {**self.remembered.in_calendar(sheet.calendar.key), **{u: e.memory for u, e in standing.items()}}
            sheet.pairs = match(sheet.wanted, known.values(), is_given_up=self._is_given_up, minted=self._minted)
            claimed = {each.uid for each in sheet.pairs.values()}
            sheet.left = {uid: entry for uid, entry in standing.items() if uid not in claimed}
            gone = [uid for uid in known if uid not in claimed and uid not in standing]
            sheet.entries.forgotten += gone
            for index, memory in sheet.pairs.items():
                self.uids.setdefault(sheet.wanted[index].identity, memory.uid)

    def move(self) -> None:
        """Finds the entries of sessions that changed their calendar."""
        for sheet in self.usable:
            for other in self.usable:
                if other is not sheet and other.left:
                    self._move_between(other, sheet)

    def _move_between(self, source: _Sheet, target: _Sheet) -> None:
        open_ones = [(n, each) for n, each in enumerate(target.wanted) if n not in target.pairs]
        left = [each.memory for each in source.left.values()]
        pairs = match([each for _, each in open_ones], left, is_given_up=self._is_given_up, minted=self._minted)
        for index, memory in pairs.items():
            number, wanted = open_ones[index]
            if file_name(memory.uid) in (target.actual.foreign_names if target.actual else ()):
                continue
            entry = source.left.pop(memory.uid)
            target.pairs[number] = memory
            self.uids.setdefault(wanted.identity, memory.uid)
            target.entries.move(wanted, entry, source.calendar)

    def _is_given_up(self, source: Source) -> bool:
        connector, key = source
        if not connector:
            return True
        return source not in self.programme.held and key not in self.programme.offered.get(connector, ())

    def _minted(self, wanted: Wanted) -> str:
        return mint_uid(self.survey.network, *wanted.identity)

    # ------------------------------------------------------------------ what becomes of them

    def settle(self) -> None:
        taken = {uid for each in self.remembered.entries.values() for uid in each}
        taken |= {uid for sheet in self.usable for uid in sheet.standing}
        for sheet in self.usable:
            moved = {each.key for each in sheet.entries.changes}
            for index, wanted in _in_order(sheet.wanted):
                self._settle_wanted(sheet, index, wanted, moved, taken)
            for entry in sorted(sheet.left.values(), key=lambda each: each.uid):
                self._settle_unwanted(sheet, entry)

    def _settle_wanted(self, sheet: _Sheet, index: int, wanted: Wanted, moved: set[str], taken: set[str]) -> None:
        memory = sheet.pairs.get(index)
        if memory is not None and memory.uid in moved:
            return
        if memory is not None and memory.uid in sheet.standing:
            sheet.entries.compare(wanted, sheet.standing[memory.uid])
            return
        uid = memory.uid if memory else self._uid(wanted, taken)
        is_foreign = sheet.actual is not None and file_name(uid) in sheet.actual.foreign_names
        sheet.entries.want(wanted, uid, memory, is_foreign=is_foreign)

    def _uid(self, wanted: Wanted, taken: set[str]) -> str:
        """The same in every calendar that the session stands in."""
        if wanted.identity not in self.uids:
            self.uids[wanted.identity] = mint_uid(self.survey.network, *wanted.identity, taken=taken)
            taken.add(self.uids[wanted.identity])
        return self.uids[wanted.identity]

    def _settle_unwanted(self, sheet: _Sheet, entry: ActualEntry) -> None:
        memory, calendar = entry.memory, sheet.calendar
        source = (memory.connector, memory.key)
        offered = self.programme.offered.get(memory.connector, frozenset())
        if not memory.connector or source in self.programme.held:
            sheet.entries.stay(entry)
        elif calendar.rules(memory.connector) is None:
            sheet.entries.let_go(entry, sentences.NOT_A_SOURCE, loses=True)
        elif is_over(memory.ends, calendar, self.now, cancelled=memory.is_cancelled):
            sheet.entries.let_go(entry, sentences.OUT_OF_TIME, loses=False)
        elif memory.connector in self.programme.silent:
            sheet.entries.stay(entry)
        elif memory.key in offered:
            sheet.entries.let_go(entry, sentences.NOT_HERE_ANY_MORE, loses=True)
        else:
            self._settle_missing(sheet, entry)

    def _settle_missing(self, sheet: _Sheet, entry: ActualEntry) -> None:
        memory = entry.memory
        source = (memory.connector, memory.key)
        rules = sheet.calendar.rules(memory.connector)
        row = self.absences.get(source)
        if row is None or rules is None or memory.ends < self.now:
            sheet.entries.stay(entry)
            return
        verdict = judge(
            row,
            rules.missing,
            starts=memory.starts,
            now=self.now,
            has_registrations=source in self.registered,
        )
        counts = memory.connector in self.programme.counting
        match verdict:
            case Verdict.CANCEL if counts:
                sheet.entries.cancel(entry, sentences.MISSING_LONG)
            case Verdict.REMOVE if counts:
                sheet.entries.let_go(entry, sentences.MISSING_LONG, loses=True)
            case Verdict.ASK:
                self._ask(memory, row)
                sheet.entries.stay(entry)
            case _:
                sheet.entries.stay(entry)

    # ------------------------------------------------------------------ absence

    def _count_absences(self) -> dict[Source, Absence]:
        known: dict[str, set[str]] = {}
        for each in self.remembered.entries.values():
            for memory in each.values():
                known.setdefault(memory.connector, set()).add(memory.key)
        rows = dict(self.remembered.absences)
        for connector, fetched_at in self.programme.counting.items():
            before = {key: row for (name, key), row in rows.items() if name == connector}
            keys = sorted(known.get(connector, ()))
            after = count(
                before, keys, self.programme.offered.get(connector, frozenset()), fetched_at=fetched_at, now=self.now
            )
            rows = {source: row for source, row in rows.items() if source[0] != connector}
            rows |= {(connector, key): row for key, row in after.items()}
        return rows

    def _ask(self, memory: EntryMemory, row: Absence) -> None:
        source = (memory.connector, memory.key)
        self.absences[source] = asked(row, self.now)
        since = datetime.fromisoformat(row.first_missed)
        self.questions[source] = Question(
            "training_missing",
            memory.key,
            memory.origin or f"{memory.connector}: {memory.key}",
            sentences.missing(memory.title, memory.origin, since),
            read=memory.title,
            write_instead=sentences.WRITE_STATUS,
        )

    # ------------------------------------------------------------------ the result

    def planned(self, released: Collection[Scope]) -> Planned:
        plans = [self._scope_plan(sheet, released) for sheet in self.sheets]
        plans = _moves_wait(plans)
        configured = {each.calendar.key for each in self.sheets}
        left = [self._leaving(key, released) for key in sorted(set(self.survey.calendars) - configured)]
        scopes = sorted((*plans, *(each for each in left if each)), key=lambda each: each.scope)
        questions = tuple((source[0], self.questions[source]) for source in sorted(self.questions))
        return Planned(
            tuple(scopes),
            self.programme.problems,
            questions,
            tuple(each for sheet in self.usable if (each := self._calendar_note(sheet)) is not None),
            tuple(self._entry_notes()),
            tuple((sheet.calendar.key, uid) for sheet in self.usable for uid in sheet.entries.forgotten),
            self._absence_notes(),
        )

    def _scope_plan(self, sheet: _Sheet, released: Collection[Scope]) -> ScopePlan:
        scope = sheet.calendar.scope
        changes = sorted(sheet.entries.changes, key=lambda each: (each.action is Action.CREATE, each.title, each.key))
        whole = ScopePlan(
            scope,
            (*sheet.itself.changes, *changes, *sheet.shares.grants),
            present=len(sheet.standing),
            kept=sheet.entries.kept + sheet.itself.kept,
            foreign=len(sheet.actual.foreign_names) if sheet.actual else 0,
            problems=(*sheet.itself.problems, *sheet.shares.problems, *sheet.entries.problems),
            where=sheet.calendar.where_written,
        )
        return _guarded(whole, sheet.calendar.limit, sheet.shares, is_released=scope in released)

    def _leaving(self, key: str, released: Collection[Scope]) -> ScopePlan | None:
        actual = self.survey.calendars[key]
        changes = plan_leaving(key, actual, self.remembered, self.survey.network, self.now)
        if not changes:
            return None
        scope = calendar_scope(key)
        count = len(actual.entries)
        always = Text(
            f"ein Kalender mit {count} Einträgen würde verschwinden", f"a calendar with {count} entries would vanish"
        )
        whole = ScopePlan(scope, changes, present=count, foreign=len(actual.foreign_names))
        return guard(whole, Limit(1, 1_000_000), always=always if count else None, release=scope in released)

    def _calendar_note(self, sheet: _Sheet) -> CalendarMemory | None:
        """What was seen of the calendar, where it is not what we remember."""
        actual = sheet.actual
        if actual is None or not actual.is_marked:
            return None
        before = self.remembered.calendars.get(sheet.calendar.key)
        base = before or CalendarMemory(sheet.calendar.key)
        after = replace(
            base,
            mark=actual.seen.marker,
            wish=sheet.itself.wrote or base.wish,
            foreign=tuple(sorted((actual.foreign or {}).items())),
            left_at="",
            swept_at=self.now.isoformat() if actual.is_swept else base.swept_at,
            href=actual.seen.href,
            token=actual.token,
        )
        return None if before is not None and before.record() == after.record() else after

    def _entry_notes(self) -> Iterable[tuple[str, EntryMemory]]:
        """What was seen of entries, where it is not what we remember; also of those that will be written.

        A write that does not come about must not make us forget what stands there.
        """
        for sheet in self.usable:
            key = sheet.calendar.key
            before = self.remembered.in_calendar(key)
            told = {each.uid: each for each in sheet.entries.notes}
            for uid, entry in sheet.standing.items():
                memory, old = told.get(uid, entry.memory), before.get(uid)
                if old is not memory and (old is None or old.record(key) != memory.record(key)):
                    yield key, memory
            # Gone, but still wanted: when its return fails we must know that the trash bin may hold it.
            forgotten = set(sheet.entries.forgotten)
            for uid, memory in before.items():
                if uid not in sheet.standing and uid not in forgotten and not memory.is_gone:
                    yield key, replace(memory, etag="")

    def _absence_notes(self) -> dict[Source, Absence | None]:
        """Rows that changed; None for one that is no more."""
        before = self.remembered.absences
        changed: dict[Source, Absence | None] = {
            source: row for source, row in self.absences.items() if before.get(source) != row
        }
        return changed | {source: None for source in before if source not in self.absences}


def _in_order(wanted: Sequence[Wanted]) -> list[tuple[int, Wanted]]:
    """An order that does not depend on the sources'."""
    return sorted(enumerate(wanted), key=lambda each: (each[1].identity, each[1].fingerprint))


def _guarded(whole: ScopePlan, limit: Limit, shares: SharePlan, *, is_released: bool) -> ScopePlan:
    """While entries or too many shares would be lost, nobody loses sight of the calendar either."""
    if shares.always is not None and not is_released:
        going_on = tuple(each for each in whole.changes if not each.loses)
        lost = tuple(each for each in whole.changes if each.loses)
        return replace(whole, changes=going_on, held=(*shares.revokes, *lost), unsafe=shares.always)
    plan = guard(whole, limit, release=is_released)
    if plan.unsafe is not None:
        return replace(plan, held=(*shares.revokes, *plan.held))
    return replace(plan, changes=(*shares.revokes, *plan.changes))


def _moves_wait(plans: Sequence[ScopePlan]) -> list[ScopePlan]:
    """A move waits while either of its calendars is stopped."""
    stopped = {each.scope.key for each in plans if each.unsafe is not None}
    return [_waiting(each, stopped) for each in plans]


def _waiting(plan: ScopePlan, stopped: set[str]) -> ScopePlan:
    waiting = tuple(each for each in plan.changes if _is_move_with(each, plan.scope.key, stopped))
    if not waiting:
        return plan
    going_on = tuple(each for each in plan.changes if each not in waiting)
    return replace(plan, changes=going_on, held=(*plan.held, *waiting))


def _is_move_with(change: Change, key: str, stopped: set[str]) -> bool:
    return isinstance(change.step, MoveEntry) and bool({key, change.step.from_calendar} & stopped)
