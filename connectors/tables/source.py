"""A table as a source of trainings: the shell around `connectors.tables.judging`.

Held keys are in `questions` and not among the offers: their entries stay as they are. Nothing is remembered unless the
file was really read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from connectors.sources.last_good import Format, LastGood, Taken
from connectors.sources.looking import Place
from connectors.tables import record
from connectors.tables import seen as seeing
from connectors.tables.judging import Judged, judge
from connectors.tables.seen import Seen
from connectors.tables.table import Table, Wanted, headings_from_json, headings_to_json, read_table
from connectors.tables.trainings import Reader
from network.model import Delivery, Offer, Training
from network.ports import SourceMemory
from network.problems import Problem
from network.text import Text

_HEADINGS = "headings"
_SEEN = "seen"


class TableOfTrainings:
    """Satisfies `network.ports.TrainingSource`. `answers`: key → "accept" for keys asked about as `keys_shifted`.

    An answer is to be dropped when its question is gone, or it would accept the next shift too.
    """

    def __init__(
        self,
        wanted: Wanted,
        reader: Reader,
        place: Place,
        memory: SourceMemory,
        *,
        may_be_empty: bool = False,
        answers: Mapping[str, str] | None = None,
    ) -> None:
        self._wanted = wanted
        self._reader = reader
        self._memory = memory
        self._answers = answers or {}
        form = Format(
            self._read,
            is_empty=lambda table: not table.rows,
            keep=lambda _, table: record.to_json(table),
            recall=record.from_json,
            stamp=f"{record.FORM}-{wanted.stamp}",
        )
        self._file = LastGood(reader.connector, place, form, memory, may_be_empty=may_be_empty)

    def deliver(self, now: datetime) -> Delivery:
        """Never raises for a bad file."""
        taken = self._file.take(now)
        if taken.reading is None:
            return _silent(self._reader.connector, taken)
        before = seeing.from_json(self._memory.note(_SEEN))
        judged = judge(taken.reading, before, self._reader, self._answers)
        if taken.counts:
            self._remember(taken.reading, before, judged, now)
        offers = tuple(_offer(training) for training in judged.trainings.values())
        return Delivery(
            connector=self._reader.connector,
            state=taken.state,
            offers=lambda: iter(offers),
            counts=taken.counts and not judged.keys_unreadable,
            questions=judged.questions,
            problems=(*taken.problems, *self._general(taken.reading), *judged.problems),
            quarantined=judged.keyless,
            fetched_at=taken.fetched_at,
            digest=taken.digest,
        )

    def _read(self, content: bytes) -> Table:
        return read_table(content, self._wanted, before=headings_from_json(self._memory.note(_HEADINGS)))

    def _remember(self, table: Table, before: Mapping[str, Seen], judged: Judged, now: datetime) -> None:
        after = seeing.remembered(before, judged.trainings, judged.held, now.date())
        self._memory.keep_note(_SEEN, seeing.to_json(after))
        self._memory.keep_note(_HEADINGS, headings_to_json(table.headings))

    def _general(self, table: Table) -> Iterator[Problem]:
        yield from table.problems
        if "status" not in self._wanted.columns:
            yield Problem("no_status_column", f"connectors.{self._reader.connector}", _ALL_PUBLISHED, _ADD_A_STATUS)


def _offer(training: Training) -> Offer:
    # Without the origin: a row that only moved to another line says nothing new.
    told = repr(replace(training, origin=""))
    return Offer(training.key, hashlib.sha256(told.encode()).hexdigest(), lambda: training)


def _silent(connector: str, taken: Taken[Table]) -> Delivery:
    return Delivery(connector, taken.state, lambda: iter(()), counts=False, problems=taken.problems)


_ALL_PUBLISHED = Text(
    "die Tabelle hat keine Statusspalte: jede Zeile ist veröffentlicht",
    "the table has no status column: every row is published",
)
_ADD_A_STATUS = Text(
    "Eine Statusspalte anlegen und unter „columns“ nennen, damit Entwürfe unsichtbar bleiben.",
    "Add a status column and name it in `columns`, so that drafts stay invisible.",
)
