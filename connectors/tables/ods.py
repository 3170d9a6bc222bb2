"""ODS by python-calamine, after a look at the XML for what calamine doesn't tell or would choke on.

Vertical merges count for each row, as in XLSX. Strike-through is not seen here: the status column says the same better.
Refuses a sheet whose repeat counts would unpack into more cells than any plan of trainings has.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from python_calamine import CalamineError, CalamineWorkbook

from connectors.sources.refusal import unreadable
from connectors.tables.sheets import Cell, Row, Sheet, finite

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_MOST_COLUMNS = 200
_MOST_CELLS = 2_000_000


@dataclass(frozen=True, slots=True)
class _Merge:
    row: int
    column: int
    rows: int


def read_ods(content: bytes, xml: bytes, *, max_rows: int) -> tuple[Sheet, ...]:
    """Every sheet. `xml` is the unpacked content.xml. SourceUnreadable `damaged` or `too_large`."""
    try:
        merges = dict(_merges(xml, max_rows))
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        return tuple(_sheet(book, name, merges.get(name, [])) for name in book.sheet_names)
    except (CalamineError, ParseError, DefusedXmlException, KeyError, ValueError, OSError) as error:
        raise unreadable("damaged", "die Tabelle ist beschädigt", "the spreadsheet is damaged") from error


def _sheet(book: CalamineWorkbook, name: str, merges: list[_Merge]) -> Sheet:
    values = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    rows = [{column: Cell(finite(value)) for column, value in enumerate(row[:_MOST_COLUMNS])} for row in values]
    for merge in merges:
        for number in range(merge.row + 1, min(merge.row + merge.rows, len(rows))):
            rows[number][merge.column] = replace(rows[merge.row].get(merge.column, Cell()), is_spread=True)
    filled = ({column: cell for column, cell in row.items() if cell.is_filled} for row in rows)
    return Sheet(name, tuple(Row(number, row) for number, row in enumerate(filled, start=1) if row))


def _merges(xml: bytes, max_rows: int) -> Iterator[tuple[str, list[_Merge]]]:
    """Sheet name → vertical merges; counts on the way what the repeat counts would unpack into."""
    row = cells = 0
    found: list[_Merge] = []
    for _, element in iterparse(BytesIO(xml), forbid_dtd=True):
        if element.tag == f"{_TABLE}table-row":
            width, merges = _look(element, row)
            repeated = _repeated(element, "rows")
            cells += width * repeated if width else 0
            if cells > _MOST_CELLS or (width and row + repeated > 4 * max_rows):
                raise unreadable("too_large", "zu viele Zellen", "too many cells")
            found += merges
            row += repeated
            element.clear()
        elif element.tag == f"{_TABLE}table":
            yield element.get(f"{_TABLE}name", ""), found
            row, found = 0, []
            element.clear()


def _look(row: Element, number: int) -> tuple[int, list[_Merge]]:
    """How many columns a row fills, and the merges that begin in it."""
    column = width = 0
    merges = []
    for cell in row:
        repeated = _repeated(cell, "columns")
        spanned = int(cell.get(f"{_TABLE}number-rows-spanned", "1"))
        if spanned > 1 and column < _MOST_COLUMNS:
            merges.append(_Merge(number, column, spanned))
        column += repeated
        if cell.get(f"{_OFFICE}value-type"):
            width = column
    return width, merges


def _repeated(element: Element, what: str) -> int:
    return int(element.get(f"{_TABLE}number-{what}-repeated", "1"))
