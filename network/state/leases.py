"""One writer per scope: leases in the state database, over threads, processes and machines.

A lease is taken by compare-and-set and carries a fence that grows with every holder. The holder checks it before each
write. A holder that died on this machine is recognised by its process id and start time and gives way at once; one on
another machine when its time has passed.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, bindparam, select, update

from network.errors import Locked
from network.state.engine import reading, upsert
from network.state.tables import leases
from network.text import Text

_IS_OURS = (
    leases.c.scope == bindparam("of"),
    leases.c.holder == bindparam("by"),
    leases.c.fence == bindparam("with"),
)
_UNTIL = select(leases.c.until).where(*_IS_OURS)
_RENEW = update(leases).where(*_IS_OURS).values(until=bindparam("then"))


@dataclass(frozen=True, slots=True)
class Lease:
    scope: str
    holder: str
    fence: int


class Leases:
    """Leases of one holder. `clock` gives seconds since the epoch."""

    def __init__(self, engine: Engine, *, holder: str, clock: Callable[[], float], seconds: float = 120.0) -> None:
        self._engine = engine
        self._clock = clock
        self._seconds = seconds
        self.holder = holder

    def take(self, scopes: Iterable[str]) -> tuple[Lease, ...]:
        """All of the scopes or none. Locked names the scope that somebody else holds."""
        with self._engine.begin() as connection:
            return tuple(self._take(connection, scope) for scope in sorted(set(scopes)))

    def check(self, lease: Lease) -> None:
        """Locked when the lease is no longer ours: somebody else may be writing. Renews it when half its time is over.

        Asked before every write, so it mostly only reads.
        """
        ours = {"of": lease.scope, "by": lease.holder, "with": lease.fence}
        now = self._clock()
        with reading(self._engine) as connection:
            until = connection.execute(_UNTIL, ours).scalar_one_or_none()
        if until is None or until < now + self._seconds / 2:
            self._renew(lease, {**ours, "then": now + self._seconds})

    def give_back(self, taken: Iterable[Lease]) -> None:
        with self._engine.begin() as connection:
            for lease in taken:
                connection.execute(
                    update(leases).where(leases.c.scope == lease.scope, leases.c.fence == lease.fence).values(until=0.0)
                )

    def _renew(self, lease: Lease, values: dict[str, object]) -> None:
        with self._engine.begin() as connection:
            renewed = connection.execute(_RENEW, values)
        if renewed.rowcount != 1:
            raise _locked(lease.scope, "?")

    def _take(self, connection: Connection, scope: str) -> Lease:
        row = connection.execute(select(leases).where(leases.c.scope == scope)).one_or_none()
        until = self._clock() + self._seconds
        if row is None:
            first = upsert(self._engine, leases).values(scope=scope, holder=self.holder, fence=1, until=until)
            made = first.on_conflict_do_nothing().returning(leases.c.scope)
            if connection.execute(made).one_or_none() is None:
                raise _locked(scope, "?")
            return Lease(scope, self.holder, 1)
        if row.until > self._clock() and not has_died(row.holder):
            raise _locked(scope, row.holder)
        taken = connection.execute(
            update(leases)
            .where(leases.c.scope == scope, leases.c.fence == row.fence)
            .values(holder=self.holder, fence=row.fence + 1, until=until)
        )
        if taken.rowcount != 1:
            raise _locked(scope, row.holder)
        return Lease(scope, self.holder, row.fence + 1)


def this_process() -> str:
    """A name for this process that no later process on this machine shares."""
    return f"{socket.gethostname()}/{os.getpid()}/{_started(os.getpid())}"


def has_died(holder: str) -> bool:
    """True only when the holder ran on this machine and is certainly gone."""
    host, _, rest = holder.partition("/")
    process, _, started = rest.partition("/")
    if host != socket.gethostname() or not process.isdigit():
        return False
    return _started(int(process)) != started.partition("/")[0]


def _started(process: int) -> str:
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return "0" if _is_running(process) else "gone"
    fields = stat.rpartition(")")[2].split()
    return "gone" if fields[0] in "ZX" else fields[19]  # Z: dead, and its parent has not looked yet


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _locked(scope: str, holder: str) -> Locked:
    return Locked(
        Text(f"Ein anderer Lauf arbeitet gerade daran ({holder})", f"another run is at work on it ({holder})"),
        where=scope,
        remedy=Text(
            "Warten Sie, bis er fertig ist, und versuchen Sie es dann noch einmal.", "Wait for it, then retry."
        ),
    )
