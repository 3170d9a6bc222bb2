"""Who gets which right in a thing, and which run gave it: the ways of every selector that is written there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from network.plan import Scope, ScopeKind
from network.settings import Calendar, ExchangeGroup, Project, Selection, Selector
from network.settings.names import ADMINISTRATION, same
from network.state.runs import PastChange
from network.text import Text
from plugin.explaining.sentences import told
from plugin.explaining.subjects import Individual, Subject, Town
from plugin.explaining.things import Thing
from plugin.explaining.ways import Location, Ways, with_run, with_service
from plugin.findings import Reason, Right
from plugin.wishes.access import sub_folders
from workspace_sync.marks import team_of
from workspace_sync.wish import Selector as MeantSelector

_LEVELS = (
    ("manage", Text("lesen, ändern und weitergeben", "read, change and pass on")),
    ("edit", Text("lesen und ändern", "read and change")),
    ("comment", Text("lesen und kommentieren", "read and comment")),
    ("read", Text("lesen", "read")),
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
            said, where = told(selector, ways.settings), ways.place((*location, number))
            yield Text(f"{name.de}: {said.de} – {where}", f"{name.en}: {said.en} – {where}")


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
