"""People as Nextcloud's groups tell them, read again only when it is due: reading them costs a request per group.

What was read last stands as a note in the source's memory. `verify` reads anew.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, replace
from datetime import datetime, timedelta

from network.model import PeopleDelivery, Person, SourceState
from network.ports import PeopleSource, SourceMemory

NOTE = "people"


class RecentPeople:
    """A `PeopleSource` in front of another one."""

    def __init__(
        self, source: PeopleSource, memory: SourceMemory, *, every: timedelta, verify: bool, told: str
    ) -> None:
        """`told` stands for what the source was asked for (its groups): when that changes, it is asked anew."""
        self._source = source
        self._memory = memory
        self._every = every
        self._verify = verify
        self._told = told

    def deliver(self, now: datetime) -> PeopleDelivery:
        known = None if self._verify else _recent(self._memory.note(NOTE), self._told, now - self._every)
        if known is not None:
            return known
        delivery = self._source.deliver(now)
        if delivery.state in (SourceState.FRESH, SourceState.UNCHANGED):
            self._memory.keep_note(NOTE, _text(delivery, self._told, now))
        return delivery


def numbers(note: str) -> Counter[str]:
    """How many people of each administration (by key) such a note holds; empty for an empty note."""
    return Counter(each["administration"] for each in json.loads(note)["people"]) if note else Counter()


def _text(delivery: PeopleDelivery, told: str, now: datetime) -> str:
    people = [asdict(person) for person in delivery.people]
    return json.dumps(
        {
            "at": now.isoformat(),
            "told": told,
            "connector": delivery.connector,
            "people": people,
            "missing": delivery.missing_groups,
            "troubled": bool(delivery.problems),
        },
        ensure_ascii=False,
    )


def _recent(note: str, told: str, oldest: datetime) -> PeopleDelivery | None:
    """What is written there, when it is young enough and nothing was wrong with it."""
    if not note:
        return None
    kept = json.loads(note)
    if kept["told"] != told or kept["troubled"] or datetime.fromisoformat(kept["at"]) <= oldest:
        return None
    people = tuple(
        replace(Person(**each), topics=tuple(each["topics"]), groups=tuple(each["groups"])) for each in kept["people"]
    )
    return PeopleDelivery(kept["connector"], SourceState.UNCHANGED, people, (), tuple(kept["missing"]))
