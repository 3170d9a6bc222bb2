"""An iCalendar feed as a source of trainings: one offer for each object, read only when somebody asks for it.

A series with its exceptions is one training with one session. What is wrong with an event (not public, a zone that
nobody knows, a broken line) costs that event when it is parsed, never the feed.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from connectors.feed.offering import Offering, odd
from connectors.feed.stripping import stripped
from connectors.sources.last_good import Format, LastGood
from connectors.sources.looking import Place
from connectors.sources.refusal import refuse_what_is_no_file
from network.ical.reading import RawObject, split
from network.model import Delivery
from network.ports import SourceMemory
from network.text import Language

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
        self._offering = Offering(connector, zone, language)
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
            offers=lambda: map(self._offering.offer, objects),
            counts=taken.counts,
            problems=(*taken.problems, *odd(objects, f"connectors.{self._connector}")),
            fetched_at=taken.fetched_at,
            digest=taken.digest,
        )

    def _read(self, content: bytes) -> Objects:
        refuse_what_is_no_file(content)
        return tuple(split(stripped(content), max_events=self._max_events))
