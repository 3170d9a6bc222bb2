"""What a look at the XML of an ODS sheet tells that python-calamine does not: merges, strike-through, empty formulas.

Counts on the way what the repeat counts would unpack into, and refuses a sheet with more cells than any plan has.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

from connectors.sources.refusal import too_many_cells

MOST_COLUMNS = 200
_MOST_CELLS = 2_000_000
_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}%s"
_TABLE, _ROW, _CELL, _COVERED = (
    _NAMESPACE % ("table", name) for name in ("table", "table-row", "table-cell", "covered-table-cell")
)
_STYLE, _TEXT_PROPERTIES = (_NAMESPACE % ("style", name) for name in ("style", "text-properties"))
_STYLE_NAME, _LINE_THROUGH = (_NAMESPACE % ("style", name) for name in ("name", "text-line-through-style"))
_SPAN, _SPAN_STYLE = (_NAMESPACE % ("text", name) for name in ("span", "style-name"))
_NAME, _CELL_STYLE, _FORMULA, _ROWS_SPANNED = (
    _NAMESPACE % ("table", name) for name in ("name", "style-name", "formula", "number-rows-spanned")
)
_VALUE_TYPE = _NAMESPACE % ("office", "value-type")

_Place = tuple[int, int]


@dataclass(slots=True)
class Facts:
    """Of one sheet; places are (row, column), both from 0. `merged`: place → how many rows it covers."""

    merged: dict[_Place, int] = field(default_factory=dict)
    struck: set[_Place] = field(default_factory=set)
    lacking: set[_Place] = field(default_factory=set)


def look_at(xml: bytes, *, max_rows: int) -> Iterator[tuple[str, Facts]]:
    """Sheet name → facts. SourceUnreadable `too_large`, or what the XML parser raises."""
    struck: set[str] = set()
    facts, row, cells = Facts(), 0, 0
    for _, element in iterparse(BytesIO(xml), forbid_dtd=True):
        if element.tag == _STYLE and _is_struck(element):
            struck.add(element.get(_STYLE_NAME, ""))
        elif element.tag == _ROW:
            width = _look_at_row(element, row, facts, struck)
            repeated = _repeated(element, "rows")
            cells += width * repeated
            if cells > _MOST_CELLS or (width and row + repeated > 4 * max_rows):
                raise too_many_cells()
            row += repeated
            element.clear()
        elif element.tag == _TABLE:
            yield element.get(_NAME, ""), facts
            facts, row = Facts(), 0
            element.clear()


def _look_at_row(row: Element, number: int, facts: Facts, struck: set[str]) -> int:
    """How many columns the row fills."""
    column = width = 0
    for cell in row:
        if cell.tag not in (_CELL, _COVERED):
            continue
        place = (number, column)
        column += _repeated(cell, "columns")
        if place[1] < MOST_COLUMNS:
            spanned = int(cell.get(_ROWS_SPANNED, "1"))
            if spanned > 1:
                facts.merged[place] = spanned
            if cell.get(_CELL_STYLE) in struck or any(each.get(_SPAN_STYLE) in struck for each in cell.iter(_SPAN)):
                facts.struck.add(place)
            if cell.get(_FORMULA) and not cell.get(_VALUE_TYPE):
                facts.lacking.add(place)
        if cell.get(_VALUE_TYPE):
            width = column
    return width


def _is_struck(style: Element) -> bool:
    return any(each.get(_LINE_THROUGH, "none") != "none" for each in style.iter(_TEXT_PROPERTIES))


def _repeated(element: Element, what: str) -> int:
    return int(element.get(_NAMESPACE % ("table", f"number-{what}-repeated"), "1"))
