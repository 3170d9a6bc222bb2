"""What a change does to an object, property by property: before and after, in the words of people. Pure.

Where nobody knows what stood there, only what comes is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from babel.numbers import format_decimal

from calendar_sync.records import CALENDAR, ENTRY, calendar_memory, entry_memory
from calendar_sync.steps import ChangeCalendar, MakeCalendar, MoveEntry, WriteBoth, WriteEntry, WriteSource
from network.errors import BadInput
from network.ical.canonical import from_text
from network.ical.component import Component
from network.ical.values import span, text_of, texts_of
from network.plan import Change
from network.ports import CalendarWish
from network.state import StateStore
from network.text import Text
from workspace_sync.steps import (
    DescribeRoom,
    DescribeTeam,
    MoveSubFolder,
    RenameFolder,
    RenameRoom,
    RenameTeam,
    SetQuota,
)

NAME, DESCRIPTION, SIZE = Text("Name", "name"), Text("Beschreibung", "description"), Text("Größe", "size")
TITLE, TIME, PLACE = Text("Titel", "title"), Text("Zeit", "time"), Text("Ort", "place")
CALENDAR_NAME, COLOR, PATH = Text("Kalender", "calendar"), Text("Farbe", "colour"), Text("Ordner", "folder")
TOPICS, LINK, REPEATS = Text("Themen", "topics"), Text("Link", "link"), Text("Wiederholung", "recurrence")
STATUS = Text("Status", "status")
LONGEST = 600
GIGABYTE = 1024**3


@dataclass(frozen=True, slots=True)
class Difference:
    """`before` is empty where there was nothing, or nobody knows."""

    name: Text
    before: str
    after: str


def differences(change: Change, state: StateStore, zone: tzinfo) -> tuple[Difference, ...]:
    """Of one change of a plan; none where there is nothing to compare."""
    found = _of_step(change.step, change, state, zone)
    return tuple(Difference(each.name, _short(each.before), _short(each.after)) for each in found)


def _of_step(step: object, change: Change, state: StateStore, zone: tzinfo) -> Iterable[Difference]:
    match step:
        case WriteEntry():
            return _entry(_remembered(str(change.scope), step.memory.uid, state), step.text, zone)
        case MoveEntry():
            moved = Difference(CALENDAR_NAME, step.from_calendar, change.scope.key)
            text = step.write.text if step.write else step.memory.text
            return (moved, *_entry(step.memory.text, text, zone))
        case WriteSource():
            return _entry(step.before, step.after, zone)
        case WriteBoth():
            return _entry(step.source.before, step.source.after, zone)
        case MakeCalendar():
            return _calendar(None, step.wish)
        case ChangeCalendar():
            record = state.record(str(change.scope), CALENDAR, change.scope.key)
            return _calendar(calendar_memory(record).wish if record else None, step.wish)
        case RenameTeam() | RenameFolder() | RenameRoom():
            return (Difference(NAME, step.lost, step.name),)
        case DescribeTeam() | DescribeRoom():
            return (Difference(DESCRIPTION, step.lost, step.description),)
        case SetQuota():
            return (Difference(SIZE, step.lost, f"{format_decimal(round(step.quota / GIGABYTE, 1), locale='de')} GB"),)
        case MoveSubFolder():
            return (Difference(PATH, step.path, step.to),)
        case _:
            return ()


def _remembered(scope: str, uid: str, state: StateStore) -> str:
    record = state.record(scope, ENTRY, uid)
    memory = entry_memory(record) if record else None
    return memory.text if memory is not None and not memory.is_gone else ""


def _entry(before: str, after: str, zone: tzinfo) -> Iterator[Difference]:
    old, new = _read(before, zone), _read(after, zone)
    for name in dict.fromkeys((*new, *old)):
        was, is_now = old.get(name, ""), new.get(name, "")
        if was != is_now:
            yield Difference(name, was, is_now)


def _read(text: str, zone: tzinfo) -> Mapping[Text, str]:
    if not text:
        return {}
    main = from_text(text).main
    found = {
        TITLE: text_of(main, "SUMMARY"),
        TIME: _time(main, zone),
        PLACE: text_of(main, "LOCATION"),
        STATUS: main.value("STATUS").upper().replace("CONFIRMED", ""),
        REPEATS: main.value("RRULE"),
        TOPICS: ", ".join(texts_of(main, "CATEGORIES")),
        LINK: main.value("URL"),
        DESCRIPTION: text_of(main, "DESCRIPTION"),
    }
    return {name: value for name, value in found.items() if value}


def _time(main: Component, zone: tzinfo) -> str:
    try:
        start, end = span(main)
    except BadInput:
        return main.value("DTSTART")
    if isinstance(start, datetime) and isinstance(end, datetime):
        start, end = start.astimezone(zone), end.astimezone(zone)
        until = f"{end:%H:%M}" if end.date() == start.date() else f"{end:%d.%m.%Y %H:%M}"
        return f"{start:%d.%m.%Y %H:%M}–{until}"
    last = end - timedelta(days=1)
    return f"{start:%d.%m.%Y}" + (f"–{last:%d.%m.%Y}" if last > start else "")


def _calendar(before: CalendarWish | None, after: CalendarWish) -> Iterator[Difference]:
    pairs = (
        (NAME, before.name if before else "", after.name),
        (COLOR, before.color if before else "", after.color),
        (DESCRIPTION, before.description if before else "", after.description),
    )
    yield from (Difference(*each) for each in pairs if each[1] != each[2])


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"
