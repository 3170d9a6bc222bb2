"""Facts about the project itself: its floors, its lock file, its environment."""

import importlib.util
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_every_package_stands_on_a_floor() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    floors = PROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
    assert packages == {name.strip() for floor in floors for name in floor.split("|")}


def test_the_start_up_hook_that_rewrites_urllib3_is_absent() -> None:
    assert importlib.util.find_spec("urllib3_future") is None
    assert importlib.util.find_spec("niquests") is None


def test_the_lock_file_pins_with_hashes_and_names_no_registry() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = [line for line in lock.splitlines() if line and not line.startswith((" ", "#"))]
    assert pins
    assert all("==" in pin for pin in pins)
    assert lock.count("--hash=sha256:") >= len(pins)
    assert "://" not in lock


def test_every_dependency_has_its_line() -> None:
    named = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    wanted = [each.split(">")[0].split("<")[0] for each in PROJECT["project"]["dependencies"]]
    assert [name for name in wanted if f"| {name} |" not in named] == []


def pins(path: str) -> set[str]:
    """Each "name==version" of a lock file."""
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
    return {line.removesuffix(" \\") for line in lines if line and not line.startswith((" ", "#"))}


def test_a_service_runs_on_the_versions_that_were_tested_and_on_no_tool() -> None:
    running, all_of_them = pins("deploy/requirements.lock"), pins("requirements.lock")
    assert running <= all_of_them
    names = {pin.split("==")[0] for pin in running}
    assert {each.split(">")[0].split("<")[0] for each in PROJECT["project"]["dependencies"]} <= names
    assert not names & {"pytest", "playwright", "mypy", "niquests"}
    assert "://" not in (ROOT / "deploy" / "requirements.lock").read_text(encoding="utf-8")
