"""Has everybody stopped saving? Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

_CLOCKS_DIFFER = timedelta(days=1)


def is_settled(saved_at: datetime | None, now: datetime, settle: timedelta) -> bool:
    """A file counts when its last saving lies at least `settle` back.

    One without a time has settled, and so has one that was saved more than a day from now: its clock is wrong, and
    waiting for it would mean never.
    """
    if saved_at is None or settle <= timedelta(0):
        return True
    return now - saved_at >= settle or saved_at - now > _CLOCKS_DIFFER
