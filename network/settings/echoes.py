"""Mistakes that only follow from others: a person who mends those has mended these."""

from __future__ import annotations

from collections.abc import Collection

from network.document import Complaint
from network.written.nearest import nearest


def without_echoes(
    mistakes: Collection[Complaint], others: Collection[Complaint], *, complete: bool
) -> list[Complaint]:
    """The mistakes that stand for themselves. `others` were found before; `complete` tells whether every file could
    be read, because what is missing here may stand in the file that could not."""
    unreadable = {other.spot.path for other in others}
    unknown = [mistake.spot.path for mistake in mistakes if mistake.code == "unknown_key"]
    wrong = {mistake.spot.path for mistake in mistakes if mistake.code not in ("too_few", "missing_key")}

    def is_echo(mistake: Complaint) -> bool:
        path = mistake.spot.path
        if mistake.code == "too_few":  # an item that was refused doesn't count
            return path in wrong
        if mistake.code == "missing_key":
            return not complete or path in unreadable or any(_is_misspelt(path, other) for other in unknown)
        return False

    telling = [mistake for mistake in mistakes if not is_echo(mistake)]
    # A key that the defaults don't know, their entries don't know either: what the defaults allow comes first.
    first = {mistake.spot: mistake for mistake in reversed(telling)}
    return [mistake for mistake in telling if mistake.code != "unknown_key" or first[mistake.spot] is mistake]


def _is_misspelt(missing: tuple[str, ...], written: tuple[str, ...]) -> bool:
    return missing[:-1] == written[:-1] and nearest(written[-1], missing[-1:]) is not None
