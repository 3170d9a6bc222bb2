"""From the merged document to typed settings: every mistake at once, each at its line.

A broken entry must not hide what is wrong with its neighbours. So the settings are read a second time without the
entries that were refused, only to be looked at by the checks that compare entries; they are never handed out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from network.document import Branch, Complaint, Value, below, find
from network.settings.section import Reading
from network.settings.sentences import sentence
from network.settings.settings import Settings

_CODES = {"extra_forbidden": "unknown_key", "missing": "missing_key", "too_short": "too_few"}
# Stand in for a broken or missing section while the other ones are compared.
_STAND_INS = {
    "network": {"id": "x", "name": "xxx", "timezone": "UTC", "contact": {"name": "x", "mail": "x@x.example"}},
    "nextcloud": {"url": "https://x.example", "username": "x", "password": "env:X"},
}


class Validated(NamedTuple):
    """`settings` hold all entries that were not refused; they are None where nothing could be read."""

    settings: Settings | None
    complaints: tuple[Complaint, ...]


def validate(root: Branch, owners: Mapping[str, str]) -> Validated:
    """Reads the settings. `owners` names the administration of files that are a member's own."""
    settings, errors, reading = _attempt(root, owners)
    if settings is not None:
        return Validated(settings, ())
    rest, _, _ = _attempt(_without(root, errors), owners)
    return Validated(rest, tuple(_complaint(error, root, reading) for error in errors))


def _attempt(
    root: Mapping[str, object], owners: Mapping[str, str]
) -> tuple[Settings | None, list[ErrorDetails], Reading]:
    reading = Reading(owners)
    try:
        return Settings.model_validate(root, by_alias=True, by_name=False, context=reading), [], reading
    except ValidationError as error:
        return None, error.errors(include_url=False), reading


def _complaint(error: ErrorDetails, root: Branch, reading: Reading) -> Complaint:
    location = _as_written(error["loc"])
    holder = _holder(root, location)
    section = reading.sections.get(id(holder))
    return Complaint(_CODES.get(error["type"], "wrong_value"), find(root, location), sentence(error, section))


def _as_written(location: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Without what pydantic puts in (the kind of connector, the mark of a key) and the blank behind a key of ours."""
    kind = {"connectors": 2, "admin_rights": 1}.get(str(location[0]), len(location))
    steps = (*location[:kind], *location[kind + 1 :])
    return tuple(step.strip() if isinstance(step, str) else step for step in steps if step != "[key]")


def _holder(root: Branch, location: Iterable[str | int]) -> Branch:
    """The innermost mapping that holds the last step."""
    holder: Branch = root
    current: Value = root
    for step in tuple(location)[:-1]:
        deeper = below(current, step)
        current = current if deeper is None else deeper
        if isinstance(current, Branch):
            holder = current
    return holder


def _without(root: Branch, errors: Iterable[ErrorDetails]) -> dict[str, object]:
    """The document without every entry, or section that is no collection of entries, that an error lies in."""
    values: dict[str, object] = dict(root)
    for error in errors:
        section, *below = error["loc"]
        entries = values.get(str(section))
        if section in _STAND_INS:
            values[str(section)] = _STAND_INS[str(section)]
        elif isinstance(entries, Branch) and below and below[0] in entries and _holds_entries(str(section)):
            kept = {key: value for key, value in entries.items() if key != below[0]}
            values[str(section)] = Branch(kept, entries.spot, entries.key_spots)
        elif not (below and _holds_entries(str(section))):
            values.pop(str(section), None)
    return values


def _holds_entries(section: str) -> bool:
    return section in ("administrations", "connectors", "calendars", "exchange_groups", "projects", "training_concepts")
