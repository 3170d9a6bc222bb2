"""Projects: what state they are in, who may do what in their folder, how full it is, and the way in.

A project is told to those who were granted something in it, and to whoever oversees the network: `read: none` also
means that nobody else hears of it. The link is for whom Nextcloud shows the folder, names of single people too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from network.plan import Scope, ScopeKind
from network.settings import Project, Settings
from network.state import StateStore
from network.text import Text
from plugin import folder_sizes
from plugin.findings import FolderState
from plugin.overviews.doors import file_address
from plugin.overviews.groups import Lead, leads_of
from plugin.overviews.meant import as_meant
from plugin.overviews.onlooker import Onlooker
from plugin.wishes.workspaces import workspace_wishes
from workspace_sync.people import People, is_narrowed, people_meant, teams_meant
from workspace_sync.planners.project import phase
from workspace_sync.wish import Access, Level, ProjectWish, Selector


class Phase(StrEnum):
    """`ending`: its end is near. `over`: only reading, for a while. `archived`: only the service still sees it."""

    RUNNING = "running"
    ENDING = "ending"
    OVER = "over"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class Granted:
    """Who may do what in the folder."""

    who: Text
    level: Level


@dataclass(frozen=True, slots=True)
class ProjectShown:
    """One project as one person may see it. `address` is empty for whom Nextcloud doesn't show the folder.

    `folder`: as the last verifying run saw it; None before. `askable`: who leads the groups that look after it.
    """

    key: str
    name: str
    topic: str
    phase: Phase
    until: date | None
    grants: tuple[Granted, ...] = ()
    sub_folders: tuple[str, ...] = ()
    askable: tuple[Lead, ...] = ()
    folder: FolderState | None = None
    address: str = ""


def projects_shown(
    settings: Settings, state: StateStore, onlooker: Onlooker, now: datetime
) -> tuple[ProjectShown, ...]:
    """All that this person may know of, by name; archived ones last."""
    meant, people = as_meant(settings, state)
    sizes = {each.scope: each for each in folder_sizes.kept(state)}
    known = _Known(meant, people, onlooker, sizes, now)
    wishes = (each for each in workspace_wishes(meant).projects if known.hears_of(each))
    found = [known.shown(meant.projects[each.key], each) for each in wishes]
    if onlooker.oversees:
        found += _left(meant, sizes)
    return tuple(sorted(found, key=lambda each: (each.phase is Phase.ARCHIVED, each.name.casefold())))


def _left(settings: Settings, sizes: Mapping[str, FolderState]) -> Iterator[ProjectShown]:
    """Folders of projects that the configuration does not name any more."""
    for scope, folder in sizes.items():
        kind, _, key = scope.partition(":")
        if kind == ScopeKind.PROJECT and key not in settings.projects:
            yield ProjectShown(key, folder.name, "", Phase.ARCHIVED, None, folder=folder)


@dataclass(frozen=True, slots=True)
class _Known:
    """What all projects of one look share."""

    settings: Settings
    people: People
    onlooker: Onlooker
    sizes: Mapping[str, FolderState]
    now: datetime

    def hears_of(self, wish: ProjectWish) -> bool:
        onlooker = self.onlooker
        if onlooker.oversees or str(wish.scope) in {*onlooker.folders, *onlooker.scopes}:
            return True
        if self.settings.network.pilot:
            return False
        inside = (access for folder in wish.sub_folders for access in folder.access)
        return any(self._means(access.selector) for access in (*wish.access, *inside))

    def _means(self, selector: Selector) -> bool:
        if self.onlooker.account in people_meant(selector, self.people):
            return True
        teams = {str(Scope(ScopeKind.ADMINISTRATION, key)) for key in self.onlooker.administrations}
        return not teams_meant(selector).isdisjoint(teams | set(self.onlooker.scopes))

    def shown(self, project: Project, wish: ProjectWish) -> ProjectShown:
        scope = str(wish.scope)
        is_inside = scope in self.onlooker.folders
        return ProjectShown(
            key=project.key,
            name=project.name,
            topic=project.description,
            phase=Phase(phase(wish, self.now)),
            until=project.until,
            grants=tuple(self._grants(wish.access, shows_names=is_inside and self.onlooker.sees_names)),
            sub_folders=tuple(sorted({each.path for each in wish.sub_folders})) if is_inside else (),
            askable=tuple(self._askable(wish)) if self.onlooker.sees_names else (),
            folder=self.sizes.get(scope),
            address=file_address(self.settings, self.onlooker.folders[scope]) if is_inside else "",
        )

    def _grants(self, access: tuple[Access, ...], *, shows_names: bool) -> Iterator[Granted]:
        """The most first; whoever stands under several levels is told with the highest."""
        found: dict[Text, Level] = {}
        for each in sorted(access, key=lambda each: list(Level).index(each.level), reverse=True):
            for who in self._who(each.selector, shows_names=shows_names):
                found.setdefault(who, each.level)
        yield from (Granted(who, level) for who, level in found.items())

    def _who(self, selector: Selector, *, shows_names: bool) -> Iterator[Text]:
        if is_narrowed(selector):
            yield self._single(selector, shows_names=shows_names)
            return
        every = {key for key, each in self.settings.administrations.items() if "workspaces" in each.services}
        if every and every <= set(selector.administrations):
            yield Text("alle Verwaltungen", "all administrations")
        else:
            yield from (_same(self.settings.administrations[key].name) for key in selector.administrations)
        for key in selector.exchange_groups:
            name = self.settings.exchange_groups[key].name
            yield Text(f"Austauschgruppe {name}", f"exchange group {name}")

    def _single(self, selector: Selector, *, shows_names: bool) -> Text:
        """People by name, or how many they are."""
        if selector.topics:
            topics = ", ".join(selector.topics)
            return Text(f"Zuständige für {topics}", f"those in charge of {topics}")
        accounts = sorted(people_meant(selector, self.people))
        if not shows_names:
            number = len(accounts)
            return Text(
                "eine einzelne Person" if number == 1 else f"{number} einzelne Personen",
                "one single person" if number == 1 else f"{number} single people",
            )
        names = {each.account: each.name for each in self.people.persons if each.name}
        return _same(", ".join(names.get(each, each) for each in accounts))

    def _askable(self, wish: ProjectWish) -> Iterator[Lead]:
        """Who leads the groups with the most rights; nobody where none has more than reading."""
        for level in (Level.MANAGE, Level.EDIT):
            keys = [key for each in wish.access if each.level is level for key in each.selector.exchange_groups]
            if keys:
                groups = (self.settings.exchange_groups[key] for key in dict.fromkeys(keys))
                leads = (lead for group in groups for lead in leads_of(group, self.settings, self.people))
                yield from dict.fromkeys(leads)
                return


def _same(name: str) -> Text:
    return Text(name, name)
