"""Time zone names as Outlook, Exchange and others write them → IANA names.

Comes before everything else that reads a time, because a library that does not know "Mitteleuropäische Zeit" takes the
time for floating, an hour or two beside the truth for half of its readers. What cannot be resolved stays unresolved:
the caller quarantines the event, it never guesses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

import icalendar
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from network.ical.component import Component
from network.ical.lines import lines_of

# Names of Windows in German, and short forms that stand for one zone in every calendar program seen.
_SPOKEN = {
    "mitteleuropäische zeit": "Europe/Berlin",
    "mitteleuropäische normalzeit": "Europe/Berlin",
    "mitteleuropäische sommerzeit": "Europe/Berlin",
    "mitteleuropäische zeit/mitteleuropäische sommerzeit": "Europe/Berlin",
    "westeuropäische zeit": "Europe/London",
    "westeuropäische normalzeit": "Europe/London",
    "osteuropäische zeit": "Europe/Bucharest",
    "osteuropäische normalzeit": "Europe/Bucharest",
    "gmt standardzeit": "Europe/London",
    "koordinierte weltzeit": "UTC",
    "coordinated universal time": "UTC",
    "mez": "Europe/Berlin",
    "mesz": "Europe/Berlin",
    "mez/mesz": "Europe/Berlin",
    "cet": "Europe/Berlin",
    "cest": "Europe/Berlin",
    "cet/cest": "Europe/Berlin",
    "met": "Europe/Berlin",
    "z": "UTC",
    "utc": "UTC",
    "gmt": "UTC",
    "etc/utc": "UTC",
    "etc/gmt": "UTC",
    "tzone://microsoft/utc": "UTC",
}
# Cities in the display names of German Windows that IANA spells otherwise.
_CITIES = {
    "rom": "Europe/Rome",
    "wien": "Europe/Vienna",
    "brüssel": "Europe/Brussels",
    "kopenhagen": "Europe/Copenhagen",
    "warschau": "Europe/Warsaw",
    "prag": "Europe/Prague",
    "lissabon": "Europe/Lisbon",
    "athen": "Europe/Athens",
    "bukarest": "Europe/Bucharest",
    "moskau": "Europe/Moscow",
    "belgrad": "Europe/Belgrade",
}
_DISPLAY_NAME = re.compile(r"\((?:UTC|GMT)(?:[+-]\d{1,2}:?\d{2})?\)\s*(.+)", re.IGNORECASE)


def resolve(name: str, definitions: Mapping[str, Component], *, preferred: str) -> str:
    """The IANA name that a TZID means ("UTC" for UTC), or an empty text.

    Tried in turn: the name itself, its X-LIC-LOCATION, and whether its VTIMEZONE in `definitions` has the offsets of a
    known zone over two years, `preferred` (the network's own) first.
    """
    name = name.strip().strip("\"'").strip().replace("\\", "")
    if found := by_name(name):
        return found
    definition = definitions.get(name)
    if definition is None:
        return ""
    return by_name(definition.value("X-LIC-LOCATION").strip()) or _by_offsets(definition, preferred)


@lru_cache(maxsize=512)
def by_name(name: str) -> str:
    """The IANA name behind a name alone, or an empty text."""
    folded = " ".join(name.casefold().split())
    return (
        _SPOKEN.get(folded)
        or _known().get(folded)
        or _windows().get(folded)
        or _after_prefix(folded)
        or _display_name(name)
    )


@cache
def _known() -> dict[str, str]:
    """Every IANA name with a place in it, case folded. Bare ones ("EST") are abbreviations that mean several zones."""
    return {name.casefold(): name for name in available_timezones() if "/" in name and not name.startswith("Etc/")}


@cache
def _windows() -> dict[str, str]:
    return {windows.casefold(): name for windows, name in WINDOWS_TO_OLSON.items()}


@cache
def _by_city() -> dict[str, str]:
    mains = sorted(_known().values(), key=lambda name: (name not in WINDOWS_TO_OLSON.values(), name), reverse=True)
    return {name.rsplit("/", 1)[1].replace("_", " ").casefold(): name for name in mains} | _CITIES


def _after_prefix(folded: str) -> str:
    """`/freeassociation.sourceforge.net/Tzfile/Europe/Berlin`, `/mozilla.org/20050126_1/Europe/Berlin`."""
    parts = folded.split("/")
    return next((found for n in range(1, len(parts)) if (found := _known().get("/".join(parts[n:])))), "")


def _display_name(name: str) -> str:
    """`(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien`: Berlin where it is named, else the first known."""
    found = _DISPLAY_NAME.fullmatch(name)
    if found is None:
        return ""
    cities = [" ".join(city.split()).casefold() for city in re.split(r"[,;/]", found[1])]
    if cities[0] in _SPOKEN:
        return _SPOKEN[cities[0]]
    ordered = sorted(cities, key=lambda city: city != "berlin")
    return next((_by_city()[city] for city in ordered if city in _by_city()), "")


def _by_offsets(definition: Component, preferred: str) -> str:
    return _zone_with_offsets("\r\n".join(lines_of((definition,))) + "\r\n", preferred)


@lru_cache(maxsize=128)
def _zone_with_offsets(definition: str, preferred: str) -> str:
    try:
        zone = icalendar.Timezone.from_ical(definition)
        wanted = _offsets(zone.to_tz(lookup_tzid=False)) if isinstance(zone, icalendar.Timezone) else ()
    except (ValueError, KeyError, IndexError, AttributeError, TypeError, OverflowError):
        return ""  # a definition that a library can't read tells nothing
    candidates = dict.fromkeys((preferred, *sorted(set(WINDOWS_TO_OLSON.values()))))
    return next((name for name in candidates if _offsets(ZoneInfo(name)) == wanted), "")


def _offsets(zone: tzinfo) -> tuple[timedelta | None, ...]:
    return tuple(moment.replace(tzinfo=zone).utcoffset() for moment in _samples())


def _samples() -> Iterator[datetime]:
    """Noon of every second day of two years: rules that differ by a week differ here."""
    start = datetime(2025, 1, 1, 12, tzinfo=UTC)
    return (start + timedelta(days=days) for days in range(0, 730, 2))
