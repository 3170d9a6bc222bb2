"""The first hour of an administrator: log in, choose groups, fill the table, look, apply, and what follows."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from journeys_cli import Browser, digitalnetzwerk
from journeys_town import FAR, PLANNING, THREE, WORKBOOK, Town, row
from openpyxl import load_workbook

TITLES = ["E-Akte", "IT-Sicherheit", "OZG Grundlagen"]
NOTES = f"/{PLANNING}/Schulungsplan - Hinweise.xlsx"


@pytest.fixture
def beginner(town: Town, tmp_path: Path) -> Town:
    """Somebody who typed `init` and `template`, chose a pilot's group, and filled in three rows."""
    town.other_client().files.delete(f"/{PLANNING}")
    folder = tmp_path / "netz"
    groups = [word for group in ("kreis", "brakel", "nieheim") for word in ("--group", group)]
    said = digitalnetzwerk(
        *("init", "--url", town.sandbox.url, "--folder", str(folder), "--name", "Probenetz"),
        *("--mail", "buero@probe.example", "--pilot", "dnw-test", *groups),
        err=Browser(town.sandbox),
    )
    assert said.code == 0, said.err
    made = tmp_path / "Schulungsplan.xlsx"
    assert digitalnetzwerk("template", "schulungsplan", "-o", str(made)).code == 0
    town.sandbox.put_file("digitalnetzwerk", WORKBOOK, filled(made), town.hour_ago())
    town.config = folder / "1-kalender.yaml"
    return town


def filled(template: Path) -> bytes:
    """The template with three rows below its headings."""
    book = load_workbook(template)
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    for line, title in enumerate(TITLES, start=2):
        values: dict[str, Any] = {
            "Nr.": line,
            "Status": "veröffentlicht",
            "Titel": title,
            "Datum": FAR,
            "Beginn": "9:00",
            "Ende": "12:00",
        }
        for heading, value in values.items():
            sheet.cell(line, headings.index(heading) + 1, value)
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def test_from_init_to_what_a_staff_member_sees(beginner: Town) -> None:
    folder = str(beginner.config.parent)
    assert digitalnetzwerk("-c", folder, "check").code == 0
    before = beginner.mark()
    planned = digitalnetzwerk("-c", folder, "plan")
    assert planned.code == 10
    lines = planned.out.splitlines()
    sentence = "1 Kalender anlegen, 3 Schulungen eintragen, sichtbar nur für Gruppe dnw-test (4 Personen)."
    assert any(line.startswith(sentence) for line in lines)
    assert "Mails: 0" in lines
    assert digitalnetzwerk("-c", folder, "apply").code == 0
    assert beginner.writes(before) == []  # init begins in preview
    beginner.swap("mode: preview", "mode: live")
    assert digitalnetzwerk("-c", folder, "apply").code == 0
    assert beginner.titles("test.eins") == TITLES
    assert beginner.titles("anna.brakel") == beginner.titles("erika.kreis") == []
    assert digitalnetzwerk("-c", folder, "plan").code == 0
    beginner.swap('pilot: "dnw-test"', "# pilot: dnw-test")
    assert digitalnetzwerk("-c", folder, "apply").code == 0
    assert beginner.titles("anna.brakel") == TITLES
    assert beginner.titles("test.eins") == []
    assert beginner.sandbox.mails == []


def test_init_keeps_the_password_to_itself_and_overwrites_nothing(beginner: Town) -> None:
    secret = beginner.config.with_name("nextcloud-passwort")
    assert secret.stat().st_mode & 0o077 == 0
    password = secret.read_text()
    assert password not in beginner.config.read_text()
    assert password != beginner.sandbox.service.password
    again = ("init", "--url", beginner.sandbox.url, "--name", "x", "--mail", "x@probe.example", "--group", "kreis")
    assert digitalnetzwerk(*again, "--folder", str(secret.parent)).code == 2
    assert secret.read_text() == password


def test_a_changed_time_and_a_cancelled_row_reach_staff(town: Town) -> None:
    town.apply()
    town.save([row(1, "OZG Grundlagen", start="10:00"), row(2, "E-Akte", status="fällt aus"), THREE[2]])
    assert town.apply().code == 0
    assert town.titles() == ["Fällt aus: E-Akte", "IT-Sicherheit", "OZG Grundlagen"]
    assert f"DTSTART;TZID=Europe/Berlin:{FAR:%Y%m%d}T100000" in town.entry("SUMMARY:OZG", "anna.brakel").data.decode()
    assert "STATUS:CANCELLED" in town.entry("SUMMARY:Fällt aus", "anna.brakel").data.decode()
    assert town.sandbox.mails == []


def test_a_row_that_was_cut_is_asked_about_after_a_day_and_three_looks(town: Town) -> None:
    town.apply()
    town.save(THREE[:2])
    before = town.mark()
    for hours in (1, 12, 12):
        town.wait(hours=hours)
        assert town.status().questions == ()
        assert town.apply().code == 0
    (asked,) = town.status().questions
    assert asked.question.key == "3"
    assert "„IT-Sicherheit“ fehlt seit dem" in asked.question.message.de
    assert asked.question.message.de.endswith("Fällt die Schulung aus?")
    assert any("IT-Sicherheit" in line for line in notes(town))
    assert town.calendar_writes(before) == []
    assert town.titles() == TITLES
    town.wait(hours=12)
    before = town.mark()
    assert town.apply().code == 0
    assert town.writes(before) == []  # asked once


def notes(town: Town) -> list[str]:
    """The lines of the file that is put beside the coordinator's table."""
    sheet = load_workbook(BytesIO(town.other_client().files.read(NOTES, max_bytes=1_000_000))).worksheets[0]
    return [" | ".join(str(cell) for cell in row if cell) for row in sheet.iter_rows(min_row=5, values_only=True)]


def test_the_status_command_shows_the_open_question(town: Town) -> None:
    town.apply()
    town.save(THREE[:2])
    for _ in range(3):
        town.wait(hours=13)
        town.apply()
    said = digitalnetzwerk("-c", str(town.config), "status", environment=town.environment)
    assert said.code == 0
    assert "Fällt die Schulung aus?" in said.out
    shown = digitalnetzwerk("-c", str(town.config), "status", "--json", environment=town.environment)
    assert [each["key"] for each in shown.document["questions"]] == ["3"]


def test_the_first_hour_can_be_taken_back(beginner: Town) -> None:
    def standing() -> tuple[object, ...]:
        other = beginner.other_client()
        teams = [each.name for each in other.teams.teams()]
        files = [each.path for each in other.files.list(f"/{PLANNING}")]
        return teams, files, [each.uri for each in other.calendars.calendars()]

    before = standing()
    beginner.swap("mode: preview", "mode: live")
    beginner.swap('pilot: "dnw-test"', "# pilot: dnw-test")
    folder = str(beginner.config.parent)
    assert digitalnetzwerk("-c", folder, "apply").code == 0
    assert standing() != before
    assert digitalnetzwerk("-c", folder, "remove", "--all-ours", "--yes").code == 0
    assert standing() == before
    assert beginner.titles("anna.brakel") == []
