"""What is kept of a table that was read: the mapped cells as JSON, and nothing else that stood in the file.

An unchanged file is not taken apart a second time, and a column that nobody asked for stays where it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from connectors.tables.places import RowPlace
from connectors.tables.sheets import Cell, Value
from connectors.tables.table import Table, TableRow
from network.problems import Problem
from network.text import Text

FORM = 1  # changes when what is written here changes

_Plain = str | int | float | bool | None
_MICROSECOND = timedelta(microseconds=1)
_STRUCK, _LACKING, _SPREAD = 1, 2, 4


def to_json(table: Table) -> bytes:
    """The same table gives the same bytes."""
    return json.dumps(
        {
            "rows": [
                [row.place.sheet, row.place.row, {field: _cell(cell) for field, cell in row.cells.items()}]
                for row in table.rows
            ],
            "headings": {sheet: sorted(fields) for sheet, fields in table.headings.items()},
            "unmapped": table.unmapped,
            "problems": [
                [each.code, each.where, each.message.de, each.message.en, each.remedy.de, each.remedy.en]
                for each in table.problems
            ],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()


def from_json(content: bytes) -> Table:
    """The table that `to_json` wrote."""
    found = json.loads(content)
    return Table(
        rows=tuple(TableRow(RowPlace(sheet, row), _cells(cells)) for sheet, row, cells in found["rows"]),
        headings={sheet: frozenset(fields) for sheet, fields in found["headings"].items()},
        unmapped=tuple(found["unmapped"]),
        problems=tuple(
            Problem(code, where, Text(de, en), Text(remedy_de, remedy_en))
            for code, where, de, en, remedy_de, remedy_en in found["problems"]
        ),
    )


def _cells(cells: Mapping[str, tuple[str, _Plain, int]]) -> Mapping[str, Cell]:
    return {
        field: Cell(_value(kind, value), bool(flags & _STRUCK), bool(flags & _LACKING), bool(flags & _SPREAD))
        for field, (kind, value, flags) in cells.items()
    }


def _cell(cell: Cell) -> tuple[str, _Plain, int]:
    flags = _STRUCK * cell.is_struck + _LACKING * cell.lacks_value + _SPREAD * cell.is_spread
    match cell.value:
        case datetime():
            return "datetime", cell.value.isoformat(), flags
        case date():
            return "date", cell.value.isoformat(), flags
        case time():
            return "time", cell.value.isoformat(), flags
        case timedelta():
            return "timedelta", cell.value // _MICROSECOND, flags
        case _:
            return "", cell.value, flags


def _value(kind: str, value: _Plain) -> Value:
    match kind, value:
        case "datetime", str():
            return datetime.fromisoformat(value)
        case "date", str():
            return date.fromisoformat(value)
        case "time", str():
            return time.fromisoformat(value)
        case "timedelta", int():
            return value * _MICROSECOND
        case _:
            return value
