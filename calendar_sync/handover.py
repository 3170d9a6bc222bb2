"""Who sees a calendar when somebody leaves the network, or goes on under another account: share rows alone. Pure.

Unlike the ordinary plan this touches nothing but the rows that one wish has and the other hasn't: a person asked for
exactly that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from calendar_sync.records import Remembered
from calendar_sync.sharing import principal_of, share_changes
from calendar_sync.survey import Survey
from calendar_sync.wish import DesiredCalendar, Grant
from network.plan import ScopePlan


def plan_handover(
    before: Iterable[DesiredCalendar], after: Iterable[DesiredCalendar], survey: Survey, remembered: Remembered
) -> tuple[ScopePlan, ...]:
    """One plan for each calendar that is there and whose rows differ. One that is wished no longer loses them all."""
    wanted = {each.key: each for each in after}
    plans = (_plan(each, wanted.get(each.key), survey, remembered) for each in before)
    return tuple(plan for plan in plans if plan.changes)


def _plan(before: DesiredCalendar, after: DesiredCalendar | None, survey: Survey, remembered: Remembered) -> ScopePlan:
    seen = survey.calendars.get(before.key)
    if seen is None or not seen.is_marked:
        return ScopePlan(before.scope)
    there = {row.principal for row in seen.seen.shares}
    had, has = _rows(before, remembered), _rows(after, remembered) if after is not None else {}
    granted = [grant for who, grant in has.items() if who not in had and who not in there]
    revoked = [who for who in had if who not in has and who in there]
    changes = share_changes(before, granted, revoked, remembered)
    return ScopePlan(before.scope, changes, where=before.where_written)


def _rows(calendar: DesiredCalendar, remembered: Remembered) -> Mapping[str, Grant]:
    """Principal → grant, of those whose principal is known."""
    found = ((principal_of(grant, remembered.teams), grant) for grant in calendar.grants)
    return {who: grant for who, grant in found if who}
