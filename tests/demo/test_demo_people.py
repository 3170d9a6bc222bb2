"""The invented staff: as many as promised, nobody twice, in the encoding of a German Excel."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
import yaml
from openpyxl import load_workbook

from plugin.demo.people import ADMINISTRATIONS, contacts, staff, write_contacts, write_staff

CONFIGURATION = Path(__file__).parents[2] / "config/kreis-hoexter"


def section(file: str, name: str) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = yaml.safe_load((CONFIGURATION / file).read_text("utf-8"))[name]
    return found


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "Beschaeftigte.csv"
    write_staff(path)
    return path


def test_a_hundred_and_fifty_people_and_every_account_once() -> None:
    assert len(staff()) == len({person.account for person in staff()}) == 150
    assert len({person.name for person in staff()}) == 150
    assert all(re.fullmatch(r"[a-z]+\.[a-z]+", person.account) for person in staff())


def test_names_carry_umlauts_and_addresses_end_in_example() -> None:
    assert sum(bool(re.search("[äöüÄÖÜß]", person.name)) for person in staff()) > 50
    assert all(person.mail.endswith(".example") for person in staff())


def test_the_administrations_are_those_of_the_configuration() -> None:
    configured = section("1-kalender.yaml", "administrations")
    assert {key: entry["name"] for key, entry in configured.items()} == ADMINISTRATIONS
    for person in staff():
        domains = configured[person.administration]["mail_domains"]
        assert [person.mail.partition("@")[2]] == domains


def test_every_administration_has_enough_people_for_the_guards_to_mean_something() -> None:
    for administration in ADMINISTRATIONS:
        assert sum(person.administration == administration for person in staff()) >= 10


def test_the_accounts_named_in_the_configuration_exist() -> None:
    text = "".join(path.read_text("utf-8") for path in CONFIGURATION.glob("*.yaml"))
    named = re.findall(r"(?:people|lead): \[([^]]+)\]", text)
    wanted = {account.strip() for accounts in named for account in accounts.split(",")}
    assert {"erika.beispiel", "max.beispiel", "presse.kreis", "it.admin", "dsb.kreis", "personalrat.kreis"} == wanted
    assert wanted <= {person.account for person in staff()}


def test_every_topic_of_an_exchange_group_has_somebody_in_every_administration() -> None:
    groups = section("2-austauschgruppen.yaml", "exchange_groups").values()
    wanted = {
        members["topic"] for group in groups if isinstance(members := group["members"], dict) and "topic" in members
    }
    for administration in ADMINISTRATIONS:
        of_one = [person for person in contacts() if person.administration == administration]
        assert wanted <= {topic.casefold() for person in of_one for topic in person.topics}


def test_the_list_is_windows_1252_with_semicolons(table: Path) -> None:
    raw = table.read_bytes()
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
    assert "Höxter".encode("cp1252") in raw
    lines = list(csv.DictReader(raw.decode("cp1252").splitlines(), delimiter=";"))
    assert [line["Name"] for line in lines] == [person.name for person in staff()]


def test_the_list_has_a_column_too_many_which_marks_every_line_as_an_example(table: Path) -> None:
    lines = list(csv.DictReader(table.read_text("cp1252").splitlines(), delimiter=";"))
    columns = section("3-projekte.yaml", "connectors")["beschaeftigte-liste"]["columns"]
    assert isinstance(columns, dict)
    assert set(lines[0]) - set(columns.values()) == {"Personalnummer"}
    assert set(columns.values()) <= set(lines[0])
    assert all(line["Personalnummer"].startswith("Beispiel-") for line in lines)


def test_the_small_workbook_names_those_with_a_topic_only(tmp_path: Path) -> None:
    path = tmp_path / "Ansprechpersonen.xlsx"
    write_contacts(path)
    values = list(load_workbook(path).worksheets[0].values)
    columns = section("2-austauschgruppen.yaml", "connectors")["ansprechpersonen"]["columns"]
    assert isinstance(columns, dict)
    assert list(values[1]) == list(columns.values())
    assert len(values) - 2 == len(contacts())
    assert all(topics for _, _, topics in values[2:])
