"""The people of one list as it was read last, kept as a note in the source's memory.

Nextcloud's groups are read again only when that is due, because it costs a request per group; `verify` reads anew. Of
every other list the note is kept for those who ask later why somebody sees something.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from network.model import PeopleDelivery, Person, SourceState
from network.ports import PeopleSource, SourceMemory
from network.problems import Problem
from network.text import Text

NOTE = "people"
STANDING = frozenset({"person_in_two_administrations"})
"""What is told again without asking again; everything else is looked at in each run until it is well."""


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


@dataclass(frozen=True, slots=True)
class ReadNote:
    """What such a note says: who was there, and when."""

    people: tuple[Person, ...]
    at: datetime


def read_note(note: str) -> ReadNote | None:
    """None for an empty note."""
    if not note:
        return None
    kept = json.loads(note)
    return ReadNote(_people(kept), datetime.fromisoformat(kept["at"]))


def _people(kept: Mapping[str, Any]) -> tuple[Person, ...]:
    rows = kept["people"]
    return tuple(replace(Person(**each), topics=tuple(each["topics"]), groups=tuple(each["groups"])) for each in rows)


def _text(delivery: PeopleDelivery, told: str, now: datetime) -> str:
    people = [asdict(person) for person in delivery.people]
    return json.dumps(
        {
            "at": now.isoformat(),
            "told": told,
            "connector": delivery.connector,
            "people": people,
            "missing": delivery.missing_groups,
            "problems": [asdict(problem) for problem in delivery.problems],
        },
        ensure_ascii=False,
    )


def _recent(note: str, told: str, oldest: datetime) -> PeopleDelivery | None:
    """What is written there, when it is young enough and a person has mended nothing meanwhile."""
    if not note:
        return None
    kept = json.loads(note)
    problems = tuple(map(_problem, kept.get("problems", ())))
    may_be_mended = "problems" not in kept or any(each.code not in STANDING for each in problems)
    if kept["told"] != told or may_be_mended or datetime.fromisoformat(kept["at"]) <= oldest:
        return None
    return PeopleDelivery(
        kept["connector"], SourceState.RESTING, _people(kept), problems, tuple(kept["missing"]), spells=True
    )


def _problem(kept: dict[str, Any]) -> Problem:
    texts = {name: Text(**kept[name]) for name in ("message", "remedy")}
    return Problem(**{**kept, **texts})
