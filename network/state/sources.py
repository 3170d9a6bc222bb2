"""What we keep of each source: its last good copy, notes, health, and open questions with their answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, delete, select

from network.model import Question
from network.ports import SourceCopy
from network.state import tables
from network.state.engine import reading, upsert
from network.state.store import moment, stamp
from network.text import Text


class StoredSourceMemory:
    """Satisfies `network.ports.SourceMemory` for one connector."""

    def __init__(self, engine: Engine, connector: str) -> None:
        self._engine = engine
        self._connector = connector

    def copy(self) -> SourceCopy | None:
        query = select(tables.source_copies).where(tables.source_copies.c.connector == self._connector)
        with reading(self._engine) as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        return SourceCopy(row.content, row.digest, row.etag, row.last_modified, moment(row.fetched_at))

    def keep(self, copy: SourceCopy) -> None:
        values = {
            "connector": self._connector,
            "content": copy.content,
            "digest": copy.digest,
            "etag": copy.etag,
            "last_modified": copy.last_modified,
            "fetched_at": stamp(copy.fetched_at),
        }
        statement = upsert(self._engine, tables.source_copies).values(values)
        with self._engine.begin() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["connector"], set_=values))

    def note(self, name: str) -> str:
        columns = tables.source_notes.c
        query = select(columns.text).where(columns.connector == self._connector, columns.name == name)
        with reading(self._engine) as connection:
            return connection.execute(query).scalar_one_or_none() or ""

    def keep_note(self, name: str, text: str) -> None:
        statement = upsert(self._engine, tables.source_notes).values(connector=self._connector, name=name, text=text)
        with self._engine.begin() as connection:
            connection.execute(
                statement.on_conflict_do_update(index_elements=["connector", "name"], set_={"text": text})
            )


class DelayedSourceMemory:
    """Reads through and keeps writes back until `commit`: a dry run never commits, a real run does when it is over.

    So a run that was planned but not carried out counts nothing and stores nothing.
    """

    def __init__(self, stored: StoredSourceMemory) -> None:
        self._stored = stored
        self._copy: SourceCopy | None = None
        self._notes: dict[str, str] = {}

    def copy(self) -> SourceCopy | None:
        return self._copy or self._stored.copy()

    def keep(self, copy: SourceCopy) -> None:
        self._copy = copy

    def note(self, name: str) -> str:
        return self._notes.get(name) or self._stored.note(name)

    def keep_note(self, name: str, text: str) -> None:
        self._notes[name] = text

    def commit(self) -> None:
        if self._copy is not None:
            self._stored.keep(self._copy)
        for name, text in self._notes.items():
            self._stored.keep_note(name, text)


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """How a connector fares: last attempt, last success, how many items its last good content held."""

    connector: str
    state: str
    attempted_at: datetime | None
    succeeded_at: datetime | None
    items: int
    quarantined: int


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """An open question with the moment when it was first asked; `answer` is empty while nobody answered."""

    connector: str
    question: Question
    asked_at: datetime | None
    answer: str = ""


class SourceLog:
    """Health and questions of all connectors."""

    def __init__(self, engine: Engine, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._engine = engine
        self._clock = clock

    def health(self) -> tuple[SourceHealth, ...]:
        query = select(tables.source_health).order_by(tables.source_health.c.connector)
        with reading(self._engine) as connection:
            rows = connection.execute(query).all()
        return tuple(
            SourceHealth(
                row.connector, row.state, moment(row.attempted_at), moment(row.succeeded_at), row.items, row.quarantined
            )
            for row in rows
        )

    def note_health(self, connector: str, state: str, *, succeeded: bool, items: int, quarantined: int) -> None:
        now = stamp(self._clock())
        values = {"state": state, "attempted_at": now, "items": items, "quarantined": quarantined}
        if succeeded:
            values["succeeded_at"] = now
        statement = upsert(self._engine, tables.source_health).values(
            {"connector": connector, "succeeded_at": "", **values}
        )
        with self._engine.begin() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["connector"], set_=values))

    def questions(self, connector: str | None = None) -> tuple[AskedQuestion, ...]:
        query = select(tables.questions).order_by(*tables.questions.primary_key)
        if connector is not None:
            query = query.where(tables.questions.c.connector == connector)
        with reading(self._engine) as connection:
            rows = connection.execute(query).all()
        return tuple(
            AskedQuestion(
                row.connector,
                Question(row.code, row.key, row.where, Text(row.message_de, row.message_en)),
                moment(row.asked_at),
                row.answer,
            )
            for row in rows
        )

    def ask(self, connector: str, questions: Iterable[Question]) -> None:
        """These are the open questions now: new ones are added, others of the connector are closed. Asked once."""
        wanted = {(question.key, question.code): question for question in questions}
        known = {(asked.question.key, asked.question.code) for asked in self.questions(connector)}
        columns = tables.questions.c
        with self._engine.begin() as connection:
            for key, code in known - set(wanted):
                connection.execute(
                    delete(tables.questions).where(
                        columns.connector == connector, columns.key == key, columns.code == code
                    )
                )
            for question in wanted.values():
                statement = upsert(self._engine, tables.questions).values(self._question_row(connector, question))
                refreshed = {"where": question.where, "message_de": question.message.de}
                refreshed["message_en"] = question.message.en
                connection.execute(
                    statement.on_conflict_do_update(index_elements=["connector", "key", "code"], set_=refreshed)
                )

    def answers(self, connector: str) -> dict[str, str]:
        """Key → answer, for questions that somebody answered."""
        return {asked.question.key: asked.answer for asked in self.questions(connector) if asked.answer}

    def answer(self, connector: str, key: str, answer: str) -> bool:
        """Stores a person's answer; False when there is no such open question."""
        columns = tables.questions.c
        with self._engine.begin() as connection:
            found = connection.execute(
                tables.questions.update()
                .where(columns.connector == connector, columns.key == key)
                .values(answer=answer)
            )
        return found.rowcount > 0

    def _question_row(self, connector: str, question: Question) -> dict[str, str]:
        return {
            "connector": connector,
            "key": question.key,
            "code": question.code,
            "where": question.where,
            "message_de": question.message.de,
            "message_en": question.message.en,
            "asked_at": stamp(self._clock()),
            "answer": "",
        }
