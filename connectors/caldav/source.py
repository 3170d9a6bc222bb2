"""A calendar as a source of trainings: one offer for each object, matched by UID, read only when somebody asks for it.

Takes nothing that carries our marker: what we wrote ourselves, or somebody copied from there, is no source again. An
object that is no calendar file costs itself alone.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from connectors.caldav.shelf import Kept, unpacked
from connectors.feed.offering import Offering, odd
from connectors.sources.last_good import Format, LastGood
from connectors.sources.looking import Place
from network.errors import SourceUnreadable
from network.ical.canonical import MARKER
from network.ical.reading import RawObject, split
from network.model import Delivery, Offer, Training
from network.ports import SourceMemory
from network.problems import Problem
from network.text import Language, Text

_OURS = re.compile(rb"^" + MARKER.encode(), re.MULTILINE | re.IGNORECASE)
_UID = re.compile(rb"^UID(?:;[^:\r\n]*)?:([^\r\n]*)", re.MULTILINE | re.IGNORECASE)
_EVENTS_IN_ONE = 1_000  # a series and its exceptions


@dataclass(frozen=True, slots=True)
class Broken:
    """An object that is no calendar file."""

    key: str
    digest: str
    error: SourceUnreadable


@dataclass(frozen=True, slots=True)
class Stored:
    """An object and where it lies; `place` is empty where it shares its file with others."""

    raw: RawObject
    place: str = ""
    etag: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands in a calendar; `own` counts what carries our marker."""

    objects: tuple[Stored, ...]
    broken: tuple[Broken, ...] = ()
    own: int = 0


class CalendarOfTrainings:
    """Satisfies `network.ports.TrainingSource`. The content of `place` is a packed `connectors.caldav.shelf.Shelf`."""

    def __init__(
        self,
        connector: str,
        place: Place,
        memory: SourceMemory,
        *,
        zone: ZoneInfo,
        language: Language,
        may_be_empty: bool = False,
    ) -> None:
        self._connector = connector
        self._offering = Offering(connector, zone, language)
        form = Format(read_shelf, is_empty=lambda reading: not reading.objects and not reading.broken)
        self._calendar = LastGood(connector, place, form, memory, may_be_empty=may_be_empty)

    def deliver(self, now: datetime) -> Delivery:
        """Never raises for a bad calendar."""
        taken = self._calendar.take(now)
        reading = taken.reading or Reading(())
        return Delivery(
            connector=self._connector,
            state=taken.state,
            offers=lambda: self._offers(reading),
            counts=taken.counts,
            problems=(*taken.problems, *self._problems(reading)),
            fetched_at=taken.fetched_at,
            digest=taken.digest,
        )

    def _offers(self, reading: Reading) -> Iterator[Offer]:
        for each in reading.objects:
            yield replace(self._offering.offer(each.raw), place=each.place, etag=each.etag)
        yield from map(_refusing, reading.broken)

    def _problems(self, reading: Reading) -> Iterator[Problem]:
        where = f"connectors.{self._connector}"
        yield from odd((each.raw for each in reading.objects), where)
        if reading.own:
            yield Problem(
                "own_entries",
                where,
                Text(
                    f"{reading.own} Termine haben wir selbst geschrieben; sie gelten hier nicht als Quelle",
                    f"{reading.own} events were written by us; they don't count as a source here",
                ),
            )


def read_shelf(content: bytes) -> Reading:
    """The objects of a packed shelf in order of their names, nothing of them parsed."""
    objects: list[Stored] = []
    broken: list[Broken] = []
    own = 0
    keys: set[str] = set()
    for href, kept in unpacked(content).objects.items():
        if _OURS.search(kept.data):
            own += 1
            continue
        try:
            found = tuple(split(kept.data, max_events=_EVENTS_IN_ONE))
        except SourceUnreadable as error:
            broken.append(_broken(href, kept, error))
            continue
        for raw in found:
            key = raw.key if raw.key not in keys else f"{raw.key}#{_short(href.encode())}"
            keys.add(key)
            alone = Stored(raw, href, kept.etag) if len(found) == 1 else Stored(raw)
            objects.append(replace(alone, raw=replace(raw, key=key)))
    return Reading(tuple(objects), tuple(broken), own)


def _broken(href: str, kept: Kept, error: SourceUnreadable) -> Broken:
    found = _UID.search(kept.data)
    uid = found[1].decode("utf-8", "replace").strip() if found else ""
    return Broken(uid or href.rpartition("/")[2], hashlib.sha256(kept.data).hexdigest(), error)


def _refusing(broken: Broken) -> Offer:
    def parse() -> Training:
        raise broken.error

    return Offer(broken.key, broken.digest, parse)


def _short(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]
