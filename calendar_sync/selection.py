"""Which training belongs in which calendar, and for how long. Pure.

Drafts stand nowhere, a training whose date is open has no entry. Cancelled ones stay visible for a while; past ones
stay as long as the calendar keeps them.
"""

from __future__ import annotations

from datetime import UTC, datetime, time

from calendar_sync.wish import DesiredCalendar, Where
from network.ical.values import Moment
from network.model import Session, Status, Training


def selected_sessions(training: Training, calendar: DesiredCalendar, now: datetime) -> tuple[Session, ...]:
    """The sessions of a training that should stand in a calendar now, in their order."""
    if training.status is Status.DRAFT or not fits(training.tags, calendar.where):
        return ()
    cancelled = training.status is Status.CANCELLED
    return tuple(each for each in training.sessions if not is_over(each.end, calendar, now, cancelled=cancelled))


def fits(tags: tuple[str, ...], where: Where) -> bool:
    """Whether a training with these tags is one that `where` means."""
    has = {tag.casefold().strip() for tag in tags}
    wanted = {tag.casefold().strip() for tag in where.tags}
    unwanted = {tag.casefold().strip() for tag in where.not_tags}
    return not has & unwanted and (not wanted or bool(has & wanted))


def is_over(end: Moment, calendar: DesiredCalendar, now: datetime, *, cancelled: bool) -> bool:
    """Whether an entry has stood long enough after its end."""
    return stands_until(end, calendar, cancelled=cancelled) < now


def stands_until(end: Moment, calendar: DesiredCalendar, *, cancelled: bool) -> datetime:
    """The last moment of an entry that ends then."""
    return in_utc(end) + (calendar.keep_cancelled if cancelled else calendar.keep_past)


def in_utc(moment: Moment) -> datetime:
    """A moment as a datetime in UTC; a day begins at midnight, which is exact enough for keeping days."""
    if isinstance(moment, datetime):
        return moment.astimezone(UTC)
    return datetime.combine(moment, time(), UTC)
