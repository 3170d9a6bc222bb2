"""Calendars are shared with teams of ours. A team that can't come to be, because its name is somebody else's, costs its
own share alone: nothing is planned that would have to wait for ever, and a person is told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from calendar_sync.wish import DesiredCalendar
from network.plan import Action, Kind, ScopePlan
from network.ports import Memory
from network.problems import Problem
from network.text import Text
from workspace_sync.remembered import TEAM


def teams_to_come(workspaces: Iterable[ScopePlan], memory: Memory) -> frozenset[str]:
    """The keys of the teams that are there, or will be once these plans are carried out."""
    made = {
        str(change.scope)
        for plan in workspaces
        for change in plan.changes
        if change.kind is Kind.TEAM and change.action in (Action.CREATE, Action.ADOPT)
    }
    return frozenset(made | {record.key for record in memory.records(kind=TEAM)})


def shared_within(
    wanted: Iterable[DesiredCalendar], teams: Collection[str]
) -> tuple[tuple[DesiredCalendar, ...], tuple[Problem, ...]]:
    """The calendars with grants to `teams` and single people only, and what has to wait."""
    kept, problems = [], []
    for calendar in wanted:
        missing = [each for each in calendar.grants if each.team and each.team not in teams]
        kept.append(replace(calendar, grants=tuple(each for each in calendar.grants if each not in missing)))
        problems += [_waits(calendar, each.title or each.team) for each in missing]
    return tuple(kept), tuple(problems)


def _waits(calendar: DesiredCalendar, team: str) -> Problem:
    name = calendar.properties.name
    return Problem(
        "waits_for_team",
        calendar.where_written or str(calendar.scope),
        Text(
            f"„{name}“ ist noch nicht für „{team}“ freigegeben: das Team gibt es nicht",
            f"“{name}” is not shared with “{team}” yet: there is no such team",
        ),
        Text(
            "Meist hat ein fremdes Team diesen Namen: bitte in der Konfiguration einen anderen wählen.",
            "Mostly a foreign team has that name: please choose another one in the configuration.",
        ),
    )
