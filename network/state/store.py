"""The ledger of what we wrote: records, intents, lost values. Every call is committed when it returns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, bindparam, delete, insert, select

from network.ports import Intent, Record
from network.state import tables
from network.state.engine import Upsert, postgresql, reading, sqlite, upsert

RECORDS = "records"
KEYS_AT_ONCE = 500

# Built once: executed for every entry that is written, and for every page.
_ONE = select(tables.records).where(
    tables.records.c.scope == bindparam("of_scope"),
    tables.records.c.kind == bindparam("of_kind"),
    tables.records.c.key == bindparam("of_key"),
)
_VERSION = select(tables.versions.c.number).where(tables.versions.c.name == RECORDS)


class StateStore:
    """Satisfies `network.ports.Ledger`. `run` is the run under which history is written."""

    def __init__(self, engine: Engine, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.engine = engine
        self._clock = clock
        self._remember = _over(engine, tables.records, ("scope", "kind", "key"))
        self._intend = _over(engine, tables.intents, ("scope", "kind", "key"))
        self._grow = (
            upsert(engine, tables.versions)
            .values(name=RECORDS, number=1)
            .on_conflict_do_update(index_elements=["name"], set_={"number": tables.versions.c.number + 1})
        )
        self.run = 0

    # ------------------------------------------------------------------ reading

    def records(self, scope: str | None = None, kind: str | None = None) -> tuple[Record, ...]:
        query = select(tables.records).order_by(*tables.records.primary_key)
        if scope is not None:
            query = query.where(tables.records.c.scope == scope)
        if kind is not None:
            query = query.where(tables.records.c.kind == kind)
        with reading(self.engine) as connection:
            return tuple(_record(row._mapping) for row in connection.execute(query))

    def records_of(self, scope: str, kind: str, keys: Collection[str]) -> dict[str, Record]:
        """Those of these keys that there are, by key; a few questions for however many keys."""
        columns, wanted = tables.records.c, sorted(keys)
        query = select(tables.records).where(columns.scope == scope, columns.kind == kind)
        found: dict[str, Record] = {}
        with reading(self.engine) as connection:
            for first in range(0, len(wanted), KEYS_AT_ONCE):
                part = wanted[first : first + KEYS_AT_ONCE]
                rows = connection.execute(query.where(columns.key.in_(part)))
                found.update((row.key, _record(row._mapping)) for row in rows)
        return found

    def record(self, scope: str, kind: str, key: str) -> Record | None:
        with reading(self.engine) as connection:
            row = connection.execute(_ONE, {"of_scope": scope, "of_kind": kind, "of_key": key}).one_or_none()
        return _record(row._mapping) if row else None

    def intents(self, scope: str | None = None) -> tuple[Intent, ...]:
        query = select(tables.intents).order_by(*tables.intents.primary_key)
        if scope is not None:
            query = query.where(tables.intents.c.scope == scope)
        with reading(self.engine) as connection:
            return tuple(Intent(**row._mapping) for row in connection.execute(query))

    @property
    def version(self) -> int:
        """A number that grows with every change of records and intents, whoever makes it."""
        with reading(self.engine) as connection:
            return connection.execute(_VERSION).scalar_one_or_none() or 0

    # ------------------------------------------------------------------ writing

    def remember(self, record: Record) -> None:
        self.remember_all((record,))

    def remember_all(self, records: Iterable[Record]) -> None:
        rows = [self._row(record) for record in records]
        if not rows:
            return
        with self._growing() as connection:
            connection.execute(self._remember, rows)

    def forget(self, scope: str, kind: str, key: str) -> None:
        columns = tables.records.c
        with self._growing() as connection:
            connection.execute(
                delete(tables.records).where(columns.scope == scope, columns.kind == kind, columns.key == key)
            )

    def intend(self, intent: Intent) -> None:
        row = {"scope": intent.scope, "kind": intent.kind, "key": intent.key, "name": intent.name}
        with self._growing() as connection:
            connection.execute(self._intend, row)

    def settle(self, intent: Intent) -> None:
        columns = tables.intents.c
        with self._growing() as connection:
            connection.execute(
                delete(tables.intents).where(
                    columns.scope == intent.scope, columns.kind == intent.kind, columns.key == intent.key
                )
            )

    def lost_value(self, scope: str, key: str, name: str, value: str, reason: str) -> None:
        with self.engine.begin() as connection:
            connection.execute(
                insert(tables.history).values(
                    run=self.run,
                    at=stamp(self._clock()),
                    scope=scope,
                    kind="entry",
                    key=key,
                    title=name,
                    action="lost_value",
                    outcome="done",
                    reason=reason,
                    lost=value,
                )
            )

    @contextmanager
    def _growing(self) -> Iterator[Connection]:
        """A transaction in which records change, and the version with them."""
        with self.engine.begin() as connection:
            yield connection
            connection.execute(self._grow)

    def _row(self, record: Record) -> dict[str, str]:
        return {
            "scope": record.scope,
            "kind": record.kind,
            "key": record.key,
            "remote": record.remote,
            "etag": record.etag,
            "content": record.content,
            "digest": record.digest,
            "at": stamp(record.at or self._clock()),
        }


def open_state(place: Path | str | None, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> StateStore:
    """The state in a file, in the PostgreSQL behind an address, or in memory for None."""
    return StateStore(postgresql(place) if isinstance(place, str) else sqlite(place), clock=clock)


def stamp(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds") if moment else ""


def moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _over(engine: Engine, table: Table, keys: Sequence[str]) -> Upsert:
    """Inserts a row, or puts it over the one with the same keys."""
    statement = upsert(engine, table)
    others = {column.name: statement.excluded[column.name] for column in table.c if column.name not in keys}
    return statement.on_conflict_do_update(index_elements=list(keys), set_=others)


def _record(row: object) -> Record:
    values = dict(row)  # type: ignore[call-overload]  # a RowMapping is a mapping, its stub says less
    return Record(**{**values, "at": moment(values["at"])})
