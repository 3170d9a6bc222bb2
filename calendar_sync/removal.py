"""The way back for calendars: what we made and nobody edited goes, the rest stays and is listed. Pure.

A calendar in which nothing but our own unedited entries lies goes as a whole, past the trash bin. No guard: a person
asked for it, and was asked back.
"""

from __future__ import annotations

from calendar_sync import sentences
from calendar_sync.steps import PurgeCalendar, RemoveEntry, Share
from calendar_sync.survey import ActualCalendar, ActualEntry, Survey
from calendar_sync.wish import calendar_scope
from network.plan import Action, Change, Kind, ScopePlan


def plan_removal(survey: Survey) -> tuple[ScopePlan, ...]:
    """One plan for each calendar of ours that is there."""
    return tuple(_remove(each) for each in survey.calendars.values() if each.is_marked and not each.seen.trashed)


def _remove(calendar: ActualCalendar) -> ScopePlan:
    scope, seen = calendar_scope(calendar.key), calendar.seen
    edited = [each for each in calendar.entries if _is_somebodys(each)]
    foreign = len(calendar.foreign_names)
    if not edited and not foreign:
        step: object = PurgeCalendar(seen.href)
        whole = Change(scope, Action.REMOVE, calendar.kind, calendar.key, seen.name, sentences.TAKEN_AWAY, step)
        return ScopePlan(scope, (whole,), present={Kind.ENTRY: len(calendar.entries)})
    entries = tuple(
        Change(
            scope,
            Action.REMOVE,
            each.memory.kind,
            each.uid,
            each.memory.title,
            sentences.TAKEN_AWAY,
            RemoveEntry(each.memory),
            independent=True,
        )
        for each in calendar.entries
        if not _is_somebodys(each)
    )
    problem = sentences.stays(str(scope), seen.name, len(edited), foreign)
    return ScopePlan(
        scope,
        (*_revoke(calendar), *entries),
        present={Kind.ENTRY: len(calendar.entries)},
        kept=len(edited),
        foreign=foreign,
        problems=(problem,),
    )


def _is_somebodys(entry: ActualEntry) -> bool:
    """Edited by hand, or entered by a person in the first place."""
    return entry.is_edited or entry.memory.is_guest


def _revoke(calendar: ActualCalendar) -> tuple[Change, ...]:
    """The teams that give sight of it go, so their rows go before."""
    rows = tuple(sorted(row.principal for row in calendar.seen.shares))
    if not rows:
        return ()
    scope, name = calendar_scope(calendar.key), calendar.seen.name
    return tuple(
        Change(
            scope,
            Action.REVOKE,
            Kind.SHARE,
            f"{calendar.key}/{start}",
            name,
            sentences.TAKEN_AWAY,
            Share(revoke=rows[start : start + 10]),
        )
        for start in range(0, len(rows), 10)
    )
