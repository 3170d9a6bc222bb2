"""The formula cells of the invented workbook, with the value that Excel would have stored beside each.

openpyxl writes formulas without values, as a program does; a person's Excel stores both. So the values are put into
the finished file. One formula keeps none: such a cell says nothing until somebody opens the table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.utils import get_column_letter

from plugin.demo.handwriting import DATE, END, HEADERS, SEATS, START
from plugin.demo.lesson import Row

FOLLOWING = {118: 117, 202: 201}  # this training is so many days after that one
FOLLOWING_WITHOUT_VALUE = {224: 204}
HOURS_LONG = frozenset({131})
ADDED_SEATS = frozenset({114})


@dataclass(frozen=True, slots=True)
class Formula:
    """`cell` like "E12"; `stored` the number that stands beside the formula, None for none."""

    cell: str
    text: str
    stored: float | None


def address(header: str, line: int) -> str:
    """The cell below a header, like "E12"."""
    return f"{get_column_letter(HEADERS.index(header) + 1)}{line}"


def formulas(rows: Mapping[int, Row]) -> list[Formula]:
    """The formulas of one sheet. `rows` by the line in which each stands, counted from 1."""
    line_of = {row.key: line for line, row in rows.items()}
    found = []
    for line, row in rows.items():
        if row.key in FOLLOWING:
            found.append(_days_after(line_of[FOLLOWING[row.key]], line, rows))
        if row.key in FOLLOWING_WITHOUT_VALUE:
            dated = _days_after(line_of[FOLLOWING_WITHOUT_VALUE[row.key]], line, rows)
            found.append(Formula(dated.cell, dated.text, None))
        if row.key in HOURS_LONG and row.start and row.end:
            hours = row.end.hour - row.start.hour
            found.append(Formula(address(END, line), f"={address(START, line)}+TIME({hours},0,0)", serial(row.end)))
        if row.key in ADDED_SEATS and row.seats:
            found.append(Formula(address(SEATS, line), f"={row.seats - 4}+4", row.seats))
    return found


def _days_after(reference: int, line: int, rows: Mapping[int, Row]) -> Formula:
    earlier, day = rows[reference].first_day, rows[line].first_day
    if earlier is None or day is None:
        raise ValueError(f"{rows[line].title}: a formula needs two dates")
    return Formula(address(DATE, line), f"={address(DATE, reference)}+{(day - earlier).days}", serial(day))


def serial(value: date | time) -> float:
    """The number that Excel stores for a date (days since 1899-12-30) or a time (part of a day)."""
    if isinstance(value, time):
        return (value.hour * 60 + value.minute) / (24 * 60)
    return (value - date(1899, 12, 30)).days


def store_values(path: Path, sheets: Mapping[int, list[Formula]], saved: datetime) -> None:
    """Puts the stored values into the workbook; `sheets` by number from 1. `saved` replaces the time of writing."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    for number, of_sheet in sheets.items():
        name = f"xl/worksheets/sheet{number}.xml"
        for formula in of_sheet:
            if formula.stored is not None:
                parts[name] = _with_value(parts[name], formula.cell, formula.stored)
    core = "docProps/core.xml"
    parts[core] = re.sub(r"(<dcterms:(\w+)[^>]*>)[^<]*(</)", rf"\g<1>{saved:%Y-%m-%dT%H:%M:%SZ}\g<3>", parts[core])
    with ZipFile(path, "w") as archive:
        for name, text in parts.items():
            info = ZipInfo(name, date_time=saved.timetuple()[:6])
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, text)


def _with_value(xml: str, cell: str, stored: float) -> str:
    pattern = rf'(<c r="{cell}"[^>]*><f>[^<]*</f>)<v ?/>|(<c r="{cell}"[^>]*><f>[^<]*</f>)<v></v>'
    changed, count = re.subn(pattern, lambda match: f"{match[1] or match[2]}<v>{stored:.12g}</v>", xml)
    if count != 1:
        raise ValueError(f"{cell}: no formula without a value")
    return changed
