"""How entries of calendars stood before the last run changed them, so that a person can take that run back.

One run for each scope, the last that changed anything in it, for a week. One insert for a whole run, before its first
write: a run that is killed can be taken back too. More than `MOST` bytes of one scope are not kept; then `is_whole` is
False. Knows nothing of what a record holds.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, delete, insert, or_, select

from network.state import tables
from network.state.engine import reading
from network.state.store import stamp

KEPT_FOR = timedelta(days=7)
MOST = 16_000_000


@dataclass(frozen=True, slots=True)
class Previous:
    """One object before a run changed it. `content` is empty where it did not exist; `after` stands for what the run
    made of it, empty where it removed it; `elsewhere` names the scope it came from."""

    scope: str
    key: str
    content: str
    after: str
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class RunBefore:
    """What stood in one scope before the run of this number."""

    run: int
    scope: str
    objects: tuple[Previous, ...]
    is_whole: bool = True


class PreviousTexts:
    def __init__(self, engine: Engine, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._engine = engine
        self._clock = clock

    def keep(self, run: int, objects: Iterable[Previous]) -> None:
        """In place of what was kept for the same scopes; what is older than a week goes."""
        packed = [(each, zlib.compress(each.content.encode(), 1) if each.content else b"") for each in objects]
        if not packed:
            return
        size: dict[str, int] = {}
        for each, content in packed:
            size[each.scope] = size.get(each.scope, 0) + len(content)
        now, columns = self._clock(), tables.previous.c
        rows = [
            {
                "scope": each.scope,
                "key": each.key,
                "run": run,
                "at": stamp(now),
                "content": content,
                "after": each.after,
                "elsewhere": each.elsewhere,
            }
            for each, content in packed
            if size[each.scope] <= MOST
        ]
        rows += [
            {"scope": scope, "key": "", "run": run, "at": stamp(now), "content": b"", "after": "", "elsewhere": ""}
            for scope, length in size.items()
            if length > MOST
        ]
        with self._engine.begin() as connection:
            old = or_(columns.scope.in_(sorted(size)), columns.at < stamp(now - KEPT_FOR))
            connection.execute(delete(tables.previous).where(old))
            connection.execute(insert(tables.previous), rows)

    def last(self) -> int:
        """The number of the newest run of which anything is kept; 0 for none."""
        columns = tables.previous.c
        query = select(columns.run).where(columns.at >= self._since()).order_by(columns.run.desc()).limit(1)
        with reading(self._engine) as connection:
            return connection.execute(query).scalar_one_or_none() or 0

    def before(self, *, run: int = 0, scope: str = "") -> tuple[RunBefore, ...]:
        """What stood in each scope that this run changed, or in this scope before its last run."""
        columns = tables.previous.c
        query = select(tables.previous).where(columns.at >= self._since()).order_by(columns.scope, columns.key)
        query = query.where(columns.scope == scope) if scope else query.where(columns.run == run)
        found: dict[tuple[int, str], list[Previous]] = {}
        with reading(self._engine) as connection:
            for row in connection.execute(query):
                content = zlib.decompress(row.content).decode() if row.content else ""
                each = Previous(row.scope, row.key, content, row.after, row.elsewhere)
                found.setdefault((row.run, row.scope), []).append(each)
        return tuple(
            RunBefore(number, where, tuple(each for each in objects if each.key), all(each.key for each in objects))
            for (number, where), objects in found.items()
        )

    def _since(self) -> str:
        return stamp(self._clock() - KEPT_FOR)
