"""Finds the row of headings in a sheet and which column means what.

Case, spaces, soft hyphens, hyphenation at a line break and a closing dot don't matter. Knows fields and headings only
as the configuration maps them.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from connectors.tables.sheets import Row, Sheet

_LOOKED_AT = 30


@dataclass(frozen=True, slots=True)
class Header:
    """`columns` by field; `missing` fields have no column here; `unmapped` are headings that no field asks for."""

    row: int
    columns: Mapping[str, int]
    missing: tuple[str, ...] = ()
    unmapped: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()

    def repeats(self, row: Row, wanted: Mapping[str, str]) -> bool:
        """Is this row the headings once more, as printed plans have on each page?"""
        same = (folded(row.cell(column).text) == folded(wanted[field]) for field, column in self.columns.items())
        return all(same)


def find_header(
    sheet: Sheet, wanted: Mapping[str, str], needed: tuple[str, ...], *, at: int | None = None
) -> Header | None:
    """The first row with most of the `wanted` headings (field → heading); None when no row has all `needed` ones.

    Looks at the first 30 rows, or only at row `at`.
    """
    rows = [row for row in sheet.rows if (row.number == at if at else row.number <= _LOOKED_AT)]
    headers = [header for row in rows if (header := _header(row, wanted)) is not None]
    fitting = [header for header in headers if all(field in header.columns for field in needed)]
    return max(fitting, key=lambda header: (len(header.columns), -header.row), default=None)


def closest_headings(sheet: Sheet, heading: str) -> tuple[str, ...]:
    """Up to three texts of the first 30 rows that look like this heading."""
    known = {
        folded(cell.text): cell.text for row in sheet.rows for cell in row.cells.values() if row.number <= _LOOKED_AT
    }
    return tuple(known[each] for each in difflib.get_close_matches(folded(heading), [*known], n=3, cutoff=0.6))


def folded(heading: str) -> str:
    """What of a heading is compared."""
    joined = re.sub(r"(?<=\w)-\n(?=[a-zäöüß])", "", heading)
    return re.sub(r"\s+", "", joined).strip(".:*").casefold()


def _header(row: Row, wanted: Mapping[str, str]) -> Header | None:
    found: dict[str, int] = {}
    doubled = []
    for column, cell in sorted(row.cells.items()):
        name = folded(cell.text)
        if name in found:
            doubled.append(cell.text)
        found.setdefault(name, column)
    columns = {field: found[folded(heading)] for field, heading in wanted.items() if folded(heading) in found}
    if not columns:
        return None
    asked = {folded(heading) for heading in wanted.values()}
    others = tuple(cell.text for _, cell in sorted(row.cells.items()) if folded(cell.text) not in asked)
    missing = tuple(field for field in wanted if field not in columns)
    return Header(row.number, columns, missing, others, tuple(each for each in doubled if folded(each) in asked))
