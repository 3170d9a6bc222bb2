"""Two `apply` at the same time on one configuration: one works, the other says so, nothing is written twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from kills_client import Client, Prepare, Said, without_lease
from kills_picture import Picture
from kills_town import Town, new_town

from plugin.assembly import open_service


@dataclass(frozen=True)
class Alone:
    """What one run makes that has the server for itself."""

    picture: Picture
    writes: int


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Alone:
    with new_town(tmp_path_factory.mktemp("alone"), parallel=4) as town:
        assert town.apply().code == 0
        return Alone(town.picture(), len(town.writes()))


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with new_town(tmp_path, parallel=4) as made:
        yield made


def at_write(town: Town, number: int, then: Callable[[], object]) -> None:
    """`then` is called when so many writes were carried out, and whoever sent the last one waits for its answer."""
    writes = 0

    def count(method: str, path: str) -> None:
        nonlocal writes
        writes += 1
        if writes == number:
            then()

    town.sandbox.world.faults.after_write = count


@pytest.mark.parametrize("number", (1, 20, 50))
def test_whoever_comes_second_is_told_and_writes_nothing(number: int, town: Town, alone: Alone) -> None:
    second: list[Said] = []
    at_write(town, number, lambda: second.append(town.start().said()))
    assert town.start().said().code == 0
    assert second == [Said(1, ("locked",))]
    assert town.picture() == alone.picture
    assert len(town.writes()) == alone.writes


def test_several_that_start_at_once_write_no_more_than_one(town: Town, alone: Alone) -> None:
    clients = [town.start() for _ in range(4)]
    said = [client.said() for client in clients]
    assert any(each.code == 0 for each in said)
    assert all(each.code == 0 or each == Said(1, ("locked",)) for each in said)
    assert town.picture() == alone.picture
    assert len(town.writes()) == alone.writes


def test_the_command_line_ends_with_1_and_names_who_is_at_work(town: Town) -> None:
    ended: list[subprocess.CompletedProcess[str]] = []
    command = [sys.executable, "-c", "from plugin.cli import main; main()", "-c", str(town.config), "apply", "--json"]
    environment = {**os.environ, "NEXTCLOUD_PASSWORD": town.password}
    at_write(town, 1, lambda: ended.append(subprocess.run(command, env=environment, capture_output=True, text=True)))
    client = town.start()
    assert client.said().code == 0
    assert ended[0].returncode == 1, ended[0].stderr
    (problem,) = json.loads(ended[0].stdout)["problems"]
    assert problem["code"] == "locked"
    assert f"/{client.process.pid}/" in problem["message"]


def test_looking_is_possible_while_somebody_works(town: Town) -> None:
    seen: list[object] = []

    def look() -> None:
        with open_service(town.config, environment={"NEXTCLOUD_PASSWORD": town.password}, writes=False) as service:
            seen.append(service.status())

    at_write(town, 9, look)
    assert town.start().said().code == 0
    assert len(seen) == 1


def falls_asleep(town: Town, prepare: Prepare | None = None) -> Client:
    """A client that stands still right after the server made a first team for it."""
    is_there, is_asleep = Event(), Event()

    def fall() -> None:
        assert is_there.wait(10)
        client.pause()
        is_asleep.set()

    at_write(town, 1, fall)
    client = town.start(prepare)
    is_there.set()
    assert is_asleep.wait(30)
    return client


@pytest.fixture
def slow_town(tmp_path: Path) -> Iterator[Town]:
    """One request at a time: whoever falls asleep in one holds nothing else, no transaction of our database either."""
    with new_town(tmp_path) as made:
        yield made


def test_who_slept_through_his_lease_may_not_go_on_writing(slow_town: Town, alone: Alone) -> None:
    town = slow_town
    sleeper = falls_asleep(town)
    assert town.apply(later=timedelta(minutes=10)).code in (0, 1)
    before = len(town.sandbox.requests)
    sleeper.go_on()
    assert sleeper.said().code == 1
    assert town.writes(before) == []
    assert town.apply().code == 0
    assert town.picture() == alone.picture


def test_without_a_lease_two_would_write_twice(slow_town: Town, alone: Alone) -> None:
    """The control: the same two runs when nobody asks who is at work."""
    town = slow_town
    sleeper = falls_asleep(town, without_lease)
    assert town.apply(without_lease).code in (0, 1)
    sleeper.go_on()
    sleeper.said()
    assert len(town.writes()) > alone.writes
