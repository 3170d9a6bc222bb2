"""The shipped network loads as it stands, and each level also without the later ones."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from network.settings import IcsFeed, NextcloudPeople, PeopleTable, TrainingTable, load
from plugin.demo.people import ADMINISTRATIONS

CONFIGURATION = Path(__file__).parents[2] / "config/kreis-hoexter"
LEVELS = ("1-kalender.yaml", "2-austauschgruppen.yaml", "3-projekte.yaml", "4-anmeldung.yaml")
TODAY = date(2026, 11, 22)


def test_the_network_is_complete() -> None:
    settings = load(CONFIGURATION, today=TODAY).settings
    assert list(settings.administrations) == list(ADMINISTRATIONS)
    assert {key: type(one) for key, one in settings.connectors.items()} == {
        "beschaeftigte": NextcloudPeople,
        "schulungsplan": TrainingTable,
        "ansprechpersonen": PeopleTable,
        "studieninstitut": IcsFeed,
        "beschaeftigte-liste": PeopleTable,
    }
    assert len(settings.calendars) == 3
    assert len(settings.exchange_groups) == 9
    assert len(settings.projects) == 8


def test_only_the_town_without_a_directory_has_its_group_kept_by_us() -> None:
    administrations = load(CONFIGURATION, today=TODAY).settings.administrations
    assert [key for key, one in administrations.items() if not one.external] == ["nieheim"]


def test_the_only_warning_says_that_level_four_waits() -> None:
    (warning,) = load(CONFIGURATION, today=TODAY).warnings
    assert "4-anmeldung.yaml" in warning.where


@pytest.mark.parametrize("levels", [1, 2, 3, 4])
def test_each_level_loads_without_the_later_ones(tmp_path: Path, levels: int) -> None:
    for name in LEVELS[:levels]:
        shutil.copy(CONFIGURATION / name, tmp_path / name)
    assert load(tmp_path, today=TODAY).settings.network.id == "kreis-hoexter"


def test_no_password_stands_in_the_files() -> None:
    for path in CONFIGURATION.glob("*.yaml"):
        for line in path.read_text("utf-8").splitlines():
            code = line.partition(" #")[0]
            assert "password:" not in code or "env:" in code, f"{path.name}: {line}"
