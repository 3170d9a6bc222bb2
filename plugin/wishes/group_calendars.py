"""The calendar and the list of tasks of each exchange group, as wishes of `calendar_sync`.

The group's team reads its calendar, and whoever leads the group may move a meeting by hand. The whole team writes in
the list of tasks: nothing in there is ours.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from calendar_sync.wish import (
    TASKS,
    DesiredCalendar,
    Grant,
    OnConflict,
    SourceRules,
    group_grant,
    meetings_source,
)
from network.plan import Limit, Scope, ScopeKind
from network.ports import CalendarWish
from network.settings import ExchangeGroup, Settings, task_list_key, task_list_name
from workspace_sync.marks import team_of

MEETINGS_COLOUR = "#2d7b41"
TASKS_COLOUR = "#8a5a00"


def group_calendars(settings: Settings, pilots: Collection[str]) -> Iterator[DesiredCalendar]:
    """No empty ones: only what a group asks for. `pilots` are the accounts of the pilot's group."""
    for group in settings.exchange_groups.values():
        if group.has_calendar:
            yield _calendar(group, settings, pilots)
        if group.tasks:
            yield _task_list(group, settings)


def _calendar(group: ExchangeGroup, settings: Settings, pilots: Collection[str]) -> DesiredCalendar:
    # A rule that is taken away is still the source of what took place.
    rule = SourceRules(meetings_source(group.key), on_conflict=OnConflict.NEXTCLOUD, is_rule=True)
    return DesiredCalendar(
        key=group.key,
        properties=_properties(group.name, MEETINGS_COLOUR, settings),
        sources=(rule,),
        grants=tuple(_readers(group, settings, pilots)),
        limit=_limit(settings),
        where_written=group.source,
        puts_name_back=group.on_rename == "put_back",
    )


def _task_list(group: ExchangeGroup, settings: Settings) -> DesiredCalendar:
    name = task_list_name(group, settings.network.language)
    return DesiredCalendar(
        key=task_list_key(group.key),
        properties=replace(_properties(name, TASKS_COLOUR, settings), component=TASKS),
        sources=(),
        grants=(replace(_team(group, settings), read_write=True),),
        limit=_limit(settings),
        where_written=group.source,
        puts_name_back=group.on_rename == "put_back",
    )


def _properties(name: str, colour: str, settings: Settings) -> CalendarWish:
    network = settings.network
    return CalendarWish(name, colour, network.timezone.key, f"{network.name}: {name}")


def _readers(group: ExchangeGroup, settings: Settings, pilots: Collection[str]) -> Iterator[Grant]:
    """In a pilot nobody but the pilot's group, in which leads may change meetings as well."""
    yield _team(group, settings)
    ourselves = settings.nextcloud.username.casefold()
    for account in sorted(set(group.lead)):
        if account.casefold() != ourselves and (not settings.network.pilot or account in pilots):
            yield Grant(principal=f"users/{account}", title=account, read_write=True)


def _team(group: ExchangeGroup, settings: Settings) -> Grant:
    if settings.network.pilot:
        return group_grant(settings.network.pilot)
    return Grant(team=team_of(Scope(ScopeKind.EXCHANGE_GROUP, group.key)), title=group.name)


def _limit(settings: Settings) -> Limit:
    return Limit(settings.limits.entries_lost.more_than, settings.limits.entries_lost.or_at_least)
