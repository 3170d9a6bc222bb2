"""A local time of day on a day, as an aware moment. Refuses an hour that the change of clocks leaves out."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from network.text import Text
from network.written import NotUnderstood


def local(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """`minutes` after midnight by the clock on the wall (1440: midnight at the end of the day).

    An hour that comes twice is the first of the two. Raises NotUnderstood for one that doesn't come at all.
    """
    naive = datetime.combine(day, time()) + timedelta(minutes=minutes)
    moment = naive.replace(tzinfo=zone)
    if moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != naive:
        raise NotUnderstood(
            Text(
                f"{naive:%H:%M} Uhr gibt es am {naive:%d.%m.%Y} nicht, die Uhren werden umgestellt",
                f"there is no {naive:%H:%M} on {naive:%Y-%m-%d}, the clocks change",
            )
        )
    return moment
