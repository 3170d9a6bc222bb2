"""The invented workbook holds every odd form that real tables hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
import yaml
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from plugin.demo.handwriting import HEADERS, span
from plugin.demo.programme import Row, rows
from plugin.demo.workbook import write_programme

TODAY = date(2027, 1, 13)
HALVES = ("1. Halbjahr", "2. Halbjahr")
CONFIGURATION = Path(__file__).parents[2] / "config/kreis-hoexter/1-kalender.yaml"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "Schulungsplan.xlsx"
    write_programme(path, TODAY)
    return path


@pytest.fixture(scope="module")
def book(path: Path) -> Workbook:
    return load_workbook(path)


def header_line(sheet: Worksheet) -> int:
    return next(cell.row for cell in sheet["A"] if cell.value == "Nr.")


def trainings(book: Workbook) -> Iterator[tuple[Worksheet, int]]:
    for name in HALVES:
        sheet = book[name]
        for line in range(header_line(sheet) + 1, sheet.max_row + 1):
            if isinstance(sheet.cell(line, 1).value, int):
                yield sheet, line


def column(book: Workbook, header: str) -> list[Cell]:
    return [sheet.cell(line, HEADERS.index(header) + 1) for sheet, line in trainings(book)]


def texts(book: Workbook, header: str) -> list[str]:
    return [cell.value for cell in column(book, header) if isinstance(cell.value, str) and cell.data_type == "s"]


def test_two_half_years_and_a_legend_without_a_header(book: Workbook) -> None:
    assert book.sheetnames == [*HALVES, "Legende"]
    legend = [value for line in book["Legende"].values for value in line]
    assert "Nr." not in legend
    assert len(list(trainings(book))) >= 64


def test_the_headers_are_those_of_the_configuration_in_row_three_and_four(book: Workbook) -> None:
    wanted = yaml.safe_load(CONFIGURATION.read_text("utf-8"))["connectors"]["schulungsplan"]["columns"].values()
    for name, line in zip(HALVES, (3, 4), strict=True):
        assert header_line(book[name]) == line
        assert [cell.value for cell in book[name][line]][: len(wanted)] == list(wanted)


def test_a_merged_title_stands_above_the_header(book: Workbook) -> None:
    for name in HALVES:
        assert book[name]["A1"].value.startswith("Schulungsplan 2026/27")
        assert "A1:Q1" in {str(merged) for merged in book[name].merged_cells.ranges}


@pytest.mark.parametrize(
    "form",
    [
        r"\d\d\.\d\d\.\d{4}",
        r"\d\d\.-\d\d\.\d\d\.\d{4}",
        r"(Mo|Di|Mi|Do|Fr), \d\d?\. [A-Zä-ü][a-zä-ü]+ \d{4}",
        r"\d\d?\.\d\d?\.\d\d",
        r"KW \d\d?",
        r"n\. n\.",
    ],
)
def test_dates_stand_there_as_text_too(book: Workbook, form: str) -> None:
    assert any(re.fullmatch(form, text) for text in texts(book, "Datum"))


@pytest.mark.parametrize(
    "form",
    [r"9–12 Uhr", r"9\.30 Uhr", r"9 Uhr", r"09\.00", r"14:30"],
)
def test_times_stand_there_as_text_too(book: Workbook, form: str) -> None:
    assert any(re.fullmatch(form, text) for text in texts(book, "Beginn"))


def test_most_dates_and_some_times_are_those_of_excel(book: Workbook) -> None:
    assert sum(isinstance(cell.value, datetime) for cell in column(book, "Datum")) > 25
    assert sum(isinstance(cell.value, time) for cell in column(book, "Beginn")) > 25
    assert any(isinstance(cell.value, datetime) for cell in column(book, "Anmeldeschluss"))


def test_a_number_written_as_text_stands_among_the_seats(book: Workbook) -> None:
    assert "20" in texts(book, "Plätze")
    assert any(cell.value is None for cell in column(book, "Plätze"))


def test_formulas_carry_the_value_that_excel_stored_but_one_carries_none(book: Workbook, path: Path) -> None:
    stored = load_workbook(path, data_only=True)
    found = {
        (sheet.title, cell.coordinate): stored[sheet.title][cell.coordinate].value
        for sheet, line in trainings(book)
        for cell in sheet[line]
        if cell.data_type == "f"
    }
    assert len(found) == 5
    assert sum(value is None for value in found.values()) == 1
    by_key = {row.key: row for row in rows(TODAY)}
    assert {value.date() for value in found.values() if isinstance(value, datetime)} == {
        by_key[118].first_day,
        by_key[202].first_day,
    }
    assert by_key[131].end in found.values()
    assert by_key[114].seats in found.values()


def test_a_formula_refers_to_the_row_that_it_was_computed_from(book: Workbook, path: Path) -> None:
    stored = load_workbook(path, data_only=True)
    for sheet, line in trainings(book):
        formula = re.fullmatch(r"=(E\d+)\+(\d+)", str(sheet.cell(line, 5).value))
        value = stored[sheet.title].cell(line, 5).value
        if formula and value:
            assert value == stored[sheet.title][formula[1]].value + timedelta(days=int(formula[2]))


def test_one_row_is_hidden_and_published(book: Workbook) -> None:
    hidden = [sheet.cell(line, 2).value for sheet, line in trainings(book) if sheet.row_dimensions[line].hidden]
    assert hidden == ["veröffentlicht"]


def test_two_rows_are_struck_through_completely(book: Workbook) -> None:
    struck = [[cell.font.strike for cell in sheet[line]] for sheet, line in trainings(book)]
    assert sum(all(cells) for cells in struck) == 2
    assert all(all(cells) or not any(cells) for cells in struck)


def test_empty_rows_and_headings_of_seasons_stand_between_the_rows(book: Workbook) -> None:
    headings = []
    for name in HALVES:
        sheet = book[name]
        lines = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=header_line(sheet) + 1)]
        assert [] in [[value for value in line if value is not None] for line in lines]
        headings += [line[0] for line in lines if isinstance(line[0], str)]
    assert {"— Herbst —", "— Winter —", "— Frühling —", "— Sommer —"} <= set(headings)
    heading = next(cell for cell in book[HALVES[0]]["A"] if cell.value == headings[0])
    assert heading.fill.fgColor.rgb == "00DDEBF7"


def test_three_rows_share_one_merged_place(book: Workbook) -> None:
    by_key = {row.key: row for row in rows(TODAY)}
    shared = 0
    for name in HALVES:
        sheet = book[name]
        for merged in sheet.merged_cells.ranges:
            if merged.min_col == merged.max_col == HEADERS.index("Ort") + 1:
                places = {by_key[sheet.cell(line, 1).value].place for line in range(merged.min_row, merged.max_row + 1)}
                assert places == {sheet.cell(merged.min_row, merged.min_col).value}
                shared += merged.max_row - merged.min_row == 2
    assert shared >= 4


def test_an_online_training_has_a_link_that_can_be_clicked(book: Workbook) -> None:
    links = [cell for cell in column(book, "Online-Link") if cell.value]
    assert len(links) > 5
    assert all(cell.hyperlink.target == cell.value for cell in links)
    assert all(cell.value.startswith("https://konferenz.kreis-hoexter.example/") for cell in links)


def test_every_status_word_occurs(book: Workbook) -> None:
    words = texts(book, "Status")
    assert set(words) == {"Entwurf", "veröffentlicht", "ausgebucht", "fällt aus"}
    assert words.count("fällt aus") == 1
    assert words.count("Entwurf") > 1


def test_there_are_two_training_concepts(book: Workbook) -> None:
    assert {"OZG 1", "OZG 2", "E-Akte 1", "E-Akte 2"} <= set(texts(book, "Schulungskonzept"))


def test_every_training_is_marked_as_an_example(book: Workbook) -> None:
    assert all(text.endswith("(Beispiel)") for text in texts(book, "Inhalt"))
    assert len(texts(book, "Inhalt")) == len(rows(TODAY))


def test_the_same_day_gives_the_same_bytes(path: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.xlsx"
    write_programme(again, TODAY)
    assert again.read_bytes() == path.read_bytes()
    assert ZipFile(again).testzip() is None


@pytest.mark.parametrize("days", [0, 1, 45, 100, 150, 260, 353])
def test_on_any_day_the_workbook_can_be_written_and_holds_a_range_of_days(tmp_path: Path, days: int) -> None:
    path = tmp_path / "plan.xlsx"
    write_programme(path, TODAY + timedelta(days=days))
    book = load_workbook(path)
    assert any(re.fullmatch(r"\d\d\.-\d\d\.\d\d\.\d{4}", text) for text in texts(book, "Datum"))
    assert any(merged.min_col == merged.max_col for merged in book[HALVES[0]].merged_cells.ranges)


def test_all_dates_move_with_the_day_of_the_demonstration() -> None:
    def days(row: Row) -> list[date]:
        return [day for day in (row.first_day, row.last_day, row.register_until) if day]

    later = timedelta(weeks=30)
    for now, then in zip(rows(TODAY), rows(TODAY + later), strict=True):
        assert [day + later for day in days(now)] == days(then)


def test_no_training_falls_on_a_weekend_and_today_lies_within_the_programme() -> None:
    for offset in range(7):
        today = TODAY + timedelta(days=offset)
        first_days = [row.first_day for row in rows(today) if row.first_day]
        assert all(day.weekday() < 5 for day in first_days)
        assert min(first_days) < today - timedelta(days=30)
        assert max(first_days) > today + timedelta(days=250)


def test_a_range_over_the_turn_of_the_year_names_both_years() -> None:
    assert span(date(2027, 3, 12), date(2027, 3, 14)) == "12.-14.03.2027"
    assert span(date(2026, 12, 30), date(2027, 1, 1)) == "30.12.2026-01.01.2027"


def test_keys_are_unique_and_the_programme_is_larger_than_sixty() -> None:
    keys = [row.key for row in rows(TODAY)]
    assert len(keys) == len(set(keys)) == 72
