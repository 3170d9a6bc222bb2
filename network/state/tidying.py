"""What goes with time, so that the database stays as large as what it is about.

Runs go after a while; the last ones stay, because they say how each scope stands. The history of single changes stays
longer: it tells why something is there. Logins that have run out go as well.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Engine, and_, delete, select

from network.state import tables
from network.state.store import stamp

LAST_RUNS = 20
HISTORY_KEPT = timedelta(days=400)


def tidy(engine: Engine, *, now: datetime, runs_kept: timedelta) -> None:
    """Afterwards nothing is older than it may be. Touches no record of what we wrote."""
    runs, history, sessions = tables.runs, tables.history, tables.sessions
    last = select(runs.c.id).where(runs.c.command == "apply").order_by(runs.c.id.desc()).limit(LAST_RUNS)
    with engine.begin() as connection:
        keep = tuple(connection.execute(last).scalars())
        old = stamp(now - runs_kept)
        connection.execute(delete(runs).where(and_(runs.c.started_at < old, runs.c.id.not_in(keep))))
        connection.execute(delete(history).where(history.c.at < stamp(now - HISTORY_KEPT)))
        connection.execute(delete(sessions).where(sessions.c.until <= stamp(now)))
