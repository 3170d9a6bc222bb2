"""What planners of calendars share while they work: one sheet for each calendar, and the situation they all read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from calendar_sync.calendar_plan import CalendarPlan
from calendar_sync.entry_plan import EntryPlan
from calendar_sync.identity import mint_uid
from calendar_sync.matching import Pairs
from calendar_sync.programme import Programme, Source, Wanted
from calendar_sync.records import EntryMemory, Remembered
from calendar_sync.sharing import SharePlan
from calendar_sync.survey import ActualCalendar, ActualEntry, Survey
from calendar_sync.wish import DesiredCalendar
from network.text import Text


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything that is given. `registered` are trainings with registrations."""

    programme: Programme
    survey: Survey
    remembered: Remembered
    registered: Collection[Source]

    @property
    def network(self) -> str:
        return self.survey.network

    @property
    def now(self) -> datetime:
        return self.survey.at

    def is_given_up(self, source: Source) -> bool:
        """Whether a source does not use this key any more. An entry that tells no source may be anybody's."""
        connector, key = source
        if not connector:
            return True
        return source not in self.programme.held and key not in self.programme.offered.get(connector, ())

    def minted(self, wanted: Wanted) -> str:
        """The UID that a session gets unless it is taken."""
        return mint_uid(self.network, *wanted.identity)


@dataclass
class Sheet:
    """One calendar while it is planned. `pairs`: index of a wanted session → its entry; `left`: entries of nobody.

    Where its source is written too: `source_present` events stand there, and `stop` says why nothing may be lost now
    unless a person wants it.
    """

    calendar: DesiredCalendar
    actual: ActualCalendar | None
    itself: CalendarPlan
    shares: SharePlan
    entries: EntryPlan
    wanted: Sequence[Wanted]
    pairs: Pairs = field(default_factory=dict)
    left: dict[str, ActualEntry] = field(default_factory=dict)
    source_present: int = 0
    stop: Text | None = None

    @cached_property
    def standing(self) -> dict[str, ActualEntry]:
        """UID → entry that stands there."""
        return {each.uid: each for each in self.actual.entries} if self.actual else {}

    @property
    def key(self) -> str:
        return self.calendar.key

    def known(self, remembered: Remembered) -> dict[str, EntryMemory]:
        """UID → entry that stands there, or stood there once."""
        return {**remembered.in_calendar(self.key), **{uid: each.memory for uid, each in self.standing.items()}}

    def is_taken_out(self, memory: EntryMemory) -> bool:
        """Whether a person took the entry out of this calendar, and that stands. A calendar made anew tells nothing."""
        rules = self.calendar.rules(memory.connector)
        if rules is None or not rules.is_rule or memory.uid in self.standing:
            return False
        was_there = not memory.is_gone and self.actual is not None and self.actual.is_marked
        return memory.is_taken_out or was_there

    def is_foreign(self, name: str) -> bool:
        """Whether somebody else's object has this file name."""
        return self.actual is not None and name in self.actual.foreign_names
