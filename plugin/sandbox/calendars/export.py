"""All objects of a calendar merged into one file, as `?export` gives them: each time zone once, a refresh interval."""

from __future__ import annotations

from collections.abc import Iterable

from plugin.sandbox.calendars.ical import Component, build, read, write

REFRESH = "PT4H"


def exported(name: str, texts: Iterable[str]) -> bytes:
    merged = Component("VCALENDAR")
    merged.properties = [
        build("VERSION", "2.0"),
        build("PRODID", "-//SabreDAV//SabreDAV//EN"),
        build("CALSCALE", "GREGORIAN"),
        build("X-WR-CALNAME", name.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")),
        build("REFRESH-INTERVAL", REFRESH, {"VALUE": "DURATION"}),
        build("X-PUBLISHED-TTL", REFRESH),
    ]
    zones: dict[str, Component] = {}
    entries: list[Component] = []
    for text in texts:
        for child in read(text).children:
            if child.name == "VTIMEZONE":
                zones.setdefault(child.value("TZID"), child)
            else:
                entries.append(child)
    merged.children = [*zones.values(), *entries]
    return write(merged).encode()
