"""Equal sections of several files are laid together: entry by entry, key by key.

A key with two different values is a contradiction, never a choice. Lists that are sections of their own
(`school_holidays`, `include`) are appended; every other list is one value.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from network.document.complaint import Complaint
from network.document.values import Branch, Listing, Spot, Value
from network.text import Text


def merge(
    branches: Sequence[Branch], is_one_value: Callable[[tuple[str, ...]], bool]
) -> tuple[Branch, list[Complaint]]:
    """One Branch out of all. `is_one_value(path)` names the mappings that may not be put together from two files.
    The first value stays where two contradict each other."""
    complaints: list[Complaint] = []
    whole = branches[0]
    for more in branches[1:]:
        whole = _both(whole, more, is_one_value, complaints)
    return whole, complaints


def _both(
    first: Branch, second: Branch, is_one_value: Callable[[tuple[str, ...]], bool], complaints: list[Complaint]
) -> Branch:
    values: dict[str, Value] = dict(first)
    key_spots: dict[str, Spot] = dict(first.key_spots)
    for key, theirs in second.items():
        ours = values.get(key)
        if ours is None:
            values[key], key_spots[key] = theirs, second.key_spots[key]
        elif isinstance(ours, Branch) and isinstance(theirs, Branch) and not is_one_value(ours.spot.path):
            values[key] = _both(ours, theirs, is_one_value, complaints)
        elif isinstance(ours, Listing) and isinstance(theirs, Listing) and not first.spot.path:
            values[key] = Listing([*ours, *theirs], ours.spot)
        elif ours != theirs:
            complaints.append(_two_values(key_spots[key], second.key_spots[key]))
    return Branch(values, first.spot, key_spots)


def _two_values(first: Spot, second: Spot) -> Complaint:
    return Complaint(
        "two_values",
        second,
        Text(
            f"hat hier einen anderen Wert als in {first.where}; einen von beiden löschen",
            f"has another value here than in {first.where}; delete one of the two",
        ),
    )
