"""What stands in deploy/ calls commands that exist, and ends a service as gently as it wants to be ended."""

import configparser
import shlex
from pathlib import Path

import click
import pytest
import yaml

from plugin.cli.main import digitalnetzwerk
from plugin.process import END_WITHIN

DEPLOY = Path(__file__).parents[2] / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))


def unit(path: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment]
    parser.read_string(path.read_text(encoding="utf-8"))
    return parser


def is_understood(arguments: list[str]) -> bool:
    """Whether the command line takes these arguments; nothing is carried out."""
    return bool(digitalnetzwerk.main([*arguments, "--help"], standalone_mode=False) == 0)


@pytest.mark.parametrize("arguments", [["serve", "--porto", "1"], ["nonsense"]])
def test_what_the_program_does_not_know_would_be_noticed(arguments: list[str]) -> None:
    with pytest.raises(click.ClickException):
        is_understood(arguments)


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_every_unit_calls_what_the_program_knows(path: Path) -> None:
    service = unit(path)["Service"]
    for key in ("ExecStartPre", "ExecStart"):
        if key in service:
            program, *arguments = shlex.split(service[key])
            assert program == "/opt/digitalnetzwerk/bin/digitalnetzwerk"
            assert is_understood(arguments)


@pytest.mark.parametrize("name", ["digitalnetzwerk", "digitalnetzwerk-worker"])
def test_whoever_stops_the_service_waits_until_its_change_is_done(name: str) -> None:
    service = unit(DEPLOY / "systemd" / f"{name}.service")["Service"]
    assert int(service["TimeoutStopSec"]) > END_WITHIN
    assert service["KillSignal"] == "SIGTERM"
    compose = yaml.safe_load((DEPLOY / "container" / "compose.yaml").read_text(encoding="utf-8"))
    for part in ("service", "worker"):
        assert int(compose["services"][part]["stop_grace_period"].removesuffix("s")) > END_WITHIN


def test_the_container_calls_what_the_program_knows_and_is_nobody_of_importance() -> None:
    lines = (DEPLOY / "container" / "Containerfile").read_text(encoding="utf-8").splitlines()
    (command,) = (yaml.safe_load(line.removeprefix("CMD ")) for line in lines if line.startswith("CMD "))
    assert is_understood(command)
    assert "USER 10001" in lines
    compose = yaml.safe_load((DEPLOY / "container" / "compose.yaml").read_text(encoding="utf-8"))
    assert is_understood(compose["services"]["worker"]["command"])
    assert compose["services"]["service"]["read_only"]
