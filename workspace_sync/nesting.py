"""Exchange groups inside of exchange groups. There are no circles: the settings refuse them."""

from __future__ import annotations

from collections.abc import Iterable

from workspace_sync.wish import ExchangeGroupWish


def inside(groups: Iterable[ExchangeGroupWish]) -> dict[str, frozenset[str]]:
    """Key → the keys of all groups whose teams stand inside of its team, at any depth."""
    direct = {wish.key: {key for each in wish.members for key in each.exchange_groups} for wish in groups}

    def all_of(key: str) -> frozenset[str]:
        inner = direct[key] & direct.keys()
        return frozenset(inner).union(*map(all_of, inner))

    return {key: all_of(key) for key in direct}


def turns(groups: Iterable[ExchangeGroupWish]) -> dict[str, int]:
    """How many groups stand one inside of the other below each: inner teams are made first."""
    found: dict[str, int] = {}
    inner = inside(groups)
    for key in sorted(inner, key=lambda each: len(inner[each])):  # whoever is inside has fewer inside of itself
        found[key] = 1 + max((found[each] for each in inner[key]), default=-1)
    return found
