"""State and queue in PostgreSQL, the queue in Redis: one line of YAML, the same results."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from journeys_town import THREE, Town, row

from network.errors import PersonMustAct
from plugin.jobs.queue import Jobs
from plugin.jobs.rounds import Rounds
from plugin.running import Running

sys.path.insert(0, str(Path(__file__).parents[1] / "network"))

from state_databases import Databases, databases

__all__ = ["databases"]


def test_a_run_remembers_in_postgresql_and_a_second_one_writes_nothing(town: Town, databases: Databases) -> None:
    town.swap("service:\n", "service:\n  database: env:DATABASE\n")
    environment = {**town.environment, "DATABASE": databases.new()}
    running = Running(town.config, environment=environment, clock=town.now)
    rounds = Rounds(running)
    rounds.begin()
    assert rounds.go() is not None
    assert town.titles() == sorted(each[2] for each in THREE)
    assert not (town.config.with_name("daten") / "state.sqlite").exists()
    before = town.mark()
    town.wait(minutes=20)
    run = rounds.go()
    assert run is not None and run.code == 0
    assert town.writes(before) == []
    town.save([*THREE, row(4, "Vergaberecht")])
    town.wait(hours=1)
    rounds.go()
    assert "Vergaberecht" in town.titles()
    running.state.engine.dispose()


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[str]:
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("redis-server is not installed: the queue in Redis is not tried")
    socket = tmp_path / "redis.sock"
    server = subprocess.Popen(
        [program, "--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", str(tmp_path)],
        stdout=subprocess.DEVNULL,
    )
    for _ in range(100):
        if socket.exists():
            break
        time.sleep(0.05)
    yield f"unix://{socket}"
    server.terminate()
    server.wait(10)


def carried(place: Path | str) -> int:
    """One job with its arguments, asked for by one side and carried out by the other."""
    done: list[int] = []
    asking, working = Jobs(place), Jobs(place)
    ask = asking.define("round", lambda many: done.append(1))
    working.define("round", lambda many: done.append(many["many"]))
    ask({"many": 2})
    assert asking.waiting == 1
    working.start(1)
    for _ in range(200):
        if done:
            break
        time.sleep(0.05)
    working.stop(within=10)
    assert asking.waiting == 0
    return sum(done)


def test_a_job_is_carried_by_sqlite(tmp_path: Path) -> None:
    assert carried(tmp_path) == 2


def test_a_job_is_carried_by_postgresql(databases: Databases) -> None:
    assert carried(databases.new()) == 2


def test_a_job_is_carried_by_redis(redis: str) -> None:
    assert carried(redis) == 2


def test_another_kind_of_queue_is_refused_without_showing_the_password() -> None:
    with pytest.raises(PersonMustAct) as caught:
        Jobs("amqp://netz:geheim@127.0.0.1")
    assert "geheim" not in str(caught.value.problem())
