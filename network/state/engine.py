"""Opens the database: a file of SQLite, or a PostgreSQL that several machines share.

SQLite waits for other writers instead of failing, and commits survive a kill. Both speak the same statements here but
for "insert or update", which `upsert` spells for each.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, make_url
from sqlalchemy.dialects import postgresql as _postgresql
from sqlalchemy.dialects import sqlite as _sqlite
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import StaticPool

from network.state.faults import in_our_words
from network.state.migration import bring_up

PATIENCE = 30.0
_ONLY_READS = "digitalnetzwerk_only_reads"

Upsert = _postgresql.Insert | _sqlite.Insert


def sqlite(path: Path | None, *, patience: float = PATIENCE) -> Engine:
    """The engine over `path`, created when missing; None gives a database in memory that nobody else sees.

    Waits `patience` seconds for other writers, then Locked; PersonMustAct for a database that can't be used.
    """
    if path is None:
        engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": patience})
        event.listen(engine, "handle_error", in_our_words)
        event.listen(engine, "connect", _durable)
        event.listen(engine, "begin", _write_at_once)
    bring_up(engine)
    return engine


def postgresql(address: str) -> Engine:
    """The engine over a database of PostgreSQL, `postgresql://USER:PASSWORD@HOST/NAME`.

    ValueError for any other address; Unreachable, or PersonMustAct, when the database can't be used.
    """
    try:
        url = make_url(address)
    except ArgumentError:
        raise ValueError("no address of a database") from None  # SQLAlchemy's own sentence shows the password
    if url.get_backend_name() != "postgresql":
        raise ValueError(url.drivername)
    engine = create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    event.listen(engine, "handle_error", in_our_words)
    bring_up(engine)
    return engine


def upsert(engine: Engine, table: Table) -> Upsert:
    """An insert that may become an update, in this database's own words."""
    return _postgresql.insert(table) if engine.dialect.name == "postgresql" else _sqlite.insert(table)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection on which nothing is written: it takes no lock and waits for no writer.

    Each statement sees one state; two of them may see two.
    """
    with engine.connect() as connection:
        yield connection.execution_options(**{_ONLY_READS: True})


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A connection on which nothing is written and all statements see one state; no writer waits for it."""
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            yield connection.execution_options(isolation_level="REPEATABLE READ")
        else:
            only_reads = connection.execution_options(**{_ONLY_READS: True})
            only_reads.exec_driver_sql("BEGIN")
            yield only_reads


def _durable(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver opens no transaction of its own: _write_at_once does
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.close()


def _write_at_once(connection: Connection) -> None:
    """Takes the write lock first: a transaction that reads and then writes never finds its snapshot outdated."""
    if not connection.get_execution_options().get(_ONLY_READS):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
