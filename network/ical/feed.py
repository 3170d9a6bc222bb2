"""Takes an iCalendar feed apart, tolerantly and within bounds, before anything is parsed.

A feed becomes raw objects: the VEVENTs of one UID with a digest of their bytes. A 50,000-event feed that did not
change costs one pass of regular expressions and no parsing. Refuses what is no calendar or only half of one; everything
that is wrong with a single event is left for `network.ical.cleaning`, where it costs that event alone.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from network.errors import SourceUnreadable
from network.text import Text

_TOKEN = re.compile(rb"^(BEGIN|END):(VCALENDAR|VEVENT|VTIMEZONE)[ \t]*$", re.MULTILINE | re.IGNORECASE)
_NEXT_EVENT = re.compile(rb"[\r\n]BEGIN:VEVENT[ \t]*[\r\n]", re.IGNORECASE)
_PIECE = 256 * 1024
_INSIDE = re.compile(rb"^(BEGIN|END):(?!VEVENT[ \t]*$)[A-Z-]+[ \t]*$\n?", re.MULTILINE | re.IGNORECASE)


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
    """One VEVENT: its lines, and what its object is recognised by."""

    text: bytes
    uid: bytes
    is_exception: bool


@dataclass(slots=True)
class _Found:
    """What a feed holds. `zone` is its X-WR-TIMEZONE; `last` is the last line with which something begins or ends."""

    events: list[_Event] = field(default_factory=list)
    timezones: list[bytes] = field(default_factory=list)
    zone: bytes = b""
    last: bytes = b""


def split(feed: bytes, *, max_events: int, kept: Callable[[bytes], bytes] = lambda text: text) -> Iterator[RawObject]:
    """The objects of a feed, in order of their first event. `kept` leaves of each object's lines what is kept of them.

    SourceUnreadable at once (not on the first object) when the feed is no calendar (`not_a_calendar`), ends in the
    middle (`truncated`) or has more than `max_events` events (`too_many_events`). A feed without events is fine.
    """
    found = _find(feed, max_events)
    shared, zone = tuple(decode(each) for each in found.timezones), decode(found.zone)
    basis = hashlib.sha256(b"\0".join((*found.timezones, found.zone))).digest()
    return (
        RawObject(decode(uid), decode(text), hashlib.sha256(basis + text).hexdigest(), decode(key), shared, zone)
        for uid, key, whole in _objects(found.events)
        for text in (kept(whole),)
    )


def unfold(data: bytes) -> bytes:
    """The content lines, one per line, each ending with a line feed (RFC 5545 section 3.1).

    Takes CR, LF, CRLF and CRCRLF for a line end, drops empty lines and a byte order mark. Works on bytes, because
    folding may split a character.
    """
    data = _in_bytes(data)
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


def _in_bytes(data: bytes) -> bytes:
    """UTF-16 as UTF-8; everything else as it is."""
    return data.decode("utf-16", "replace").encode() if data.startswith((b"\xff\xfe", b"\xfe\xff")) else data


def _find(feed: bytes, max_events: int) -> _Found:
    found, pieces = _Found(), _pieces(_in_bytes(feed))
    first = next(pieces)
    if b"BEGIN:VCALENDAR" not in first[:1000].upper():
        raise _unreadable("not_a_calendar", "keine iCalendar-Datei", "not an iCalendar file")
    event = _NEXT_EVENT.search(first)
    found.zone = _line_value(b"X-WR-TIMEZONE", first[: event.start()] if event else first)
    for lines in chain((first,), pieces):
        _search(lines, found)
        if len(found.events) > max_events:
            raise _unreadable("too_many_events", f"mehr als {max_events} Termine", f"more than {max_events} events")
    if found.last != b"END:VCALENDAR":
        raise _unreadable("truncated", "die Datei bricht mittendrin ab", "the file ends in the middle")
    return found


def _pieces(feed: bytes) -> Iterator[bytes]:
    """The content lines, cut before events: a large feed is never held as a whole a second time."""
    start: int | None = 0
    while start is not None:
        cut = _NEXT_EVENT.search(feed, start + _PIECE)
        end = cut.start() + 1 if cut else None
        yield unfold(feed[start:end])
        start = end


def _search(lines: bytes, found: _Found) -> None:
    """Adds what stands in one piece."""
    opened: dict[bytes, int] = {}

    def stop(end: int) -> None:
        found.events.append(_event(lines[opened.pop(b"VEVENT") : end]))

    for token in _TOKEN.finditer(lines):
        found.last, name = token[0].strip().upper(), token[2].upper()
        if token[1].upper() == b"BEGIN":
            # An event that never ended stops here; without its END:VEVENT it is refused later, alone.
            if name == b"VEVENT" and name in opened:
                stop(token.start())
            opened[name] = token.start()
        elif name == b"VTIMEZONE":
            if name in opened:
                found.timezones.append(lines[opened.pop(name) : token.end() + 1])
        elif b"VEVENT" in opened:
            stop(token.end() + 1 if name == b"VEVENT" else token.start())
    if b"VEVENT" in opened:
        stop(len(lines))


def _event(text: bytes) -> _Event:
    head = _head(text)
    return _Event(text, _line_value(b"UID", head), _line_value(b"RECURRENCE-ID", head) != b"")


def _head(event: bytes) -> bytes:
    """The event's own lines, without those of its alarms (which may have a UID of their own, RFC 9074)."""
    if not (event.count(b"\nBEGIN:") or event.count(b"\nbegin:")):
        return event
    own: list[bytes] = []
    depth = start = 0
    for found in _INSIDE.finditer(event):
        if found[1].upper() == b"BEGIN":
            if depth == 0:
                own.append(event[start : found.start()])
                start = found.start()
            depth += 1
        elif depth:
            depth -= 1
            start = start if depth else found.end()
    return b"".join((*own, event[start:]))  # what never ended counts as the event's own


def _line_value(name: bytes, lines: bytes) -> bytes:
    found = re.search(rb"^" + name + rb"(?:;[^:\n]*)?:(.*)$", lines, re.MULTILINE | re.IGNORECASE)
    return found[1].strip() if found else b""


def _objects(events: list[_Event]) -> Iterator[tuple[bytes, bytes, bytes]]:
    """(UID, key, text) of each object."""
    groups: dict[bytes, list[_Event]] = {}
    for number, event in enumerate(events):
        groups.setdefault(event.uid or b"\0%d" % number, []).append(event)
    seen: set[bytes] = set()
    for uid, group in groups.items():
        if uid.startswith(b"\0"):
            yield from _alone(group, seen)
        elif sum(not each.is_exception for each in group) > 1:
            yield from _told_apart(uid, group)
        else:
            yield uid, uid, _join(group)


def _alone(group: list[_Event], seen: set[bytes]) -> Iterator[tuple[bytes, bytes, bytes]]:
    """An event without a UID; an exact copy of one is the same event."""
    text = _join(group)
    key = _start_and_title(text)
    if key not in seen:
        seen.add(key)
        yield b"", key, text


def _told_apart(uid: bytes, group: list[_Event]) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Objects of a source that used one UID for several events. Equal start and title: versions, the newest counts."""
    mains: dict[bytes, tuple[tuple[int, bytes], _Event]] = {}
    for event in (each for each in group if not each.is_exception):
        version, key = _version(event.text), _start_and_title(event.text)
        if key not in mains or version >= mains[key][0]:
            mains[key] = (version, event)
    exceptions = [each for each in group if each.is_exception]
    if len(mains) == 1:
        [(_, main)] = mains.values()
        yield uid, uid, _join([main, *exceptions])
        return
    series = next((key for key, (_, main) in mains.items() if _repeats(main)), None)
    for key, (_, main) in mains.items():
        yield uid, uid + key, _join([main, *exceptions] if key == series else [main])
    if exceptions and series is None:
        yield uid, uid, _join(exceptions)


def _repeats(event: _Event) -> bool:
    head = _head(event.text)
    return _line_value(b"RRULE", head) != b"" or _line_value(b"RDATE", head) != b""


def _version(event: bytes) -> tuple[int, bytes]:
    head = _head(event)
    sequence = _line_value(b"SEQUENCE", head)
    return int(sequence) if sequence.isdigit() else 0, _line_value(b"LAST-MODIFIED", head)


def _start_and_title(event: bytes) -> bytes:
    head = _head(event)
    told = b"|".join((_line_value(b"DTSTART", head), _line_value(b"SUMMARY", head)))
    return b"#" + hashlib.sha256(told).hexdigest()[:12].encode()


def _join(events: Iterable[_Event]) -> bytes:
    return b"".join(each.text for each in events)


def _unreadable(code: str, german: str, english: str) -> SourceUnreadable:
    return SourceUnreadable(Text(german, english), code=code)
