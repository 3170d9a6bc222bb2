"""A database that can't be used, or that somebody holds, is an error of our tree."""

import sqlite3
from pathlib import Path

import pytest

from network.errors import Locked, PersonMustAct
from network.ports import Record
from network.state import StateStore
from network.state.engine import sqlite


def test_a_database_that_somebody_holds_is_locked(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    engine = sqlite(path, patience=0.1)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(Locked) as caught:
        StateStore(engine).remember(Record("project:x", "folder", "folder"))
    assert caught.value.where == str(path)
    holder.close()
    StateStore(engine).remember(Record("project:x", "folder", "folder"))
    engine.dispose()


def test_what_is_remembered_can_be_read_while_somebody_writes(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    store = StateStore(sqlite(path, patience=0.1))
    store.remember(Record("project:x", "folder", "folder"))
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    assert [each.key for each in store.records()] == ["folder"]
    assert store.record("project:x", "folder", "folder") is not None
    holder.close()
    store.engine.dispose()


def test_opening_a_database_that_somebody_holds_is_locked(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    sqlite(path).dispose()
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Locked):
        sqlite(path, patience=0.1)
    holder.close()


def test_a_file_that_is_no_database_asks_for_a_person(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    path.write_bytes(b"no database at all, but long enough to be looked at" * 100)
    with pytest.raises(PersonMustAct) as caught:
        sqlite(path)
    assert caught.value.code == "state_unusable"


def test_a_damaged_database_asks_for_a_person(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    engine = sqlite(path)
    store = StateStore(engine)
    store.remember_all(Record("project:x", "folder", f"{number}" * 50) for number in range(300))
    engine.dispose()
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
    with pytest.raises(PersonMustAct):
        StateStore(sqlite(path)).records()
