"""ODS: values by python-calamine, everything else by a look at the XML before.

Vertical merges count for each row, and struck-through text and formulas without a result are seen, as in XLSX.
"""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from python_calamine import CalamineError, CalamineWorkbook

from connectors.sources.refusal import too_many_rows, unreadable
from connectors.tables.ods_facts import MOST_COLUMNS, Facts, look_at
from connectors.tables.sheets import Cell, Row, Sheet, finite


def read_ods(content: bytes, xml: bytes, *, max_rows: int) -> tuple[Sheet, ...]:
    """Every sheet. `xml` is the unpacked content.xml. SourceUnreadable `damaged` or `too_large`."""
    try:
        facts = dict(look_at(xml, max_rows=max_rows))
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        return tuple(_sheet(book, name, facts.get(name, Facts()), max_rows) for name in book.sheet_names)
    except (CalamineError, ParseError, DefusedXmlException, KeyError, ValueError, OSError) as error:
        raise unreadable("damaged", "die Tabelle ist beschädigt", "the spreadsheet is damaged") from error


def _sheet(book: CalamineWorkbook, name: str, facts: Facts, max_rows: int) -> Sheet:
    values = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    cells = {
        (row, column): Cell(finite(value), (row, column) in facts.struck)
        for row, line in enumerate(values)
        for column, value in enumerate(line[:MOST_COLUMNS])
        if value != ""
    }
    cells |= {place: Cell(lacks_value=True) for place in facts.lacking}
    for (top, column), height in facts.merged.items():
        spread = replace(cells.get((top, column), Cell()), is_spread=True)
        cells |= {(row, column): spread for row in range(top + 1, min(top + height, len(values)))}
    rows: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sorted(cells.items()):
        if cell.is_filled:
            rows.setdefault(row, {})[column] = cell
    if len(rows) > max_rows:
        raise too_many_rows(max_rows)
    return Sheet(name, tuple(Row(row + 1, line) for row, line in rows.items()))
