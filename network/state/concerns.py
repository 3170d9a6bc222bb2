"""What is wrong and whom we told about it: each problem with its first moment, its last, and its last mail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Engine, RowMapping, delete, func, insert, select, update

from network.problems import Problem
from network.state import tables
from network.state.engine import reading, upsert
from network.state.store import moment, stamp
from network.text import Text

KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Concern:
    """`told_at` is None while nobody was told; `to` is the address that is told."""

    problem: Problem
    to: str
    since: datetime
    named_at: datetime
    told_at: datetime | None


class ConcernLog:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self) -> tuple[Concern, ...]:
        columns = tables.concerns.c
        with reading(self._engine) as connection:
            rows = connection.execute(select(tables.concerns).order_by(columns.since, columns.code, columns.where))
            return tuple(_concern(row) for row in rows.mappings())

    def name(self, named: Iterable[tuple[Problem, str]], now: datetime) -> None:
        """These problems stand at this moment, each with the address of who is responsible."""
        statement = upsert(self._engine, tables.concerns)
        again = {each: statement.excluded[each] for each in ("named_at", "message_de", "message_en", "remedy_de")}
        again |= {each: statement.excluded[each] for each in ("remedy_en", "to")}
        rows = [_row(Concern(problem, to, now, now, None)) for problem, to in named]
        if rows:
            with self._engine.begin() as connection:
                connection.execute(statement.on_conflict_do_update(index_elements=["code", "where"], set_=again), rows)

    def claim(self, concern: Concern, now: datetime) -> bool:
        """Whether telling it is ours to do: of several who want to at once, one."""
        with self._engine.begin() as connection:
            claimed = connection.execute(
                update(tables.concerns)
                .where(*_is(concern), tables.concerns.c.told_at == stamp(concern.told_at))
                .values(told_at=stamp(now))
            )
        return claimed.rowcount == 1

    def forget(self, concern: Concern) -> bool:
        """Whether it was still there to be forgotten: of several who want to, one."""
        with self._engine.begin() as connection:
            return connection.execute(delete(tables.concerns).where(*_is(concern))).rowcount == 1

    def put_back(self, concern: Concern) -> None:
        """As it was: what was claimed or forgotten has not been told after all."""
        statement = upsert(self._engine, tables.concerns).values(_row(concern))
        told = {"told_at": stamp(concern.told_at)}
        with self._engine.begin() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["code", "where"], set_=told))

    # ------------------------------------------------------------------ how many mails have left

    def sent_since(self, since: datetime) -> int:
        query = select(func.count()).select_from(tables.mails).where(tables.mails.c.at > stamp(since))
        with reading(self._engine) as connection:
            return int(connection.execute(query).scalar_one())

    def note_sent(self, now: datetime) -> None:
        with self._engine.begin() as connection:
            connection.execute(delete(tables.mails).where(tables.mails.c.at < stamp(now - KEPT)))
            connection.execute(insert(tables.mails).values(at=stamp(now)))


def _is(concern: Concern) -> tuple[ColumnElement[bool], ...]:
    columns = tables.concerns.c
    return columns.code == concern.problem.code, columns.where == concern.problem.where


def _row(concern: Concern) -> dict[str, str]:
    problem = concern.problem
    return {
        "code": problem.code,
        "where": problem.where,
        "to": concern.to,
        "message_de": problem.message.de,
        "message_en": problem.message.en,
        "remedy_de": problem.remedy.de,
        "remedy_en": problem.remedy.en,
        "since": stamp(concern.since),
        "named_at": stamp(concern.named_at),
        "told_at": stamp(concern.told_at),
    }


def _concern(row: RowMapping) -> Concern:
    message, remedy = Text(row["message_de"], row["message_en"]), Text(row["remedy_de"], row["remedy_en"])
    since, named_at = moment(row["since"]), moment(row["named_at"])
    assert since is not None and named_at is not None  # noqa: S101  # never stored empty
    return Concern(
        Problem(row["code"], row["where"], message, remedy), row["to"], since, named_at, moment(row["told_at"])
    )
