"""The objects of a feed as few bytes, and one by one again: nobody ever holds a large feed as a whole a second time.

Compressed lines of JSON: first what all objects share, then one line for each of them.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator

from network.ical.reading import RawObject

_PIECE = 16 * 1024


def packed(objects: Iterable[RawObject]) -> bytes:
    """All of them, which share their time zones; `unpacked` reads them back."""
    packing = zlib.compressobj(level=1)
    pieces = [packing.compress(line) for line in _written(objects)]
    return b"".join((*pieces, packing.flush()))


def unpacked(data: bytes) -> Iterator[RawObject]:
    """What `packed` was given, one at a time."""
    lines = _lines(data)
    first = next(lines, None)
    if first is None:
        return
    timezones, zone = json.loads(first)
    for line in lines:
        uid, text, digest, key = json.loads(line)
        yield RawObject(uid, text, digest, key, tuple(timezones), zone)


def _written(objects: Iterable[RawObject]) -> Iterator[bytes]:
    for number, each in enumerate(objects):
        if number == 0:
            yield _line(each.timezones, each.calendar_zone)
        yield _line(each.uid, each.text, each.digest, each.key)


def _line(*values: object) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _lines(data: bytes) -> Iterator[bytes]:
    unpacking, rest = zlib.decompressobj(), b""
    for start in range(0, len(data), _PIECE):
        *whole, rest = (rest + unpacking.decompress(data[start : start + _PIECE])).split(b"\n")
        yield from whole
