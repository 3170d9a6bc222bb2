"""Calendars: desired against actual and remembered → a ScopePlan for each. Pure: nothing is read or written here.

Works over all calendars at once, because a training that changes its calendar is a move and no loss.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from calendar_sync import sentences, two_way
from calendar_sync.absence import Absence
from calendar_sync.calendar_plan import plan_calendar, plan_leaving
from calendar_sync.entry_plan import EntryPlan
from calendar_sync.identity import file_name
from calendar_sync.merge import Lost
from calendar_sync.noting import absence_notes, calendar_note, entry_notes
from calendar_sync.pairing import Pairing
from calendar_sync.programme import Programme, Source, Wanted
from calendar_sync.records import CalendarMemory, CancelledByHand, EntryMemory, Held, Remembered
from calendar_sync.safety import guarded, held_back, moves_wait
from calendar_sync.sharing import SharePlan, plan_shares
from calendar_sync.sheet import Sheet, Situation
from calendar_sync.steps import WriteSource
from calendar_sync.survey import Survey
from calendar_sync.unwanted import Unwanted
from calendar_sync.wish import DesiredCalendar, calendar_scope
from network.model import Question
from network.plan import Action, Kind, Limit, Scope, ScopePlan, guard
from network.problems import Problem
from network.text import Text

_NEVER = Limit(1, 1_000_000)


@dataclass(frozen=True, slots=True)
class Planned:
    """What would change, and what `calendar_sync.bookkeeping.keep` remembers when it is applied.

    `questions` are open questions to coordinators about trainings that are missing from their source, with its
    connector. `lost` are values that gave way without a write: calendar, UID and value. `cancelled` are words of people
    that changed, None for one that is over (cancelling.py).
    """

    scopes: tuple[ScopePlan, ...]
    problems: tuple[Problem, ...] = ()
    questions: tuple[tuple[str, Question], ...] = ()
    calendars: tuple[CalendarMemory, ...] = ()
    entries: tuple[tuple[str, EntryMemory], ...] = ()
    forgotten: tuple[tuple[str, str], ...] = ()
    absences: Mapping[Source, Absence | None] = field(default_factory=dict)
    lost: tuple[tuple[str, str, Lost], ...] = ()
    cancelled: Mapping[str, CancelledByHand | None] = field(default_factory=dict)


def plan(
    calendars: Sequence[DesiredCalendar],
    programme: Programme,
    survey: Survey,
    remembered: Remembered,
    *,
    registered: Collection[Source] = frozenset(),
    released: Collection[Scope] = frozenset(),
    stopped: Collection[str] = frozenset(),
    frozen: Text | None = None,
) -> Planned:
    """The plans of all calendars, those that left the configuration included, in the order of their keys.

    `registered` are trainings with registrations; in `released` scopes the guard holds nothing back. `stopped` are
    teams whose own scope the guard holds: they see what they see. `frozen` says why nobody knows who shall see
    calendars: then nothing is granted, and nothing lost.
    """
    situation = Situation(programme, survey, remembered, registered)
    sheets = [
        _sheet(each, situation, stopped, is_frozen=frozen is not None)
        for each in sorted(calendars, key=lambda each: each.key)
    ]
    usable = [each for each in sheets if each.itself.is_usable]
    one_way = [each for each in usable if not each.calendar.counterpart]
    pairing, unwanted = Pairing(one_way, situation), Unwanted(situation)
    for sheet in usable:
        if sheet.calendar.counterpart:
            two_way.settle(sheet, situation, unwanted)
    for sheet in one_way:
        _settle_wanted(sheet, pairing)
        for entry in sorted(sheet.left.values(), key=lambda each: each.uid):
            unwanted.settle(sheet, entry)
    plans = moves_wait([_scope_plan(sheet, released, frozen, remembered.held.get(sheet.key)) for sheet in sheets])
    configured = {each.key for each in sheets}
    left = (_leaving(key, situation, released, frozen) for key in survey.calendars if key not in configured)
    return Planned(
        scopes=tuple(sorted((*plans, *(each for each in left if each)), key=lambda each: each.scope)),
        problems=(*programme.problems, *_renames(sheets, situation)),
        questions=(
            *((source[0], question) for source, question in sorted(unwanted.questions.items())),
            *programme.asked,
        ),
        calendars=tuple(note for sheet in usable if (note := calendar_note(sheet, situation)) is not None),
        entries=tuple(note for sheet in usable for note in entry_notes(sheet, situation)),
        forgotten=tuple((sheet.key, uid) for sheet in usable for uid in sheet.entries.forgotten),
        absences=absence_notes(unwanted.absences, situation),
        lost=tuple((sheet.key, uid, each) for sheet in usable for uid, each in sheet.entries.lost),
        cancelled=programme.cancelled,
    )


def _sheet(calendar: DesiredCalendar, situation: Situation, stopped: Collection[str], *, is_frozen: bool) -> Sheet:
    actual = situation.survey.calendars.get(calendar.key)
    itself = plan_calendar(calendar, actual, situation.remembered, situation.network)
    rows = actual.seen.shares if actual else ()
    shares = SharePlan()
    if itself.is_usable and not is_frozen:
        shares = plan_shares(calendar, rows, situation.remembered, situation.now, stopped)
    wanted = situation.programme.wanted.get(calendar.key, ())
    return Sheet(calendar, actual, itself, shares, EntryPlan(calendar, situation.network), wanted)


def _settle_wanted(sheet: Sheet, pairing: Pairing) -> None:
    """Compares every wanted session with its entry, in an order that does not depend on the sources'."""
    moved = {each.key for each in sheet.entries.changes}
    for index in sorted(range(len(sheet.wanted)), key=lambda each: _order(sheet.wanted[each])):
        wanted = sheet.wanted[index]
        memory = sheet.pairs.get(index)
        if memory is not None and memory.uid in moved:
            continue
        if memory is not None and memory.uid in sheet.standing:
            sheet.entries.compare(wanted, sheet.standing[memory.uid])
        elif memory is not None and sheet.is_taken_out(memory):
            sheet.entries.kept += 1
        else:
            uid = memory.uid if memory else pairing.uid(wanted)
            sheet.entries.want(wanted, uid, memory, is_foreign=sheet.is_foreign(file_name(uid)))


def _order(wanted: Wanted) -> tuple[object, ...]:
    return *wanted.identity, wanted.fingerprint


def _scope_plan(sheet: Sheet, released: Collection[Scope], frozen: Text | None, held: Held | None) -> ScopePlan:
    """Who shall see it no more goes first; then the calendar and its entries; who may see them comes last, because
    every write to a shared calendar costs more.
    """
    scope = sheet.calendar.scope
    changes = sorted(sheet.entries.changes, key=lambda each: (each.action is Action.CREATE, each.title, each.key))
    whole = ScopePlan(
        scope,
        (*sheet.shares.revokes, *sheet.shares.waiting, *sheet.itself.changes, *changes, *sheet.shares.grants),
        present=_present(sheet),
        kept=sheet.entries.kept + sheet.itself.kept,
        foreign=_foreign(sheet),
        problems=(*sheet.itself.problems, *sheet.shares.problems, *sheet.entries.problems),
        where=sheet.calendar.where_written,
    )
    limit, waiting = sheet.calendar.limit, sheet.shares.waiting
    plan = guarded(whole, limit, waiting, frozen=frozen, stop=sheet.stop, is_released=scope in released)
    return plan if held is None or scope in released else held_back(plan, held, sheet.calendar.properties.timezone)


def _present(sheet: Sheet) -> dict[Kind, int]:
    """What the guard holds losses against."""
    there = {Kind.SOURCE_ENTRY: sheet.source_present} if sheet.calendar.counterpart else {}
    return {**Counter(each.memory.kind for each in sheet.standing.values()), Kind.SHARE: sheet.shares.present, **there}


def _foreign(sheet: Sheet) -> int:
    """How many objects are somebody else's and stay so."""
    hrefs = {entry.memory.href for entry in sheet.standing.values()}
    hrefs |= {change.step.memory.href for change in sheet.entries.changes if isinstance(change.step, WriteSource)}
    return sum(sheet.actual.seen.href + name not in hrefs for name in sheet.actual.foreign_names) if sheet.actual else 0


def _renames(sheets: Sequence[Sheet], situation: Situation) -> Iterator[Problem]:
    """Calendars whose key changed, as it seems: one left, another has its name, or is new and has its sources."""
    configured = {each.key for each in sheets}
    for key, actual in sorted(situation.survey.calendars.items()):
        if key in configured or not actual.is_marked or actual.seen.trashed:
            continue
        sources = {each.memory.connector for each in actual.entries}
        for sheet in sheets:
            is_fed_alike = (
                bool(sources)
                and sheet.actual is None
                and sources == {each.connector for each in sheet.calendar.sources}
            )
            if is_fed_alike or sheet.calendar.properties.name == actual.seen.name:
                name = sheet.calendar.properties.name
                yield sentences.looks_like_a_rename(key, sheet.key, name, of_group=sheet.calendar.is_of_group)


def _leaving(key: str, situation: Situation, released: Collection[Scope], frozen: Text | None) -> ScopePlan | None:
    """The plan of a calendar that left the configuration; always stopped at first unless it is empty."""
    actual = situation.survey.calendars[key]
    changes = plan_leaving(key, actual, situation.remembered, situation.network, situation.now)
    if not changes:
        return None
    scope, count = calendar_scope(key), len(actual.entries) + len(actual.foreign_names)
    whole = ScopePlan(scope, changes, present={Kind.ENTRY: count}, foreign=len(actual.foreign_names))
    reason = frozen or (sentences.would_vanish(actual.kind, count) if count else None)
    return guard(whole, _NEVER, always=reason, release=scope in released and frozen is None)
