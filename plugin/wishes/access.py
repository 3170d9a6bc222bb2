"""Whom the settings mean, and what they grant in a project's folder and in its sub-folders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from network.settings import Project, Selection, Settings
from network.settings import Selector as WrittenSelector
from network.settings import SubFolder as WrittenFolder
from network.settings.names import ADMINISTRATION
from workspace_sync.wish import Access, Level, Selector, SubFolder


def selectors(selection: Iterable[WrittenSelector], every: Iterable[str]) -> tuple[Selector, ...]:
    """The selectors of the settings with `all` spelled out."""
    every = tuple(every)
    return tuple(_selector(each, every) for each in selection)


def _selector(written: WrittenSelector, every: tuple[str, ...]) -> Selector:
    return Selector(
        administrations=written.named_administrations(every),
        exchange_groups=written.exchange_groups,
        people=written.people,
        topics=(written.topic,) if written.topic else (),
    )


def granted(levels: Mapping[Level, Selection], every: tuple[str, ...]) -> tuple[Access, ...]:
    """What a project grants, level by level."""
    return tuple(Access(level, each) for level, selection in levels.items() for each in selectors(selection, every))


def narrowed(above: Iterable[Access], own: Mapping[Level, tuple[Selector, ...]]) -> tuple[Access, ...]:
    """What holds in a sub-folder that says `own`: a level that it doesn't write holds as above. Who had a level that is
    written anew keeps the next lower one that isn't: `{edit: own}` takes reading from nobody."""
    found = [Access(level, each) for level, selection in own.items() for each in selection]
    for access in above:
        lower = next((level for level in _fall(access.level) if level not in own), None)
        if lower is not None:
            found.append(access if lower is access.level else replace(access, level=lower, had=access.team_level))
    return tuple(sorted(dict.fromkeys(found), key=lambda each: list(Level).index(each.level)))


def _fall(level: Level) -> tuple[Level, ...]:
    """The level itself, then what is left of it, most first. Nobody falls to comment: it is reading as well."""
    order = (Level.MANAGE, Level.EDIT, Level.READ)
    return (level, *order[order.index(level) + 1 :]) if level in order else (level,)


def sub_folders(wanted: Project, settings: Settings, every: tuple[str, ...]) -> tuple[SubFolder, ...]:
    """One for each path; of one with {administration} one for each of `every`. What a folder doesn't say holds as in
    the nearest folder above it that says something, else as in the project."""
    spelled = _spelled(wanted, settings, every)
    said = {"": granted({level: getattr(wanted.access, level) for level in Level}, every)}
    for path, each in spelled.items():
        above = max((known for known in said if not known or path.startswith(f"{known}/")), key=len)
        said[path] = narrowed(said[above], each.own(every))
    return tuple(SubFolder(each.key, path, said[path]) for path, each in spelled.items())


@dataclass(frozen=True, slots=True)
class _Spelled:
    """A sub-folder of the settings, perhaps that of one administration (`owner`)."""

    key: str
    folder: WrittenFolder
    owner: str = ""

    def own(self, every: tuple[str, ...]) -> Mapping[Level, tuple[Selector, ...]]:
        """The levels that are written."""
        written = (level for level in Level if level in self.folder.model_fields_set)
        return {
            level: selectors((each.within(self.owner) for each in getattr(self.folder, level)), every)
            for level in written
        }


def _spelled(wanted: Project, settings: Settings, every: tuple[str, ...]) -> dict[str, _Spelled]:
    """By path, those above first. A path that is written out goes before one with {administration}."""
    found = {path: _Spelled(path, each) for path, each in wanted.folders.items() if ADMINISTRATION not in path}
    for path, each in wanted.folders.items():
        for owner in every if ADMINISTRATION in path else ():
            name = settings.administrations[owner].name.replace("/", "-").replace("\\", "-")
            own = _Spelled(path.replace(ADMINISTRATION, f"{{{owner}}}"), each, owner)
            found.setdefault(path.replace(ADMINISTRATION, name), own)
    return dict(sorted(found.items()))
