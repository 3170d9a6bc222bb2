"""When what is due. Stands in the state database, so that it outlives a restart and holds for several machines.

Whoever claims something that is due moves it on to its next time by compare-and-set: of several schedulers only one
gets it. Refuses to run anything.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, select, update

from network.state import tables
from network.state.engine import reading, upsert
from network.state.store import moment, stamp

JITTER = 0.1
"""By this share of its interval something may come later, so that not everything comes at once."""


class Schedule:
    """`clock` gives the time; `random` a number from 0 to 1 for the jitter."""

    def __init__(self, engine: Engine, *, clock: Callable[[], datetime], random: Callable[[], float]) -> None:
        self._engine = engine
        self._clock = clock
        self._random = random

    def keep(self, intervals: Mapping[str, timedelta]) -> None:
        """These are the names now: new ones are due at once, a shortened interval counts at once, others are gone."""
        now = self._clock()
        columns = tables.schedule.c
        with self._engine.begin() as connection:
            known = {row.name: row for row in connection.execute(select(tables.schedule))}
            for name in known.keys() - intervals.keys():
                connection.execute(delete(tables.schedule).where(columns.name == name))
            for name, every in intervals.items():
                seconds = every.total_seconds()
                if name not in known:
                    new = upsert(self._engine, tables.schedule).values(name=name, every=seconds, at=stamp(now))
                    connection.execute(new.on_conflict_do_nothing())
                elif known[name].every != seconds:
                    soonest = min(known[name].at, stamp(now + every))
                    connection.execute(
                        update(tables.schedule).where(columns.name == name).values(every=seconds, at=soonest)
                    )

    def due(self) -> tuple[str, ...]:
        """What is due now, by name."""
        columns = tables.schedule.c
        query = select(columns.name).where(columns.at <= stamp(self._clock())).order_by(columns.name)
        with reading(self._engine) as connection:
            return tuple(connection.execute(query).scalars())

    def claim(self) -> tuple[str, ...]:
        """What is due now and was not claimed by anybody else; each is due again after its interval, with jitter."""
        now = self._clock()
        columns = tables.schedule.c
        claimed: list[str] = []
        with self._engine.begin() as connection:
            rows = connection.execute(select(tables.schedule).where(columns.at <= stamp(now))).all()
            for row in rows:
                later = now + timedelta(seconds=row.every * (1 + JITTER * self._random()))
                moved = connection.execute(
                    update(tables.schedule)
                    .where(columns.name == row.name, columns.at == row.at)
                    .values(at=stamp(later))
                )
                if moved.rowcount == 1:
                    claimed.append(row.name)
        return tuple(sorted(claimed))

    def hasten(self, names: Collection[str], *, by: timedelta = timedelta(0)) -> None:
        """Due no later than in `by` from now."""
        soon = stamp(self._clock() + by)
        columns = tables.schedule.c
        with self._engine.begin() as connection:
            connection.execute(
                update(tables.schedule).where(columns.name.in_(tuple(names)), columns.at > soon).values(at=soon)
            )

    def times(self) -> dict[str, datetime]:
        """Name → when it is due next."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(tables.schedule)).all()
        return {row.name: at for row in rows if (at := moment(row.at)) is not None}
