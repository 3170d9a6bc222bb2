"""What may exist once only: team, folder and calendar names, groups, mail domains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from network.document import Branch, find
from network.settings.finding import Finding, Location
from network.settings.settings import Settings
from network.text import Text


class _Use(NamedTuple):
    """`value` as it is compared, and where it is written."""

    value: str
    location: Location


def duplicates(settings: Settings, root: Branch) -> Iterator[Finding]:
    """Every second use of something that may exist once only."""
    administrations, groups = settings.administrations.items(), settings.exchange_groups.items()
    teams = [_Use(one.name, ("administrations", key, "name")) for key, one in administrations]
    teams += [_Use(one.name, ("exchange_groups", key, "name")) for key, one in groups]
    yield from _twice(teams, Text("ein Team dieses Namens", "a team of this name"), root)
    folders = [_Use(one.name, ("exchange_groups", key, "name")) for key, one in groups if one.folder]
    folders += [_Use(one.name, ("projects", key, "name")) for key, one in settings.projects.items()]
    yield from _twice(folders, Text("einen Ordner dieses Namens", "a folder of this name"), root)
    calendars = [_Use(one.name, ("exchange_groups", key, "name")) for key, one in groups if one.has_calendar]
    calendars += [_Use(one.name, ("calendars", key, "name")) for key, one in settings.calendars.items()]
    yield from _twice(calendars, Text("einen Kalender dieses Namens", "a calendar of this name"), root)
    ids = [_Use(one.group, ("administrations", key, "group")) for key, one in administrations]
    yield from _twice(ids, Text("diese Gruppe", "this group"), root)
    domains = [
        _Use(domain, ("administrations", key, "mail_domains", number))
        for key, one in administrations
        for number, domain in enumerate(one.mail_domains)
    ]
    yield from _twice(domains, Text("diese Maildomain", "this mail domain"), root)
    yield from _same_keys(settings, root)


def _same_keys(settings: Settings, root: Branch) -> Iterator[Finding]:
    """Marks in Nextcloud hold the key alone: [dnw:network/key] of a team, dnw-key of a calendar."""
    groups = settings.exchange_groups
    teams = [_Use(key, ("administrations", key)) for key in settings.administrations]
    teams += [_Use(key, ("exchange_groups", key)) for key in groups]
    yield from _twice(teams, Text("ein Team mit diesem Schlüssel", "a team with this key"), root)
    calendars = [_Use(key, ("exchange_groups", key)) for key, one in groups.items() if one.has_calendar]
    calendars += [_Use(key, ("calendars", key)) for key in settings.calendars]
    yield from _twice(calendars, Text("einen Kalender mit diesem Schlüssel", "a calendar with this key"), root)


def _twice(uses: Iterable[_Use], what: Text, root: Branch) -> Iterator[Finding]:
    first: dict[str, Location] = {}
    for use in uses:
        # "OZG" and "ozg" are two names to a server and one name to a reader.
        before = first.setdefault(use.value.casefold(), use.location)
        if before is not use.location:
            place = f"{find(root, before).where} ({find(root, before).dotted})"
            yield Finding(
                "used_twice",
                use.location,
                Text(f"{what.de} gibt es schon in {place}", f"there is {what.en} already in {place}"),
            )
