"""An iCalendar feed as a source of trainings: one offer for each object, read only when somebody asks for it.

A series with its exceptions is one training with one session. What is wrong with an event (not public, a zone that
nobody knows, a broken line) costs that event when it is parsed, never the feed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from connectors.feed.stripping import stripped
from connectors.feed.trainings import training_of
from connectors.sources.last_good import Format, LastGood
from connectors.sources.looking import Place
from connectors.sources.refusal import refuse_what_is_no_file
from network.ical.reading import RawObject, clean_object, split
from network.model import Delivery, Offer, Training
from network.ports import SourceMemory
from network.problems import Problem
from network.text import Language, Text

Objects = tuple[RawObject, ...]


class FeedOfTrainings:
    """Satisfies `network.ports.TrainingSource`. `zone` is where times without a zone are meant."""

    def __init__(
        self,
        connector: str,
        place: Place,
        memory: SourceMemory,
        *,
        zone: ZoneInfo,
        language: Language,
        max_events: int = 20_000,
        may_be_empty: bool = False,
    ) -> None:
        self._connector = connector
        self._zone = zone
        self._language = language
        self._max_events = max_events
        form = Format(self._read, is_empty=lambda objects: not objects, keep=lambda content, _: stripped(content))
        self._file = LastGood(connector, place, form, memory, may_be_empty=may_be_empty)

    def deliver(self, now: datetime) -> Delivery:
        """Never raises for a bad feed."""
        taken = self._file.take(now)
        objects = taken.reading or ()
        return Delivery(
            connector=self._connector,
            state=taken.state,
            offers=lambda: map(self._offer, objects),
            counts=taken.counts,
            problems=(*taken.problems, *_odd(objects, f"connectors.{self._connector}")),
            fetched_at=taken.fetched_at,
            digest=taken.digest,
        )

    def _read(self, content: bytes) -> Objects:
        refuse_what_is_no_file(content)
        return tuple(split(stripped(content), max_events=self._max_events))

    def _offer(self, raw: RawObject) -> Offer:
        return Offer(raw.key, raw.digest, lambda: self._training(raw))

    def _training(self, raw: RawObject) -> Training:
        found = clean_object(raw, timezone=self._zone.key)
        return training_of(found, raw.key, connector=self._connector, language=self._language)


def _odd(objects: Sequence[RawObject], where: str) -> Iterator[Problem]:
    """One sentence for each kind of bad UID, however many events it is about."""
    if nameless := sum(not raw.uid for raw in objects):
        yield Problem(
            "uid_missing",
            where,
            Text(
                f"{nameless} Termine ohne UID; sie werden an Beginn und Titel erkannt",
                f"{nameless} events without a UID; they are recognised by start and title",
            ),
        )
    doubled = sorted({raw.uid for raw in objects if raw.uid and raw.key != raw.uid})
    if doubled:
        yield Problem(
            "uid_doubled",
            where,
            Text(
                f"dieselbe UID für verschiedene Termine: {', '.join(doubled[:3])}; sie werden auseinandergehalten",
                f"one UID for different events: {', '.join(doubled[:3])}; they are told apart",
            ),
        )
