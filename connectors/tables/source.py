"""A table as a source of trainings: which rows speak, which of them are held, and what is asked about them.

Held keys are in `questions` and not among the offers: their entries stay as they are. Nothing here fetches or parses;
nothing is remembered unless the file was really read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from connectors.sources.last_good import Format, LastGood, Taken
from connectors.sources.looking import Place
from connectors.tables import record
from connectors.tables import seen as seeing
from connectors.tables.refusal import Unclear
from connectors.tables.seen import Seen
from connectors.tables.table import Table, TableRow, Wanted, headings_from_json, headings_to_json, read_table
from connectors.tables.trainings import Reader, ReadRow, read_training, renumbered
from network.model import Delivery, Offer, Question, Training
from network.ports import SourceMemory
from network.problems import Problem
from network.text import Text

ACCEPT = "accept"
_HEADINGS = "headings"
_SHOWN = 200  # characters of a cell that a question repeats
_SEEN = "seen"
_NEARLY_EMPTY = frozenset(("key", "status"))


@dataclass(frozen=True, slots=True)
class Groups:
    """The rows by key (several rows share one merged key cell), and what has no key."""

    by_key: Mapping[str, Sequence[TableRow]]
    questions: tuple[Question, ...] = ()
    problems: tuple[Problem, ...] = ()
    keys_unreadable: bool = False


@dataclass(frozen=True, slots=True)
class _Result:
    trainings: dict[str, Training] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class TableOfTrainings:
    """Satisfies `network.ports.TrainingSource`. `answers`: key → "accept" for keys asked about as `keys_shifted`."""

    def __init__(
        self,
        wanted: Wanted,
        reader: Reader,
        place: Place,
        memory: SourceMemory,
        *,
        may_be_empty: bool = False,
        answers: Mapping[str, str] | None = None,
    ) -> None:
        self._wanted = wanted
        self._reader = reader
        self._memory = memory
        self._answers = answers or {}
        form = Format(
            self._read,
            is_empty=lambda table: not table.rows,
            keep=lambda _, table: record.to_json(table),
            recall=record.from_json,
            stamp=f"{record.FORM}-{wanted.stamp}",
        )
        self._file = LastGood(reader.connector, place, form, memory, may_be_empty=may_be_empty)

    def deliver(self, now: datetime) -> Delivery:
        """Never raises for a bad file. Reading is remembered only for a fresh or unchanged one."""
        taken = self._file.take(now)
        if taken.reading is None:
            return _silent(self._reader.connector, taken)
        before = seeing.from_json(self._memory.note(_SEEN))
        groups = group(taken.reading, self._reader)
        result = self._results(groups, before)
        if taken.counts:
            self._remember(taken.reading, before, groups, result, now)
        offers = tuple(_offer(training) for training in result.trainings.values())
        return Delivery(
            connector=self._reader.connector,
            state=taken.state,
            offers=lambda: iter(offers),
            counts=taken.counts and not groups.keys_unreadable,
            questions=(*groups.questions, *result.questions),
            problems=(*taken.problems, *self._general(taken.reading), *groups.problems, *result.problems),
            quarantined=len(groups.problems),
            fetched_at=taken.fetched_at,
            digest=taken.digest,
        )

    def _read(self, content: bytes) -> Table:
        return read_table(content, self._wanted, before=headings_from_json(self._memory.note(_HEADINGS)))

    def _results(self, groups: Groups, before: Mapping[str, Seen]) -> _Result:
        result = _Result()
        held = {question.key for question in groups.questions}
        for key, rows in groups.by_key.items():
            if key in held:
                continue
            try:
                read = read_training(rows, self._reader)
            except Unclear as unclear:
                result.questions.append(self._question(key, rows[0], unclear))
                continue
            result.trainings[key] = _numbered(read.training, before.get(key))
            result.problems.extend(self._hints(read, rows[0]))
        self._hold_shifted(result, before)
        return result

    def _hold_shifted(self, result: _Result, before: Mapping[str, Seen]) -> None:
        for key in sorted(seeing.shifted(before, result.trainings)):
            if self._answers.get(key) != ACCEPT:
                training = result.trainings.pop(key)
                result.questions.append(_shifted(training, before.get(key)))

    def _remember(
        self, table: Table, before: Mapping[str, Seen], groups: Groups, result: _Result, now: datetime
    ) -> None:
        held = frozenset(question.key for question in (*groups.questions, *result.questions))
        after = seeing.remembered(before, result.trainings, held, now.date())
        self._memory.keep_note(_SEEN, seeing.to_json(after))
        self._memory.keep_note(_HEADINGS, headings_to_json(table.headings))

    def _question(self, key: str, row: TableRow, unclear: Unclear) -> Question:
        where = row.place.text(self._reader.language)
        return Question(unclear.code, key, where, unclear.message, unclear.read[:_SHOWN], unclear.remedy)

    def _hints(self, read: ReadRow, row: TableRow) -> Iterator[Problem]:
        for hint in read.hints:
            yield Problem("row_hint", row.place.text(self._reader.language), _about(read.training, hint))

    def _general(self, table: Table) -> Iterator[Problem]:
        yield from table.problems
        if "status" not in self._wanted.columns:
            yield Problem("no_status_column", f"connectors.{self._reader.connector}", _ALL_PUBLISHED, _ADD_A_STATUS)


def group(table: Table, reader: Reader) -> Groups:
    """Rows by key, in order. A key that stands in two rows of its own is held; rows without a key are quarantined.

    Empty rows, headings between the rows and numbers that wait for a training are skipped.
    """
    by_key: dict[str, list[TableRow]] = {}
    problems = []
    unreadable = False
    for row in table.rows:
        key = row.cell("key")
        if key.lacks_value or key.is_error:
            unreadable = True
            problems.append(_key_unreadable(row, reader))
        elif _says_nothing(row):
            continue
        elif not key.text:
            problems.append(_keyless(row, reader))
        else:
            by_key.setdefault(" ".join(key.text.split()), []).append(row)
    doubled = {key: rows for key, rows in by_key.items() if not _is_one_merged_key(rows)}
    questions = tuple(_doubled(key, rows, reader) for key, rows in doubled.items())
    return Groups(by_key, questions, tuple(problems), unreadable)


def _says_nothing(row: TableRow) -> bool:
    if row.cell("key").is_spread:
        return not row.own
    return len(row.own) < 2 or row.own <= _NEARLY_EMPTY


def _is_one_merged_key(rows: Sequence[TableRow]) -> bool:
    return all(row.cell("key").is_spread for row in rows[1:])


def _numbered(training: Training, before: Seen | None) -> Training:
    starts = [session.start.isoformat() for session in training.sessions]
    return renumbered(training, seeing.numbered(before, starts))


def _offer(training: Training) -> Offer:
    # Without the origin: a row that only moved to another line says nothing new.
    told = repr(replace(training, origin=""))
    return Offer(training.key, hashlib.sha256(told.encode()).hexdigest(), lambda: training)


def _silent(connector: str, taken: Taken[Table]) -> Delivery:
    return Delivery(connector, taken.state, lambda: iter(()), counts=False, problems=taken.problems)


def _doubled(key: str, rows: Sequence[TableRow], reader: Reader) -> Question:
    places = [row.place.text(reader.language) for row in rows]
    heading = reader.columns["key"]
    return Question(
        "key_doubled",
        key,
        places[-1],
        Text(
            f"{heading} {key} steht {len(rows)} mal da: {'; '.join(places)}",
            f"{heading} {key} stands there {len(rows)} times: {'; '.join(places)}",
        ),
        read=" | ".join(row.text("title") for row in rows),
        write_instead=Text(
            "Die neue Zeile bekommt eine Nummer, die es noch nie gab.", "Give the new row a key that was never used."
        ),
    )


def _keyless(row: TableRow, reader: Reader) -> Problem:
    heading = reader.columns["key"]
    title = row.text("title")
    return Problem(
        "row_without_key",
        row.place.text(reader.language),
        Text(f"„{title}“: „{heading}“ ist leer, die Zeile wird nicht gelesen", f"“{title}”: “{heading}” is empty"),
        Text("Eine Nummer eintragen, die es noch nie gab.", "Write a key that was never used."),
    )


def _key_unreadable(row: TableRow, reader: Reader) -> Problem:
    heading = reader.columns["key"]
    return Problem(
        "formula_without_value",
        row.place.text(reader.language),
        Text(
            f"in „{heading}“ steht eine Formel ohne gespeichertes Ergebnis",
            f"in “{heading}” there is a formula without a stored result",
        ),
        Text("Nummern fest eintragen, nicht berechnen.", "Write keys down, don't calculate them."),
    )


def _shifted(training: Training, before: Seen | None) -> Question:
    was = f"„{before.title}“ {before.start}" if before else "–"
    is_now = f"„{training.title}“ {min((each.start.isoformat() for each in training.sessions), default='')}".strip()
    return Question(
        "keys_shifted",
        training.key,
        training.origin,
        Text(
            f"unter dieser Nummer stand bisher {was}, jetzt {is_now}. Wurden Nummern verschoben?",
            f"under this key there was {was}, now there is {is_now}. Were keys shifted?",
        ),
        read=is_now,
        write_instead=Text(
            "Jede Schulung behält ihre alte Nummer; eine neue Zeile bekommt eine neue.",
            "Every training keeps its old key; a new row gets a new one.",
        ),
    )


def _about(training: Training, hint: Text) -> Text:
    return Text(f"{training.key} „{training.title}“: {hint.de}", f"{training.key} “{training.title}”: {hint.en}")


_ALL_PUBLISHED = Text(
    "die Tabelle hat keine Statusspalte: jede Zeile ist veröffentlicht",
    "the table has no status column: every row is published",
)
_ADD_A_STATUS = Text(
    "Eine Statusspalte anlegen und unter „columns“ nennen, damit Entwürfe unsichtbar bleiben.",
    "Add a status column and name it in `columns`, so that drafts stay invisible.",
)
