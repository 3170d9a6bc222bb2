"""Accounts from a people list, where one administration says so: shown, made, and let in by their first login."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence

import pytest
from journeys_cli import Said, digitalnetzwerk
from journeys_town import PLANNING, Town
from openpyxl import Workbook

PEOPLE = f"{PLANNING}/Personal.xlsx"
LIST = """\
connectors:
  personal:
    type: table
    provides: people
    location: nextcloud:/Digitalnetzwerk Planung/Personal.xlsx
    columns: {account: Konto, name: Name, mail: Mail, administration: Verwaltung}
"""
ROWS = [
    ["max.kreis", "Max Kreis", "max@kreis.example", "kreis"],
    ["nele.kreis", "Nele Kreis", "nele@kreis.example", "kreis"],
    ["ohne.mail", "Ohne Mail", "", "kreis"],
]


def save(town: Town, rows: Sequence[Sequence[str]]) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Konto", "Name", "Mail", "Verwaltung"], *rows):
        sheet.append(list(row))
    held = io.BytesIO()
    book.save(held)
    town.sandbox.put_file("digitalnetzwerk", PEOPLE, held.getvalue(), town.hour_ago())


@pytest.fixture
def making(whole_town: Town) -> Town:
    whole_town.swap("group: kreis}", "group: kreis-neu, external: false, manage_accounts: [create]}")
    whole_town.swap("connectors:\n", LIST)
    save(whole_town, ROWS)
    return whole_town


def command(town: Town, *words: str) -> Said:
    return digitalnetzwerk("-c", str(town.config), *words, environment=town.environment)


def accounts(town: Town) -> set[str]:
    return {each.id for each in town.administrator().directory.accounts()}


def test_the_plan_shows_accounts_and_mails_and_makes_none(making: Town) -> None:
    said = command(making, "plan", "--details")
    assert "anlegen: Nele Kreis (nele.kreis) – steht in der Personenliste und hat kein Konto" in said.out
    assert "Für „ohne.mail“ wird kein Konto angelegt" in said.out
    assert "Mails: 1" in said.out
    assert "create: Nele Kreis (nele.kreis)" in command(making, "plan", "--details", "--language", "en").out
    assert "nele.kreis" not in accounts(making)


def test_a_run_makes_the_account_in_its_group_and_a_second_one_nothing(making: Town) -> None:
    run = json.loads(command(making, "apply", "--json").out)
    assert run["mails"] == 1
    assert {"nele.kreis"} <= accounts(making)
    assert "ohne.mail" not in accounts(making)
    assert making.administrator().directory.members("kreis-neu") == {"max.kreis", "nele.kreis"}
    assert making.apply(verify=True).plan.changes == ()


def test_no_password_stands_anywhere(making: Town, caplog: pytest.LogCaptureFixture) -> None:
    said = command(making, "apply", "--json")
    assert "password" not in (said.out + said.err + caplog.text).casefold()
    assert "passwor" not in making.memory().casefold()


def test_printed_the_lines_are_whole_and_the_next_run_takes_up_what_they_made(making: Town) -> None:
    making.swap("admin_rights: {username: digitalnetzwerk, password: env:NEXTCLOUD_PASSWORD}", "admin_rights: print")
    said = command(making, "apply", "--details")
    line = "occ user:add --generate-password --display-name 'Nele Kreis' --email nele@kreis.example nele.kreis"
    lines = [each.strip() for each in said.out.splitlines() if each.strip().startswith("occ ")]
    assert line in lines
    assert lines.index("occ group:add --display-name 'Kreis Probe' kreis-neu") < len(lines)
    making.sandbox.add_user("nele.kreis", email="nele@kreis.example", groups=("kreis-neu",))
    making.administrator().directory.add_member("kreis-neu", "max.kreis")
    again = command(making, "apply", "--details")
    assert "nele.kreis" not in again.out
    assert "user:add" not in again.out


def test_check_online_asks_for_the_right(making: Town) -> None:
    said = command(making, "check", "--online")
    assert "✓ Konten anlegen und sperren" in said.out
