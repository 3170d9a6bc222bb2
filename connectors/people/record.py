"""The last good people as JSON: what falls back when Nextcloud doesn't answer."""

from __future__ import annotations

import json
from dataclasses import dataclass

from network.model import Person

_IN_GROUP = "group "


@dataclass(frozen=True, slots=True)
class Record:
    """`missing` are administrations whose group was empty or gone: they stay so while only the record speaks."""

    people: tuple[Person, ...] = ()
    missing: tuple[str, ...] = ()


def to_json(record: Record) -> bytes:
    """The same people give the same bytes."""
    people = [[each.account, each.administration, each.name, each.mail, each.origin] for each in record.people]
    return json.dumps({"people": people, "missing": record.missing}, ensure_ascii=False, sort_keys=True).encode()


def from_json(content: bytes) -> Record:
    found = json.loads(content)
    people = (
        Person(account, administration, name, mail, groups=groups_in(origin), origin=origin)
        for account, administration, name, mail, origin in found["people"]
    )
    return Record(tuple(people), tuple(found["missing"]))


def in_group(group: str) -> str:
    """The origin of somebody who is in this group."""
    return f"{_IN_GROUP}{group}"


def groups_in(origin: str) -> tuple[str, ...]:
    """The group that an origin names: whoever belongs to an administration in another way is not in its group."""
    return (origin.removeprefix(_IN_GROUP),) if origin.startswith(_IN_GROUP) else ()
