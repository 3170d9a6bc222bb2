"""Raw iCalendar objects → offers of a connector, read only when somebody asks for one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from connectors.feed.trainings import training_of
from network.ical.reading import RawObject, clean_object
from network.model import Offer, Training
from network.problems import Problem
from network.text import Language, Text


@dataclass(frozen=True, slots=True)
class Offering:
    """`zone` is where times without a zone are meant."""

    connector: str
    zone: ZoneInfo
    language: Language

    def offer(self, raw: RawObject) -> Offer:
        return Offer(raw.key, raw.digest, lambda: self._training(raw))

    def _training(self, raw: RawObject) -> Training:
        found = clean_object(raw, timezone=self.zone.key)
        return training_of(found, raw.key, connector=self.connector, language=self.language)


def odd(objects: Iterable[RawObject], where: str) -> Iterator[Problem]:
    """One sentence for each kind of bad UID, however many objects it is about."""
    return Uids.of(objects).problems(where)


@dataclass(frozen=True, slots=True)
class Uids:
    """How many objects there are, how many without a UID, and the first UIDs that several of them have."""

    items: int
    nameless: int
    doubled: tuple[str, ...]

    @classmethod
    def of(cls, objects: Iterable[RawObject]) -> Uids:
        """Goes through them once, and keeps none."""
        items = nameless = 0
        doubled: set[str] = set()
        for raw in objects:
            items += 1
            nameless += not raw.uid
            if raw.uid and raw.key != raw.uid:
                doubled.add(raw.uid)
        return cls(items, nameless, tuple(sorted(doubled)[:3]))

    def problems(self, where: str) -> Iterator[Problem]:
        if self.nameless:
            yield Problem(
                "uid_missing",
                where,
                Text(
                    f"Termine ohne UID: {self.nameless}; erkannt werden sie an Beginn und Titel",
                    f"events without a UID: {self.nameless}; they are recognised by start and title",
                ),
            )
        if self.doubled:
            uids = ", ".join(self.doubled)
            yield Problem(
                "uid_doubled",
                where,
                Text(
                    f"dieselbe UID für verschiedene Termine: {uids}; sie werden auseinandergehalten",
                    f"one UID for different events: {uids}; they are told apart",
                ),
            )
