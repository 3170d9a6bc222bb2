"""An iCalendar feed as a source of trainings: one offer for each object, read only when somebody asks for it.

A series with its exceptions is one training with one session. What is wrong with an event (not public, a zone that
nobody knows, a broken line) costs that event when it is parsed, never the feed.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from connectors.feed.contents import FORM, Contents, Digest, Offers
from connectors.feed.trainings import training_of
from connectors.sources.last_good import Format, LastGood, Taken
from connectors.sources.looking import Place
from connectors.sources.refusal import refuse_what_is_no_file
from network.ical.reading import RawObject, clean_object
from network.model import Delivery, Offer, Training
from network.ports import SourceMemory
from network.text import Language

_DIGEST = "contents"


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
        self._memory = memory
        form = Format(
            self._read,
            is_empty=lambda contents: next(contents.objects(), None) is None,
            keep=lambda _, contents: contents.data,
            recall=Contents,
            stamp=str(FORM),
        )
        self._file = LastGood(connector, place, form, memory, may_be_empty=may_be_empty)

    def deliver(self, now: datetime) -> Delivery:
        """Never raises for a bad feed."""
        taken = self._file.take(now)
        digest = self._digest(taken)
        return Delivery(
            connector=self._connector,
            state=taken.state,
            offers=Offers(taken.reading, digest.items, self._offer),
            counts=taken.counts,
            problems=(*taken.problems, *digest.problems(f"connectors.{self._connector}")),
            fetched_at=taken.fetched_at,
            digest=taken.digest,
        )

    def _read(self, content: bytes) -> Contents:
        refuse_what_is_no_file(content)
        return Contents.read(content, self._max_events)

    def _digest(self, taken: Taken[Contents]) -> Digest:
        """From memory where the feed is the one that was looked through before."""
        if taken.reading is None:
            return Digest("", 0, 0, ())
        known = Digest.from_text(self._memory.note(_DIGEST))
        if known is not None and known.of == taken.digest:
            return known
        made = Digest.made(taken.digest, taken.reading)
        self._memory.keep_note(_DIGEST, made.to_text())
        return made

    def _offer(self, raw: RawObject) -> Offer:
        return Offer(raw.key, raw.digest, lambda: self._training(raw))

    def _training(self, raw: RawObject) -> Training:
        found = clean_object(raw, timezone=self._zone.key)
        return training_of(found, raw.key, connector=self._connector, language=self._language)
