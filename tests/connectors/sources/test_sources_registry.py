"""Every connector of the shipped configuration gets its source, and nothing is touched while it is made."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sources_kit import BERLIN, NOW, CloudFiles, Memory, codes, plan, row

from connectors.feed.source import FeedOfTrainings
from connectors.memory.calendars import MemoryCalendars
from connectors.people.source import PeopleOfNextcloud
from connectors.registry import Surroundings, people_source, training_source
from connectors.sources.http import RequestsFetcher
from connectors.tables.people import TableOfPeople
from connectors.tables.source import TableOfTrainings
from network.model import SourceState
from network.settings import IcsFeed, NextcloudPeople, PeopleTable, TrainingTable, load
from network.settings.locations import LocalFile

SETTINGS = load(Path(__file__).parents[3] / "config/kreis-hoexter", today=date(2027, 1, 15)).settings
KINDS = {
    TrainingTable: TableOfTrainings,
    IcsFeed: FeedOfTrainings,
    PeopleTable: TableOfPeople,
    NextcloudPeople: PeopleOfNextcloud,
}


class NoDirectory:
    """Whoever asks it for anything fails the test."""


def surroundings() -> Surroundings:
    return Surroundings(
        files=CloudFiles(),
        calendars=MemoryCalendars(),
        directory=NoDirectory(),  # type: ignore[arg-type]
        fetcher=RequestsFetcher(),
        zone=BERLIN,
        language="de",
        administrations=SETTINGS.administrations,
    )


@pytest.mark.parametrize("key", SETTINGS.connectors)
def test_every_connector_of_the_shipped_configuration_gets_its_source(key: str) -> None:
    settings = SETTINGS.connectors[key]
    make = people_source if settings.provides == "people" else training_source
    source = make(key, settings, Memory(), surroundings())  # type: ignore[operator]
    assert type(source) is KINDS[type(settings)]


def table(path: Path, **settings: object) -> TrainingTable:
    columns = {"key": "Nr.", "title": "Titel", "date": "Datum"}
    return TrainingTable.model_validate(
        {"type": "table", "location": LocalFile(path), "columns": columns, "settle": "0 minutes"} | settings
    )


def test_settings_reach_the_source(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(plan(row(1), row(2)))

    def deliver(**settings: object) -> list[str]:
        delivery = training_source("plan", table(path, **settings), Memory(), surroundings()).deliver(NOW)
        return codes(delivery)

    assert deliver() == ["no_status_column"]
    assert deliver(max_bytes="1 KB") == ["too_large"]
    assert deliver(max_items=2) == ["too_large"]
    assert deliver(header=2) == ["no_header"]
    assert deliver(settle="100 Jahre") == ["settling"]
    assert deliver(sheets=("Andere",)) == ["no_header"]


def test_a_missing_file_in_nextcloud_is_a_problem_and_no_exception() -> None:
    settings = SETTINGS.connectors["schulungsplan"]
    assert isinstance(settings, TrainingTable)
    delivery = training_source("schulungsplan", settings, Memory(), surroundings()).deliver(NOW)
    assert (delivery.state, codes(delivery)) == (SourceState.FAILED, ["source_vanished"])
