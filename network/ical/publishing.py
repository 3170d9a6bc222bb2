"""Many objects as one published calendar (METHOD:PUBLISH, RFC 5546 section 3.2.1) that programs subscribe to.

Refuses to pass on what speaks to people or acts by itself: no organizer, no attendee, no alarm, nothing of our marker.
Equal input gives equal bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from network.ical.canonical import is_marker
from network.ical.component import CalendarObject, Component, Property
from network.ical.lines import lines_of
from network.ical.values import escape
from network.ical.writing import PRODID, fold, stamped, zones_of

_DROPPED = frozenset(("ORGANIZER", "ATTENDEE", "METHOD", "REQUEST-STATUS", "COMMENT", "CONTACT", "RELATED-TO"))


@dataclass(frozen=True, slots=True)
class Published:
    """One object with the moment when it last changed (its DTSTAMP)."""

    item: CalendarObject
    at: datetime


def is_public(item: CalendarObject) -> bool:
    """Whether nobody said PRIVATE or CONFIDENTIAL, of the whole or of one day of it."""
    return all(each.value("CLASS").strip().upper() in ("", "PUBLIC") for each in item.components)


def published(items: Iterable[Published], *, name: str, zone: str, refresh: timedelta) -> bytes:
    """The whole calendar. `refresh` is how often it is worth asking again, in whole minutes."""
    components = [each for one in items for each in stamped(_plain(one.item), one.at)]
    head = fold(lines_of((Component("VCALENDAR", _about(name, zone, refresh)),))).removesuffix(b"END:VCALENDAR\r\n")
    return b"".join((head, zones_of(components), fold(lines_of(components)), b"END:VCALENDAR\r\n"))


def _about(name: str, zone: str, refresh: timedelta) -> tuple[Property, ...]:
    every = f"PT{int(refresh.total_seconds() // 60)}M"
    return (
        Property("VERSION", "2.0"),
        Property("PRODID", PRODID),
        Property("CALSCALE", "GREGORIAN"),
        Property("METHOD", "PUBLISH"),
        Property("NAME", escape(name)),  # RFC 7986 section 5.1
        Property("X-WR-CALNAME", escape(name)),
        Property("X-WR-TIMEZONE", zone),
        Property("REFRESH-INTERVAL", every, (("VALUE", ("DURATION",)),)),  # RFC 7986 section 5.7
        Property("X-PUBLISHED-TTL", every),
    )


def _plain(item: CalendarObject) -> CalendarObject:
    return replace(item, components=tuple(_silent(each) for each in item.components))


def _silent(part: Component) -> Component:
    kept = tuple(each for each in part.properties if each.name not in _DROPPED and not is_marker(each))
    return Component(part.name, kept)
