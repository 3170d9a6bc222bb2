"""Cancelling where the source is written too: at once here, and with the run that follows in the source as well."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from journeys_kept import BOTH_WAYS, PLACES, Coordinator, coordinator_on
from journeys_town import FAR, Town

WHY = "Referentin erkrankt"
PLANNED = ["Datenschutz", "Haushalt", "Rhetorik", "Vergabe"]
AUS = ["Datenschutz", "Fällt aus: Rhetorik", "Haushalt", "Vergabe"]


@pytest.fixture(params=PLACES)
def both(request: pytest.FixtureRequest, town: Town, tmp_path: Path) -> Iterator[Coordinator]:
    with coordinator_on(request.param, town, tmp_path, more=BOTH_WAYS, rights=True) as made:
        for number, title in enumerate(PLANNED):
            made.plan(title, FAR + timedelta(days=number))
        assert made.town.apply().code == 0
        yield made


def source_of(both: Coordinator, title: str) -> str:
    return next(text for each in both.stored().values() if f"SUMMARY:{title}" in (text := each.decode()))


def cancel(both: Coordinator) -> None:
    run = both.town._do(lambda service: service.cancel(service.happening("Rhetorik"), WHY))
    assert run.code == 0


def test_it_stands_here_at_once_and_in_the_source_after_the_next_run(both: Coordinator) -> None:
    cancel(both)
    assert both.titles() == AUS
    assert "STATUS:CANCELLED" not in source_of(both, "Rhetorik")

    assert both.town.apply().code == 0

    told = source_of(both, "Rhetorik")
    assert "STATUS:CANCELLED" in told
    assert f"Fällt aus: {WHY}" in told
    assert both.titles() == AUS
    before = dict(both.stored())
    assert not both.town.apply().plan.changes
    assert both.stored() == before


def test_it_takes_place_after_all_on_both_sides(both: Coordinator) -> None:
    cancel(both)
    both.town.apply()

    both.town._do(lambda service: service.take_place(service.happening("Rhetorik")))
    assert both.titles() == PLANNED
    both.town.apply()

    assert "CANCELLED" not in source_of(both, "Rhetorik")
    assert "Fällt aus" not in source_of(both, "Rhetorik")
    assert both.titles() == PLANNED


def test_what_the_coordinator_takes_back_in_the_source_takes_place_here(both: Coordinator) -> None:
    cancel(both)
    both.town.apply()

    both.plan("Rhetorik", FAR + timedelta(days=2))
    both.town.apply()
    assert both.titles() == PLANNED
    cancel(both)

    assert both.titles() == AUS
