"""XLSX by openpyxl: stored values, strike-through, vertical merges, hidden rows.

The workbook is loaded twice: once for the values that Excel stored, once for what the cells themselves hold (formulas,
and text of which a part may be struck through). Refuses what is too large before it unpacks it.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from io import BytesIO

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils import column_index_from_string
from openpyxl.workbook import Workbook
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet

from connectors.sources.refusal import too_many_cells, too_many_rows, unreadable
from connectors.tables.sheets import Cell, Row, Sheet, Value, finite

_MOST_COLUMNS = 200
_MOST_CELLS = 400_000
_MOST_COVERED = 1_000_000
_CELL = re.compile(rb"<(?:\w+:)?(?:c|row)[ />]")
# openpyxl makes an object of every cell that one of these covers
_COVERED = re.compile(
    rb"<(?:\w+:)?(?:mergeCell|hyperlink)\b[^>]*\bref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']"
)

_Place = tuple[int, int]


def read_xlsx(content: bytes, parts: Iterable[bytes], *, max_rows: int) -> tuple[Sheet, ...]:
    """Every worksheet, hidden ones and hidden rows too. SourceUnreadable `damaged` or `too_large`.

    `parts` are the unpacked worksheets, to be measured before openpyxl makes an object of every cell.
    """
    _refuse_too_many_cells(parts)
    values = _load(content, data_only=True)
    formulas = _load(content, data_only=False)
    sheets = zip(values.worksheets, formulas.worksheets, strict=True)
    return tuple(_sheet(value, formula, max_rows) for value, formula in sheets)


def _refuse_too_many_cells(parts: Iterable[bytes]) -> None:
    cells = covered = 0
    for xml in parts:
        cells += sum(1 for _ in _CELL.finditer(xml))
        covered += sum(_area(*found.groups()) for found in _COVERED.finditer(xml))
    if cells > _MOST_CELLS or covered > _MOST_COVERED:
        raise too_many_cells()


def _area(left: bytes, top: bytes, right: bytes, bottom: bytes) -> int:
    width = column_index_from_string(right.decode()) - column_index_from_string(left.decode()) + 1
    return width * (int(bottom) - int(top) + 1)


def _load(content: bytes, *, data_only: bool) -> Workbook:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about drop-downs and the like, which openpyxl does not keep
            return openpyxl.load_workbook(
                BytesIO(content), data_only=data_only, rich_text=not data_only, keep_links=False
            )
    except Exception as error:  # openpyxl raises whatever its XML reader stumbles over
        raise unreadable("damaged", "die Arbeitsmappe ist beschädigt", "the workbook is damaged") from error


def _sheet(values: Worksheet, formulas: Worksheet, max_rows: int) -> Sheet:
    cells = dict(_cells(values, formulas))
    _spread(values, cells)
    rows: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sorted(cells.items()):
        rows.setdefault(row, {})[column - 1] = cell
    if len(rows) > max_rows:
        raise too_many_rows(max_rows)
    found = tuple(Row(number, row) for number, row in rows.items())
    return Sheet(values.title, found, is_hidden=values.sheet_state != "visible")


def _cells(values: Worksheet, formulas: Worksheet) -> Iterator[tuple[_Place, Cell]]:
    # `_cells` holds what the file holds; iter_rows would fill the rectangle up to the outermost cell.
    for place, source in formulas._cells.items():
        if source.value is None or place[1] > _MOST_COLUMNS:
            continue
        is_formula = isinstance(source.value, (ArrayFormula, DataTableFormula)) or source.data_type == "f"
        stored = values._cells.get(place)
        value = _plain(stored.value) if stored is not None else None
        # A formula whose stored result is an empty text leaves no value either, but says that it is text.
        lacks_value = is_formula and value is None and (stored is None or stored.data_type != "str")
        cell = Cell(value, _is_struck(source.font.strike, source.value), lacks_value)
        if cell.is_filled:
            yield place, cell


def _plain(value: object) -> Value:
    if isinstance(value, Decimal):
        return finite(float(value))
    return finite(value) if isinstance(value, (str, int, float, date, time, timedelta)) else None


def _is_struck(cell_font: bool | None, original: object) -> bool:
    if cell_font:
        return True
    parts = original if isinstance(original, CellRichText) else ()
    return any(isinstance(part, TextBlock) and bool(part.font.strike) and part.text.strip() for part in parts)


def _spread(sheet: Worksheet, cells: dict[_Place, Cell]) -> None:
    """The value of a vertically merged cell stands in each of its rows, in its first column."""
    last = max((row for row, _ in cells), default=0)
    for merged in sheet.merged_cells.ranges:
        top = cells.get((merged.min_row, merged.min_col))
        for row in range(merged.min_row + 1, min(merged.max_row, last) + 1):
            if top is not None:
                cells[row, merged.min_col] = replace(top, is_spread=True)
