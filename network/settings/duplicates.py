"""What may exist once only: team, folder and calendar names, groups, mail domains, keys that name the same mark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from network.document import Branch, find
from network.settings.all_calendars import task_list_name
from network.settings.finding import Finding, Location
from network.settings.names import same
from network.settings.settings import Settings
from network.text import Text

_TEAM = Text("ein Team dieses Namens gibt es schon", "there is a team of this name already")
_FOLDER = Text("einen Ordner dieses Namens gibt es schon", "there is a folder of this name already")
_CALENDAR = Text("einen Kalender dieses Namens gibt es schon", "there is a calendar of this name already")
_GROUP = Text("diese Gruppe steht schon da", "this group is used already")
_DOMAIN = Text("diese Maildomain steht schon da", "this mail domain is used already")
_TEAM_KEY = Text("ein Team mit diesem Schlüssel gibt es schon", "there is a team with this key already")
_CALENDAR_KEY = Text("einen Kalender mit diesem Schlüssel gibt es schon", "there is a calendar with this key already")


class _Use(NamedTuple):
    """`value` as it is compared, and where it is written."""

    value: str
    location: Location


def duplicates(settings: Settings, root: Branch) -> Iterator[Finding]:
    """Every second use of something that may exist once only."""
    yield from _twice(_teams(settings), _TEAM, root)
    yield from _twice(_folders(settings), _FOLDER, root)
    yield from _twice((*_calendars(settings), *_task_lists(settings)), _CALENDAR, root)
    yield from _twice(_groups(settings), _GROUP, root)
    yield from _twice(_domains(settings), _DOMAIN, root)
    # Marks in Nextcloud hold the key alone: [dnw:network/key] of a team, dnw-key of a calendar.
    yield from _twice((_key(use) for use in _teams(settings)), _TEAM_KEY, root)
    yield from _twice((_key(use) for use in _calendars(settings)), _CALENDAR_KEY, root)


def _teams(settings: Settings) -> Iterator[_Use]:
    for key, administration in settings.administrations.items():
        yield _Use(administration.name, ("administrations", key, "name"))
    for key, group in settings.exchange_groups.items():
        yield _Use(group.name, ("exchange_groups", key, "name"))


def _folders(settings: Settings) -> Iterator[_Use]:
    for key, group in settings.exchange_groups.items():
        if group.folder:
            yield _Use(group.name, ("exchange_groups", key, "name"))
    for key, project in settings.projects.items():
        yield _Use(project.name, ("projects", key, "name"))


def _calendars(settings: Settings) -> Iterator[_Use]:
    for key, calendar in settings.calendars.items():
        yield _Use(calendar.name, ("calendars", key, "name"))
    for key, group in settings.exchange_groups.items():
        if group.has_calendar:
            yield _Use(group.name, ("exchange_groups", key, "name"))


def _task_lists(settings: Settings) -> Iterator[_Use]:
    for key, group in settings.exchange_groups.items():
        if group.tasks:
            yield _Use(task_list_name(group, settings.network.language), ("exchange_groups", key, "name"))


def _groups(settings: Settings) -> Iterator[_Use]:
    for key, administration in settings.administrations.items():
        yield _Use(administration.group, ("administrations", key, "group"))


def _domains(settings: Settings) -> Iterator[_Use]:
    for key, administration in settings.administrations.items():
        for number, domain in enumerate(administration.mail_domains):
            yield _Use(domain, ("administrations", key, "mail_domains", number))


def _key(use: _Use) -> _Use:
    section, key, _ = use.location
    return _Use(str(key), (section, key))


def _twice(uses: Iterable[_Use], twice: Text, root: Branch) -> Iterator[Finding]:
    first: dict[str, Location] = {}
    for use in uses:
        # "OZG" and "ozg" are two names to a server and one name to a reader.
        before = first.setdefault(same(use.value), use.location)
        if before is not use.location:
            spot = find(root, before)
            place = f"{spot.where} ({spot.dotted})"
            yield Finding("used_twice", use.location, Text(f"{twice.de}: {place}", f"{twice.en}: {place}"))
