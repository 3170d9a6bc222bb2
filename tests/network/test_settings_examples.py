"""Every configuration that we ship is loaded."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from network.settings import load

CONFIG = Path(__file__).parents[2] / "config"
TODAY = date(2026, 11, 22)
SHIPPED = sorted(path for path in CONFIG.iterdir() if path.is_dir() or path.suffix in (".yaml", ".yml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_shipped_configuration_loads(path: Path) -> None:
    loaded = load(path, today=TODAY)
    assert loaded.settings.administrations
    assert loaded.settings.calendars
    assert {warning.code for warning in loaded.warnings} <= {"warning_level_4"}


def test_the_complete_example_loads_within_0_3_seconds_of_cpu() -> None:
    spent = []
    for _ in range(3):
        start = time.process_time()
        load(CONFIG / "kreis-hoexter", today=TODAY)
        spent.append(time.process_time() - start)
    assert min(spent) < 0.3


def test_the_minimal_example_is_a_dozen_lines_and_writes_nothing_yet() -> None:
    lines = (CONFIG / "minimal.yaml").read_text(encoding="utf-8").splitlines()
    assert len([line for line in lines if line and not line.startswith("#")]) <= 20
    assert load(CONFIG / "minimal.yaml", today=TODAY).settings.network.mode == "preview"


def test_every_secret_that_the_examples_name_stands_in_the_template() -> None:
    template = (CONFIG / "secrets.example.env").read_text(encoding="utf-8")
    named = set()
    for path in CONFIG.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8").replace("env:NAME", "")
        named |= {word.partition("}")[0].strip(",") for word in text.split() if word.startswith("env:")}
    assert named
    for reference in named:
        assert f"\n{reference.removeprefix('env:')}=" in template
