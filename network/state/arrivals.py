"""How soon what a source says stands in Nextcloud: what is awaited, and what arrived, counted by connector and day.

Bounded: an awaited entry is one row until it arrives or nobody wants it any more; days go after `KEPT`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, Engine, bindparam, delete, func, insert, select

from network.state import tables
from network.state.engine import reading, upsert
from network.state.store import moment, stamp

KEPT = timedelta(days=90)

# Built once: every page that says how fresh it is asks it.
_AS_OF = (
    select(tables.source_health.c.connector, tables.source_health.c.succeeded_at, func.min(tables.awaited.c.since))
    .outerjoin_from(
        tables.source_health, tables.awaited, tables.awaited.c.connector == tables.source_health.c.connector
    )
    .group_by(tables.source_health.c.connector, tables.source_health.c.succeeded_at)
)


@dataclass(frozen=True, slots=True)
class Awaited:
    """An entry that the source changed after `since`, and that does not stand in Nextcloud so yet."""

    scope: str
    key: str
    connector: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Arrived:
    """`delay` is at most how long it took, `target` how long it may take; `day` that of its arrival."""

    connector: str
    day: date
    delay: timedelta
    target: timedelta


@dataclass(frozen=True, slots=True)
class Day:
    """What arrived on one day: how much, how much of it in time, and the longest delay."""

    connector: str
    day: date
    total: int
    in_time: int
    worst: timedelta


class ArrivalLog:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def awaited(self) -> tuple[Awaited, ...]:
        query = select(tables.awaited).order_by(*tables.awaited.primary_key)
        with reading(self._engine) as connection:
            rows = connection.execute(query).all()
        return tuple(Awaited(row.scope, row.key, row.connector, datetime.fromisoformat(row.since)) for row in rows)

    def as_of(self) -> Mapping[str, datetime]:
        """By connector that answered: the last moment of which everything that it said then stands in Nextcloud."""
        with reading(self._engine) as connection:
            rows = connection.execute(_AS_OF).all()
        found = {connector: moment(waiting or looked) for connector, looked, waiting in rows}
        return {connector: at for connector, at in found.items() if at is not None}

    def expect(self, entries: Iterable[Awaited]) -> None:
        """Remembers them; one that is awaited already keeps its earlier moment."""
        rows = [
            {"scope": each.scope, "key": each.key, "connector": each.connector, "since": stamp(each.since)}
            for each in entries
        ]
        if rows:
            with self._engine.begin() as connection:
                connection.execute(upsert(self._engine, tables.awaited).on_conflict_do_nothing(), rows)

    def settle(self, over: Collection[Awaited], arrived: Sequence[Arrived], *, today: date) -> None:
        """None of `over` is awaited any more; `arrived` are those of them that stand in Nextcloud."""
        if not over:
            return
        columns = tables.awaited.c
        with self._engine.begin() as connection:
            connection.execute(
                delete(tables.awaited).where(columns.scope == bindparam("of"), columns.key == bindparam("it")),
                [{"of": each.scope, "it": each.key} for each in over],
            )
            for connector, day in dict.fromkeys((each.connector, each.day) for each in arrived):
                self._count(connection, [each for each in arrived if (each.connector, each.day) == (connector, day)])
            connection.execute(delete(tables.arrivals).where(tables.arrivals.c.day < str(today - KEPT)))

    def days(self, *, since: date) -> tuple[Day, ...]:
        """The days from `since` on, the oldest first; a day on which nothing arrived is missing."""
        columns = tables.arrivals.c
        query = select(tables.arrivals).where(columns.day >= str(since)).order_by(columns.day, columns.connector)
        with reading(self._engine) as connection:
            rows = connection.execute(query).all()
        return tuple(
            Day(row.connector, date.fromisoformat(row.day), row.total, row.in_time, timedelta(seconds=row.worst))
            for row in rows
        )

    def _count(self, connection: Connection, arrived: Sequence[Arrived]) -> None:
        """All of one connector and one day."""
        first, columns = arrived[0], tables.arrivals.c
        here = (columns.connector == first.connector, columns.day == str(first.day))
        known = connection.execute(select(tables.arrivals).where(*here)).one_or_none()
        values = {
            "total": len(arrived) + (known.total if known else 0),
            "in_time": sum(each.delay <= each.target for each in arrived) + (known.in_time if known else 0),
            "worst": max(*(each.delay.total_seconds() for each in arrived), known.worst if known else 0.0),
        }
        if known:
            connection.execute(tables.arrivals.update().where(*here).values(values))
        else:
            row = {"connector": first.connector, "day": str(first.day), **values}
            connection.execute(insert(tables.arrivals).values(row))
