"""CSV as German and English programs write it: any of four delimiters, UTF-8, UTF-16 with a mark, or Windows-1252.

Refuses what is not text, and text that ends in the middle of a row.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice

from connectors.sources.refusal import too_many_rows, unreadable
from connectors.tables.sheets import Cell, Row, Sheet
from network.text import Text

_DELIMITERS = (";", ",", "\t", "|")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HINT = re.compile(r"\"?sep=(.)\"?\r?\n", re.IGNORECASE)
_LOOKED_AT = 50


def read_delimited(
    content: bytes, *, max_rows: int, encoding: str | None = None, delimiter: str | None = None
) -> tuple[Sheet, ...]:
    """One sheet without a name; a row's number counts records, as a spreadsheet program would show them.

    SourceUnreadable `not_text`, `truncated`, `damaged` or `too_large`.
    """
    text = decode(content, encoding)
    hint = _HINT.match(text)
    delimiter = delimiter or (hint[1] if hint else _delimiter(text))
    records = _records(text, delimiter, max_rows)
    _refuse_half_a_row(text, records)
    rows = (_row(number, record) for number, record in enumerate(records, start=1))
    return (Sheet("", tuple(row for row in rows if row.cells)),)


def decode(content: bytes, encoding: str | None = None) -> str:
    """The text behind the bytes. SourceUnreadable `not_text`."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            encoding, content = name, content.removeprefix(mark)
    if encoding is None and b"\0" in content:
        raise _not_text()
    for attempt in (encoding,) if encoding else ("utf-8", "cp1252"):
        try:
            return content.decode(attempt)
        except UnicodeDecodeError:
            continue
    raise _not_text()


def _records(text: str, delimiter: str, max_rows: int) -> list[list[str]]:
    try:
        records = list(islice(csv.reader(text.splitlines(keepends=True), delimiter=delimiter), max_rows + 1))
    except csv.Error as error:
        raise unreadable("damaged", "keine lesbare CSV-Datei", "not a readable CSV file") from error
    if len(records) > max_rows:
        raise too_many_rows(max_rows)
    return records


def _delimiter(text: str) -> str:
    """The one that cuts most of the first lines into equally many parts; of equals the one that makes more parts."""

    def agreement(delimiter: str) -> tuple[int, int]:
        lines = islice(csv.reader(text.splitlines(keepends=True), delimiter=delimiter), _LOOKED_AT)
        try:
            parts, lines_alike = _most_common(len(record) for record in lines if len(record) > 1)
        except csv.Error:
            return (0, 0)
        return lines_alike, parts

    return max(_DELIMITERS, key=agreement)


def _most_common(counts: Iterable[int]) -> tuple[int, int]:
    return max(Counter(counts).items(), key=lambda item: (item[1], item[0]), default=(0, 0))


def _refuse_half_a_row(text: str, records: list[list[str]]) -> None:
    """A file that was cut off ends without a line end, in a row that is shorter than all others or inside quotes."""
    if not records or text.endswith(("\n", "\r")):
        return
    usual, _ = _most_common(len(record) for record in records[:-1])
    if len(records[-1]) < usual or records[-1][-1].count("\n"):
        raise unreadable(
            "truncated",
            f"die Datei bricht in Zeile {len(records)} ab",
            f"the file ends in the middle of row {len(records)}",
            remedy=Text(
                "Falls die Datei vollständig ist: hinter die letzte Zeile einen Zeilenumbruch setzen.",
                "If the file is complete: put a line break behind the last row.",
            ),
        )


def _row(number: int, record: list[str]) -> Row:
    cells = ((column, Cell(value)) for column, value in enumerate(record))
    return Row(number, {column: cell for column, cell in cells if cell.is_filled})


def _not_text() -> Exception:
    return unreadable(
        "not_text",
        "weder Arbeitsmappe noch Text",
        "neither a workbook nor text",
        remedy=Text("Die Liste als XLSX, ODS oder CSV neu speichern.", "Save the list anew as XLSX, ODS or CSV."),
    )
