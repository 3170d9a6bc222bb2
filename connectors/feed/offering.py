"""Raw iCalendar objects → offers of a connector, read only when somebody asks for one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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


def odd(objects: Sequence[RawObject], where: str) -> Iterator[Problem]:
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
