"""Whom we told of which question: each person of each question once, whatever runs beside us and wherever we stop."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, select

from network.state import tables
from network.state.engine import reading, upsert
from network.state.sources import AskedQuestion
from network.state.store import stamp

KEPT = timedelta(days=1)
"""A question that closes and comes back within this time is still the same one."""
Key = tuple[str, str, str]


class NoticeLog:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def untold(self, account: str, questions: Collection[AskedQuestion]) -> tuple[AskedQuestion, ...]:
        """Those that nobody set out to tell this person of."""
        columns = tables.notices.c
        query = select(columns.connector, columns.key, columns.code).where(columns.account == account)
        with reading(self._engine) as connection:
            told = {(row.connector, row.key, row.code) for row in connection.execute(query)}
        return tuple(each for each in questions if _key(each) not in told)

    def claim(self, account: str, questions: Collection[AskedQuestion], now: datetime) -> tuple[AskedQuestion, ...]:
        """Those of which telling this person is ours to do: of several who want to at once, one gets each."""
        with self._engine.begin() as connection:
            return tuple(
                each
                for each in sorted(questions, key=_key)
                if connection.execute(
                    upsert(self._engine, tables.notices)
                    .values({**_where(account, _key(each)), "at": stamp(now)})
                    .on_conflict_do_nothing()
                ).rowcount
                == 1
            )

    def put_back(self, account: str, questions: Collection[AskedQuestion]) -> None:
        """What was claimed has certainly not been told."""
        with self._engine.begin() as connection:
            for each in questions:
                connection.execute(delete(tables.notices).filter_by(**_where(account, _key(each))))

    def forget(self, still_asked: Collection[AskedQuestion], now: datetime) -> None:
        """What is no question any more and was told a while ago goes."""
        columns, asked = tables.notices.c, set(map(_key, still_asked))
        old = select(columns.connector, columns.key, columns.code).where(columns.at < stamp(now - KEPT)).distinct()
        with reading(self._engine) as connection:
            over = {(row.connector, row.key, row.code) for row in connection.execute(old)} - asked
        if not over:
            return
        with self._engine.begin() as connection:
            for connector, key, code in sorted(over):
                connection.execute(
                    delete(tables.notices)
                    .filter_by(connector=connector, key=key, code=code)
                    .where(columns.at < stamp(now - KEPT))
                )


def _key(asked: AskedQuestion) -> Key:
    return asked.connector, asked.question.key, asked.question.code


def _where(account: str, key: Key) -> dict[str, str]:
    connector, question, code = key
    return {"account": account, "connector": connector, "key": question, "code": code}
