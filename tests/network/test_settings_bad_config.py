"""One file, or folder, per mistake: what `check` says about it stands beside it, German line first."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from network.errors import ConfigurationError
from network.settings import load

HERE = Path(__file__).parents[1] / "bad_config"
TODAY = date(2026, 11, 22)


def configuration(name: str) -> Path:
    return HERE / name if (HERE / name).is_dir() else HERE / f"{name}.yaml"


def said(path: Path) -> str:
    with pytest.raises(ConfigurationError) as refusal:
        load(path, today=TODAY)
    return "\n".join(f"{one.line('de')}\n{one.line('en')}\n" for one in refusal.value.problems)


@pytest.mark.parametrize("name", sorted(path.stem for path in HERE.glob("*.txt")))
def test_the_mistake_is_named_at_its_line(name: str) -> None:
    assert said(configuration(name)) == (HERE / f"{name}.txt").read_text(encoding="utf-8")


def test_every_bad_configuration_has_its_message() -> None:
    written = {path.stem for path in HERE.iterdir() if path.is_dir() or path.suffix == ".yaml"}
    assert written == {path.stem for path in HERE.glob("*.txt")}
    assert len(written) >= 45


def test_a_file_with_five_mistakes_reports_five() -> None:
    with pytest.raises(ConfigurationError) as refusal:
        load(HERE / "five_mistakes.yaml", today=TODAY)
    assert [problem.code for problem in refusal.value.problems] == [
        "unknown_key",
        "wrong_value",
        "wrong_value",
        "wrong_value",
        "unknown_name",
    ]


def test_no_message_repeats_a_secret() -> None:
    holding = [path for path in HERE.glob("*.yaml") if b"hunter2" in path.read_bytes()]
    assert len(holding) >= 5
    for path in holding:
        assert "hunter2" not in said(path)
