"""Whom the settings mean, and what they grant in a project's folder and in its sub-folders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from network.settings import Project, Selection, Settings
from network.settings import Selector as WrittenSelector
from network.settings import SubFolder as WrittenFolder
from network.settings.names import ADMINISTRATION
from workspace_sync.wish import Access, Level, Selector, SubFolder


def selectors(selection: Selection, every: Iterable[str]) -> tuple[Selector, ...]:
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
    """What a project or a sub-folder grants, level by level."""
    return tuple(Access(level, each) for level, selection in levels.items() for each in selectors(selection, every))


def sub_folders(wanted: Project, settings: Settings, every: tuple[str, ...]) -> tuple[SubFolder, ...]:
    """One for each path; of one with {administration} one for each of `every`. What a folder doesn't say holds as in
    the nearest folder above it that says something, else as in the project."""
    spelled = _spelled(wanted, settings, every)
    said: dict[str, Mapping[Level, Selection]] = {"": {level: getattr(wanted.access, level) for level in Level}}
    for path, each in spelled.items():
        above = max((known for known in said if not known or path.startswith(f"{known}/")), key=len)
        own = {level: each.selection(level) for level in Level if level in each.folder.model_fields_set}
        said[path] = {**said[above], **own}
    return tuple(SubFolder(each.key, path, granted(said[path], every)) for path, each in spelled.items())


@dataclass(frozen=True, slots=True)
class _Spelled:
    """A sub-folder of the settings, perhaps that of one administration (`owner`)."""

    key: str
    folder: WrittenFolder
    owner: str = ""

    def selection(self, level: Level) -> Selection:
        selection: Selection = getattr(self.folder, level)
        return tuple(each.within(self.owner) for each in selection)


def _spelled(wanted: Project, settings: Settings, every: tuple[str, ...]) -> dict[str, _Spelled]:
    """By path, those above first. A path that is written out goes before one with {administration}."""
    found = {path: _Spelled(path, each) for path, each in wanted.folders.items() if ADMINISTRATION not in path}
    for path, each in wanted.folders.items():
        for owner in every if ADMINISTRATION in path else ():
            name = settings.administrations[owner].name.replace("/", "-").replace("\\", "-")
            own = _Spelled(path.replace(ADMINISTRATION, f"{{{owner}}}"), each, owner)
            found.setdefault(path.replace(ADMINISTRATION, name), own)
    return dict(sorted(found.items()))
