"""What a question is about, and who gets which right there: calendars, exchange groups, projects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from network.plan import Scope, ScopeKind
from network.settings import Calendar, ExchangeGroup, Project, Selection, Selector, Settings
from network.settings.names import ADMINISTRATION, same
from network.state.runs import PastChange
from network.text import Text
from plugin.explaining.subjects import Individual, Subject, Town
from plugin.explaining.ways import Location, Ways, with_run, with_service
from plugin.findings import Reason, Right
from plugin.wishes.access import sub_folders
from workspace_sync.marks import team_of
from workspace_sync.planners.project import READ_ONLY_DAYS
from workspace_sync.wish import Selector as MeantSelector

Entry = Calendar | ExchangeGroup | Project
_KINDS = {
    ScopeKind.CALENDAR: Text("Kalender", "calendar"),
    ScopeKind.EXCHANGE_GROUP: Text("Austauschgruppe", "exchange group"),
    ScopeKind.PROJECT: Text("Projekt", "project"),
}
_LEVELS = (
    ("manage", Text("lesen, ändern und weitergeben", "read, change and pass on")),
    ("edit", Text("lesen und ändern", "read and change")),
    ("comment", Text("lesen und kommentieren", "read and comment")),
    ("read", Text("lesen", "read")),
)


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


def rights(thing: Thing, subject: Subject, ways: Ways) -> tuple[Right, ...]:
    """From the widest to the narrowest; each includes those after it."""
    entry = thing.entry
    if isinstance(entry, Calendar):
        return _calendar(thing.scope, entry, subject, replace(ways, service="calendars"))
    if isinstance(entry, ExchangeGroup):
        return _exchange_group(entry, subject, ways)
    if thing.path:
        return _folder(thing, entry, subject, ways)
    return _project(thing.scope, entry, subject, ways)


def audience(thing: Thing, ways: Ways) -> Iterator[Text]:
    """Who gets what, as it is written: one line for each selector, with its place."""
    entry, key = thing.entry, thing.scope.key
    levels: list[tuple[Text, Location, Selection]]
    if isinstance(entry, Calendar):
        levels = [(Text("sehen und ändern", "see and change"), ("calendars", key, "edit"), entry.edit)]
        levels.append((Text("sehen", "see"), ("calendars", key, "share"), entry.share))
    elif isinstance(entry, ExchangeGroup):
        leads = ", ".join(entry.lead)
        yield Text(
            f"leiten: {leads} – {ways.place(('exchange_groups', key, 'lead'))}",
            f"lead: {leads} – {ways.place(('exchange_groups', key, 'lead'))}",
        )
        levels = [(Text("dabei sein", "take part"), ("exchange_groups", key, "members"), entry.members)]
    else:
        levels = [(name, ("projects", key, "access", level), getattr(entry.access, level)) for level, name in _LEVELS]
    for name, location, selection in levels:
        for number, selector in enumerate(selection):
            said, where = ways.said(selector), ways.place((*location, number))
            yield Text(f"{name.de}: {said.de} – {where}", f"{name.en}: {said.en} – {where}")


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


def _calendar(scope: Scope, entry: Calendar, subject: Subject, ways: Ways) -> tuple[Right, ...]:
    edit = _right(
        ("calendars", scope.key, "edit"), entry.edit, subject, ways, Text("sehen und ändern", "see and change")
    )
    share = _right(("calendars", scope.key, "share"), entry.share, subject, ways, Text("sehen", "see"))
    written = [each for each in (edit, share) if each.ways or each is share]
    return tuple(
        replace(each, ways=tuple(with_run(way, _share_run(way, scope, subject, ways)) for way in each.ways))
        for each in written
    )


def _share_run(way: Reason, scope: Scope, subject: Subject, ways: Ways) -> PastChange | None:
    """Which run shared the calendar: its line names the administration, the group or the account."""
    found = (ways.known.change_titled(str(scope), name) for name in _carriers(way, subject, ways))
    return next((change for change in found if change is not None), None)


def _carriers(way: Reason, subject: Subject, ways: Ways) -> Iterator[str]:
    for group in ways.settings.exchange_groups.values():
        if f"„{group.name}“" in way.text.de:
            yield group.name
    keys = subject.administrations if isinstance(subject, Individual) else {subject.key}
    yield from (ways.settings.administrations[key].name for key in sorted(keys) if key in ways.settings.administrations)
    if isinstance(subject, Individual):
        yield subject.account


def _exchange_group(entry: ExchangeGroup, subject: Subject, ways: Ways) -> tuple[Right, ...]:
    reason = ways.membership(subject, entry.key)
    return (Right(Text("dabei sein", "take part"), reason.holds, (reason,)),)


def _project(scope: Scope, entry: Project, subject: Subject, ways: Ways) -> tuple[Right, ...]:
    found = []
    for level, name in _LEVELS:
        selection: Selection = getattr(entry.access, level, ())
        right = _right(("projects", scope.key, "access", level), selection, subject, ways, name)
        granted = tuple(with_run(way, _folder_run(way, scope, level, subject, ways)) for way in right.ways)
        found.append(replace(right, ways=granted))
    nobody = Reason(
        False, Text("niemand liest (none)", "nobody reads (none)"), ways.place(("projects", scope.key, "access"))
    )
    written = tuple(each for each in found if each.ways)
    return written or (Right(_LEVELS[-1][1], False, (nobody,)),)


def _folder(thing: Thing, entry: Project, subject: Subject, ways: Ways) -> tuple[Right, ...]:
    """A sub-folder: what it says itself and what it takes over from above, as the planner sums it up."""
    folders = sub_folders(entry, ways.settings, with_service(ways.settings, "workspaces"))
    folder = next(each for each in folders if each.path == thing.path)
    written = next((path for path in entry.folders if same(path) == same(thing.path)), None)
    written = written or next((path for path in entry.folders if ADMINISTRATION in path), "")
    location = ("projects", thing.scope.key, "folders", written)
    found = []
    for level, name in _LEVELS:
        selection = tuple(_written(each.selector) for each in folder.access if each.level == level)
        found.append(_right(location, selection, subject, ways, name))
    kept = tuple(right for right in found if right.ways)
    nobody = Reason(False, Text("niemand (none)", "nobody (none)"), ways.place(location))
    return kept or (Right(_LEVELS[-1][1], False, (nobody,)),)


def _written(meant: MeantSelector) -> Selector:
    """The selector of a wish as the configuration would write it."""
    return Selector(
        administrations=meant.administrations,
        exchange_groups=meant.exchange_groups,
        people=meant.people,
        topic=next(iter(meant.topics), None),
    )


def _folder_run(way: Reason, scope: Scope, level: str, subject: Subject, ways: Ways) -> PastChange | None:
    """Which run gave the team the right: the town's, the exchange group's, or that of the people named."""
    keys = [
        team_of(Scope(ScopeKind.EXCHANGE_GROUP, key))
        for key, group in ways.settings.exchange_groups.items()
        if f"„{group.name}“" in way.text.de
    ]
    towns = subject.administrations if isinstance(subject, Individual) else {subject.key}
    keys += [team_of(Scope(ScopeKind.ADMINISTRATION, town)) for town in sorted(towns)]
    keys.append(team_of(scope, level))
    found = (ways.known.change(str(scope), f"folder > team:{key}") for key in keys)
    return next((change for change in found if change is not None), None)


def _right(location: tuple[str | int, ...], selection: Selection, subject: Subject, ways: Ways, name: Text) -> Right:
    found = ways.of(subject, selection, location)
    holding = tuple(way for way in found if way.holds)
    return Right(name, bool(holding), holding or found)


def some_of(town: Town, thing: Thing, ways: Ways) -> tuple[str, ...]:
    """Accounts of single people of the town who see the thing although the town as a whole doesn't."""
    people = (Individual(account, ways.known.rows(account)) for account in sorted(ways.known.people.of(town.key)))
    return tuple(each.account for each in people if any(right.holds for right in rights(thing, each, ways)))
