"""Workbooks that we write: the same content gives the same bytes, and no text is ever taken for a formula."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

_A_LONG_TIME_AGO = (1980, 1, 1, 0, 0, 0)  # the first day that a ZIP archive knows
_STAMPED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST = 32_767

_HEADER_FONT = Font(bold=True, color="FFFFFF")
_HEADER_FILL = PatternFill("solid", fgColor="00679E")
WRAPPED = Alignment(wrap_text=True, vertical="top")
ONE_LINE = Alignment(wrap_text=False)


def new_workbook(first_sheet: str) -> tuple[Workbook, Worksheet]:
    """A workbook with one empty sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = first_sheet
    return book, sheet


def write_header(sheet: Worksheet, row: int, headings: Sequence[str], widths: Sequence[float]) -> None:
    """A row of headings that stays in sight when the sheet is scrolled."""
    for column, (heading, width) in enumerate(zip(headings, widths, strict=True), start=1):
        cell = write_text(sheet, row, column, heading)
        cell.font, cell.fill, cell.alignment = _HEADER_FONT, _HEADER_FILL, WRAPPED
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = f"A{row + 1}"
    sheet.print_title_rows = f"{row}:{row}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0


def write_text(sheet: Worksheet, row: int, column: int, text: str) -> Cell | MergedCell:
    """The text as text, also where it begins like a formula."""
    cell = sheet.cell(row, column)
    cell.value = _UNWRITABLE.sub("", text)[:_LONGEST]
    if isinstance(cell, Cell):
        cell.data_type = "s"
    cell.alignment = WRAPPED
    return cell


def saved(book: Workbook) -> bytes:
    """The workbook as XLSX, without any time of writing."""
    written, plain = BytesIO(), BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(plain, "w") as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _A_LONG_TIME_AGO)
            info.compress_type = zipfile.ZIP_DEFLATED
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _STAMPED.sub(rb"\g<1>1980-01-01T00:00:00Z", content)
            target.writestr(info, content)
    return plain.getvalue()
