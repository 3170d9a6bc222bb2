"""Logins to the pages. Stands in the state database, so that a logout is one, on every machine.

The key that a browser holds is stored as its digest alone: whoever reads the database can't log in with it.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Engine, bindparam, delete, insert, select, update

from network.state import tables
from network.state.engine import reading
from network.state.store import stamp

LENGTH = 32

# Built once: every page asks it.
_VISITOR = select(tables.sessions.c.visitor).where(
    tables.sessions.c.id == bindparam("of_id"), tables.sessions.c.until > bindparam("now")
)


class Sessions:
    """`lasting` is how long a login lasts at most."""

    def __init__(self, engine: Engine, *, clock: Callable[[], datetime], lasting: timedelta) -> None:
        self._engine = engine
        self._clock = clock
        self._lasting = lasting

    def open(self, account: str, visitor: str) -> str:
        """A new key for this account; those that have run out go. `visitor` is what the pages know of the person."""
        key = secrets.token_urlsafe(LENGTH)
        now = self._clock()
        columns = tables.sessions.c
        row = {"id": _digest(key), "account": account, "visitor": visitor, "until": stamp(now + self._lasting)}
        with self._engine.begin() as connection:
            connection.execute(delete(tables.sessions).where(columns.until <= stamp(now)))
            connection.execute(insert(tables.sessions).values(row))
        return key

    def visitor(self, key: str) -> str | None:
        """What was stored under the key; None when it is unknown, was closed or has run out."""
        with reading(self._engine) as connection:
            return connection.execute(
                _VISITOR, {"of_id": _digest(key), "now": stamp(self._clock())}
            ).scalar_one_or_none()

    def change(self, key: str, visitor: str) -> None:
        """The pages know something else of the person from now on; the login ends when it would have ended."""
        columns = tables.sessions.c
        with self._engine.begin() as connection:
            connection.execute(update(tables.sessions).where(columns.id == _digest(key)).values(visitor=visitor))

    def close(self, key: str) -> None:
        with self._engine.begin() as connection:
            connection.execute(delete(tables.sessions).where(tables.sessions.c.id == _digest(key)))


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
