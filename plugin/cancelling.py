"""A person says that a training doesn't take place: the word is remembered, and the entry alone is written at once.

The word comes first: whatever becomes of this process, of Nextcloud or of a run that is at work, every later run goes
by it (calendar_sync.cancelling). Who may say it is for pages and commands to know.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from calendar_sync.cancellation import Cancellation, to_words
from calendar_sync.cancelling import day_of
from calendar_sync.entry_plan import EntryPlan
from calendar_sync.records import CANCELLED, ENTRY, CancelledByHand, EntryMemory, cancelled_by_hand, entry_memory
from calendar_sync.wish import DesiredCalendar
from network.errors import ConfigurationError, Locked
from network.ical.canonical import from_text
from network.ical.values import span
from network.plan import Plan, ScopePlan
from network.ports import Ledger, Memory
from network.problems import Problem
from network.settings import Settings
from network.text import Text
from plugin.catalogue import Catalogue
from plugin.happenings import Happening, happenings
from plugin.render.run import Run
from plugin.wishes.calendars import calendar_wishes
from workspace_sync.people import People

AHEAD = 400
PATIENCE = timedelta(seconds=6)
_PAUSE = 0.3
_MOST = 8


def words_of(memory: Memory) -> Mapping[str, CancelledByHand]:
    """What people cancelled, by the key of its happening."""
    return {each.key: cancelled_by_hand(each) for each in memory.records(kind=CANCELLED)}


@dataclass(frozen=True, slots=True)
class Cancelling:
    settings: Settings
    state: Ledger
    now: datetime

    # ------------------------------------------------------------------ the word

    def say(self, happening: Happening, reason: str, by: str) -> None:
        """Remembers that it doesn't take place."""
        day = day_of(happening.start, self.settings.network.timezone.key)
        word = Cancellation(day, " ".join(reason.split()), happening.occurrence)
        memory = next(memory for _, memory in self._entries(happening.uid))
        self.state.remember(CancelledByHand.of(memory, word, by=by, at=self.now.isoformat()).record())

    def say_of_training(self, connector: str, key: str, *, by: str) -> int:
        """Remembers that no session that is still to come of a source's training takes place; how many those are."""
        found = {memory.uid: memory for memory in self._coming(connector, key)}
        for memory in found.values():
            start, _ = span(from_text(memory.text).main)
            word = Cancellation(day_of(start, self.settings.network.timezone.key))
            self.state.remember(CancelledByHand.of(memory, word, by=by, at=self.now.isoformat()).record())
        return len(found)

    def take_back(self, happening: Happening) -> None:
        """Forgets the word. ConfigurationError where the source itself says that it is cancelled."""
        if not happening.can_take_place or happening.word is None:
            raise _the_source_says_so(happening)
        record = happening.word.record()
        self.state.forget(record.scope, record.kind, record.key)

    # ------------------------------------------------------------------ the entry

    def plan(self, uid: str) -> Plan:
        """What makes the entry say so, in every calendar that it stands in."""
        words = to_words(
            [each.cancellation for each in words_of(self.state).values() if each.uid == uid and not each.moved_to]
        )
        plans = (self._told(calendar, memory, words) for calendar, memory in self._entries(uid))
        return Plan(tuple(each for each in plans if each.changes))

    def _told(self, calendar: DesiredCalendar, memory: EntryMemory, words: str) -> ScopePlan:
        entries = EntryPlan(calendar, self.settings.network.id)
        goes_both_ways = calendar.counterpart is not None
        if goes_both_ways or words != memory.cancellations:
            entries.tell(memory, words, as_edit=goes_both_ways)
        return ScopePlan(calendar.scope, tuple(entries.changes), where=calendar.where_written)

    def _coming(self, connector: str, key: str) -> Iterator[EntryMemory]:
        for record in self.state.records(kind=ENTRY):
            memory = entry_memory(record)
            if (memory.connector, memory.key) == (connector, key) and _is_coming(memory, self.now):
                yield memory

    def _entries(self, uid: str) -> Iterator[tuple[DesiredCalendar, EntryMemory]]:
        for calendar in calendar_wishes(self.settings, People.gather(())):
            record = self.state.record(str(calendar.scope), ENTRY, uid)
            if record is not None and not (memory := entry_memory(record)).is_gone:
                yield calendar, memory


def _is_coming(memory: EntryMemory, now: datetime) -> bool:
    return not memory.is_gone and not memory.is_cancelled and memory.ends > now


def named(what: str, day: date | None, catalogue: Catalogue, memory: Memory, now: datetime) -> Happening:
    """The one training that a person names by UID or a part of its title, with `day` where several do.

    ConfigurationError names those that it may be.
    """
    first, days, zone = day or now.date(), 1 if day else AHEAD, now.tzinfo or UTC
    coming = happenings(catalogue.listed(), words_of(memory), first=first, days=days, zone=zone)
    found = [each for each in coming if what in (each.uid, each.key)] or [
        each for each in coming if what.casefold() in each.title.casefold()
    ]
    if len(found) != 1:
        raise _unclear(what, found)
    return found[0]


def patiently(work: Callable[[], Run], *, clock: Callable[[], float] = time.monotonic) -> Run:
    """Tries again for a few seconds while another run is at work; Locked when it is still."""
    until = clock() + PATIENCE.total_seconds()
    while True:
        try:
            return work()
        except Locked:
            if clock() >= until:
                raise
        time.sleep(_PAUSE)


SHOWN_LATER = Text(
    "Ihre Angabe ist gemerkt. Im Kalender steht sie noch nicht: der nächste Lauf trägt sie ein.",
    "What you said is remembered. The calendar doesn't show it yet: the next run enters it.",
)


def said(happening: Happening, *, is_cancelled: bool) -> Text:
    """„E-Akte“ am 02.03.2027 fällt aus."""
    title, day = happening.title, happening.start
    if is_cancelled:
        return Text(f"„{title}“ am {day:%d.%m.%Y} fällt aus.", f"“{title}” on {day:%Y-%m-%d} is cancelled.")
    return Text(
        f"„{title}“ am {day:%d.%m.%Y} findet doch statt.", f"“{title}” on {day:%Y-%m-%d} takes place after all."
    )


def _unclear(what: str, found: Sequence[Happening]) -> ConfigurationError:
    if not found:
        message = Text("keine kommende Schulung heißt so", "no coming training is called that")
        remedy = Text("Ein Teil des Titels genügt; der Tag: --day 2027-03-02.", "A part of the title; the day: --day …")
    else:
        listed = ", ".join(f"{each.title} ({each.start:%d.%m.%Y}, {each.key})" for each in found[:_MOST])
        message = Text(f"{len(found)} Schulungen heißen so", f"{len(found)} trainings are called that")
        remedy = Text(f"Nennen Sie den Tag (--day) oder eine davon: {listed}", f"Say the day (--day) or one: {listed}")
    return ConfigurationError((Problem("training_unclear", what, message, remedy),))


def _the_source_says_so(happening: Happening) -> ConfigurationError:
    if not happening.is_cancelled:
        message = Text("die Schulung findet schon statt", "the training takes place already")
        return ConfigurationError((Problem("takes_place", happening.title, message),))
    message = Text("dass sie ausfällt, sagt ihre Quelle selbst", "that it is cancelled is what its source says")
    remedy = Text(
        "Ändern Sie es dort, wo die Schulung geplant wird; der nächste Lauf übernimmt es.",
        "Change it where the training is planned; the next run takes it over.",
    )
    return ConfigurationError((Problem("source_says_so", happening.title, message, remedy),))
