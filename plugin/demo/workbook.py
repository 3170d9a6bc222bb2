"""The invented programme as the workbook of a person: title above the header, two half-years, a legend, colours.

It holds on purpose what real tables hold: hidden and struck-through rows, empty rows, merged cells, formulas, seasons
as headings between the rows, dates and times as text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from plugin.demo.formulas import Formula, address, formulas, store_values
from plugin.demo.handwriting import CONTACT, DATE, DEADLINE, HEADERS, HIDDEN, LINK, PLACE, STRUCK_THROUGH, cells
from plugin.demo.lesson import Row, monday
from plugin.demo.places import ONLINE, OPEN
from plugin.demo.programme import first_half, second_half

WIDTHS = (6, 14, 46, 50, 22, 12, 12, 34, 30, 8, 26, 24, 22, 18, 16, 28, 30)
LAST_COLUMN = len(HEADERS)
LINES = Border(*(Side(style="thin", color="C8C8C8"),) * 4)
WRAPPED = Alignment(wrap_text=True, vertical="top")
CENTRED = Alignment(horizontal="center", vertical="center")
HEADER_FILL = PatternFill("solid", fgColor="00679E")
SEASON_FILL = PatternFill("solid", fgColor="DDEBF7")
STATUS_FILLS = {
    "Entwurf": PatternFill("solid", fgColor="EDEDED"),
    "ausgebucht": PatternFill("solid", fgColor="FFF2CC"),
    "fällt aus": PatternFill("solid", fgColor="F8CBAD"),
}
SEASONS = ("Winter", "Frühling", "Sommer", "Herbst")
LEGEND = (
    ("Legende", None),
    ("weiß", "Die Schulung steht im Kalender."),
    ("grau", "Wir planen noch, niemand sonst sieht die Zeile."),
    ("gelb", "Alle Plätze sind vergeben."),
    ("rot", "Die Schulung findet nicht statt; die Zeile bitte stehen lassen."),
    ("durchgestrichen", "Noch nicht entschieden. Besser: das richtige Wort in die Statusspalte schreiben."),
    (None, None),
    ("Alle Schulungen, Orte und Personen in dieser Datei sind erfunden (Beispiel).", None),
)


@dataclass(frozen=True, slots=True)
class Gap:
    """An empty row."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A coloured row across the sheet."""

    text: str


Line = Row | Heading | Gap


def write_programme(path: Path, today: date) -> None:
    """Writes the XLSX; the same day gives the same bytes."""
    book = Workbook()
    book.remove(book.worksheets[0])
    halves = (first_half(today), second_half(today))
    title = f"{_title(halves[0])} – Digitalnetzwerk Kreis Höxter (Beispiel)"
    stored = {
        1: _half(book.create_sheet("1. Halbjahr"), halves[0], title=title, header_line=3, today=today),
        2: _half(book.create_sheet("2. Halbjahr"), halves[1], title=title, header_line=4, today=today),
    }
    _legend(book.create_sheet("Legende"))
    book.save(path)
    store_values(path, stored, datetime.combine(today, time(7, 30)))


def _title(rows: Sequence[Row]) -> str:
    year = next(row.first_day.year for row in rows if row.first_day)
    return f"Schulungsplan {year}/{(year + 1) % 100:02}"


def layout(rows: Sequence[Row]) -> Iterator[Line]:
    """The rows with a heading before each season, an empty row before each heading but the first."""
    for number, (season, group) in enumerate(groupby(rows, _season)):
        if number:
            yield Gap()
        yield Heading(f"— {season} —")
        yield from group


def _season(row: Row) -> str:
    # by the Monday, so that the three days of one week are never torn apart
    return SEASONS[monday(row.first_day).month % 12 // 3] if row.first_day else "Termin offen"


def _half(sheet: Worksheet, rows: Sequence[Row], *, title: str, header_line: int, today: date) -> list[Formula]:
    _title_rows(sheet, title, today)
    _header(sheet, header_line)
    row_of: dict[int, Row] = {}
    for number, line in enumerate(layout(rows), start=header_line + 1):
        match line:
            case Row():
                _training(sheet, number, line)
                row_of[number] = line
            case Heading():
                _heading(sheet, number, line.text)
            case Gap():
                pass
    _merge_places(sheet, row_of)
    of_sheet = formulas(row_of)
    for formula in of_sheet:
        sheet[formula.cell] = formula.text
    return of_sheet


def _title_rows(sheet: Worksheet, title: str, today: date) -> None:
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=LAST_COLUMN)
    sheet["A1"] = title
    sheet["A1"].font = Font(size=18, bold=True, color="00679E")
    sheet["A1"].alignment = CENTRED
    sheet.row_dimensions[1].height = 30
    sheet["A2"] = f"Stand: {today:%d.%m.%Y}, Koordination: Erika Beispiel"
    sheet["A2"].font = Font(italic=True)


def _header(sheet: Worksheet, line: int) -> None:
    for column, (header, width) in enumerate(zip(HEADERS, WIDTHS, strict=True), start=1):
        cell = sheet.cell(line, column, header)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = HEADER_FILL
        cell.alignment = WRAPPED
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.freeze_panes = f"D{line + 1}"
    sheet.print_title_rows = f"{line}:{line}"
    sheet.page_setup.orientation = "landscape"


def _training(sheet: Worksheet, line: int, row: Row) -> None:
    font = Font(strike=True, color="808080") if row.key in STRUCK_THROUGH else Font()
    for column, value in enumerate(cells(row).values(), start=1):
        cell = sheet.cell(line, column, value)
        cell.font, cell.border, cell.alignment = font, LINES, WRAPPED
        if row.status in STATUS_FILLS:
            cell.fill = STATUS_FILLS[row.status]
    for header in (DATE, DEADLINE):
        sheet[address(header, line)].number_format = "DD.MM.YYYY"
    if row.link:
        sheet[address(LINK, line)].hyperlink = row.link
        sheet[address(LINK, line)].font = Font(color="0563C1", underline="single")
    sheet.row_dimensions[line].hidden = row.key in HIDDEN


def _heading(sheet: Worksheet, line: int, text: str) -> None:
    sheet.merge_cells(start_row=line, start_column=1, end_row=line, end_column=LAST_COLUMN)
    cell = sheet.cell(line, 1, text)
    cell.font, cell.fill, cell.alignment = Font(bold=True), SEASON_FILL, CENTRED


def _merge_places(sheet: Worksheet, row_of: dict[int, Row]) -> None:
    """Three rows or more in the same house: place and contact are written once, over all of them."""
    for place, run in groupby(sorted(row_of.items()), lambda item: item[1].place):
        lines = [line for line, _ in run]
        if len(lines) >= 3 and place not in (ONLINE, OPEN):
            _merge_down(sheet, PLACE, lines)
            if len({row_of[line].contact for line in lines}) == 1:
                _merge_down(sheet, CONTACT, lines)


def _merge_down(sheet: Worksheet, header: str, lines: Sequence[int]) -> None:
    sheet.merge_cells(f"{address(header, lines[0])}:{address(header, lines[-1])}")


def _legend(sheet: Worksheet) -> None:
    for line, (word, meaning) in enumerate(LEGEND, start=1):
        sheet.cell(line, 1, word)
        sheet.cell(line, 2, meaning)
    sheet["A1"].font = Font(bold=True)
    sheet.column_dimensions["A"].width = 20
    sheet.column_dimensions["B"].width = 70
