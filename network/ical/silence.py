"""Takes from a source's event everything that could speak to people or act by itself (promise 5: mirroring is silent).

What stays is what an entry says: title, time, place, text, links. Refuses nothing; whether an event may be published at
all is decided in `network.ical.reading`.
"""

from __future__ import annotations

from dataclasses import replace

from network.ical.component import Component, Property

# Scheduling, people, and what ties an event to objects that we don't have. Every X- property goes too: it belongs to
# the program that wrote it, and one that looks like our own marker must not come from outside.
_DROPPED = frozenset(
    (
        "ORGANIZER",
        "ATTENDEE",
        "METHOD",
        "REQUEST-STATUS",
        "RELATED-TO",
        "CALENDAR-ADDRESS",
        "PARTICIPANT",
        "LINK",
        "REFID",
        "STRUCTURED-DATA",
        "STYLED-DESCRIPTION",
        "DTSTAMP",
        "CREATED",
        "SEQUENCE",
        "TRANSP",
        "CLASS",
        "UID",
        "PRODID",
    )
)
_LINKS = frozenset(("ATTACH", "IMAGE"))
_PARAMETERS_DROPPED = frozenset(
    ("SCHEDULE-AGENT", "SCHEDULE-STATUS", "SCHEDULE-FORCE-SEND", "ALTREP", "DIR", "MANAGED-ID", "SENT-BY", "DERIVED")
)


def silenced(event: Component) -> Component:
    """The event without anything that invites, reminds, names participants, or carries a file inside itself."""
    properties = tuple(_plain(item) for item in event.properties if _stays(item))
    return Component(event.name, properties)


def _stays(item: Property) -> bool:
    if item.name in _DROPPED or item.name.startswith("X-"):
        return False
    return item.name not in _LINKS or _is_link(item)


def _is_link(item: Property) -> bool:
    return not item.parameter("ENCODING") and item.value.strip().lower().startswith(("http://", "https://"))


def _plain(item: Property) -> Property:
    kept = tuple(
        each for each in item.parameters if each[0] not in _PARAMETERS_DROPPED and not each[0].startswith("X-")
    )
    return item if kept == item.parameters else replace(item, parameters=kept)
