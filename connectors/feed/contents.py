"""What a feed holds, as bytes until somebody asks: a feed that did not change is not read at all.

Only what was found readable gets here, so that reading it later does not fail.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

from connectors.feed.offering import Uids
from connectors.feed.packing import packed, unpacked
from connectors.feed.stripping import stripped
from network.ical.reading import RawObject, split
from network.model import Offer

FORM = 3
"""Goes up when a feed is stripped, taken apart or packed otherwise: then copies kept before say nothing any more."""


@dataclass(frozen=True, slots=True)
class Contents:
    """`packed` are the objects without what is not kept of them: a seventh of the feed's size."""

    packed: bytes

    @classmethod
    def read(cls, feed: bytes, max_events: int) -> Contents:
        """Raises as `network.ical.feed.split`."""
        return cls(packed(split(feed, max_events=max_events, kept=stripped)))

    def objects(self) -> Iterator[RawObject]:
        """One at a time, anew at each call: together they need far more room than their bytes."""
        return unpacked(self.packed)


def remembered_uids(text: str, digest: str) -> Uids | None:
    """What was noted of the feed with this digest; None when it was another one."""
    kept = json.loads(text) if text else {}
    return Uids(kept["items"], kept["nameless"], tuple(kept["doubled"])) if kept.get("of") == digest else None


def note_of(uids: Uids, digest: str) -> str:
    return json.dumps({"of": digest, **asdict(uids)}, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Offers:
    """The offers of a feed: as many as `len` says, read when they are asked for."""

    contents: Contents | None
    items: int
    offer: Callable[[RawObject], Offer]

    def __call__(self) -> Iterator[Offer]:
        return map(self.offer, self.contents.objects() if self.contents else ())

    def __len__(self) -> int:
        return self.items
