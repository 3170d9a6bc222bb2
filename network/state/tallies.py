"""What is only ever counted up, over restarts and machines. Bounded: a row for each kind of thing, none for each thing.

Who counts says with few words what is counted: a command and its exit code, an action and its outcome, a method.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Engine, select

from network.state import tables
from network.state.engine import reading, upsert

Counted = Mapping[tuple[str, str, str], int]
"""Name, first and second label (empty where there is none) → number."""


class Tallies:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, counted: Counted) -> None:
        rows = [
            {"name": name, "first": first, "second": second, "total": number}
            for (name, first, second), number in sorted(counted.items())
            if number
        ]
        if not rows:
            return
        new = upsert(self._engine, tables.tallies)
        more = {"total": tables.tallies.c.total + new.excluded.total}
        with self._engine.begin() as connection:
            connection.execute(new.on_conflict_do_update(index_elements=["name", "first", "second"], set_=more), rows)

    def all(self) -> Counted:
        with reading(self._engine) as connection:
            rows = connection.execute(select(tables.tallies).order_by(*tables.tallies.primary_key)).all()
        return {(row.name, row.first, row.second): row.total for row in rows}
