"""A database of any earlier step opens with this program, on SQLite and on PostgreSQL; a newer one is refused."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, inspect, text
from state_databases import Databases, databases

from network.errors import PersonMustAct
from network.ports import Record
from network.state import StateStore
from network.state.engine import postgresql, sqlite
from network.state.migration import FIRST, NEWEST
from network.state.tables import metadata

__all__ = ["databases"]

Bare = Callable[[], Engine]


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, databases: Databases, tmp_path: Path) -> Iterator[Path | str]:
    yield databases.new() if request.param == "postgresql" else tmp_path / "state.sqlite"


def bare(place: Path | str) -> Engine:
    """The database without anything of ours."""
    return create_engine(
        f"sqlite:///{place}" if isinstance(place, Path) else place.replace("postgresql://", "postgresql+psycopg://")
    )


def opened(place: Path | str) -> Engine:
    return postgresql(place) if isinstance(place, str) else sqlite(place)


def brought_to(step: str, place: Path | str) -> None:
    engine, config = bare(place), Config()
    config.set_main_option("script_location", "network.state:migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, step)
    engine.dispose()


def step_of(engine: Engine) -> str:
    with engine.connect() as connection:
        return str(connection.execute(text("select version_num from alembic_version")).scalar_one())


def differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), metadata)
        return [each for each in found if each[0] != "remove_table" or each[1].name != "alembic_version"]


def test_a_new_database_and_one_that_went_every_step_are_the_same(place: Path | str) -> None:
    brought_to(FIRST, place)
    engine = opened(place)
    assert step_of(engine) == NEWEST
    assert differences(engine) == []
    engine.dispose()


def test_a_new_database_begins_at_the_newest_step(place: Path | str) -> None:
    engine = opened(place)
    assert step_of(engine) == NEWEST
    assert differences(engine) == []
    engine.dispose()


def test_what_stood_there_before_the_steps_stands_there_after(place: Path | str) -> None:
    brought_to(FIRST, place)
    engine = bare(place)
    with engine.begin() as connection:
        connection.execute(
            text("insert into records values ('calendar:a', 'entry', 'uid', '/href', 'etag', '{}', 'd', '')")
        )
    engine.dispose()
    store = StateStore(opened(place))
    assert store.record("calendar:a", "entry", "uid") == Record(
        "calendar:a", "entry", "uid", "/href", "etag", "{}", "d"
    )
    store.engine.dispose()


def test_a_database_from_before_steps_were_counted_is_taken_up(place: Path | str) -> None:
    brought_to(FIRST, place)
    engine = bare(place)
    with engine.begin() as connection:
        connection.execute(text("drop table alembic_version"))
    engine.dispose()
    engine = opened(place)
    assert step_of(engine) == NEWEST
    assert differences(engine) == []
    engine.dispose()


def test_a_database_of_a_newer_program_is_refused_and_left_alone(place: Path | str) -> None:
    engine = opened(place)
    with engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    engine.dispose()
    with pytest.raises(PersonMustAct) as caught:
        opened(place)
    assert caught.value.code == "state_too_new"
    engine = bare(place)
    assert step_of(engine) == "9999"
    engine.dispose()


KILLED_IN_THE_MIDDLE = """
import os, signal, sys
from pathlib import Path
from alembic import op
from network.state import engine
create = op.create_table
def create_and_die(name, *columns):
    create(name, *columns)
    if name == "sessions":
        os.kill(os.getpid(), signal.SIGKILL)
op.create_table = create_and_die
place = sys.argv[1]
engine.postgresql(place) if "://" in place else engine.sqlite(Path(place))
"""


def test_killed_in_the_middle_of_a_step_the_database_is_as_before(place: Path | str) -> None:
    brought_to(FIRST, place)
    killed = subprocess.run([sys.executable, "-c", KILLED_IN_THE_MIDDLE, str(place)], env=dict(os.environ), timeout=60)
    assert killed.returncode == -signal.SIGKILL
    engine = bare(place)
    tables = _settled(engine)
    engine.dispose()
    assert "schedule" not in tables
    engine = opened(place)
    assert differences(engine) == []
    engine.dispose()


def _settled(engine: Engine) -> set[str]:
    """The tables once the server has noticed that nobody is there any more."""
    for _ in range(50):
        tables = set(inspect(engine).get_table_names())
        if "schedule" not in tables:
            break
        time.sleep(0.1)
    return tables


def test_two_programs_that_open_a_new_database_at_once_make_it_once(place: Path | str) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(6) as pool:
        engines = list(pool.map(lambda _: opened(place), range(6)))
    assert {step_of(each) for each in engines} == {NEWEST}
    for each in engines:
        each.dispose()
