"""A spreadsheet as plain values: sheets, rows with the spreadsheet's own numbers, cells with what matters to us.

Knows no file format and no meaning of a column.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from math import isfinite

Value = str | int | float | bool | date | datetime | time | timedelta | None

_ERRORS = ("#REF!", "#N/A", "#NV", "#NAME?", "#VALUE!", "#WERT!", "#DIV/0!", "#NULL!", "#NUM!", "#ZAHL!", "#BEZUG!")


@dataclass(frozen=True, slots=True)
class Cell:
    """`is_struck`: some of its text is struck through. `lacks_value`: a formula whose result nobody has stored.

    `is_spread`: the value stands in an upper row, and the cell is merged with that one.
    """

    value: Value = None
    is_struck: bool = False
    lacks_value: bool = False
    is_spread: bool = False

    @property
    def text(self) -> str:
        return text_of(self.value)

    @property
    def is_filled(self) -> bool:
        return self.lacks_value or self.text != ""

    @property
    def is_error(self) -> bool:
        return isinstance(self.value, str) and self.value.strip().upper() in _ERRORS


EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class Row:
    """`number` is what the spreadsheet shows at its edge, from 1; `cells` by column from 0, empty ones left out."""

    number: int
    cells: Mapping[int, Cell]

    def cell(self, column: int | None) -> Cell:
        return EMPTY if column is None else self.cells.get(column, EMPTY)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows that hold anything, in order. A CSV file is one sheet without a name."""

    name: str
    rows: tuple[Row, ...]
    is_hidden: bool = field(default=False, compare=False)


def text_of(value: Value) -> str:
    """What a person reads in the cell, normalised; whole numbers without a decimal point, dates in ISO form.

    Non-breaking spaces are spaces, soft hyphens and other invisible characters are gone; line breaks stay.
    """
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nein"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time.min:
            return value.date().isoformat()
        case datetime():
            return value.isoformat(" ", "minutes")
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("minutes")
        case str():
            return clean(value)
        case _:
            return str(value)


def finite(value: Value) -> Value:
    """The value; infinity and what is no number at all become the text that names them."""
    return str(value) if isinstance(value, float) and not isfinite(value) else value


def clean(text: str) -> str:
    """Composed Unicode without invisible or control characters, spaces at line ends, or spaces beside one another."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n"))
    visible = (each for each in text if each in _KEPT or unicodedata.category(each) not in _INVISIBLE)
    lines = (" ".join(line.split()) for line in "".join(visible).split("\n"))
    return "\n".join(lines).strip()


_INVISIBLE = frozenset(("Cc", "Cf", "Co", "Cs"))
_KEPT = "\n\t\u200d"  # the joiner holds emoji together
