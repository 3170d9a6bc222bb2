"""What a feed holds, as bytes until somebody asks: a feed that did not change is not read at all.

Only what was found readable gets here, so that reading it later does not fail.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

from connectors.feed.stripping import stripped
from network.ical.reading import RawObject, split
from network.model import Offer
from network.problems import Problem
from network.text import Text

FORM = 2
"""Goes up when a feed is stripped or taken apart otherwise: then copies kept before say nothing any more."""


@dataclass(frozen=True, slots=True)
class Contents:
    """`packed` is the feed without what is not kept of it, compressed: a seventh of its size."""

    packed: bytes

    @classmethod
    def read(cls, feed: bytes, max_events: int) -> Contents:
        """Raises as `network.ical.feed.split`."""
        data = stripped(feed)
        split(data, max_events=max_events)
        return cls(zlib.compress(data, level=1))

    def objects(self) -> Iterator[RawObject]:
        """Takes the feed apart, anew at each call: together its objects need far more room than its bytes."""
        return split(zlib.decompress(self.packed), max_events=sys.maxsize)


@dataclass(frozen=True, slots=True)
class Digest:
    """What is said about a feed without reading it: how many objects it has, and which of their UIDs are odd.

    `of` is the digest of the feed that it is about.
    """

    of: str
    items: int
    nameless: int
    doubled: tuple[str, ...]

    @classmethod
    def made(cls, of: str, contents: Contents) -> Digest:
        kinds: Counter[str] = Counter()
        doubled: set[str] = set()
        for raw in contents.objects():
            kinds["items"] += 1
            kinds["nameless"] += not raw.uid
            if raw.uid and raw.key != raw.uid:
                doubled.add(raw.uid)
        return cls(of, kinds["items"], kinds["nameless"], tuple(sorted(doubled)[:3]))

    @classmethod
    def from_text(cls, text: str) -> Digest | None:
        if not text:
            return None
        kept = json.loads(text)
        return cls(kept["of"], kept["items"], kept["nameless"], tuple(kept["doubled"]))

    def to_text(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    def problems(self, where: str) -> Iterator[Problem]:
        """One sentence for each kind of bad UID, however many events it is about."""
        if self.nameless:
            yield Problem(
                "uid_missing",
                where,
                Text(
                    f"{self.nameless} Termine ohne UID; sie werden an Beginn und Titel erkannt",
                    f"{self.nameless} events without a UID; they are recognised by start and title",
                ),
            )
        if self.doubled:
            uids = ", ".join(self.doubled)
            yield Problem(
                "uid_doubled",
                where,
                Text(
                    f"dieselbe UID für verschiedene Termine: {uids}; sie werden auseinandergehalten",
                    f"one UID for different events: {uids}; they are told apart",
                ),
            )


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
