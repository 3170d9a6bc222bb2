"""Where something stands in a table, as a person finds it: sheet and row, in the network's language."""

from __future__ import annotations

import re
from dataclasses import dataclass

from network.text import Language

_ROW = re.compile(r"(?:(?P<sheet>.+), )?(?:Zeile|row) (?P<row>\d+)", re.DOTALL)


@dataclass(frozen=True, slots=True, order=True)
class RowPlace:
    """`sheet` is empty for CSV; `row` is the spreadsheet's own number."""

    sheet: str
    row: int

    def text(self, language: Language) -> str:
        row = f"Zeile {self.row}" if language == "de" else f"row {self.row}"
        return f"{self.sheet}, {row}" if self.sheet else row

    @classmethod
    def parse(cls, text: str) -> RowPlace | None:
        """The place that `text` wrote, in either language; None for any other text."""
        found = _ROW.fullmatch(text)
        return cls(found["sheet"] or "", int(found["row"])) if found else None
