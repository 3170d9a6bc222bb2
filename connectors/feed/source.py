"""An iCalendar feed as a source of trainings: one offer for each object, read only when somebody asks for it.

A series with its exceptions is one training with one session. What is wrong with an event (not public, a zone that
nobody knows, a broken line) costs that event when it is parsed, never the feed.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from connectors.feed.contents import FORM, Contents, Offers, note_of, remembered_uids
from connectors.feed.offering import Offering, Uids
from connectors.sources.last_good import Format, LastGood, Taken
from connectors.sources.looking import Place
from connectors.sources.refusal import refuse_what_is_no_file
from network.model import Delivery
from network.ports import SourceMemory
from network.text import Language

_UIDS = "uids"


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
        self._memory = memory
        form = Format(
            self._read,
            is_empty=lambda contents: next(contents.objects(), None) is None,
            keep=lambda _, contents: contents.packed,
            recall=Contents,
            stamp=str(FORM),
        )
        self._file = LastGood(connector, place, form, memory, may_be_empty=may_be_empty)

    def deliver(self, now: datetime) -> Delivery:
        """Never raises for a bad feed."""
        taken = self._file.take(now)
        uids = self._uids(taken)
        return Delivery(
            connector=self._connector,
            state=taken.state,
            offers=Offers(taken.reading, uids.items, self._offering.offer),
            counts=taken.counts,
            problems=(*taken.problems, *uids.problems(f"connectors.{self._connector}")),
            fetched_at=taken.fetched_at,
            digest=taken.digest,
        )

    def _read(self, content: bytes) -> Contents:
        refuse_what_is_no_file(content)
        return Contents.read(content, self._max_events)

    def _uids(self, taken: Taken[Contents]) -> Uids:
        """From memory where the feed is the one that was looked through before."""
        if taken.reading is None:
            return Uids(0, 0, ())
        known = remembered_uids(self._memory.note(_UIDS), taken.digest)
        if known is not None:
            return known
        found = Uids.of(taken.reading.objects())
        self._memory.keep_note(_UIDS, note_of(found, taken.digest))
        return found
