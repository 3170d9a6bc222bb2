"""Killed while a network in use is changed: times move, people come and go, a group and a project are given up."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from journeys_town import WORKBOOK, row, workbook
from kills_client import released
from kills_picture import Picture
from kills_town import CONFIG, SERVICE, Town, new_town

INTERN = '  intern: {{name: Intern, color: "#aa0000", from: [plan], where: {{tags: [intern]}}, share: {{administrations: [kreis]}}}}\n'
GIVEN_UP = (
    "  weg: {{name: Austausch Weg, lead: [erika.kreis], folder: false, members: {{administrations: [brakel]}}}}\n"
)
ENDED = "  fort: {{name: Fort, template: ./vorlage, access: {{edit: {{people: [greta.steinheim]}}}}}}\n"
BEFORE = (
    CONFIG.replace("calendars:\n", f"calendars:\n{INTERN}")
    .replace("from: [plan], share: {{administrations: all}}", "from: [plan], where: {{not_tags: [intern]}}, share: {{administrations: all}}")
    .replace("exchange_groups:\n", f"exchange_groups:\n{GIVEN_UP}")
    .replace("projects:\n", f"projects:\n{ENDED}")
)  # fmt: skip
CHANGES = {
    'name: Schulungen, color: "#00679e"': 'name: Fortbildungen, color: "#112233"',
    "name: Presse,": "name: Pressearbeit,",
    "quota: 5 GB, access: {read: {administrations: [brakel]}": "quota: 7 GB, access: {read: {administrations: [steinheim]}",
    "lead: [erika.kreis], members: {administrations: [brakel]}": "lead: [erika.kreis], members: {administrations: [steinheim]}",
    GIVEN_UP.format(): "",
    ENDED.format(): "",
}


def training(key: int, title: str, *, tags: str = "OZG", **values: Any) -> list[Any]:
    return [*row(key, title, **values)[:-1], tags]


FIRST = [training(1, "OZG"), training(2, "E-Akte"), training(3, "IT-Sicherheit"), training(4, "Umzug")]
THEN = [
    training(1, "OZG", start="10:00"),
    training(2, "E-Akte", status="fällt aus"),
    training(3, "IT-Sicherheit für alle"),
    training(4, "Umzug", tags="intern"),
    training(5, "Neu"),
]


@contextmanager
def changed_town(folder: Path) -> Iterator[Town]:
    """Everything stands as it was wanted, and then somebody wants it otherwise."""
    with new_town(folder, config=BEFORE) as town:
        town.sandbox.add_user("ida.steinheim", email="ida@probe.example")
        save(town, FIRST, timedelta(hours=1))
        assert town.apply().code == 0
        text = town.config.read_text()
        for old, new in CHANGES.items():
            assert old in text, old
            text = text.replace(old, new)
        town.config.write_text(text)
        people = town.folder / "leute.csv"
        people.write_text("Konto;Verwaltung\ngreta.steinheim;steinheim\nida.steinheim;steinheim\n")
        os.utime(people, (0, 0))
        save(town, THEN, timedelta(minutes=30))
        yield town


def save(town: Town, rows: list[list[Any]], ago: timedelta) -> None:
    town.sandbox.put_file(SERVICE, WORKBOOK, workbook(rows), datetime.now(UTC) - ago)


@dataclass(frozen=True)
class Undisturbed:
    picture: Picture
    writes: list[str]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    with changed_town(tmp_path_factory.mktemp("undisturbed")) as town:
        before = len(town.sandbox.requests)
        assert town.apply(released).code == 0
        return Undisturbed(town.picture(), town.writes(before))


def test_the_changes_are_of_many_kinds(undisturbed: Undisturbed) -> None:
    methods = {write.split(" ")[0] for write in undisturbed.writes}
    assert {"POST", "PUT", "DELETE", "MOVE", "PROPPATCH"} <= methods
    assert len(undisturbed.writes) > 20


@pytest.mark.parametrize("first", (1, 4))
def test_killed_while_it_changes_things_the_next_run_reaches_the_same_end(
    first: int, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    for number in range(first, len(undisturbed.writes) + 1, 9):
        with changed_town(tmp_path / str(number)) as town:
            hit = town.apply_and_kill("after", number, prepare=released)
            assert town.apply(released).code == 0, hit
            assert town.picture() == undisturbed.picture, hit
            assert town.writes_of_another_run() == [], hit
