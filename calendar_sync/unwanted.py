"""What becomes of an entry that no session claims: it stays, it is asked about, or it goes. Pure."""

from __future__ import annotations

from datetime import datetime

from calendar_sync import sentences
from calendar_sync.absence import Absence, Verdict, asked, count, judge
from calendar_sync.programme import Source
from calendar_sync.records import EntryMemory
from calendar_sync.selection import is_over
from calendar_sync.sheet import Sheet, Situation
from calendar_sync.survey import ActualEntry
from network.model import Question


class Unwanted:
    """Goes through what is left over. `absences` and `questions` grow as it goes."""

    def __init__(self, situation: Situation) -> None:
        self._situation = situation
        self.absences = _counted(situation)
        self.questions: dict[Source, Question] = {}

    def settle(self, sheet: Sheet, entry: ActualEntry) -> None:
        programme, memory = self._situation.programme, entry.memory
        rules = sheet.calendar.rules(memory.connector)
        if not memory.connector or (memory.connector, memory.key) in programme.held:
            self._stay(sheet, entry)
        elif rules is None:
            sheet.entries.let_go(entry, sentences.NOT_A_SOURCE, loses=True)
        elif is_over(memory.ends, sheet.calendar, self._situation.now, cancelled=memory.is_cancelled):
            sheet.entries.let_go(entry, sentences.OUT_OF_TIME, loses=False)
        elif memory.connector in programme.silent:
            self._stay(sheet, entry)
        elif memory.key in programme.offered.get(memory.connector, ()):
            sheet.entries.let_go(entry, sentences.NOT_HERE_ANY_MORE, loses=True)
        elif rules.is_rule:
            self._settle_ruled_out(sheet, entry)
        else:
            self._settle_missing(sheet, entry)

    def _stay(self, sheet: Sheet, entry: ActualEntry) -> None:
        """Its source says nothing about it; what people cancelled meanwhile shows all the same."""
        words = self._situation.remembered.cancellations(entry.uid)
        if words == entry.memory.cancellations or sheet.calendar.counterpart is not None:
            sheet.entries.stay(entry)
        else:
            sheet.entries.tell(entry.memory, words)

    def _settle_ruled_out(self, sheet: Sheet, entry: ActualEntry) -> None:
        """The rule names it no longer. What took place took place."""
        if entry.memory.ends < self._situation.now:
            self._stay(sheet, entry)
        else:
            sheet.entries.let_go(entry, sentences.RULED_OUT, loses=True)

    def _settle_missing(self, sheet: Sheet, entry: ActualEntry) -> None:
        match self.verdict(sheet, entry.memory):
            case Verdict.CANCEL:
                sheet.entries.cancel(entry, sentences.MISSING_LONG)
            case Verdict.REMOVE:
                sheet.entries.let_go(entry, sentences.MISSING_LONG, loses=True)
            case Verdict.ASK:
                self.ask(entry.memory)
                self._stay(sheet, entry)
            case _:
                self._stay(sheet, entry)

    def verdict(self, sheet: Sheet, memory: EntryMemory) -> Verdict:
        """What has come of an entry that its source lacks.

        Only a complete answer cancels or removes; past trainings stay as they are.
        """
        situation, source = self._situation, (memory.connector, memory.key)
        row, rules = self.absences.get(source), sheet.calendar.rules(memory.connector)
        if row is None or rules is None or memory.ends < situation.now:
            return Verdict.WAIT
        verdict = judge(
            row,
            rules.missing,
            starts=memory.starts,
            now=situation.now,
            has_registrations=source in situation.registered,
        )
        counts = memory.connector in situation.programme.counting
        return verdict if counts or verdict is Verdict.ASK else Verdict.WAIT

    def ask(self, memory: EntryMemory) -> None:
        """Puts the question whether the training takes place."""
        source = (memory.connector, memory.key)
        row = self.absences[source]
        self.absences[source] = asked(row, self._situation.now)
        self.questions[source] = Question(
            "training_missing",
            memory.key,
            memory.origin or f"{memory.connector}: {memory.key}",
            sentences.missing(memory.title, memory.origin, datetime.fromisoformat(row.first_missed)),
            read=memory.title,
            write_instead=sentences.WRITE_STATUS,
        )


def _counted(situation: Situation) -> dict[Source, Absence]:
    """All rows of absence, with this run's complete answers counted."""
    known: dict[str, set[str]] = {}
    for each in situation.remembered.entries.values():
        for memory in each.values():
            known.setdefault(memory.connector, set()).add(memory.key)
    programme = situation.programme
    rows = {source: row for source, row in situation.remembered.absences.items() if source[0] not in programme.counting}
    for connector, fetched_at in programme.counting.items():
        before = {key: row for (name, key), row in situation.remembered.absences.items() if name == connector}
        offered = programme.offered.get(connector, frozenset())
        keys = sorted(known.get(connector, ()))
        after = count(before, keys, offered, fetched_at=fetched_at, now=situation.now)
        rows |= {(connector, key): row for key, row in after.items()}
    return rows
