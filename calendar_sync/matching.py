"""Which entry stands for which session, also when a source changed its keys. Pure.

Source key first, then the UID, then equal fingerprints in the order of both sides. A fingerprint only finds entries
whose key the source has given up: nobody else's place is taken.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence

from calendar_sync.programme import Source, Wanted
from calendar_sync.records import EntryMemory

Pairs = dict[int, EntryMemory]
"""Index of a wanted session → its entry."""


def match(
    wanted: Sequence[Wanted],
    standing: Iterable[EntryMemory],
    *,
    is_given_up: Callable[[Source], bool],
    minted: Callable[[Wanted], str],
) -> Pairs:
    """The entry of each wanted session that has one. `minted` is the UID that a session would get."""
    entries = list(standing)
    pairs = pair(wanted, {}, entries, lambda each: each.identity, _identity)
    left = _left(entries, pairs)
    if any(not each.connector for each in left):
        nameless = [each for each in left if not each.connector]
        pairs = pair(wanted, pairs, nameless, minted, lambda each: each.uid)
    free = [each for each in _left(entries, pairs) if is_given_up((each.connector, each.key))]
    free.sort(key=lambda each: (each.connector, each.key, each.session, each.uid))
    pairs = pair(
        wanted,
        pairs,
        [each for each in free if each.connector],
        lambda each: (each.connector, each.fingerprint),
        lambda each: (each.connector, each.fingerprint),
    )
    nameless = [each for each in free if not each.connector]
    return pair(wanted, pairs, nameless, lambda each: each.fingerprint, lambda each: each.fingerprint)


def _identity(entry: EntryMemory) -> tuple[str, str, int]:
    return entry.connector, entry.key, entry.session


def _left(entries: Iterable[EntryMemory], pairs: Mapping[int, EntryMemory]) -> list[EntryMemory]:
    taken = {each.uid for each in pairs.values()}
    return [each for each in entries if each.uid not in taken]


def pair(
    wanted: Sequence[Wanted],
    pairs: Pairs,
    entries: Iterable[EntryMemory],
    told_by_wanted: Callable[[Wanted], object],
    told_by_entry: Callable[[EntryMemory], object],
) -> Pairs:
    """`pairs` with those added that tell the same about themselves; equal ones in the order of both sides."""
    by_name: dict[object, deque[EntryMemory]] = {}
    for entry in entries:
        by_name.setdefault(told_by_entry(entry), deque()).append(entry)
    found = dict(pairs)
    for index, each in enumerate(wanted):
        if index not in found and by_name and (queue := by_name.get(told_by_wanted(each))):
            found[index] = queue.popleft()
    return found
