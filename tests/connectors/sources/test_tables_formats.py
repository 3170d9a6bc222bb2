"""CSV, XLSX and ODS as they come, and everything that is none of them."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sources_kit import HEADINGS, Table, codes, plan, questions, row, starts, trainings

from connectors.tables.sheets import Sheet
from connectors.tables.workbook import Form, read_workbook
from network.errors import SourceUnreadable
from network.model import SourceState

CSV = 'Nr.;Status;Titel;Datum;Beginn\r\n1;veröffentlicht;Grundlagen;12.03.2027;9–12 Uhr\r\n2;Entwurf;"Zwei; drei";;\r\n'


def texts(sheet: Sheet) -> list[list[str]]:
    return [[cell.text for _, cell in sorted(row.cells.items())] for row in sheet.rows]


def code_of(content: bytes) -> str:
    with pytest.raises(SourceUnreadable) as refused:
        read_workbook(content)
    return refused.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_csv_in_every_usual_encoding_and_with_every_usual_delimiter(encoding: str, delimiter: str) -> None:
    lines = [["Nr.", "Titel", "Ort"], ["1", "Grüße – und mehr", "Höxter"], ["2", f"mit {delimiter} darin", "Brakel"]]
    written = "\r\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines) + "\r\n"
    [sheet] = read_workbook(written.encode(encoding))
    assert texts(sheet) == [[" ".join(cell.split()) for cell in line] for line in lines]


def test_a_delimiter_and_an_encoding_may_be_given() -> None:
    [sheet] = read_workbook("a;b€|c\r\n".encode("iso-8859-15"), Form(encoding="iso-8859-15", delimiter="|"))
    assert texts(sheet) == [["a;b€", "c"]]


def test_the_line_that_excel_writes_for_the_delimiter_is_believed() -> None:
    [sheet] = read_workbook(b"sep=,\r\na;1,b\r\nc;2,d\r\n")
    assert texts(sheet)[1] == ["a;1", "b"]


def test_row_numbers_of_csv_are_those_that_a_spreadsheet_shows() -> None:
    [sheet] = read_workbook(b'a;b\r\n\r\n"two\r\nlines";c\r\nd;e\r\n')
    assert [row.number for row in sheet.rows] == [1, 3, 4]


def test_a_csv_table_is_read_as_trainings(tmp_path: Path) -> None:
    table = Table(
        tmp_path / "plan.csv",
        columns={"key": "Nr.", "status": "Status", "title": "Titel", "date": "Datum", "start": "Beginn"},
    )
    delivery = table.read(CSV.encode("cp1252", "replace"))
    assert [each.origin for each in trainings(delivery).values()] == ["Zeile 2", "Zeile 3"]
    assert trainings(delivery)["2"].title == "Zwei; drei"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "source_empty"),
        (b" \r\n ", "source_empty"),
        (b"<!DOCTYPE html><html><body>Anmelden</body></html>", "login_page"),
        (b"\xef\xbb\xbf\n<html><head></head></html>", "login_page"),
        (b"<?xml version='1.0'?><!-- x --><HTML></HTML>", "login_page"),
        (b"\x00\x01\x02\x03 binary", "not_text"),
        (b"Nr.;Titel;Ort\r\n1;A;B\r\n2;C", "truncated"),
        (b'Nr.;Titel\r\n1;"A\r\n2;B\r\n3;C', "truncated"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "protected"),
    ],
)
def test_what_is_no_table_is_refused_by_name(content: bytes, code: str) -> None:
    assert code_of(content) == code


def test_an_archive_that_is_no_table_is_refused() -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert code_of(content.getvalue()) == "not_a_table"


WHOLE = plan(row(1), row(2, place="Kreishaus"), row(3))


@given(st.integers(4, len(WHOLE) - 1))
@settings(max_examples=60, deadline=None)
def test_a_workbook_that_is_cut_off_anywhere_is_refused(length: int) -> None:
    assert code_of(WHOLE[:length]) in ("truncated", "damaged", "not_a_table")


@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
@settings(max_examples=80, deadline=None)
def test_a_workbook_with_a_flipped_byte_is_read_or_refused(position: int, flip: int) -> None:
    damaged = bytearray(WHOLE)
    damaged[position] ^= flip
    try:
        read_workbook(bytes(damaged))
    except SourceUnreadable as refused:
        assert refused.message.de


def test_a_bomb_is_refused_before_it_goes_off() -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 50 * 1024**2)
    assert len(content.getvalue()) < 100_000
    assert code_of(content.getvalue()) == "too_large"


def test_a_bomb_of_many_small_parts_is_refused() -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for number in range(2001):
            archive.writestr(f"xl/{number}", b"")
    assert code_of(content.getvalue()) == "too_large"


def replaced(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    changed = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(changed, "w") as target:
        for each in source.namelist():
            part = source.read(each)
            if each == name:
                assert old in part
                part = part.replace(old, new)
            target.writestr(each, part)
    return changed.getvalue()


def test_a_merged_cell_over_the_whole_sheet_is_refused_instead_of_filling_the_memory() -> None:
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    assert code_of(replaced(WHOLE, "xl/worksheets/sheet1.xml", b"</sheetData>", merged)) == "too_large"


def test_a_lonely_cell_far_outside_costs_nothing() -> None:
    far = b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'
    [sheet] = read_workbook(replaced(WHOLE, "xl/worksheets/sheet1.xml", b"</sheetData>", far))
    assert len(sheet.rows) == 4


def test_entities_that_multiply_are_refused() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet'
    assert code_of(replaced(WHOLE, "xl/worksheets/sheet1.xml", b"<worksheet", bomb)) == "damaged"


def ods(rows: str, styles: str = "") -> bytes:
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content {names}>'
            f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
            f"<office:spreadsheet>"
            f'<table:table table:name="Plan">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return content.getvalue()


def text_cell(text: str, attributes: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{text}</text:p></table:table-cell>'


def table_row(*cells: str, repeated: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(cells)}</table:table-row>'


HEAD = table_row(*map(text_cell, HEADINGS))
DAY = '<table:table-cell office:value-type="date" office:date-value="2027-03-12"><text:p>12.03.27</text:p></table:table-cell>'
NINE = '<table:table-cell office:value-type="time" office:time-value="PT09H30M00S"><text:p>09:30</text:p></table:table-cell>'
EMPTY = "<table:table-cell/>"


def test_an_ods_table_is_read_as_trainings(tmp_path: Path) -> None:
    number = '<table:table-cell office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell>'
    cells = table_row(number, text_cell("veröffentlicht"), text_cell("OZG"), DAY, NINE, EMPTY, text_cell("Höxter"))
    table = Table(tmp_path / "plan.ods")
    delivery = table.read(ods(HEAD + table_row(EMPTY, repeated=2) + cells))
    assert starts(delivery, "1") == ["1: 2027-03-12T09:30:00+01:00"]
    assert trainings(delivery)["1"].origin == "Plan, Zeile 4"


def test_a_vertically_merged_cell_of_ods_counts_for_each_of_its_rows(tmp_path: Path) -> None:
    place = text_cell("Kreishaus", 'table:number-rows-spanned="2"')
    first = table_row(text_cell("1"), text_cell("veröffentlicht"), text_cell("A"), DAY, EMPTY, EMPTY, place)
    second = table_row(
        text_cell("2"), text_cell("veröffentlicht"), text_cell("B"), DAY, EMPTY, EMPTY, "<table:covered-table-cell/>"
    )
    found = trainings(Table(tmp_path / "plan.ods").read(ods(HEAD + first + second)))
    assert [each.place for each in found.values()] == ["Kreishaus", "Kreishaus"]


STRUCK = (
    '<style:style style:name="gone"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="plain"><style:text-properties style:text-line-through-style="none"/></style:style>'
)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (text_cell("A", 'table:style-name="gone"'), "row_struck_through"),
        (text_cell('neu <text:span text:style-name="gone">alt</text:span>'), "row_struck_through"),
        ('<table:table-cell table:formula="of:=[.A1]"/>', "formula_without_value"),
        (text_cell("A", 'table:style-name="plain"'), None),
    ],
)
def test_struck_text_and_empty_formulas_of_ods_are_seen(tmp_path: Path, cell: str, code: str | None) -> None:
    line = table_row(text_cell("1"), text_cell("veröffentlicht"), cell, DAY)
    delivery = Table(tmp_path / "plan.ods").read(ods(HEAD + line, STRUCK))
    assert questions(delivery) == ({"1": code} if code else {})


def test_the_million_empty_rows_at_the_end_of_an_ods_sheet_cost_nothing() -> None:
    rest = table_row('<table:table-cell table:number-columns-repeated="16384"/>', repeated=1_048_570)
    [sheet] = read_workbook(ods(HEAD + rest))
    assert len(sheet.rows) == 1


def test_ods_rows_that_are_repeated_into_the_millions_are_refused() -> None:
    assert code_of(ods(HEAD + table_row(text_cell("a"), repeated=1_000_000))) == "too_large"
    assert code_of(ods(HEAD + table_row(text_cell("a", 'table:number-columns-repeated="9000000"')))) == "too_large"


@pytest.mark.parametrize("content", [b"", b"<html>", b"Nr.;Titel\r\n1", WHOLE[: len(WHOLE) // 2]])
def test_a_bad_file_keeps_the_last_good_rows_and_never_counts(tmp_path: Path, content: bytes) -> None:
    table = Table(tmp_path / "plan.xlsx")
    table.read(WHOLE)
    delivery = table.read(content)
    assert (delivery.state, delivery.counts) == (SourceState.KEPT, False)
    assert list(trainings(delivery)) == ["1", "2", "3"]
    assert len(codes(delivery)) == 1
    assert table.read(WHOLE).state is SourceState.UNCHANGED


def test_a_table_with_headings_alone_counts_only_where_it_may_be_empty(tmp_path: Path) -> None:
    table = Table(tmp_path / "plan.xlsx")
    table.read(WHOLE)
    emptied = table.read(plan())
    assert (emptied.state, codes(emptied), emptied.counts) == (SourceState.KEPT, ["source_empty"], False)
    table.may_be_empty = True
    emptied = table.read(plan())
    assert (emptied.state, emptied.counts, trainings(emptied)) == (SourceState.FRESH, True, {})
