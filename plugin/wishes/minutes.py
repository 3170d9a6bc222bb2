"""Minutes of meetings: which have to be made, what their template is filled with, and the links to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from calendar_sync.links import Link
from calendar_sync.meetings import next_meeting
from calendar_sync.records import minutes_document
from network.meetings import Meeting
from network.plan import Scope, ScopeKind, ScopePlan
from network.ports import Memory
from network.settings import ExchangeGroup, Settings
from network.text import Language, Text
from plugin.wishes.meetings import GroupMeetings
from workspace_sync.people import People
from workspace_sync.remembered import MINUTES
from workspace_sync.steps import WriteMinutes
from workspace_sync.wish import MinutesWish

BEFORE = timedelta(days=7)
Promised = Collection[tuple[str, str]]
"""Scope and key of the minutes that the plan is about to make."""


def minutes_wishes(found: GroupMeetings, settings: Settings, people: People, now: datetime) -> tuple[MinutesWish, ...]:
    """For the meetings that begin within a week, and for one that is under way."""
    near = (each for each in found.standing if each.start <= now + BEFORE and each.end > now)
    return tuple(_wish(each, found, settings.network.language, people) for each in near)


def promised(workspaces: Iterable[ScopePlan]) -> Promised:
    changes = (change for plan in workspaces for change in plan.changes)
    return {(str(each.scope), each.step.key) for each in changes if isinstance(each.step, WriteMinutes)}


def minutes_links(group: ExchangeGroup, settings: Settings, memory: Memory, promised: Promised) -> Mapping[str, Link]:
    """Key of a meeting → the link to its minutes, which are there or come in this run."""
    scope, server = str(Scope(ScopeKind.EXCHANGE_GROUP, group.key)), settings.nextcloud.url
    coming = {key: Link(server, scope, key) for where, key in promised if where == scope}
    records = memory.records(scope, MINUTES)
    return coming | {each.key: Link(server, scope, each.key, minutes_document(each)) for each in records}


def _wish(meeting: Meeting, found: GroupMeetings, language: Language, people: People) -> MinutesWish:
    names = {person.account: person.name for person in people.persons if person.name}
    after = next_meeting(found.standing, meeting.end)
    words = (
        ("date", _when(meeting).language(language)),
        ("place", meeting.place),
        ("leads", ", ".join(names.get(each, each) for each in found.group.lead)),
        ("next", (_day(after) if after else Text("noch offen", "not known yet")).language(language)),
        ("name", found.group.name),
    )
    return MinutesWish(meeting.period, f"{meeting.start:%Y-%m-%d}", words)


def _when(meeting: Meeting) -> Text:
    day, start, end = _day(meeting), f"{meeting.start:%H:%M}", f"{meeting.end:%H:%M}"
    return Text(f"{day.de}, {start} bis {end} Uhr", f"{day.en}, {start} to {end}")


def _day(meeting: Meeting) -> Text:
    return Text(f"{meeting.start:%d.%m.%Y}", f"{meeting.start:%Y-%m-%d}")
