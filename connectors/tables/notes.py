"""What is said back to the coordinator: a small workbook beside the table, "Schulungsplan - Hinweise.xlsx".

Pure: makes rows and bytes, writes no file. Says nothing of servers, connectors or configuration; who keeps the table
never needs to see a command line.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from connectors.tables.archive import entries, unpacked
from connectors.tables.places import RowPlace
from network.errors import SourceUnreadable
from network.model import Question
from network.problems import Problem
from network.text import Language, Text

SUFFIX = Text(" - Hinweise", " - Notes")

_HEADINGS = Text(
    "Blatt|Zeile|Nummer|gelesen|unklar|was Sie stattdessen schreiben können",
    "Sheet|Row|Key|Read|Unclear|What you may write instead",
)
_WIDTHS = (18, 8, 12, 40, 60, 60)
_MARK = "digitalnetzwerk-hinweise-"
_ABOUT_ITSELF = "docProps/core.xml"
_SHEET = Text("Hinweise", "Notes")
_FINE = Text("Alles ist lesbar, es gibt nichts zu tun.", "Everything can be read, there is nothing to do.")
_NOT_WRITABLE = Text(
    "Diese Datei wird automatisch geschrieben. Bitte ändern Sie die Tabelle selbst, nicht diese Hinweise.",
    "This file is written automatically. Please change the table itself, not these notes.",
)
_FOR_COORDINATORS = frozenset(
    (
        "row_hint",
        "row_without_key",
        "formula_without_value",
        "sheet_missing",
        "sheet_left_out",
        "column_missing",
        "column_doubled",
        "no_status_column",
        "no_header",
        "heading_gone",
        "conflict_copy",
        "source_empty",
        "truncated",
        "damaged",
        "protected",
        "not_a_table",
        "too_large",
    )
)


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """One line. `row` is 0 for what is about the whole sheet or file."""

    sheet: str
    row: int
    key: str
    read: str
    unclear: str
    instead: str


def notes_of(questions: Iterable[Question], problems: Iterable[Problem], language: Language) -> tuple[Note, ...]:
    """The lines in order of sheet and row; problems that are none of the coordinator's are left out."""
    asked = (_note(each.where, each.key, each.read, each.message, each.write_instead, language) for each in questions)
    told = (
        _note(each.where, "", "", each.message, each.remedy, language)
        for each in problems
        if each.code in _FOR_COORDINATORS
    )
    return tuple(sorted({*asked, *told}))


def notes_workbook(
    notes: Sequence[Note], *, table: str, read_at: datetime, zone: ZoneInfo, language: Language
) -> bytes:
    """The file's content. `table` is the name of the table; the same notes at the same minute give the same bytes."""
    from connectors.tables.writing import ONE_LINE, new_workbook, saved, write_header, write_text

    book, sheet = new_workbook(_SHEET.language(language))
    book.properties.keywords = _MARK + notes_digest(notes)
    stand = f"{read_at.astimezone(zone):%d.%m.%Y %H:%M}"
    title = Text(f"Hinweise zu „{table}“ · Stand {stand} Uhr", f"Notes on “{table}” · as of {stand}")
    write_text(sheet, 1, 1, title.language(language)).alignment = ONE_LINE
    write_text(sheet, 2, 1, _NOT_WRITABLE.language(language)).alignment = ONE_LINE
    write_header(sheet, 4, _HEADINGS.language(language).split("|"), _WIDTHS)
    for number, note in enumerate(notes, start=5):
        row = str(note.row) if note.row else ""
        for column, text in enumerate((note.sheet, row, note.key, note.read, note.unclear, note.instead), start=1):
            write_text(sheet, number, column, text)
    if not notes:
        write_text(sheet, 5, 1, _FINE.language(language)).alignment = ONE_LINE
    return saved(book)


def notes_mark(content: bytes) -> str:
    """The `notes_digest` that such a workbook was written for, also after somebody saved it again; empty for others."""
    try:
        parts = unpacked(content, [_ABOUT_ITSELF] if _ABOUT_ITSELF in entries(content) else [])
    except SourceUnreadable:
        return ""
    found = re.search(_MARK.encode() + rb"([0-9a-f]{64})", b"".join(parts))
    return found[1].decode() if found else ""


def notes_digest(notes: Sequence[Note]) -> str:
    """Changes when and only when a line changes; the time of reading does not count."""
    lines = [[each.sheet, each.row, each.key, each.read, each.unclear, each.instead] for each in notes]
    return hashlib.sha256(json.dumps(lines).encode()).hexdigest()


def notes_path(path: str, language: Language) -> str:
    """Where the notes on the table at this path in Nextcloud lie: beside it."""
    table = PurePosixPath(path)
    return str(table.with_name(f"{table.stem}{SUFFIX.language(language)}.xlsx"))


def _note(where: str, key: str, read: str, unclear: Text, instead: Text, language: Language) -> Note:
    place = RowPlace.parse(where)
    sheet = "" if where.startswith("connectors.") else where
    return Note(
        place.sheet if place else sheet,
        place.row if place else 0,
        key,
        read,
        unclear.language(language),
        instead.language(language),
    )
