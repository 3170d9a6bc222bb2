"""Takes an iCalendar feed apart, tolerantly and within bounds, before anything is parsed.

A feed becomes raw objects: the VEVENTs of one UID with a digest of their bytes. A 50,000-event feed that did not
change costs one pass of regular expressions and no parsing. Refuses what is no calendar or only half of one; everything
that is wrong with a single event is left for `network.ical.cleaning`, where it costs that event alone.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from network.errors import SourceUnreadable
from network.text import Text

_TOKEN = re.compile(rb"^(BEGIN|END):(VCALENDAR|VEVENT|VTIMEZONE)[ \t]*$", re.MULTILINE | re.IGNORECASE)
_NESTED = re.compile(
    rb"^BEGIN:(?!VEVENT)([A-Z-]+)[ \t]*$.*?^END:\1[ \t]*$\n?", re.MULTILINE | re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class RawObject:
    """All VEVENTs of one UID as they stand in a feed: unfolded lines that end with a line feed.

    `uid` is empty where the source gave none. `key` names the object within its feed: the UID, or where that does not
    tell objects apart (missing, or used for several events) the UID and a hash of start and title. `timezones` are the
    VTIMEZONE components of the whole feed, `calendar_zone` its X-WR-TIMEZONE.
    """

    uid: str
    text: str
    digest: str
    key: str
    timezones: tuple[str, ...] = field(default=(), repr=False)
    calendar_zone: str = ""


@dataclass(frozen=True, slots=True)
class _Event:
    """Where one VEVENT stands in the feed, and what its object is recognised by."""

    start: int
    end: int
    uid: bytes
    is_exception: bool


def split(feed: bytes, *, max_events: int) -> Iterator[RawObject]:
    """The objects of a feed, in order of their first event.

    SourceUnreadable at once (not on the first object) when the feed is no calendar (`not_a_calendar`), ends in the
    middle (`truncated`) or has more than `max_events` events (`too_many_events`). A feed without events is fine.
    """
    lines = unfold(feed)
    events, timezones = _find(lines, max_events)
    zone = _line_value(b"X-WR-TIMEZONE", lines[: events[0].start] if events else lines)
    shared = tuple(decode(each) for each in timezones)
    basis = hashlib.sha256(b"\0".join((*timezones, zone))).digest()
    return (
        RawObject(
            decode(uid), decode(text), hashlib.sha256(basis + text).hexdigest(), decode(key), shared, decode(zone)
        )
        for uid, key, text in _objects(lines, events)
    )


def unfold(data: bytes) -> bytes:
    """The content lines, one per line, each ending with a line feed (RFC 5545 section 3.1).

    Takes CR, LF, CRLF and CRCRLF for a line end, drops empty lines and a byte order mark. Works on bytes, because
    folding may split a character.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", "replace").encode()
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if b"\n\n" in data:
        data = re.sub(rb"\n{2,}", b"\n", data)
    data = data.removeprefix(b"\xef\xbb\xbf").replace(b"\n ", b"").replace(b"\n\t", b"")
    return data.lstrip(b"\n") if data.endswith(b"\n") else data.lstrip(b"\n") + b"\n"


def decode(data: bytes) -> str:
    """UTF-8, or what an old Windows program wrote when it is not."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _find(lines: bytes, max_events: int) -> tuple[list[_Event], list[bytes]]:
    events: list[_Event] = []
    timezones: list[bytes] = []
    opened: dict[bytes, int] = {}
    last = b""
    for token in _TOKEN.finditer(lines):
        last, name = token[0].strip().upper(), token[2].upper()
        if token[1].upper() == b"BEGIN":
            # An event that never ended stops here; without its END:VEVENT it is refused later, alone.
            if name == b"VEVENT" and name in opened:
                events.append(_event(lines, opened[name], token.start()))
            opened[name] = token.start()
        elif name in opened:
            start, end = opened.pop(name), token.end() + 1
            if name == b"VEVENT":
                events.append(_event(lines, start, end))
            elif name == b"VTIMEZONE":
                timezones.append(lines[start:end])
            elif b"VEVENT" in opened:
                events.append(_event(lines, opened.pop(b"VEVENT"), token.start()))
        if len(events) > max_events:
            raise _unreadable("too_many_events", f"mehr als {max_events} Termine", f"more than {max_events} events")
    if b"BEGIN:VCALENDAR" not in lines[:1000].upper():
        raise _unreadable("not_a_calendar", "keine iCalendar-Datei", "not an iCalendar file")
    if last != b"END:VCALENDAR":
        raise _unreadable("truncated", "die Datei bricht mittendrin ab", "the file ends in the middle")
    return events, timezones


def _event(lines: bytes, start: int, end: int) -> _Event:
    head = _head(lines[start:end])
    return _Event(start, end, _line_value(b"UID", head), _line_value(b"RECURRENCE-ID", head) != b"")


def _head(event: bytes) -> bytes:
    """The event's own lines, without those of its alarms (which may have a UID of their own, RFC 9074)."""
    return _NESTED.sub(b"", event) if event.count(b"\nBEGIN:") or event.count(b"\nbegin:") else event


def _line_value(name: bytes, lines: bytes) -> bytes:
    found = re.search(rb"^" + name + rb"(?:;[^:\n]*)?:(.*)$", lines, re.MULTILINE | re.IGNORECASE)
    return found[1].strip() if found else b""


def _objects(lines: bytes, events: list[_Event]) -> Iterator[tuple[bytes, bytes, bytes]]:
    """(UID, key, text) of each object."""
    groups: dict[bytes, list[_Event]] = {}
    for number, event in enumerate(events):
        groups.setdefault(event.uid or b"\0%d" % number, []).append(event)
    seen: set[bytes] = set()
    for uid, group in groups.items():
        if uid.startswith(b"\0"):
            yield from _alone(lines, group, seen)
        elif sum(not each.is_exception for each in group) > 1:
            yield from _told_apart(lines, uid, group)
        else:
            yield uid, uid, _join(lines, group)


def _alone(lines: bytes, group: list[_Event], seen: set[bytes]) -> Iterator[tuple[bytes, bytes, bytes]]:
    """An event without a UID; an exact copy of one is the same event."""
    text = _join(lines, group)
    key = _start_and_title(text)
    if key not in seen:
        seen.add(key)
        yield b"", key, text


def _told_apart(lines: bytes, uid: bytes, group: list[_Event]) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Objects of a source that used one UID for several events. Equal start and title: versions, the newest counts."""
    mains: dict[bytes, tuple[tuple[int, bytes], _Event]] = {}
    for event in (each for each in group if not each.is_exception):
        text = lines[event.start : event.end]
        version, key = _version(text), _start_and_title(text)
        if key not in mains or version >= mains[key][0]:
            mains[key] = (version, event)
    exceptions = [each for each in group if each.is_exception]
    if len(mains) == 1:
        [(_, main)] = mains.values()
        yield uid, uid, _join(lines, [main, *exceptions])
        return
    series = next((key for key, (_, main) in mains.items() if _repeats(lines, main)), None)
    for key, (_, main) in mains.items():
        yield uid, uid + key, _join(lines, [main, *exceptions] if key == series else [main])
    if exceptions and series is None:
        yield uid, uid, _join(lines, exceptions)


def _repeats(lines: bytes, event: _Event) -> bool:
    head = _head(lines[event.start : event.end])
    return _line_value(b"RRULE", head) != b"" or _line_value(b"RDATE", head) != b""


def _version(event: bytes) -> tuple[int, bytes]:
    head = _head(event)
    sequence = _line_value(b"SEQUENCE", head)
    return int(sequence) if sequence.isdigit() else 0, _line_value(b"LAST-MODIFIED", head)


def _start_and_title(event: bytes) -> bytes:
    head = _head(event)
    told = b"|".join((_line_value(b"DTSTART", head), _line_value(b"SUMMARY", head)))
    return b"#" + hashlib.sha256(told).hexdigest()[:12].encode()


def _join(lines: bytes, events: Iterable[_Event]) -> bytes:
    return b"".join(lines[each.start : each.end] for each in events)


def _unreadable(code: str, german: str, english: str) -> SourceUnreadable:
    return SourceUnreadable(Text(german, english), code=code)
