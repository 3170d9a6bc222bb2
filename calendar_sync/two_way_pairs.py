"""Which event of a source that is written too is which entry here, or what a person entered here. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from calendar_sync.agreed_memory import fingerprint_of
from calendar_sync.matching import Pairs, match, pair
from calendar_sync.programme import Wanted
from calendar_sync.records import EntryMemory
from calendar_sync.sheet import Situation
from network.ical.canonical import from_text


def pairs_of(
    wanted: Sequence[Wanted],
    known: Iterable[EntryMemory],
    guests: Sequence[EntryMemory],
    returned: Callable[[EntryMemory], str],
    situation: Situation,
) -> Pairs:
    """By key, by UID, by fingerprint, by what stands here now; then `guests` that stand in the source already.

    `returned` is the UID that an entry gets in the source: where nobody heard that it was made, that tells.
    """
    entries = sorted(known, key=lambda each: each.uid)
    pairs = match(wanted, entries, is_given_up=situation.is_given_up, minted=situation.minted)
    pairs = pair(wanted, pairs, _left(entries, pairs), _key, returned)
    given_up = [each for each in _left(entries, pairs) if situation.is_given_up((each.connector, each.key))]
    pairs = pair(wanted, pairs, given_up, _fingerprint, lambda each: fingerprint_of(from_text(each.text)))
    pairs = pair(wanted, pairs, guests, _key, returned)
    pairs = pair(wanted, pairs, _left(guests, pairs), _key, lambda each: each.uid)
    pairs = pair(wanted, pairs, _left(guests, pairs), _fingerprint, lambda each: each.fingerprint)
    mine = {each.uid for each in guests}
    return {at: each for at, each in pairs.items() if each.uid not in mine or goes_both_ways(wanted[at])}


def goes_both_ways(wanted: Wanted) -> bool:
    """Whether an event can be written back: no series in several pieces, and none of several in one file."""
    return bool(wanted.place) and wanted.sessions == 1


def _left(entries: Iterable[EntryMemory], pairs: Pairs) -> list[EntryMemory]:
    paired = {each.uid for each in pairs.values()}
    return [each for each in entries if each.uid not in paired]


def _key(wanted: Wanted) -> str:
    return wanted.key


def _fingerprint(wanted: Wanted) -> str:
    return wanted.fingerprint
