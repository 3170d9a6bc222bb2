"""What people asked for on a page, until somebody carried it out and after: the row is the entry of the queue.

Whoever takes an errand does so by compare-and-set: of several workers, on several machines, only one gets it, and
nobody gets it again once it was begun. Refuses to carry out anything.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, Row, delete, select, update

from network.problems import Problem
from network.state import tables
from network.state.engine import reading, upsert
from network.state.leases import has_died
from network.state.store import moment, stamp
from network.text import Text

Stored = Row[Any]

KEPT_FOR = timedelta(days=90)
LOST_AFTER = timedelta(hours=12)
"""So long nothing takes: whoever began it on another machine is gone."""


@dataclass(frozen=True, slots=True)
class Errand:
    """`by` is the account that asked. `run` is the run that came of it, 0 for none; `exit_code` is None, and `problem`
    says why nothing came of it, as long as nothing else is known. `document` is what a preview shows, as JSON text."""

    id: int
    what: str
    arguments: Mapping[str, object]
    by: str
    asked_at: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None
    exit_code: int | None = None
    run: int = 0
    problem: Problem | None = None
    document: str = field(default="", repr=False)

    @property
    def is_waiting(self) -> bool:
        return self.started_at is None and self.ended_at is None

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None


class ErrandLog:
    """`holder` names the process that takes errands (`network.state.leases.this_process`)."""

    def __init__(self, engine: Engine, *, clock: Callable[[], datetime], holder: str) -> None:
        self._engine = engine
        self._clock = clock
        self._holder = holder

    # ------------------------------------------------------------------ asking

    def ask(self, what: str, arguments: Mapping[str, object], by: str) -> Errand:
        """A new errand, or the same one that somebody asked for and that is not over yet."""
        columns, now = tables.errands.c, self._clock()
        plain = json.dumps(arguments, sort_keys=True, ensure_ascii=False)
        pending = f"{what} {plain}"
        row = {"what": what, "arguments": plain, "by": by, "asked_at": stamp(now), "due_at": stamp(now)}
        new = upsert(self._engine, tables.errands).values(
            {**row, "pending": pending, "holder": "", "started_at": "", "ended_at": "", "run": 0, "document": ""}
            | {"exit_code": None, "problem": ""}
        )
        with self._engine.begin() as connection:
            connection.execute(delete(tables.errands).where(columns.ended_at.between("0", stamp(now - KEPT_FOR))))
            connection.execute(new.on_conflict_do_nothing(index_elements=["pending"]))
            return _errand(connection.execute(select(tables.errands).where(columns.pending == pending)).one())

    # ------------------------------------------------------------------ reading

    def one(self, number: int) -> Errand | None:
        with reading(self._engine) as connection:
            row = connection.execute(select(tables.errands).where(tables.errands.c.id == number)).one_or_none()
        return _errand(row) if row is not None else None

    def latest(self, *what: str, limit: int) -> tuple[Errand, ...]:
        """Those of these kinds (of any, when none is named) that were asked for last, newest first."""
        query = select(tables.errands).order_by(tables.errands.c.id.desc()).limit(limit)
        if what:
            query = query.where(tables.errands.c.what.in_(what))
        with reading(self._engine) as connection:
            return tuple(_errand(row) for row in connection.execute(query).all())

    def is_any_due(self) -> bool:
        """Whether somebody should look after the errands: one is due, or was left by a process that is gone."""
        now = stamp(self._clock())
        return any("" < row.due_at <= now or self._is_abandoned(row) for row in self._open())

    def waiting(self) -> int:
        """How many nobody has begun yet."""
        return sum(not row.started_at for row in self._open())

    # ------------------------------------------------------------------ carrying out

    def take(self) -> Errand | None:
        """The oldest that is due, begun by us now; None when there is none, or another worker was faster."""
        columns, now = tables.errands.c, self._clock()
        due = columns.due_at.between("0", stamp(now))
        with self._engine.begin() as connection:
            found = connection.execute(select(tables.errands).where(due).order_by(columns.id).limit(1)).one_or_none()
            if found is None:
                return None
            begun = {"due_at": "", "started_at": stamp(now), "holder": self._holder}
            taken = connection.execute(update(tables.errands).where(columns.id == found.id, due).values(begun))
            if taken.rowcount != 1:
                return None
            return _errand(connection.execute(select(tables.errands).where(columns.id == found.id)).one())

    def put_back(self, errand: Errand, *, after: timedelta, because: Problem) -> None:
        """Nothing was done yet: it is due again after this time."""
        due = stamp(self._clock() + after)
        self._set(errand.id, due_at=due, started_at="", holder="", problem=_problem_text(because))

    def end(
        self, errand: Errand, *, exit_code: int, run: int = 0, problem: Problem | None = None, document: str = ""
    ) -> None:
        self._set(
            errand.id,
            pending=None,
            due_at="",
            ended_at=stamp(self._clock()),
            exit_code=exit_code,
            run=run,
            problem=_problem_text(problem) if problem else "",
            document=document,
        )

    def abandoned(self) -> tuple[Errand, ...]:
        """Begun by a process that is gone: how far it came, nobody knows."""
        return tuple(_errand(row) for row in self._open() if self._is_abandoned(row))

    # ------------------------------------------------------------------ inside

    def _open(self) -> Sequence[Stored]:
        with reading(self._engine) as connection:
            return connection.execute(select(tables.errands).where(tables.errands.c.ended_at == "")).all()

    def _is_abandoned(self, row: Stored) -> bool:
        return bool(row.started_at) and (has_died(row.holder) or row.started_at < stamp(self._clock() - LOST_AFTER))

    def _set(self, number: int, **values: object) -> None:
        with self._engine.begin() as connection:
            connection.execute(update(tables.errands).where(tables.errands.c.id == number).values(values))


def _errand(row: Stored) -> Errand:
    asked_at = moment(row.asked_at)
    assert asked_at is not None  # noqa: S101  # every row has it
    return Errand(
        id=row.id,
        what=row.what,
        arguments=json.loads(row.arguments),
        by=row.by,
        asked_at=asked_at,
        started_at=moment(row.started_at),
        ended_at=moment(row.ended_at),
        exit_code=row.exit_code,
        run=row.run,
        problem=_problem(row.problem),
        document=row.document,
    )


def _problem_text(problem: Problem) -> str:
    message, remedy = problem.message, problem.remedy
    return json.dumps([problem.code, problem.where, message.de, message.en, remedy.de, remedy.en], ensure_ascii=False)


def _problem(kept: str) -> Problem | None:
    if not kept:
        return None
    code, where, de, en, remedy_de, remedy_en = json.loads(kept)
    return Problem(code, where, Text(de, en), Text(remedy_de, remedy_en))
