"""What is said back to the coordinator, and the empty workbooks that they begin with."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook
from sources_kit import BERLIN, NOW, Table, on_the_wall, plan, questions, row, starts, trainings

from connectors.tables.notes import notes_digest, notes_mark, notes_of, notes_path, notes_workbook
from connectors.tables.template import TEMPLATES, ansprechpersonen, schulungsplan
from network.model import Question, Status
from network.problems import Problem
from network.text import Language, Text


def lines(content: bytes) -> list[list[str]]:
    sheet = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
    return [[str(cell) if cell is not None else "" for cell in line] for line in sheet.iter_rows(values_only=True)]


def written(*asked: Question, told: tuple[Problem, ...] = ()) -> list[list[str]]:
    notes = notes_of(asked, told, "de")
    return lines(notes_workbook(notes, table="Schulungsplan.xlsx", read_at=NOW, zone=BERLIN, language="de"))


def test_the_notes_name_sheet_row_key_what_was_read_and_what_to_write_instead(tmp_path: Path) -> None:
    delivery = Table(tmp_path / "Schulungsplan.xlsx").read(plan(row(1), row(None, title="Ohne"), row(3, date="12.03.")))
    found = written(*delivery.questions, told=delivery.problems)
    assert found[0][0] == "Hinweise zu „Schulungsplan.xlsx“ · Stand 15.01.2027 13:00 Uhr"
    assert found[3] == ["Blatt", "Zeile", "Nummer", "gelesen", "unklar", "was Sie stattdessen schreiben können"]
    assert [line[:4] for line in found[4:]] == [["Plan", "3", "", ""], ["Plan", "4", "3", "12.03."]]
    assert "Datum ohne Jahr" in found[5][4]
    assert "12.03.2027" in found[5][5]


def test_a_table_that_is_fine_gets_a_line_that_says_so() -> None:
    assert "nichts zu tun" in written()[4][0]


def test_problems_of_machines_are_not_the_coordinators() -> None:
    told = (
        Problem("timed_out", "connectors.plan", Text("a", "a")),
        Problem("no_header", "connectors.plan", Text("b", "b")),
    )
    assert [line[4] for line in written(told=told)[4:]] == ["b"]


def test_the_same_notes_are_the_same_bytes_and_the_time_does_not_count() -> None:
    notes = notes_of([Question("x", "1", "Plan, Zeile 2", Text("unklar", "unclear"))], (), "de")

    def at(minutes: int) -> bytes:
        when = NOW + timedelta(minutes=minutes)
        return notes_workbook(notes, table="t", read_at=when, zone=BERLIN, language="de")

    assert at(0) == at(0)
    assert at(0) != at(1)
    assert notes_digest(notes) == notes_digest(tuple(notes))
    assert notes_digest(notes) != notes_digest(())


def test_notes_are_recognised_also_when_somebody_saved_them_again() -> None:
    notes = notes_of([Question("x", "1", "Plan, Zeile 2", Text("unklar", "unclear"))], (), "de")
    content = notes_workbook(notes, table="t", read_at=NOW, zone=BERLIN, language="de")
    assert notes_mark(content) == notes_digest(notes)
    again = BytesIO()
    openpyxl.load_workbook(BytesIO(content)).save(again)
    assert notes_mark(again.getvalue()) == notes_digest(notes)
    assert [notes_mark(each) for each in (plan(row(1)), b"", b"PK", content[:500])] == [""] * 4


def test_what_looks_like_a_formula_or_breaks_xml_is_written_as_text() -> None:
    nasty = '=HYPERLINK("https://boese.example")\x07\ud800'
    found = written(Question("x", "1", "Plan, Zeile 2", Text("u", "u"), read=nasty))
    assert found[4][3] == '=HYPERLINK("https://boese.example")'
    content = notes_workbook(
        notes_of([Question("x", "1", "Plan, Zeile 2", Text("u", "u"), read=nasty)], (), "de"),
        table="t",
        read_at=NOW,
        zone=BERLIN,
        language="de",
    )
    assert openpyxl.load_workbook(BytesIO(content)).worksheets[0]["D5"].data_type == "s"


@pytest.mark.parametrize(
    ("language", "path"), [("de", "/P/Schulungsplan - Hinweise.xlsx"), ("en", "/P/Schulungsplan - Notes.xlsx")]
)
def test_the_notes_lie_beside_the_table(language: Language, path: str) -> None:
    assert notes_path("/P/Schulungsplan.xlsx", language) == path
    assert notes_path("/P/Schulungsplan.ods", language) == path


def filled(content: bytes, rows: list[list[object]]) -> bytes:
    book = openpyxl.load_workbook(BytesIO(content))
    for number, cells in enumerate(rows, start=2):
        for column, value in enumerate(cells, start=1):
            book.worksheets[0].cell(number, column, value)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_three_rows_in_the_template_are_three_trainings(tmp_path: Path) -> None:
    columns = {"key": "Nr.", "status": "Status", "title": "Titel", "date": "Datum", "start": "Beginn", "end": "Ende"}
    table = Table(tmp_path / "Schulungsplan.xlsx", columns=columns)
    rows: list[list[object]] = [
        [1, "veröffentlicht", "OZG", "", on_the_wall("2027-03-12"), "9–12 Uhr"],
        [2, "Entwurf", "Excel", "", "12.-14.03.2027"],
        [3, "fällt aus", "Word", "", "n. n."],
    ]
    delivery = table.read(filled(schulungsplan(), rows))
    assert [each.status for each in trainings(delivery).values()] == [Status.PUBLISHED, Status.DRAFT, Status.CANCELLED]
    assert starts(delivery, "1") == ["1: 2027-03-12T09:00:00+01:00"]
    assert (questions(delivery), delivery.problems) == ({}, ())


def test_the_template_has_the_columns_of_the_example_configuration() -> None:
    headings = [str(cell.value) for cell in openpyxl.load_workbook(BytesIO(schulungsplan())).worksheets[0][1]]
    example = (Path(__file__).parents[3] / "config/kreis-hoexter/1-kalender.yaml").read_text(encoding="utf-8")
    block = example.partition("columns:")[2].partition("missing:")[0]
    assert headings == re.findall(r"^ {6}[a-z_]+: ([^#\n]*?)\s*(?:#.*)?$", block, re.MULTILINE)


def choices(book: Workbook, column: str) -> list[str]:
    rules = book.worksheets[0].data_validations.dataValidation
    return [rule.formula1.strip('"') for rule in rules if str(rule.sqref).startswith(f"{column}2:")]


def test_the_template_offers_what_there_is_to_choose() -> None:
    book = openpyxl.load_workbook(BytesIO(schulungsplan(concepts=["OZG", "E-Akte"])))
    assert choices(book, "B") == ["Entwurf,veröffentlicht,ausgebucht,fällt aus"]
    assert choices(book, "O") == ["OZG 1,E-Akte 1"]
    assert book.worksheets[0].freeze_panes == "A2"
    assert book.sheetnames == ["Schulungsplan", "So geht es"]


def test_a_choice_that_would_damage_the_workbook_is_left_to_typing() -> None:
    book = openpyxl.load_workbook(BytesIO(ansprechpersonen(administrations=['Stadt "Anführung"'] * 20)))
    assert choices(book, "B") == []


@pytest.mark.parametrize("name", TEMPLATES)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_template_is_written_in_both_languages_with_the_same_bytes_each_time(
    name: str, language: Language
) -> None:
    assert TEMPLATES[name](language) == TEMPLATES[name](language)
    assert TEMPLATES[name]("de") != TEMPLATES[name]("en")
