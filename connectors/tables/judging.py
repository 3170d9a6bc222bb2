"""What a table says: the trainings that count, the keys that are held, and what is asked about them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from connectors.tables import seen as seeing
from connectors.tables.grouping import group
from connectors.tables.refusal import Unclear
from connectors.tables.seen import Seen
from connectors.tables.table import Table, TableRow
from connectors.tables.trainings import Reader, ReadRow, read_training, renumbered
from network.model import Question, Training
from network.problems import Problem
from network.text import Text

ACCEPT = "accept"
_SHOWN = 200  # characters of a cell that a question repeats


@dataclass(frozen=True, slots=True)
class Judged:
    """`trainings` by key, without those that `questions` are about; `keyless` rows were quarantined.

    `keys_unreadable`: some key could not be read at all, so nobody knows which key is absent.
    """

    trainings: Mapping[str, Training]
    questions: tuple[Question, ...]
    problems: tuple[Problem, ...]
    keyless: int
    keys_unreadable: bool

    @property
    def held(self) -> frozenset[str]:
        return frozenset(question.key for question in self.questions)


def judge(table: Table, before: Mapping[str, Seen], reader: Reader, answers: Mapping[str, str]) -> Judged:
    """Reads every row, compares with what was seen before. `answers`: key → "accept" for shifted keys."""
    groups = group(table, reader)
    trainings: dict[str, Training] = {}
    questions = {question.key: question for question in groups.questions}
    hints: list[Problem] = []
    for key, rows in groups.by_key.items():
        if key in questions:
            continue
        try:
            read = read_training(rows, reader)
        except Unclear as unclear:
            questions[key] = _question(key, rows[0], unclear, reader)
        else:
            trainings[key] = _numbered(read.training, before.get(key))
            hints.extend(_hints(read, rows[0], reader))
    for key in sorted(seeing.shifted(before, trainings)):
        if answers.get(key) != ACCEPT:
            questions[key] = _shifted(trainings.pop(key), before.get(key))
    problems = (*groups.problems, *hints)
    return Judged(trainings, tuple(questions.values()), problems, len(groups.problems), groups.keys_unreadable)


def _question(key: str, row: TableRow, unclear: Unclear, reader: Reader) -> Question:
    where = row.place.text(reader.language)
    return Question(unclear.code, key, where, unclear.message, unclear.read[:_SHOWN], unclear.remedy)


def _hints(read: ReadRow, row: TableRow, reader: Reader) -> Iterator[Problem]:
    for hint in read.hints:
        yield Problem("row_hint", row.place.text(reader.language), _about(read.training, hint))


def _numbered(training: Training, before: Seen | None) -> Training:
    starts = [session.start.isoformat() for session in training.sessions]
    return renumbered(training, seeing.numbered(before, starts))


def _shifted(training: Training, before: Seen | None) -> Question:
    was = _shown(before.title, before.start) if before else Text("nichts", "nothing")
    start = min((each.start.isoformat() for each in training.sessions), default="")
    is_now = _shown(training.title, start)
    return Question(
        "keys_shifted",
        training.key,
        training.origin,
        Text(
            f"unter dieser Nummer stand bisher {was.de}, jetzt {is_now.de}. Wurden Nummern verschoben?",
            f"under this key there was {was.en}, now there is {is_now.en}. Were keys shifted?",
        ),
        read=f"{training.title} {start[:10]}".strip(),
        write_instead=Text(
            "Jede Schulung behält ihre alte Nummer; eine neue Zeile bekommt eine neue.",
            "Every training keeps its old key; a new row gets a new one.",
        ),
    )


def _shown(title: str, start: str) -> Text:
    """Title and first day; `start` is in ISO form, or empty while the date is open."""
    if not start:
        return Text(f"„{title}“ (Termin offen)", f"“{title}” (date open)")
    return Text(f"„{title}“ am {date.fromisoformat(start[:10]):%d.%m.%Y}", f"“{title}” on {start[:10]}")


def _about(training: Training, hint: Text) -> Text:
    return Text(f"{training.key} „{training.title}“: {hint.de}", f"{training.key} “{training.title}”: {hint.en}")
