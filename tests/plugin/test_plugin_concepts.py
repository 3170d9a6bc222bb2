"""Training concepts: which trainings are which step, and what comes next."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

import pytest

from network.settings import Settings, TrainingConcept
from network.state import open_state
from plugin.catalogue import Catalogue
from plugin.concepts import Step, parts, steps

sys.path.insert(0, str(Path(__file__).parent))

from plugin_programme import BERLIN, NOW, entry

SETTINGS = Settings.model_construct(
    concepts={
        "ozg": TrainingConcept(key="ozg", name="Grundlagen OZG"),
        "e-akte": TrainingConcept(key="e-akte", name="Einführung E-Akte"),
        "windows-11": TrainingConcept(key="windows-11", name="Windows 11"),
    }
)


def said(text: str) -> list[tuple[str, int | None]]:
    state = open_state(None)
    state.remember(entry("u", description=f"Inhalt\n\nSchulungskonzept: {text}"))
    [training] = Catalogue(state, BERLIN).listed()
    return [(each.concept.key, each.number) for each in parts(training, SETTINGS)]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("OZG 1", [("ozg", 1)]),
        ("ozg-2", [("ozg", 2)]),
        ("Grundlagen OZG 3", [("ozg", 3)]),
        ("OZG", [("ozg", None)]),
        ("E-Akte 2, OZG 1", [("e-akte", 2), ("ozg", 1)]),
        ("Einführung E-Akte: 4", [("e-akte", 4)]),
        ("Windows 11", [("windows-11", None)]),
        ("Windows 11 2", [("windows-11", 2)]),
        ("Kochen 1", []),
        ("17", []),
        ("; ,", []),
    ],
)
def test_a_training_says_which_step_it_is(text: str, meant: list[tuple[str, int | None]]) -> None:
    assert said(text) == meant


def test_steps_stand_in_order_with_their_next_dates_and_the_last_one() -> None:
    state = open_state(None)
    state.remember_all(
        (
            entry("zwei", NOW + timedelta(days=3), title="Praxis", description="Schulungskonzept: OZG 2"),
            entry("eins", NOW - timedelta(days=30), title="Anfang", description="Schulungskonzept: OZG 1"),
            entry("neu", NOW + timedelta(days=9), title="Anfang", description="Schulungskonzept: OZG 1"),
            entry("frei", NOW - timedelta(days=9), title="Vertiefung", description="Schulungskonzept: OZG"),
        )
    )
    dates = Catalogue(state, BERLIN).dates(NOW.date())
    found: tuple[Step, ...] = steps(SETTINGS.concepts["ozg"], dates, SETTINGS, NOW)
    assert [(each.number, each.name) for each in found] == [(1, "Anfang"), (2, "Praxis"), (None, "Vertiefung")]
    assert [[date.training.uid for date in each.coming] for each in found] == [["neu"], ["zwei"], []]
    assert [each.last.training.uid if each.last else "" for each in found] == ["eins", "", "frei"]
