"""From the merged document to typed settings: every mistake at once, each at its line.

A broken entry must not hide what is wrong with its neighbours. So the settings are read a second time without the
entries that were refused, only to be looked at by the checks that compare entries; they are never handed out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pydantic import ValidationError

from network.document import Branch, Complaint, Value, below, find
from network.settings.mistake import Mistake, mistakes
from network.settings.section import Reading
from network.settings.sentences import sentence
from network.settings.settings import Settings

_COLLECTIONS = ("administrations", "connectors", "calendars", "exchange_groups", "projects", "training_concepts")
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
    settings, found, reading = _attempt(root, owners)
    if settings is not None:
        return Validated(settings, ())
    rest, _, _ = _attempt(_without(root, found), owners)
    return Validated(rest, tuple(_complaint(mistake, root, reading) for mistake in found))


def _attempt(
    root: Mapping[str, object], owners: Mapping[str, str]
) -> tuple[Settings | None, tuple[Mistake, ...], Reading]:
    reading = Reading(owners)
    try:
        return Settings.model_validate(root, by_alias=True, by_name=False, context=reading), (), reading
    except ValidationError as error:
        return None, mistakes(error), reading


def _complaint(mistake: Mistake, root: Branch, reading: Reading) -> Complaint:
    section = reading.sections.get(id(_holder(root, mistake.location)))
    code = _CODES.get(mistake.kind, "wrong_value")
    return Complaint(code, find(root, mistake.location), sentence(mistake, section))


def _holder(root: Branch, location: tuple[str | int, ...]) -> Branch:
    """The innermost mapping that holds the last step."""
    holder: Branch = root
    current: Value = root
    for step in location[:-1]:
        deeper = below(current, step)
        current = current if deeper is None else deeper
        if isinstance(current, Branch):
            holder = current
    return holder


def _without(root: Branch, found: Iterable[Mistake]) -> dict[str, object]:
    """The document without every entry that a mistake lies in, and without every section that has no entries."""
    values: dict[str, object] = dict(root)
    for mistake in found:
        section, *steps = (str(step) for step in mistake.location)
        entries = values.get(section)
        if section in _STAND_INS:
            values[section] = _STAND_INS[section]
        elif section in _COLLECTIONS and steps and isinstance(entries, Branch):
            kept = {key: value for key, value in entries.items() if key != steps[0]}
            values[section] = Branch(kept, entries.spot, entries.key_spots)
        else:
            values.pop(section, None)
    return values
