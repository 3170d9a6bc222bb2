"""A spreadsheet with a column mapping → rows of named cells, and what was odd about the sheets.

The same for trainings and people. Refuses a workbook in which no sheet carries the headings, and one in which a heading
is gone that was there before: that is a changed table, not trainings that have lost their place.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from connectors.sources.refusal import unreadable
from connectors.tables.headers import Header, closest_headings, find_header
from connectors.tables.places import RowPlace
from connectors.tables.sheets import EMPTY, Cell, Sheet
from connectors.tables.workbook import DEFAULT_FORM, Form, read_workbook
from network.errors import SourceUnreadable
from network.problems import Problem
from network.text import NOTHING, Text

_LOOKS_LIKE_OURS = 3

Headings = Mapping[str, frozenset[str]]  # sheet → fields that have a column there


@dataclass(frozen=True, slots=True)
class Wanted:
    """`columns`: field → heading. Without all of `needed` a sheet is none of ours. `sheets`: only these, empty: all."""

    columns: Mapping[str, str]
    needed: tuple[str, ...]
    sheets: tuple[str, ...] = ()
    header_row: int | None = None
    form: Form = DEFAULT_FORM

    @property
    def stamp(self) -> str:
        """Changes when the same file would be read otherwise."""
        return hashlib.sha256(repr((sorted(self.columns.items()), replace(self, columns={}))).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row with anything in a mapped column; `cells` by field, empty ones left out."""

    place: RowPlace
    cells: Mapping[str, Cell]

    def cell(self, field: str) -> Cell:
        return self.cells.get(field, EMPTY)

    def text(self, field: str) -> str:
        return self.cell(field).text

    @property
    def own(self) -> frozenset[str]:
        """The fields that somebody filled in this very row."""
        return frozenset(field for field, cell in self.cells.items() if cell.is_filled and not cell.is_spread)


@dataclass(frozen=True, slots=True)
class Table:
    """All rows of all sheets that carry the headings, in order."""

    rows: tuple[TableRow, ...]
    headings: Headings
    unmapped: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_table(content: bytes, wanted: Wanted, *, before: Headings) -> Table:
    """Raises SourceUnreadable, among others `no_header` and `heading_gone`. `before` are the last good headings."""
    sheets = read_workbook(content, wanted.form)
    chosen = [sheet for sheet in sheets if not wanted.sheets or sheet.name in wanted.sheets]
    headers = {sheet.name: _find(sheet, wanted) for sheet in chosen}
    read = [(sheet, header) for sheet in chosen if (header := headers[sheet.name]) is not None]
    if not read:
        raise _no_header(chosen or list(sheets), wanted)
    headings = {sheet.name: frozenset(header.columns) for sheet, header in read}
    _refuse_what_is_gone(chosen, headings, before, wanted)
    return Table(
        rows=tuple(row for sheet, header in read for row in _rows(sheet, header, wanted)),
        headings=headings,
        unmapped=tuple(dict.fromkeys(each for _, header in read for each in header.unmapped)),
        problems=(
            *_missing_sheets(sheets, wanted),
            *(problem for sheet in chosen if headers[sheet.name] is None for problem in _left_out(sheet, wanted)),
            *(problem for sheet, header in read for problem in _odd(sheet, header, wanted)),
        ),
    )


def headings_to_json(headings: Headings) -> str:
    return json.dumps({sheet: sorted(fields) for sheet, fields in headings.items()}, sort_keys=True, ensure_ascii=False)


def headings_from_json(note: str) -> Headings:
    """No headings for an empty text."""
    return {sheet: frozenset(fields) for sheet, fields in json.loads(note or "{}").items()}


def _find(sheet: Sheet, wanted: Wanted) -> Header | None:
    return find_header(sheet, wanted.columns, wanted.needed, at=wanted.header_row)


def _rows(sheet: Sheet, header: Header, wanted: Wanted) -> Iterator[TableRow]:
    for row in sheet.rows:
        if row.number <= header.row or header.repeats(row, wanted.columns):
            continue
        cells = {field: row.cell(column) for field, column in header.columns.items()}
        filled = {field: cell for field, cell in cells.items() if cell.is_filled}
        if filled:
            yield TableRow(RowPlace(sheet.name, row.number), filled)


def _no_header(sheets: list[Sheet], wanted: Wanted) -> SourceUnreadable:
    needed = [wanted.columns[field] for field in wanted.needed]
    near = _similar(name for heading in needed for sheet in sheets for name in closest_headings(sheet, heading))
    return unreadable(
        "no_header",
        f"kein Blatt hat eine Zeile mit den Überschriften {_quoted(needed)}{near.de}",
        f"no sheet has a row with the headings {_quoted(needed)}{near.en}",
        remedy=Text(
            "Überschrift in der Tabelle oder unter „columns“ in der Konfiguration berichtigen.",
            "Correct the heading in the table, or `columns` in the configuration.",
        ),
    )


def _refuse_what_is_gone(sheets: Sequence[Sheet], headings: Headings, before: Headings, wanted: Wanted) -> None:
    for sheet in sheets:
        known = before.get(sheet.name, frozenset()) & wanted.columns.keys()
        for field in sorted(known - headings.get(sheet.name, frozenset())):
            heading = wanted.columns[field]
            near = _similar(closest_headings(sheet, heading))
            raise unreadable(
                "heading_gone",
                f"{_of(sheet).de}die Überschrift „{heading}“ ist verschwunden{near.de}",
                f"{_of(sheet).en}the heading “{heading}” is gone{near.en}",
                remedy=Text(
                    f"Die Überschrift „{heading}“ wieder in die Tabelle schreiben (die Spalte darf leer sein).",
                    f"Write the heading “{heading}” into the table again (the column may be empty).",
                ),
            )


def _missing_sheets(sheets: Sequence[Sheet], wanted: Wanted) -> Iterator[Problem]:
    names = [sheet.name for sheet in sheets]
    for name in wanted.sheets:
        if name not in names:
            near = _similar(get_close_matches(name, names, n=1))
            yield Problem(
                "sheet_missing",
                name,
                Text(f"das Blatt „{name}“ gibt es nicht{near.de}", f"there is no sheet “{name}”{near.en}"),
                Text("Blatt umbenennen oder „sheets“ ändern.", "Rename the sheet or change `sheets`."),
            )


def _left_out(sheet: Sheet, wanted: Wanted) -> Iterator[Problem]:
    """A sheet that looks like one of ours and is none."""
    header = find_header(sheet, wanted.columns, (), at=wanted.header_row)
    if header is not None and len(header.columns) >= _LOOKS_LIKE_OURS:
        lacking = [wanted.columns[field] for field in wanted.needed if field in header.missing]
        near = _similar(each for heading in lacking for each in closest_headings(sheet, heading))
        yield Problem(
            "sheet_left_out",
            sheet.name,
            Text(
                f"das Blatt wird nicht gelesen, es fehlt {_quoted(lacking)}{near.de}",
                f"the sheet is not read, it lacks {_quoted(lacking)}{near.en}",
            ),
        )


def _odd(sheet: Sheet, header: Header, wanted: Wanted) -> Iterator[Problem]:
    for field in header.missing:
        heading = wanted.columns[field]
        near = _similar(closest_headings(sheet, heading))
        yield Problem(
            "column_missing",
            sheet.name,
            Text(f"die Spalte „{heading}“ fehlt{near.de}", f"the column “{heading}” is missing{near.en}"),
        )
    for heading in header.doubled:
        yield Problem(
            "column_doubled",
            sheet.name,
            Text(
                f"die Überschrift „{heading}“ steht zweimal da; die erste zählt",
                f"the heading “{heading}” stands there twice; the first counts",
            ),
        )


def _of(sheet: Sheet) -> Text:
    return Text(f"Blatt „{sheet.name}“: ", f"sheet “{sheet.name}”: ") if sheet.name else NOTHING


def _similar(names: Iterable[str]) -> Text:
    """What may be added to a sentence: headings that look alike, or nothing."""
    near = _quoted(names)
    return Text(f"; ähnlich ist {near}", f"; similar is {near}") if near else NOTHING


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"„{name}“" for name in dict.fromkeys(names))
