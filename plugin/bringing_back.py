"""Calendars that somebody ought to see: which the configuration grants them, and how one that they took out of their
Nextcloud by accident comes back.

Whoever takes out a calendar that a team or a group shares with them is kept from it for good, whatever is shared
afterwards; only a share with that very person ends this (measured, 34.0.1). So we set one and take it away again, in
one request: what is left is what the team grants. Refuses to give anybody a calendar that nothing grants them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from calendar_sync.records import CALENDAR, TEAM
from calendar_sync.sharing import principal_of, same
from calendar_sync.wish import DesiredCalendar, Grant
from network.errors import AgainLater, NotThere
from network.plan import Kind
from network.ports import CalendarSeen, CalendarTarget, Memory, ShareRow
from network.settings import Settings
from network.text import Text
from plugin.wishes.calendars import calendar_wishes
from workspace_sync.people import People


@dataclass(frozen=True, slots=True)
class Granted:
    """A calendar of ours and the ways in which the configuration grants it to one person."""

    calendar: DesiredCalendar
    grants: tuple[Grant, ...]

    @property
    def key(self) -> str:
        return self.calendar.key

    @property
    def name(self) -> str:
        return self.calendar.properties.name

    @property
    def is_task_list(self) -> bool:
        return self.calendar.kind is Kind.TASK_LIST


def granted(
    settings: Settings, people: People, account: str, scopes: Collection[str], *, is_pilot: bool
) -> tuple[Granted, ...]:
    """What this person ought to see, in the order of the configuration. `scopes` are those whose team holds them.

    In a pilot that is what its group sees, for its members; in a preview nothing.
    """
    if settings.network.mode == "preview":
        return ()
    found = (
        Granted(each, tuple(grant for grant in each.grants if _is_for(grant, account, scopes, is_pilot=is_pilot)))
        for each in calendar_wishes(settings, people)
    )
    return tuple(each for each in found if each.grants)


def bring_back(calendars: CalendarTarget, memory: Memory, wanted: Granted, account: str) -> None:
    """The person sees the calendar again. At most three requests, one of which writes.

    NotThere when the calendar is gone, or is not shared yet; AgainLater when Nextcloud did not do what it was told.
    """
    seen = _seen(calendars, memory, wanted)
    person = f"users/{account}"
    own = next((each for each in wanted.grants if same(each.principal) == same(person)), None)
    through = set(_principals(wanted, memory)) - {person}
    if own is None and through.isdisjoint(_rows(seen)):
        raise _not_shared(wanted)
    row = ShareRow(person, own is not None and own.read_write)
    calendars.share(seen.href, [row], [] if own is not None else [person])
    rows = _rows(_seen(calendars, memory, wanted))
    if (same(person) in map(same, rows)) is (own is None) or (own is None and through.isdisjoint(rows)):
        raise AgainLater(
            Text(
                f"Nextcloud hat den Kalender „{wanted.name}“ nicht wieder freigegeben",
                f"Nextcloud did not share the calendar “{wanted.name}” again",
            ),
            remedy=Text("Bitte versuchen Sie es später noch einmal.", "Please try again later."),
        )


def _is_for(grant: Grant, account: str, scopes: Collection[str], *, is_pilot: bool) -> bool:
    if grant.team:
        return grant.team in scopes
    kind = grant.principal.partition("/")[0]
    return is_pilot if kind == "groups" else same(grant.principal) == same(f"users/{account}")


def _principals(wanted: Granted, memory: Memory) -> Iterator[str]:
    teams = {each.key: each.remote for each in memory.records(kind=TEAM)}
    yield from filter(None, (principal_of(each, teams) for each in wanted.grants))


def _rows(seen: CalendarSeen) -> set[str]:
    return {each.principal for each in seen.shares}


def _seen(calendars: CalendarTarget, memory: Memory, wanted: Granted) -> CalendarSeen:
    known = {each.remote for each in memory.records(str(wanted.calendar.scope), CALENDAR)}
    found = next((each for each in calendars.calendars() if each.href in known and not each.trashed), None)
    if found is None:
        raise _not_shared(wanted)
    return found


def _not_shared(wanted: Granted) -> NotThere:
    return NotThere(
        Text(
            f"Der Kalender „{wanted.name}“ ist noch nicht für Sie freigegeben",
            f"The calendar “{wanted.name}” is not shared with you yet",
        ),
        remedy=Text(
            "Der nächste Abgleich gibt ihn frei; das dauert selten länger als eine Stunde.",
            "The next run shares it, which seldom takes more than an hour.",
        ),
        code="not_shared_yet",
    )
