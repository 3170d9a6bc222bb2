"""Calendars of the settings as wishes of `calendar_sync`: whom they are shared with, which sources they hold.

Teams carry all rights: administrations and exchange groups are granted through their teams. Only single people, and the
pilot's group, are granted by themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from calendar_sync.wish import (
    DesiredCalendar,
    Grant,
    Missing,
    OnConflict,
    SourceRules,
    Then,
    Where,
    group_grant,
)
from network.plan import Limit, Scope
from network.ports import CalendarWish
from network.settings import Calendar, KeptCalendar, ListConnector, Selection, Settings
from network.settings import Selector as WrittenSelector
from plugin.entries import entry_of
from plugin.wishes.access import selectors
from plugin.wishes.group_calendars import group_calendars
from workspace_sync.people import People, people_meant, teams_meant


def calendar_wishes(settings: Settings, people: People, *, pilots: Collection[str] = ()) -> tuple[DesiredCalendar, ...]:
    """Every calendar of the settings. `people` resolve selectors that no team stands for; `pilots` are the accounts of
    the pilot's group."""
    of_trainings = (_calendar(each, settings, people) for each in settings.calendars.values())
    return (*of_trainings, *group_calendars(settings, pilots))


def _calendar(wanted: Calendar, settings: Settings, people: People) -> DesiredCalendar:
    limit = settings.limits.entries_lost
    return DesiredCalendar(
        key=wanted.key,
        properties=CalendarWish(
            name=wanted.name,
            color=wanted.color,
            timezone=settings.network.timezone.key,
            description=f"{settings.network.name}: {wanted.name}",
        ),
        sources=tuple(_rules(settings.connectors[key]) for key in wanted.sources),
        where=Where(wanted.where.tags, wanted.where.not_tags),
        grants=tuple(dict.fromkeys(_grants(wanted, settings, people))),
        keep_past=wanted.keep_past,
        limit=Limit(limit.more_than, limit.or_at_least),
        where_written=wanted.source,
        puts_name_back=wanted.on_rename == "put_back",
    )


def _rules(connector: object) -> SourceRules:
    assert isinstance(connector, ListConnector)  # noqa: S101  # the settings let only training sources stand in `from`
    missing = connector.missing
    return SourceRules(
        connector=connector.key,
        missing=Missing(missing.after, missing.fetches, Then(missing.then)),
        on_conflict=OnConflict(connector.on_conflict),
        is_two_way=isinstance(connector, KeptCalendar) and connector.is_two_way,
        may_be_empty=connector.may_be_empty,
    )


def _grants(wanted: Calendar, settings: Settings, people: People) -> Iterator[Grant]:
    if settings.network.pilot:
        yield group_grant(settings.network.pilot)
        return
    editors = set(_granted(wanted.edit, settings, people, read_write=True))
    yield from sorted(editors)
    everybody = {(grant.team, grant.principal) for grant in editors}
    for grant in sorted(set(_granted(wanted.share, settings, people, read_write=False))):
        if (grant.team, grant.principal) not in everybody:
            yield grant


def _granted(selection: Selection, settings: Settings, people: People, *, read_write: bool) -> Iterator[Grant]:
    members = tuple(key for key, each in settings.administrations.items() if "calendars" in each.services)
    for selector in selection:
        yield from _of_selector(selector, settings, people, members, read_write=read_write)


def _of_selector(
    written: WrittenSelector, settings: Settings, people: People, members: Iterable[str], *, read_write: bool
) -> Iterator[Grant]:
    for each in selectors((written,), members):
        for team in sorted(teams_meant(each)):
            entry = entry_of(Scope.parse(team), settings)
            yield Grant(team=team, title=getattr(entry, "name", team), read_write=read_write)
        for account in sorted(people_meant(each, people)):
            yield Grant(principal=f"users/{account}", title=account, read_write=read_write)
