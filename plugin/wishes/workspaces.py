"""Administrations, exchange groups and projects of the settings as wishes of `workspace_sync`.

In a pilot every audience is cut down to the members of the pilot's group, one by one, so that nobody else sees
anything and no team of a whole administration is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from network.settings import Administration, ExchangeGroup, Project, Settings
from plugin.wishes.access import granted, selectors, sub_folders
from workspace_sync.template import EXCHANGE_GROUP, load, own_words
from workspace_sync.wish import (
    Access,
    AdministrationWish,
    ExchangeGroupWish,
    FolderWish,
    Level,
    MinutesWish,
    ProjectWish,
    Selector,
    Wishes,
)

NO_MINUTES: Mapping[str, tuple[MinutesWish, ...]] = MappingProxyType({})


def workspace_wishes(
    settings: Settings,
    *,
    pilots: frozenset[str] | None = None,
    minutes: Mapping[str, tuple[MinutesWish, ...]] = NO_MINUTES,
) -> Wishes:
    """Everything that the settings want beside calendars. `pilots` are the accounts of the pilot group, if there is
    one, `minutes` those that meetings need now, by exchange group."""
    every = tuple(key for key, each in settings.administrations.items() if "workspaces" in each.services)
    groups = tuple(
        replace(_exchange_group(each, settings, every), minutes=minutes.get(each.key, ()))
        for each in settings.exchange_groups.values()
    )
    projects = tuple(_project(each, settings, every) for each in settings.projects.values())
    if pilots is not None:
        return Wishes((), tuple(_piloted(each, pilots) for each in groups), _piloted_projects(projects, pilots))
    return Wishes(tuple(map(_administration, settings.administrations.values())), groups, projects)


def has_folders(settings: Settings) -> bool:
    """Team folders belong to level 3: they need rights that an administrator gives once."""
    return settings.admin_rights is not None or bool(settings.projects)


def has_folder(group: ExchangeGroup, settings: Settings) -> bool:
    """Whether an exchange group has a folder at this level."""
    return group.folder and has_folders(settings)


def _administration(wanted: Administration) -> AdministrationWish:
    return AdministrationWish(
        key=wanted.key,
        name=wanted.name,
        group=wanted.group,
        team_groups=(wanted.group,),
        accounts=wanted.accounts,
        is_external=wanted.external,
        creates_accounts="create" in wanted.manage_accounts,
        disables_accounts="disable" in wanted.manage_accounts,
        where=wanted.source,
    )


def _exchange_group(wanted: ExchangeGroup, settings: Settings, every: tuple[str, ...]) -> ExchangeGroupWish:
    folder = FolderWish(
        name=wanted.name,
        quota=wanted.quota,
        template=load(EXCHANGE_GROUP),
        words=_words(wanted.name, settings, None),
        on_rename=wanted.on_rename,
    )
    return ExchangeGroupWish(
        key=wanted.key,
        name=wanted.name,
        leads=wanted.lead,
        members=selectors(wanted.members, every),
        description=wanted.description,
        is_open=wanted.open,
        room=wanted.room,
        folder=folder if has_folder(wanted, settings) else None,
        added_by_hand=wanted.added_by_hand,
        on_rename=wanted.on_rename,
        where=wanted.source,
    )


def _project(wanted: Project, settings: Settings, every: tuple[str, ...]) -> ProjectWish:
    folder = FolderWish(
        name=wanted.name,
        quota=wanted.quota,
        template=load(wanted.template),
        words=_words(wanted.name, settings, wanted.until),
        on_rename=wanted.on_rename,
    )
    return ProjectWish(
        key=wanted.key,
        folder=folder,
        access=granted({level: getattr(wanted.access, level) for level in Level}, every),
        sub_folders=sub_folders(wanted, settings, every),
        until=wanted.until,
        when_over=wanted.when_over,
        added_by_hand=wanted.added_by_hand,
        on_rename=wanted.on_rename,
        where=wanted.source,
    )


def _words(name: str, settings: Settings, until: date | None) -> tuple[tuple[str, str], ...]:
    contact = f"{settings.network.contact.name}, {settings.network.contact.mail}"
    return own_words(name=name, network=settings.network.name, contact=contact, until=until)


def _piloted(wanted: ExchangeGroupWish, pilots: frozenset[str]) -> ExchangeGroupWish:
    leads = tuple(account for account in wanted.leads if account in pilots)
    return replace(wanted, leads=leads, members=_only(pilots), is_open=False)


def _piloted_projects(projects: Iterable[ProjectWish], pilots: frozenset[str]) -> tuple[ProjectWish, ...]:
    access = tuple(Access(Level.READ, each) for each in _only(pilots))
    return tuple(replace(each, access=access, sub_folders=()) for each in projects)


def _only(pilots: frozenset[str]) -> tuple[Selector, ...]:
    return (Selector(people=tuple(sorted(pilots))),) if pilots else ()
