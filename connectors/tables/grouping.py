"""Rows by key: which rows belong to one training, which say nothing, which can't be told apart. Pure.

Refuses to guess a key: a row without one is quarantined, and a key in two rows of its own is held.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from connectors.tables.table import Table, TableRow
from connectors.tables.trainings import Reader
from network.model import Question
from network.problems import Problem
from network.text import Text

_NEARLY_EMPTY = frozenset(("key", "status"))


@dataclass(frozen=True, slots=True)
class Groups:
    """The rows by key (several rows share one merged key cell), and what has no key."""

    by_key: Mapping[str, Sequence[TableRow]]
    questions: tuple[Question, ...] = ()
    problems: tuple[Problem, ...] = ()
    keys_unreadable: bool = False


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
