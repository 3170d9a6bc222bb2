"""Which rows of a workbook speak, and what becomes of those that don't."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet
from sources_kit import (
    COLUMNS,
    HEADINGS,
    NOW,
    Table,
    codes,
    on_the_wall,
    plan,
    questions,
    row,
    starts,
    trainings,
    workbook,
)

from network.model import SourceState, Status


@pytest.fixture
def table(tmp_path: Path) -> Table:
    return Table(tmp_path / "Schulungsplan.xlsx")


def test_a_row_becomes_a_training(table: Table) -> None:
    delivery = table.read(
        plan(
            row(
                "OZG-1",
                title="OZG  Grundlagen",
                date="12.03.2027",
                start="9–12 Uhr",
                place="Kreishaus",
                seats="20 Plätze",
                tags="OZG, E-Akte",
            )
        )
    )
    training = trainings(delivery)["OZG-1"]
    assert (training.connector, training.title, training.status) == ("plan", "OZG Grundlagen", Status.PUBLISHED)
    assert (training.place, training.seats, training.tags) == ("Kreishaus", 20, ("OZG", "E-Akte"))
    assert training.origin == "Plan, Zeile 2"
    assert starts(delivery, "OZG-1") == ["1: 2027-03-12T09:00:00+01:00"]
    assert (delivery.state, delivery.counts, delivery.questions, delivery.problems) == (SourceState.FRESH, True, (), ())


def test_the_headings_are_found_below_a_merged_title_and_in_any_spelling(table: Table) -> None:
    headings = ["NR", " sta tus", "Ti\u00adtel", "Da-\ntum", "Beginn:", "ende", "Ort*", "Plätze", "Themen", "Bemerkung"]

    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("A1:J1")

    delivery = table.read(workbook({"Plan": [["Schulungsplan 2027"], [], headings, row(1)]}, merge))
    assert trainings(delivery)["1"].origin == "Plan, Zeile 4"
    assert codes(delivery) == []


def test_all_sheets_with_the_headings_are_read_and_others_are_not(table: Table) -> None:
    sheets = {
        "1. Halbjahr": [HEADINGS, row(1)],
        "Legende": [["rot", "fällt aus"]],
        "2. Halbjahr": [[], HEADINGS, row(2)],
    }
    delivery = table.read(workbook(sheets))
    assert [each.origin for each in trainings(delivery).values()] == ["1. Halbjahr, Zeile 2", "2. Halbjahr, Zeile 3"]


def test_only_named_sheets_are_read_and_a_missing_one_is_told_with_a_similar_name(table: Table) -> None:
    table.sheets = ("1. Halbjahr", "2. Halbjahr")
    delivery = table.read(workbook({"1. Halbjahr": [HEADINGS, row(1)], "2.Halbjahr": [HEADINGS, row(2)]}))
    assert list(trainings(delivery)) == ["1"]
    [problem] = delivery.problems
    assert problem.code == "sheet_missing"
    assert "„2.Halbjahr“" in problem.message.de


def test_a_sheet_that_lacks_one_needed_heading_is_named(table: Table) -> None:
    broken = ["Nr.", "Stand", "Titel", "Datum", "Beginn", "Ende", "Ort", "Plätze", "Themen"]
    delivery = table.read(workbook({"A": [HEADINGS, row(1)], "B": [broken, row(2)]}))
    assert list(trainings(delivery)) == ["1"]
    assert [(each.code, each.where) for each in delivery.problems] == [("sheet_left_out", "B")]


def test_a_hidden_row_and_a_hidden_sheet_are_read(table: Table) -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[2].hidden = True
        sheet.sheet_state = "hidden" if sheet.title == "Alt" else "visible"

    delivery = table.read(workbook({"Plan": [HEADINGS, row(1)], "Alt": [HEADINGS, row(2)]}, hide))
    assert list(trainings(delivery)) == ["1", "2"]


def test_empty_rows_headings_between_rows_and_waiting_numbers_are_skipped_silently(table: Table) -> None:
    rows = [[], ["— Frühling —"], row(1), [None, None, "Sommer"], [7], [8, "Entwurf"], list(HEADINGS)]
    delivery = table.read(plan(*rows))
    assert list(trainings(delivery)) == ["1"]
    assert (delivery.problems, delivery.questions, delivery.quarantined) == ((), (), 0)


def test_a_row_without_a_key_is_quarantined_and_named(table: Table) -> None:
    delivery = table.read(plan(row(1), row(None, title="Excel")))
    assert list(trainings(delivery)) == ["1"]
    assert [(each.code, each.where) for each in delivery.problems] == [("row_without_key", "Plan, Zeile 3")]
    assert delivery.quarantined == 1
    assert delivery.counts


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"date": "12.03."}, "date_unclear"),
        ({"start": "22–2 Uhr"}, "date_unclear"),
        ({"start": "vormittags"}, "date_unclear"),
        ({"seats": "viele"}, "seats_unclear"),
        ({"status": "Absage"}, "status_unclear"),
        ({"title": None, "place": "Kreishaus"}, "title_missing"),
        ({"date": "#REF!"}, "formula_error"),
    ],
)
def test_a_broken_row_costs_that_row_and_asks(table: Table, cells: dict[str, object], code: str) -> None:
    delivery = table.read(plan(row(1), row(2, **cells), row(3)))
    assert list(trainings(delivery)) == ["1", "3"]
    assert questions(delivery) == {"2": code}
    assert delivery.questions[0].where == "Plan, Zeile 3"
    assert delivery.counts


def test_a_question_says_what_was_read_and_what_to_write_instead(table: Table) -> None:
    [question] = table.read(plan(row(1, date="12.03."))).questions
    assert question.read == "12.03."
    assert "Datum ohne Jahr" in question.message.de
    assert "12.03.2027" in question.write_instead.de


def test_an_empty_status_is_a_draft_with_a_hint(table: Table) -> None:
    delivery = table.read(plan(row(1, status=None)))
    assert trainings(delivery)["1"].status is Status.DRAFT
    assert codes(delivery) == ["row_hint"]


def test_without_a_status_column_every_row_is_published_and_it_is_said(table: Table) -> None:
    del table.columns["status"]
    delivery = table.read(plan(row(1, status="Entwurf")))
    assert trainings(delivery)["1"].status is Status.PUBLISHED
    assert codes(delivery) == ["no_status_column"]


def test_a_key_in_two_rows_holds_both(table: Table) -> None:
    delivery = table.read(plan(row(1), row(2), row(2, title="Andere"), row("2 ")))
    assert list(trainings(delivery)) == ["1"]
    assert questions(delivery) == {"2": "key_doubled"}
    assert "Zeile 3; Plan, Zeile 4; Plan, Zeile 5" in delivery.questions[0].message.de


def test_a_number_and_the_same_number_as_text_are_one_key(table: Table) -> None:
    assert list(trainings(table.read(plan(row(1), row("2"), row(3.0))))) == ["1", "2", "3"]


@pytest.mark.parametrize("column", ["A", "C", "D", "E"])
def test_a_struck_through_row_asks(table: Table, column: str) -> None:
    def strike(sheet: Worksheet) -> None:
        sheet[f"{column}3"].font = Font(strike=True)

    delivery = table.read(plan(row(1), row(2, start="9 Uhr", end="12 Uhr"), decorate=strike))
    assert list(trainings(delivery)) == ["1"]
    assert questions(delivery) == {"2": "row_struck_through"}


def test_a_date_of_which_a_part_is_struck_through_asks(table: Table) -> None:
    moved = CellRichText(TextBlock(InlineFont(strike=True), "12.03.2027"), "; 19.03.2027")
    assert questions(table.read(plan(row(1, date=moved)))) == {"1": "row_struck_through"}


def test_a_strike_through_elsewhere_does_not_ask(table: Table) -> None:
    def strike(sheet: Worksheet) -> None:
        sheet["G2"].font = Font(strike=True)

    assert questions(table.read(plan(row(1, place="Kreishaus"), decorate=strike))) == {}


def test_a_struck_through_row_whose_status_says_cancelled_is_clear(table: Table) -> None:
    def strike(sheet: Worksheet) -> None:
        sheet["C2"].font = Font(strike=True)

    delivery = table.read(plan(row(1, status="fällt aus"), decorate=strike))
    assert trainings(delivery)["1"].status is Status.CANCELLED


def test_a_formula_without_a_stored_value_holds_its_row(table: Table) -> None:
    delivery = table.read(plan(row(1), row(2, date="=D2+7")))
    assert list(trainings(delivery)) == ["1"]
    assert questions(delivery) == {"2": "formula_without_value"}
    assert delivery.counts


def test_a_key_that_is_a_formula_without_a_value_stops_absence_from_counting(table: Table) -> None:
    delivery = table.read(plan(row(1), row("=A2+1")))
    assert list(trainings(delivery)) == ["1"]
    assert (codes(delivery), delivery.quarantined, delivery.counts) == (["formula_without_value"], 1, False)


def test_a_text_that_begins_with_an_equals_sign_is_text(table: Table) -> None:
    def as_text(sheet: Worksheet) -> None:
        sheet["C2"].data_type = "s"

    delivery = table.read(plan(row(1, title="=gleich"), decorate=as_text))
    assert trainings(delivery)["1"].title == "=gleich"


def test_a_vertically_merged_cell_counts_for_each_of_its_rows(table: Table) -> None:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("G2:G4")

    delivery = table.read(plan(row(1, place="Kreishaus"), row(2), row(3), row(4), decorate=merge))
    assert [each.place for each in trainings(delivery).values()] == ["Kreishaus"] * 3 + [""]


def test_an_empty_row_inside_a_merged_cell_stays_empty(table: Table) -> None:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("G2:G4")
        sheet.merge_cells("I2:I4")

    delivery = table.read(plan(row(1, place="Kreishaus", tags="OZG"), [], row(3), decorate=merge))
    assert list(trainings(delivery)) == ["1", "3"]
    assert (delivery.problems, delivery.questions) == ((), ())


def test_rows_below_one_merged_key_are_sessions_of_one_training(table: Table) -> None:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("A2:A3")
        sheet.merge_cells("C2:C3")

    second = [None, None, None, "19.03.2027", "13 Uhr", "16 Uhr"]
    delivery = table.read(plan(row(1, start="9 Uhr", end="12 Uhr"), second, decorate=merge))
    assert starts(delivery, "1") == ["1: 2027-03-12T09:00:00+01:00", "2: 2027-03-19T13:00:00+01:00"]


def test_rows_below_one_merged_key_that_contradict_one_another_ask(table: Table) -> None:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("A2:A3")

    second = [None, None, "Etwas anderes", "19.03.2027"]
    assert questions(table.read(plan(row(1), second, decorate=merge))) == {"1": "rows_contradict"}


def test_dates_and_times_of_excel_are_read(table: Table) -> None:
    cells = {"date": on_the_wall("2027-03-12"), "start": on_the_wall("2027-03-12 09:30").time(), "end": 0.5}
    assert starts(table.read(plan(row(1, **cells))), "1") == ["1: 2027-03-12T09:30:00+01:00"]


def test_dates_counted_from_1904_are_read(table: Table) -> None:
    book = Workbook()
    book.epoch = on_the_wall("1904-01-01")
    sheet = book.worksheets[0]
    sheet.append(HEADINGS)
    sheet.append(row(1, date=on_the_wall("2027-03-12")))
    book.save(table.path)
    assert starts(table.deliver(), "1") == ["1: 2027-03-12"]


def test_a_row_that_only_moves_to_another_line_keeps_its_digest(table: Table) -> None:
    before = {offer.key: offer.digest for offer in table.read(plan(row(1), row(2))).offers()}
    after = {offer.key: offer.digest for offer in table.read(plan([], row(2), [], row(1))).offers()}
    assert after == before


def test_a_value_that_changes_its_form_keeps_the_digest_and_one_that_changes_does_not(table: Table) -> None:
    def digest(day: object) -> str:
        return next(iter(table.read(plan(row(1, date=day))).offers())).digest

    assert digest("12.3.27") == digest(on_the_wall("2027-03-12"))
    assert digest("12.3.27") != digest("13.3.27")


def test_a_heading_that_was_there_before_and_is_gone_keeps_the_last_state(table: Table) -> None:
    table.read(plan(row(1, place="Kreishaus")))
    renamed = ["Orte" if heading == "Ort" else heading for heading in HEADINGS]
    delivery = table.read(workbook({"Plan": [renamed, row(1, place="Kreishaus")]}))
    assert (delivery.state, delivery.counts) == (SourceState.KEPT, False)
    assert trainings(delivery)["1"].place == "Kreishaus"
    [problem] = delivery.problems
    assert problem.code == "heading_gone"
    assert "„Ort“" in problem.message.de
    assert "„Orte“" in problem.message.de


def test_an_emptied_column_counts_as_long_as_its_heading_stands_there(table: Table) -> None:
    table.read(plan(row(1, place="Kreishaus")))
    delivery = table.read(plan(row(1)))
    assert (delivery.state, trainings(delivery)["1"].place) == (SourceState.FRESH, "")


def test_a_column_that_was_never_there_is_named_and_the_rest_is_read(table: Table) -> None:
    table.columns["contact"] = "Ansprechperson"
    delivery = table.read(plan(row(1)))
    assert codes(delivery) == ["column_missing"]
    assert list(trainings(delivery)) == ["1"]


def test_no_sheet_with_the_headings_names_the_nearest_ones(table: Table) -> None:
    headings = ["Nummer", "Status", "Titl", "Datum"]
    delivery = table.read(workbook({"Plan": [headings, [1, "", "A", ""]]}))
    assert (delivery.state, codes(delivery)) == (SourceState.FAILED, ["no_header"])
    assert "„Titl“" in delivery.problems[0].message.de


def test_a_dry_run_sees_what_the_real_run_sees_and_remembers_nothing(table: Table) -> None:
    table.read(plan(row(1)))
    table.save(plan(row(1, title="Neu", date="13.03.2027"), row(2)))
    dry = table.memory.as_dry_run()
    seen = table.deliver(memory=dry)
    assert table.deliver(memory=table.memory.as_dry_run()).questions == seen.questions
    assert (dry.kept, dry.notes) == (table.memory.kept, table.memory.notes)
    real = table.deliver(NOW)
    assert (real.questions, real.digest) == (seen.questions, seen.digest)
    assert trainings(real) == trainings(seen)


def test_columns_are_found_wherever_they_stand(table: Table) -> None:
    names = list(reversed(COLUMNS))
    cells = dict(zip(COLUMNS, row(1, place="Kreishaus"), strict=True))
    rows = [[COLUMNS[name] for name in names], [cells[name] for name in names]]
    assert trainings(table.read(workbook({"Plan": rows})))["1"].place == "Kreishaus"


def test_a_formula_that_gives_an_empty_text_has_a_value(table: Table) -> None:
    content = plan(row(1, place='=IF(A2=1,"","x")'))
    formula = b"</f><v></v></c>"
    for written in (b"</f><v /></c>", b"</f><v/></c>"):
        content = in_sheet(content, written, formula)
    content = in_sheet(content, b'<c r="G2"', b'<c r="G2" t="str"')
    delivery = table.read(content)
    assert (questions(delivery), trainings(delivery)["1"].place) == ({}, "")


def in_sheet(content: bytes, old: bytes, new: bytes) -> bytes:
    """The workbook with some bytes of its first sheet replaced, where they stand there."""
    changed = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, part.replace(old, new) if name == "xl/worksheets/sheet1.xml" else part)
    return changed.getvalue()


def test_an_unchanged_file_is_not_taken_apart_again_and_unasked_columns_are_not_remembered(table: Table) -> None:
    headings, cells = [*HEADINGS, "Honorar"], [*row(1, date="12.03."), 1250]
    first = table.read(workbook({"Plan": [headings, cells, [*row(2), 980]]}))
    assert table.memory.kept is not None
    assert b"1250" not in table.memory.kept.content
    again = table.deliver()
    assert again.state is SourceState.UNCHANGED
    assert (again.questions, again.problems, trainings(again)) == (first.questions, first.problems, trainings(first))


def test_a_column_that_is_mapped_later_is_read_from_an_unchanged_file(table: Table) -> None:
    del table.columns["place"]
    table.read(plan(row(1, place="Kreishaus")))
    table.columns["place"] = "Ort"
    assert trainings(table.deliver())["1"].place == "Kreishaus"


def test_rows_that_are_cut_are_absent_in_a_delivery_that_counts_and_the_same_when_they_come_back(table: Table) -> None:
    whole = [row(number, date=f"{number}.03.2027", start="9–12 Uhr") for number in range(1, 11)]
    before = {offer.key: offer.digest for offer in table.read(plan(*whole)).offers()}
    cut = table.read(plan(*whole[:3], *whole[8:]))
    assert (cut.state, cut.counts, sorted(trainings(cut))) == (SourceState.FRESH, True, ["1", "10", "2", "3", "9"])
    assert (cut.questions, cut.problems) == ((), ())
    back = table.read(plan(*whole))
    assert {offer.key: offer.digest for offer in back.offers()} == before
    assert back.questions == ()
