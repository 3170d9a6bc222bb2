"""Objects to the bytes that Nextcloud stores: equal input gives equal bytes.

CRLF, lines folded at 75 octets between characters (RFC 5545 section 3.1), one VTIMEZONE for each named zone. An entry
that would exceed 16,000 JSON characters gets a shorter description: above 32,000 the server's webhooks make the
*editor's* save fail.
"""

from __future__ import annotations

import json
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache

from network.ical.component import CalendarObject, Component, Property
from network.ical.lines import lines_of
from network.ical.timezones import by_name
from network.ical.values import Moment, escape, property_of, unescape, utc_text
from network.ical.vtimezone import definition

PRODID = "-//Digitalnetzwerk//DE"
LARGEST = 16_000
_OPENING = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{PRODID}\r\n".encode()

_SHORTEST = 200
_SHORTENED = "… (gekürzt)"


def serialise(item: CalendarObject, *, now: datetime) -> bytes:
    """The object as a file; `now` becomes its DTSTAMP."""
    return b"".join((_OPENING, zones_of(item.components), fold(lines_of(stamped(item, now))), b"END:VCALENDAR\r\n"))


def zones_of(components: Iterable[Component]) -> bytes:
    """The definitions of all IANA zones that are named there."""
    named = {each.parameter("TZID") for part in components for each in part.properties}
    return b"".join(_zone(name) for name in sorted(named - {""}) if by_name(name) == name)


def fitting(item: CalendarObject) -> CalendarObject:
    """The object itself, or with descriptions so short that its file stays below `LARGEST` JSON characters."""
    item = _shortened(item, LARGEST)  # beyond that nothing fits, however long it is
    if _json_length(item) <= LARGEST:
        return item
    lengths = range(_SHORTEST, max(len(each.value("DESCRIPTION")) for each in item.components))
    longest = bisect(lengths, LARGEST, key=lambda length: _json_length(_shortened(item, length)))
    return _shortened(item, lengths[max(0, longest - 1)] if lengths else _SHORTEST)


def fold(lines: Iterable[str]) -> bytes:
    """Content lines as bytes, folded between characters."""
    return b"".join(_folded(line) for line in lines)


def event(
    *,
    start: Moment,
    end: Moment,
    summary: str,
    description: str = "",
    location: str = "",
    url: str = "",
    categories: Sequence[str] = (),
    status: str = "",
    extra: Iterable[Property] = (),
) -> Component:
    """A VEVENT from plain text and moments; what is empty is left out. All-day when both moments are dates."""
    texts = (("SUMMARY", summary), ("DESCRIPTION", description), ("LOCATION", location))
    properties = [property_of("DTSTART", start)]
    if end != start:
        properties.append(property_of("DTEND", end))
    properties += [Property(name, escape(text)) for name, text in texts if text]
    if url:
        properties.append(Property("URL", url.replace("\n", "").strip()))
    if categories:
        properties.append(Property("CATEGORIES", ",".join(map(escape, categories))))
    if status:
        properties.append(Property("STATUS", status))
    return Component("VEVENT", (*properties, *extra))


def _json_length(item: CalendarObject) -> int:
    return len(json.dumps(serialise(item, now=datetime.max.replace(tzinfo=UTC)).decode()))


@lru_cache(maxsize=64)
def _zone(name: str) -> bytes:
    """The definition of an IANA zone as it stands in every file that names it."""
    return fold(lines_of((definition(name),)))


def stamped(item: CalendarObject, now: datetime) -> Iterator[Component]:
    """Its components as they are written, with UID and DTSTAMP in front."""
    head = (Property("UID", item.uid), Property("DTSTAMP", utc_text(now)))
    for part in item.components:
        kept = tuple(each for each in part.properties if each.name not in ("UID", "DTSTAMP"))
        yield replace(part, properties=(*head, *kept))


def _folded(line: str) -> bytes:
    data = line.encode()
    if len(data) <= 75:
        return data + b"\r\n"
    pieces: list[bytes] = []
    start, room = 0, 75
    while len(data) - start > room:
        cut = start + room
        while data[cut] & 0xC0 == 0x80:  # inside a character
            cut -= 1
        pieces.append(data[start:cut])
        start, room = cut, 74  # the space that begins a folded line counts
    return b"\r\n ".join((*pieces, data[start:])) + b"\r\n"


def _shortened(item: CalendarObject, length: int) -> CalendarObject:
    return replace(item, components=tuple(_with_short_text(part, length) for part in item.components))


def _with_short_text(part: Component, length: int) -> Component:
    return replace(part, properties=tuple(_short(each, part.value("URL"), length) for each in part.properties))


def _short(item: Property, link: str, length: int) -> Property:
    if item.name != "DESCRIPTION" or len(item.value) <= length:
        return item
    text = unescape(item.value[:length].rstrip("\\")).rstrip()
    return replace(item, value=escape("\n".join(filter(None, (text + _SHORTENED, link)))))
