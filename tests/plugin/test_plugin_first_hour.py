"""What a beginner types first."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from plugin.cli.beginning import address
from plugin.cli.main import run


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cloud.kreis.example", "https://cloud.kreis.example"),
        (" https://cloud.kreis.example/ ", "https://cloud.kreis.example"),
        ("kreis.example/nextcloud/", "https://kreis.example/nextcloud"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
    ],
)
def test_an_address_may_be_typed_as_people_say_it(typed: str, meant: str) -> None:
    assert address(typed) == meant


@pytest.mark.parametrize(
    "typed", ["", "https://", "ftp://cloud.example", "http://[", "https://name:wort@cloud.example"]
)
def test_what_is_no_address_is_a_mistake_of_usage(typed: str) -> None:
    with pytest.raises(click.UsageError):
        address(typed)


def test_a_template_that_cannot_be_written_is_a_mistake_of_usage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["template", "schulungsplan", "-o", str(tmp_path / "nirgends" / "plan.xlsx")]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_file_in_the_place_of_the_new_folder_is_a_mistake_of_usage(tmp_path: Path) -> None:
    there = tmp_path / "netz.yaml"
    there.touch()
    words = ["--url", "https://cloud.example", "--name", "Netz", "--mail", "buero@netz.example"]
    assert run(["-c", str(there), "init", *words]) == 2
