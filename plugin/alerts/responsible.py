"""Who looks after the place that a problem names: the member whose object or file it is, else the network's office."""

from __future__ import annotations

import re
from collections.abc import Iterator

from network.problems import Problem
from network.settings import Settings, all_calendars

_NAMED = re.compile(r"\b(administration|connector|calendar|exchange_group|project)s?[.:]([a-z0-9][a-z0-9-]*)")


def responsible(problem: Problem, settings: Settings) -> str:
    """A mail address."""
    for administration in _administrations(problem.where, settings):
        found = settings.administrations.get(administration)
        if found is not None and found.contacts.it is not None:
            return found.contacts.it
    return settings.network.contact.mail


def _administrations(where: str, settings: Settings) -> Iterator[str]:
    entries = {
        "connector": settings.connectors,
        "calendar": all_calendars(settings),
        "exchange_group": settings.exchange_groups,
        "project": settings.projects,
    }
    for kind, key in _NAMED.findall(where):
        if kind == "administration":
            yield key
        elif key in entries[kind]:
            yield getattr(entries[kind][key], "owner", None) or ""
    for include in settings.include:
        if include.administration and where.partition(":")[0].endswith(include.file):
            yield include.administration
