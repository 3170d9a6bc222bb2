"""A copy carries a network from one kind of database to the other."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine
from state_databases import Databases, databases

from network.ports import Record
from network.state import StateStore
from network.state.backup import bring_back, save
from network.state.engine import postgresql, sqlite
from network.state.runs import RunLog
from network.state.sessions import Sessions

__all__ = ["databases"]


def filled(engine: Engine) -> StateStore:
    store, runs = StateStore(engine), RunLog(engine)
    store.remember(Record("calendar:a", "entry", "uid", "/a", "1", "{}", "d"))
    for _ in range(3):
        runs.finish(runs.start("apply"), fingerprint="ABCD", exit_code=0, document="{}")
    return store


def test_from_a_file_to_postgresql_and_back(databases: Databases, tmp_path: Path) -> None:
    file, shared, again = sqlite(tmp_path / "a.sqlite"), postgresql(databases.new()), sqlite(tmp_path / "b.sqlite")
    first = filled(file)
    filled(shared).remember(Record("calendar:b", "entry", "of the other network", "/b", "1", "{}", "d"))
    save(file, tmp_path / "copy")
    bring_back(tmp_path / "copy", shared)
    assert StateStore(shared).records() == first.records()
    assert RunLog(shared).start("apply") == RunLog(file).start("apply")  # numbers go on behind those of the copy
    save(shared, tmp_path / "copy")
    bring_back(tmp_path / "copy", again)
    assert StateStore(again).records() == first.records()
    assert StateStore(again).version == first.version
    for each in (file, shared, again):
        each.dispose()


def test_who_is_logged_in_stays_out_of_it(tmp_path: Path) -> None:
    engine = sqlite(tmp_path / "a.sqlite")
    sessions = Sessions(engine, clock=lambda: datetime.now(UTC), lasting=timedelta(hours=1))
    key = sessions.open("anna.brakel", "{}")
    save(engine, tmp_path / "copy")
    assert b"anna.brakel" not in (tmp_path / "copy").read_bytes()
    bring_back(tmp_path / "copy", engine)
    assert sessions.visitor(key) == "{}"
    engine.dispose()
