"""adopt and release for calendars and single entries: only when somebody asks for it.

An adopted entry becomes that of the training with the same title, start and place in the next run.
"""

from __future__ import annotations

from calendar_sync import sentences
from calendar_sync.marker import calendar_mark
from calendar_sync.records import EntryMemory
from calendar_sync.steps import AdoptEntry, MarkCalendar, ReleaseCalendar
from calendar_sync.survey import ActualCalendar, Survey, foreign_entry
from calendar_sync.wish import DesiredCalendar, calendar_scope
from network.plan import Action, Change, Kind, ScopePlan
from network.ports import CalendarSeen, CalendarTarget


def plan_adoption(calendar: DesiredCalendar, name: str, survey: Survey, target: CalendarTarget) -> ScopePlan:
    """Takes the calendar called `name` (or as the wish calls it); where ours is there already, the entry `name` in it.

    An entry is named by its title or UID. A plan without changes says in its problems why.
    """
    actual = survey.calendars.get(calendar.key)
    if actual is not None and actual.is_marked:
        return _adopt_entry(calendar, name, actual, target)
    wanted = name or calendar.properties.name
    own = [each for each in target.calendars() if each.is_own and not each.trashed and not each.marker]
    at_our_address = actual.seen if actual is not None and not actual.seen.marker else None
    fitting = [each for each in own if calendar.properties.component in each.components]
    found = next((each for each in fitting if wanted in (each.name, each.uri)), at_our_address)
    if found is None:
        return _nothing(calendar, wanted)
    return ScopePlan(calendar.scope, (_take(calendar, found, survey.network),), where=calendar.where_written)


def plan_release(key: str, survey: Survey) -> ScopePlan | None:
    """Forgets the calendar and takes our mark off it; it stays, with everything in it. None: it isn't ours."""
    actual = survey.calendars.get(key)
    if actual is None or not actual.is_marked:
        return None
    step = ReleaseCalendar(actual.seen.href)
    scope = calendar_scope(key)
    change = Change(scope, Action.FORGET, actual.kind, key, actual.seen.name, sentences.RELEASED, step)
    return ScopePlan(scope, (change,), present={Kind.ENTRY: len(actual.entries)}, foreign=len(actual.foreign_names))


def _take(calendar: DesiredCalendar, seen: CalendarSeen, network: str) -> Change:
    step = MarkCalendar(seen.href, calendar.properties, calendar_mark(network, calendar.key))
    return Change(
        calendar.scope, Action.ADOPT, calendar.kind, calendar.key, seen.name, sentences.ADOPTED, step, seen.href
    )


def _adopt_entry(calendar: DesiredCalendar, name: str, actual: ActualCalendar, target: CalendarTarget) -> ScopePlan:
    hrefs = [actual.seen.href + each for each in sorted(actual.foreign_names)]
    read = [foreign_entry(item) for item in target.objects(actual.seen.href, hrefs)] if hrefs else []
    found = [each for each in read if each is not None and name in (each.title, each.uid)]
    if not found:
        return _nothing(calendar, name or calendar.properties.name)
    changes = tuple(_adopt(calendar, each) for each in found)
    return ScopePlan(calendar.scope, changes, present={Kind.ENTRY: len(actual.entries)}, where=calendar.where_written)


def _adopt(calendar: DesiredCalendar, memory: EntryMemory) -> Change:
    step = AdoptEntry(memory)
    return Change(
        calendar.scope, Action.ADOPT, memory.kind, memory.uid, memory.title, sentences.ADOPTED, step, memory.etag
    )


def _nothing(calendar: DesiredCalendar, name: str) -> ScopePlan:
    problem = sentences.not_adoptable(calendar.where_written or str(calendar.scope), name)
    return ScopePlan(calendar.scope, problems=(problem,), where=calendar.where_written)
