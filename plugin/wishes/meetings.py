"""The meetings of exchange groups: what the rules of the settings say for the year to come, and what stands there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from calendar_sync.links import Link
from calendar_sync.meetings import MeetingSeries, coming, next_meeting, standing
from calendar_sync.records import ENTRY, entry_memory
from calendar_sync.wish import calendar_scope, meetings_source
from network.days_off import DaysOff
from network.meetings import Meeting, MeetingRule, meetings, year_ahead
from network.ports import Memory
from network.problems import Problem
from network.settings import ExchangeGroup, Settings
from network.text import Text
from plugin.wishes.workspaces import has_folder

YEAR = timedelta(days=365)
BEHIND = timedelta(days=62)
"""So far back lies the day of a meeting that somebody moved and that is still to come."""
MINUTES_ARE_ATTACHED = Text(
    "Eine Woche vorher hängt an diesem Termin das Protokoll, in das alle aus der Gruppe schreiben können.",
    "A week before, the minutes are attached to this entry; everybody in the group can write in them.",
)


@dataclass(frozen=True, slots=True)
class GroupMeetings:
    """The meetings of one group. `coming` as the rule names them, `standing` as they take place."""

    group: ExchangeGroup
    coming: tuple[Meeting, ...] = ()
    standing: tuple[Meeting, ...] = ()


def group_meetings(settings: Settings, memory: Memory, now: datetime) -> Mapping[str, GroupMeetings]:
    """Those of every group that has a calendar, by the group's key. `memory` tells what hands did."""
    groups = (each for each in settings.exchange_groups.values() if each.has_calendar)
    return {each.key: _of_group(each, settings, memory, now) for each in groups}


def next_meetings(settings: Settings, memory: Memory, now: datetime) -> Mapping[str, Meeting]:
    """Group → its next meeting, or the one that is under way, as it stands in the calendar. In the order of time."""
    found = {key: next_meeting(each.standing, now) for key, each in group_meetings(settings, memory, now).items()}
    coming = {key: each for key, each in found.items() if each is not None}
    return dict(sorted(coming.items(), key=lambda each: (each[1].start, each[0])))


def meeting_series(found: GroupMeetings, settings: Settings, minutes: Mapping[str, Link]) -> MeetingSeries:
    """What the group's calendar should hold. A group without meetings has an empty series: nothing new is meant."""
    group = found.group
    attached = MINUTES_ARE_ATTACHED.language(settings.network.language) if has_folder(group, settings) else ""
    return MeetingSeries(
        source=meetings_source(group.key),
        title=group.name,
        meetings=found.coming,
        description="\n\n".join(filter(None, (group.description, attached))),
        origin=group.source,
        minutes=minutes,
    )


def holidays_to_list(settings: Settings, now: datetime) -> Iterator[Problem]:
    """One word when meetings are planned for days of which nobody has said yet whether there is school."""
    if not any(each.meetings and "school_holidays" in each.skip for each in settings.exchange_groups.values()):
        return
    last = max((each.last for each in settings.school_holidays), default=None)
    if last is None or last < now.date() + YEAR:
        yield _unlisted(f"{last:%d.%m.%Y}" if last else "", f"{last}" if last else "")


def _of_group(group: ExchangeGroup, settings: Settings, memory: Memory, now: datetime) -> GroupMeetings:
    if group.meetings is None:
        return GroupMeetings(group)
    today, zone = now.date(), settings.network.timezone
    rule = _rule(group, settings)
    planned = meetings(rule, today - BEHIND, year_ahead(today, rule.rhythm))
    records = memory.records(str(calendar_scope(group.key)), ENTRY)
    entries = [entry_memory(each) for each in records]
    found = coming(planned, entries, now)
    return GroupMeetings(group, found, standing(found, entries, zone))


def _rule(group: ExchangeGroup, settings: Settings) -> MeetingRule:
    written = group.meetings
    assert written is not None  # noqa: S101  # the caller asked
    network, school = settings.network, settings.school_holidays
    return MeetingRule(
        rhythm=written.every,
        at=written.at,
        length=written.length,
        zone=network.timezone,
        place=written.place,
        starts=written.starts,
        until=written.until,
        off=DaysOff(
            (network.state or "") if "public_holidays" in group.skip else None,
            tuple((each.first, each.last) for each in school) if "school_holidays" in group.skip else (),
        ),
    )


def _unlisted(until: str, until_iso: str) -> Problem:
    return Problem(
        "school_holidays_end",
        "school_holidays",
        Text(
            f"Schulferien sind nur bis {until} eingetragen; spätere Treffen fallen in den Ferien nicht aus"
            if until
            else "keine Schulferien eingetragen; Treffen fallen in den Ferien nicht aus",
            f"school holidays are listed until {until_iso} only; later meetings don't fall through in the holidays"
            if until
            else "no school holidays are listed; meetings don't fall through in the holidays",
        ),
        Text("Tragen Sie die nächsten Ferien ein.", "List the next holidays."),
    )
