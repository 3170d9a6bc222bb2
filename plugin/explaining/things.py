"""What a question is about: calendars, exchange groups, projects and their sub-folders; what they say of themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from network.plan import Scope, ScopeKind
from network.settings import Calendar, ExchangeGroup, Project, Settings
from network.settings.names import same
from network.text import Text
from plugin.explaining.ways import with_service
from plugin.wishes.access import sub_folders
from workspace_sync.planners.project import READ_ONLY_DAYS

Entry = Calendar | ExchangeGroup | Project
_KINDS = {
    ScopeKind.CALENDAR: Text("Kalender", "calendar"),
    ScopeKind.EXCHANGE_GROUP: Text("Austauschgruppe", "exchange group"),
    ScopeKind.PROJECT: Text("Projekt", "project"),
}


@dataclass(frozen=True, slots=True)
class Thing:
    """`path` names a sub-folder of a project, as it is called there; empty for the whole."""

    scope: Scope
    entry: Entry
    path: str = ""

    @property
    def title(self) -> Text:
        kind, name = _KINDS[self.scope.kind], f"{self.entry.name}/{self.path}".rstrip("/")
        return Text(f"{kind.de} „{name}“", f"{kind.en} “{name}”")


def all_things(settings: Settings) -> Iterator[Thing]:
    for kind, section in (
        (ScopeKind.CALENDAR, settings.calendars),
        (ScopeKind.EXCHANGE_GROUP, settings.exchange_groups),
        (ScopeKind.PROJECT, settings.projects),
    ):
        yield from (Thing(Scope(kind, key), entry) for key, entry in section.items())


def things_called(words: str, settings: Settings) -> tuple[Thing, ...]:
    """By scope, key, name or path; where none is called exactly so, those whose name holds the words."""
    every = tuple(all_things(settings))
    named = things_named(words, settings)
    return named or _sub_folder(words, every, settings) or tuple(each for each in every if _holds(each, words))


def things_named(words: str, settings: Settings) -> tuple[Thing, ...]:
    """By scope, key or name."""
    return tuple(
        each
        for each in all_things(settings)
        if words in (str(each.scope), each.scope.key) or same(words) == same(each.entry.name)
    )


def _holds(thing: Thing, words: str) -> bool:
    return bool(same(words)) and same(words) in same(thing.entry.name)


def _sub_folder(words: str, every: Iterable[Thing], settings: Settings) -> tuple[Thing, ...]:
    """`Presse/Stadt Brakel`: project, then the path in its folder."""
    name, _, path = words.strip("/").partition("/")
    return tuple(
        Thing(thing.scope, thing.entry, folder.path)
        for thing in every
        if isinstance(thing.entry, Project) and name in (thing.scope.key, thing.entry.name)
        for folder in sub_folders(thing.entry, settings, with_service(settings, "workspaces"))
        if same(folder.path) == same(path)
    )


def notes(thing: Thing, today: date) -> Iterator[Text]:
    """What the entry itself says beside its rights."""
    entry = thing.entry
    if isinstance(entry, Project) and entry.folders and not thing.path:
        paths = ", ".join(f"{entry.name}/{path}" for path in entry.folders)
        yield Text(f"Unterordner mit eigenen Rechten: {paths}", f"sub-folders with rights of their own: {paths}")
    if isinstance(entry, Project) and entry.until is not None and entry.until < today and entry.when_over != "keep":
        over = entry.until + timedelta(days=READ_ONLY_DAYS)
        yield Text(
            f"das Projekt endete am {entry.until:%d.%m.%Y}: nur noch lesen, archiviert ab {over:%d.%m.%Y}",
            f"the project ended on {entry.until.isoformat()}: reading only, archived from {over.isoformat()}",
        )
    if isinstance(entry, ExchangeGroup):
        parts = [("Team", "team"), *([("Unterhaltung", "chat room")] if entry.room else [])]
        parts += [("Ordner", "folder")] if entry.folder else []
        parts += [("Kalender", "calendar")] if entry.has_calendar else []
        parts += [("Aufgabenliste", "task list")] if entry.tasks else []
        german, english = (", ".join(each[side] for each in parts) for side in (0, 1))
        yield Text(f"dazu gehören: {german}", f"it has: {english}")
