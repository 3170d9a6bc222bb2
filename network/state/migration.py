"""Brings the tables of a database up to what this program knows, whenever one is opened.

All steps are one transaction: a program that is killed in the middle leaves the database as it was. A new database
gets its tables at once, without Alembic, which takes long to load.
"""

from __future__ import annotations

from sqlalchemy import Column, Connection, Engine, MetaData, String, Table, insert, inspect, select, text

from network.errors import PersonMustAct
from network.state.tables import metadata
from network.text import Text

FIRST, NEWEST = "0001", "0009"
_LOCK = 7_463_221_905  # any number that no other program takes in this database

_version = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))


def bring_up(engine: Engine) -> None:
    """Afterwards the tables are those of `network.state.tables`. PersonMustAct for a newer program's database."""
    with engine.connect() as connection:
        if _found(connection) == NEWEST:
            return
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("select pg_advisory_xact_lock(:number)"), {"number": _LOCK})
        found = _found(connection)
        if found == NEWEST:
            return
        if found == "":
            metadata.create_all(connection)
            _version.create(connection)
            connection.execute(insert(_version).values(version_num=NEWEST))
        else:
            _migrate(connection, found)


def _found(connection: Connection) -> str:
    """The step that the database has reached; empty for a new one."""
    there = set(inspect(connection).get_table_names())
    if _version.name in there:
        return str(connection.execute(select(_version.c.version_num)).scalar_one())
    return FIRST if "records" in there else ""  # made before steps were counted


def _migrate(connection: Connection, found: str) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "network.state:migrations")
    config.attributes["connection"] = connection
    if found not in {each.revision for each in ScriptDirectory.from_config(config).walk_revisions()}:
        raise _too_new(found)
    if _version.name not in inspect(connection).get_table_names():
        command.stamp(config, found)
    command.upgrade(config, NEWEST)


def _too_new(found: str) -> PersonMustAct:
    return PersonMustAct(
        Text(
            f"Die Datenbank gehört zu einer neueren Fassung dieses Programms (Stand {found}, bekannt bis {NEWEST}).",
            f"The database belongs to a newer version of this program (step {found}, known up to {NEWEST}).",
        ),
        where="service.data",
        remedy=Text(
            "Setzen Sie die neuere Fassung wieder ein, oder spielen Sie die Sicherung von vorher zurück.",
            "Install the newer version again, or restore the backup from before.",
        ),
        code="state_too_new",
    )
