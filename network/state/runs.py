"""The history: each run with its document, each change with its outcome, each value that gave way to another."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Engine, and_, insert, literal, or_, select, true

from network.report import Outcome
from network.state import tables
from network.state.engine import reading
from network.state.store import moment, stamp
from network.text import Text

_BETWEEN = "\x1f"


@dataclass(frozen=True, slots=True)
class PastRun:
    """`document` is the JSON document that the run printed, as text."""

    id: int
    command: str
    started_at: datetime | None
    ended_at: datetime | None
    fingerprint: str
    exit_code: int
    document: str


@dataclass(frozen=True, slots=True)
class PastChange:
    """One line of the history. For a lost value `title` names the property and `lost` holds what stood there."""

    run: int
    at: datetime | None
    scope: str
    kind: str
    key: str
    title: str
    action: str
    outcome: str
    reason: Text
    lost: str


class RunLog:
    """Writes and reads the history."""

    def __init__(self, engine: Engine, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._engine = engine
        self._clock = clock

    def start(self, command: str) -> int:
        row = {
            "command": command,
            "started_at": stamp(self._clock()),
            "ended_at": "",
            "fingerprint": "",
            "exit_code": -1,
            "document": "",
        }
        with self._engine.begin() as connection:
            key = connection.execute(insert(tables.runs).values(row)).inserted_primary_key
        return int(key[0]) if key else 0

    def finish(self, run: int, *, fingerprint: str, exit_code: int, document: str) -> None:
        with self._engine.begin() as connection:
            connection.execute(
                tables.runs.update()
                .where(tables.runs.c.id == run)
                .values(ended_at=stamp(self._clock()), fingerprint=fingerprint, exit_code=exit_code, document=document)
            )

    def note(self, run: int, outcomes: Iterable[Outcome]) -> None:
        now = stamp(self._clock())
        rows = [
            {
                "run": run,
                "at": now,
                "scope": str(outcome.change.scope),
                "kind": outcome.change.kind.value,
                "key": outcome.change.key,
                "title": outcome.change.title,
                "action": outcome.change.action.value,
                "outcome": outcome.result.value,
                "reason": f"{outcome.change.reason.de}{_BETWEEN}{outcome.change.reason.en}",
                "lost": "",
            }
            for outcome in outcomes
        ]
        if rows:
            with self._engine.begin() as connection:
                connection.execute(insert(tables.history), rows)

    def last(self, *commands: str) -> PastRun | None:
        """The last finished run of these commands (of any, when none is named)."""
        return next(iter(self.latest(*commands, limit=1)), None)

    def latest(self, *commands: str, limit: int) -> tuple[PastRun, ...]:
        """The last finished runs of these commands (of any, when none is named), newest first."""
        query = select(tables.runs).where(tables.runs.c.ended_at != "").order_by(tables.runs.c.id.desc()).limit(limit)
        if commands:
            query = query.where(tables.runs.c.command.in_(commands))
        with reading(self._engine) as connection:
            rows = connection.execute(query).all()
        return tuple(map(_past, rows))

    def one(self, run: int) -> PastRun | None:
        """A run by its number, also one that is not over yet."""
        with reading(self._engine) as connection:
            row = connection.execute(select(tables.runs).where(tables.runs.c.id == run)).one_or_none()
        return _past(row) if row is not None else None

    def listed(self, *, limit: int, skip: int = 0) -> tuple[PastRun, ...]:
        """All runs, also those under way, newest first, without their documents."""
        columns = [each for each in tables.runs.c if each.name != "document"]
        query = select(*columns, literal("").label("document")).order_by(tables.runs.c.id.desc())
        with reading(self._engine) as connection:
            return tuple(_past(row) for row in connection.execute(query.limit(limit).offset(skip)).all())

    def changes_like(
        self,
        *,
        run: int | None = None,
        scope: str = "",
        words: str = "",
        without: Collection[str] = (),
        limit: int,
        skip: int = 0,
    ) -> tuple[PastChange, ...]:
        """What happened in this run and scope to objects whose title or reason holds `words`, newest first; nothing of
        the kinds `without`."""
        columns = tables.history.c
        asked = [columns.run == run] if run is not None else []
        asked += [columns.scope == scope] if scope else []
        asked += [columns.kind.not_in(tuple(without))] if without else []
        if words:
            asked.append(or_(*(each.icontains(words, autoescape=True) for each in (columns.title, columns.reason))))
        return self._changes(and_(true(), *asked), limit, skip)

    def changes(self, key: str, *, limit: int = 50) -> tuple[PastChange, ...]:
        """What happened to the object `key`, newest first."""
        return self._changes(tables.history.c.key == key, limit)

    def changes_named(self, words: str, *, limit: int = 50) -> tuple[PastChange, ...]:
        """What happened to objects whose title holds `words`, newest first."""
        return self._changes(tables.history.c.title.contains(words, autoescape=True), limit)

    def _changes(self, where: ColumnElement[bool], limit: int, skip: int = 0) -> tuple[PastChange, ...]:
        query = select(tables.history).where(where).order_by(tables.history.c.id.desc()).limit(limit).offset(skip)
        with reading(self._engine) as connection:
            rows = connection.execute(query).all()
        return tuple(
            PastChange(
                row.run,
                moment(row.at),
                row.scope,
                row.kind,
                row.key,
                row.title,
                row.action,
                row.outcome,
                _both(row.reason),
                row.lost,
            )
            for row in rows
        )


def _past(row: Any) -> PastRun:
    return PastRun(
        row.id,
        row.command,
        moment(row.started_at),
        moment(row.ended_at),
        row.fingerprint,
        row.exit_code,
        row.document,
    )


def _both(stored: str) -> Text:
    """A reason as it is stored: in both languages, or in one that stands for both."""
    german, between, english = stored.partition(_BETWEEN)
    return Text(german, english if between else german)


class RefusedLogins:
    """Credentials that a server refused, by hash: no job tries them again until somebody changed the password."""

    def __init__(self, engine: Engine, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._engine = engine
        self._clock = clock

    def is_refused(self, credential: str) -> bool:
        columns = tables.refused_logins.c
        with reading(self._engine) as connection:
            found = connection.execute(select(columns.at).where(columns.credential == credential)).one_or_none()
        return found is not None

    def last(self) -> datetime | None:
        """When a server refused a credential of ours for the last time; None when none has, or all are forgiven."""
        columns = tables.refused_logins.c
        with reading(self._engine) as connection:
            found = connection.execute(select(columns.at).order_by(columns.at.desc()).limit(1)).scalar_one_or_none()
        return moment(found) if found else None

    def refuse(self, credential: str) -> None:
        if not self.is_refused(credential):
            row = {"credential": credential, "at": stamp(self._clock())}
            with self._engine.begin() as connection:
                connection.execute(insert(tables.refused_logins).values(row))

    def forgive_all(self) -> None:
        """Somebody says that the password is right now."""
        with self._engine.begin() as connection:
            connection.execute(tables.refused_logins.delete())
