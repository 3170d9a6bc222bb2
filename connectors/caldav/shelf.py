"""What is kept of a calendar between two looks: its objects with their ETags, as bytes; equal content, equal bytes.

Names of guests are not kept. Knows nothing of what an object says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from connectors.feed.stripping import stripped

_MARK = b"\x1e"  # a control character, forbidden in iCalendar


@dataclass(frozen=True, slots=True)
class Kept:
    """One object. An empty `etag` never equals another: such an object is fetched again each time."""

    etag: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Shelf:
    """`href` is the decoded path of the calendar, `objects` are by theirs."""

    href: str = ""
    objects: Mapping[str, Kept] = field(default_factory=dict)

    def packed(self) -> bytes:
        """All of it; `unpacked` reads it back."""
        parts = [self.href.encode()]
        for href, kept in sorted(self.objects.items()):
            parts.append(f"{href}\n{kept.etag}\n".encode() + kept.data)
        return _MARK.join(parts)


def kept(etag: str, data: bytes) -> Kept:
    """An object as it is kept."""
    return Kept(etag, stripped(data.replace(_MARK, b"")))


def unpacked(content: bytes) -> Shelf:
    first, *parts = content.split(_MARK)
    objects = {}
    for part in parts:
        href, etag, data = part.split(b"\n", 2)
        objects[href.decode()] = Kept(etag.decode(), data)
    return Shelf(first.decode(), objects)
