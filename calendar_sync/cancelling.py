"""What people cancelled themselves, against what sources say of the same sessions. Pure.

A person's word holds for one session of a training, on the day that it was given for, whatever key its source uses by
now. It ends when the source says the same and later something else, and when a person takes it back. When the source
names another day, that is news: the session stands there as the source says, and somebody is asked.

| the source says      | and before               | then                                             |
|----------------------|--------------------------|--------------------------------------------------|
| it takes place       | the same                 | cancelled: nobody has told the source yet        |
| it is cancelled      | –                        | cancelled: both agree                            |
| it takes place       | that it is cancelled     | it takes place, and the word is over             |
| it takes place       | another day              | it takes place on the new day, and we ask        |
| nothing (any more)   | –                        | it stays cancelled, as whatever is missing stays |

In a calendar whose source is written too (`mode: two-way`) the word is an edit by hand, and carried to the source.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from calendar_sync import sentences
from calendar_sync.cancellation import day_of_series, from_words, shown, to_words
from calendar_sync.programme import Programme, Source, Wanted
from calendar_sync.records import CancelledByHand, Remembered
from calendar_sync.selection import is_over
from calendar_sync.survey import Survey
from calendar_sync.wish import DesiredCalendar
from network.ical.canonical import digest, from_text, to_text
from network.ical.values import Moment, span
from network.model import Question

MOVED = "cancelled_moved"
KEPT = timedelta(days=400)


def heard(remembered: Remembered, survey: Survey, answers: Mapping[Source, str]) -> Remembered:
    """With what people answered about another day, and with the words that entries tell themselves, where the state
    that remembered them was lost.
    """
    lost = _recovered(remembered, survey)
    decided = {
        key: _decided(word, answer)
        for key, word in remembered.cancelled.items()
        if word.moved_to and (answer := answers.get((word.connector, word.source_key)))
    }
    if not lost and not decided:
        return remembered
    kept = {key: word for key, word in {**lost, **remembered.cancelled, **decided}.items() if word is not None}
    return replace(remembered, cancelled=kept, unsaved=frozenset({*lost, *decided}))


def applied(
    programme: Programme, calendars: Sequence[DesiredCalendar], remembered: Remembered, *, now: datetime
) -> Programme:
    """The programme with what people cancelled, and what becomes of their words."""
    if not remembered.cancelled and not remembered.unsaved:
        return programme
    hearing = _Hearing(remembered.cancelled, programme, now)
    wanted = dict(programme.wanted)
    for calendar in calendars:
        if calendar.counterpart is None:
            wanted[calendar.key] = tuple(hearing.heard(calendar, wanted.get(calendar.key, ())))
    changed = {key: hearing.words.get(key) for key in (*hearing.words, *remembered.unsaved)}
    return replace(
        programme,
        wanted=wanted,
        cancelled={
            key: word
            for key, word in changed.items()
            if key in remembered.unsaved or word != remembered.cancelled.get(key)
        },
        asked=tuple(_question(each) for each in hearing.words.values() if each is not None and each.moved_to),
    )


def day_of(moment: Moment, timezone: str) -> str:
    """The day (ISO) on which something begins, on the clock of its calendar."""
    return (moment.astimezone(ZoneInfo(timezone)).date() if isinstance(moment, datetime) else moment).isoformat()


class _Hearing:
    """`words` grow older as the sessions of all calendars are gone through; None where one is over."""

    def __init__(self, words: Mapping[str, CancelledByHand], programme: Programme, now: datetime) -> None:
        self.words: dict[str, CancelledByHand | None] = dict(words)
        self._programme = programme
        self._now = now
        for each in words.values():
            if date.fromisoformat(each.cancellation.day) < (now - KEPT).date():
                self.words[each.key] = None

    def heard(self, calendar: DesiredCalendar, wanted: Sequence[Wanted]) -> Iterator[Wanted]:
        meant = self._meant(wanted)
        kept: list[Wanted] = []
        for index, each in enumerate(wanted):
            words = [self._hear(word, each, calendar) for word in meant.get(index, ())] if each.text else ()
            told = _telling(each, [word for word in words if word is not None]) if words else each
            if not (told.is_cancelled and is_over(told.ends, calendar, self._now, cancelled=True)):
                kept.append(told)
        counts: dict[tuple[str, str], int] = {}
        for each in kept:
            counts[each.connector, each.key] = counts.get((each.connector, each.key), 0) + 1
        for each in kept:
            sessions = counts[each.connector, each.key]
            yield replace(each, sessions=sessions) if each.text and each.sessions != sessions else each

    def _meant(self, wanted: Sequence[Wanted]) -> dict[int, list[CancelledByHand]]:
        """Index of a session → the words about it: what reads as it did then, else what has its key."""
        alike: dict[tuple[str, str], list[int]] = {}
        named: dict[tuple[str, str, int], int] = {}
        for index, each in enumerate(wanted):
            alike.setdefault((each.connector, each.fingerprint), []).append(index)
            named[each.identity] = index
        found: dict[int, list[CancelledByHand]] = {}
        for word in self.words.values():
            if word is None:
                continue
            same, by_key = alike.get((word.connector, word.fingerprint), []), named.get(word.identity)
            chosen = by_key if by_key in same or not same else same[0]
            if chosen is not None:
                found.setdefault(chosen, []).append(word)
        return found

    def _hear(self, word: CancelledByHand, wanted: Wanted, calendar: DesiredCalendar) -> CancelledByHand | None:
        """The word where it holds for this session; what becomes of it is noted."""
        current = self.words[word.key]
        if current is None:
            return None
        says = _said_of(wanted, word)
        if says is None:
            return None  # a day that its series has no more: there is nothing to cancel
        start, is_cancelled = says
        day = day_of(start, calendar.properties.timezone)
        told = replace(current, source_key=wanted.key, session=wanted.session, fingerprint=wanted.fingerprint)
        if is_cancelled:
            self.words[word.key] = replace(told, is_agreed=True, moved_to="")
            return told
        if current.is_agreed:
            self.words[word.key] = None
            return None
        if day != word.cancellation.day:
            self.words[word.key] = replace(current, moved_to=day, origin=wanted.origin)
            return None
        self.words[word.key] = replace(told, moved_to="")
        return told


def _said_of(wanted: Wanted, word: CancelledByHand) -> tuple[Moment, bool] | None:
    """When the source has it, and whether it says that it is cancelled; None for a day that its series lacks."""
    item = from_text(wanted.text)
    if not word.cancellation.occurrence:
        return span(item.main)[0], wanted.is_cancelled
    day = day_of_series(item, word.cancellation.occurrence)
    if day is None:
        return None
    return span(day)[0], wanted.is_cancelled or day.value("STATUS").upper() == "CANCELLED"


def _telling(wanted: Wanted, words: Sequence[CancelledByHand]) -> Wanted:
    """The session as it reads with these words."""
    cancellations = [each.cancellation for each in words]
    item = shown(from_text(wanted.text), cancellations)
    is_whole = any(not each.occurrence for each in cancellations)
    return replace(
        wanted,
        text=to_text(item),
        digest=digest(item),
        is_cancelled=wanted.is_cancelled or is_whole,
        cancellations=to_words(cancellations),
    )


def _recovered(remembered: Remembered, survey: Survey) -> Mapping[str, CancelledByHand]:
    known = {uid for entries in remembered.entries.values() for uid in entries}
    found = (
        CancelledByHand.of(entry.memory, each)
        for calendar in survey.calendars.values()
        for entry in calendar.entries
        if entry.memory.cancellations and entry.is_adopted and entry.uid not in known
        for each in from_words(entry.memory.cancellations)
    )
    return {each.key: each for each in found}


def _decided(word: CancelledByHand, answer: str) -> CancelledByHand | None:
    """It takes place on the other day, or not there either."""
    there = replace(word.cancellation, day=word.moved_to)
    return replace(word, cancellation=there, moved_to="") if answer == "keep" else None


def _question(word: CancelledByHand) -> tuple[str, Question]:
    message = sentences.cancelled_moved(word.title, word.origin, word.cancellation.day, word.moved_to)
    where = word.origin or f"{word.connector}: {word.source_key}"
    return word.connector, Question(
        MOVED, word.source_key, where, message, read=word.title, write_instead=sentences.CANCELLED_OR_NOT
    )
