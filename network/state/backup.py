"""A copy of the database in one file, made while others go on writing; and the way back.

The file is a database of SQLite, whatever it was copied from: so it also carries a network from a file to a PostgreSQL.
Who is logged in and who is writing at this moment is not in it.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, delete, func, insert, select

from network.errors import PersonMustAct
from network.state import tables
from network.state.engine import snapshot, sqlite
from network.text import Text
from network.written.reasons import reason

AT_ONCE = 500
COPIED = tuple(each for each in tables.metadata.sorted_tables if each not in (tables.leases, tables.sessions))


def save(source: Engine, file: Path) -> int:
    """Writes the copy beside `file` and puts it there in one step; the number of rows in it.

    Readable by nobody but this account. PersonMustAct where the file can't be written.
    """
    unfinished: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)  # made for this account alone
        os.close(handle)
        unfinished = Path(name)
        rows = _write(source, unfinished)
        unfinished.replace(file)
    except OSError as error:
        why = reason(error)
        raise PersonMustAct(
            Text(f"Die Sicherung lässt sich nicht schreiben: {why.de}", f"the backup can't be written: {why.en}"),
            where=str(file),
            remedy=Text(
                "Gibt es den Ordner, und darf dieses Konto dort schreiben?",
                "Is the folder there, and may this account write into it?",
            ),
            code="backup_unwritable",
        ) from error
    finally:
        if unfinished is not None:
            unfinished.unlink(missing_ok=True)
    return rows


def bring_back(file: Path, target: Engine) -> int:
    """Puts what stands in the copy in the place of everything in `target`, in one step; the number of rows.

    Nobody may be writing meanwhile: the caller holds the lease. PersonMustAct for a file that is no copy of ours.
    """
    _refuse_others(file)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "state.sqlite")  # a copy of an older program is brought up to date, the file is left alone
        shutil.copyfile(file, copy)
        engine = sqlite(copy)
        try:
            with snapshot(engine) as source, target.begin() as connection:
                for table in COPIED:
                    connection.execute(delete(table))
                rows = _copy(source, connection)
                _count_on(connection)
        finally:
            engine.dispose()
    return rows


def _write(source: Engine, file: Path) -> int:
    target = sqlite(file)
    try:
        with snapshot(source) as read, target.begin() as connection:
            connection.execute(delete(tables.versions))
            rows = _copy(read, connection)
    finally:
        target.dispose()
    with closing(sqlite3.connect(file)) as alone:
        alone.execute("pragma journal_mode = delete")  # one file, nothing beside it
    return rows


def _copy(source: Connection, target: Connection) -> int:
    rows = 0
    for table in COPIED:
        for part in source.execute(select(table)).mappings().partitions(AT_ONCE):
            target.execute(insert(table), [dict(each) for each in part])
            rows += len(part)
    return rows


def _count_on(connection: Connection) -> None:
    """PostgreSQL gives numbers from a counter of its own, which rows with numbers don't move."""
    if connection.dialect.name != "postgresql":
        return
    for table in COPIED:
        column = table.autoincrement_column
        if column is not None:
            counter = func.pg_get_serial_sequence(table.name, column.name)
            newest = connection.execute(select(func.max(column))).scalar_one()
            connection.execute(select(func.setval(counter, newest or 1, newest is not None)))


def _refuse_others(file: Path) -> None:
    try:
        with closing(sqlite3.connect(f"file:{quote(str(file.resolve()))}?mode=ro", uri=True)) as connection:
            names = {name for (name,) in connection.execute("select name from sqlite_master")}
            sound = connection.execute("pragma quick_check").fetchone() == ("ok",)
    except sqlite3.Error as error:
        raise _no_copy(file) from error
    if "records" not in names or not sound:
        raise _no_copy(file)


def _no_copy(file: Path) -> PersonMustAct:
    return PersonMustAct(
        Text("Das ist keine unversehrte Sicherung von digitalnetzwerk.", "this is no sound backup of digitalnetzwerk"),
        where=str(file),
        remedy=Text(
            "Nehmen Sie eine Datei, die „digitalnetzwerk backup“ geschrieben hat. Ohne Sicherung geht es auch: der "
            "nächste Lauf erkennt alles an seinen Marken wieder.",
            'Take a file that "digitalnetzwerk backup" wrote. It also works without one: the next run recognises '
            "everything by its marks.",
        ),
        code="no_backup",
    )
