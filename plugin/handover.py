"""What changes for people when the configuration means something else: the difference of two plans on one look.

`leave` and `merge-accounts` show and carry out exactly that, however much else is waiting. No guard: a person asked for
it by name and hands the fingerprint back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from calendar_sync import survey
from calendar_sync.handover import plan_handover
from calendar_sync.records import recall
from network.plan import Change, Scope, ScopePlan
from network.ports import Server
from network.settings import Settings
from network.state import StateStore
from plugin.wishes.calendars import calendar_wishes
from plugin.wishes.workspaces import workspace_wishes
from workspace_sync.look import look, look_at_everything
from workspace_sync.people import People
from workspace_sync.planning import Limits, plan_workspaces
from workspace_sync.remembered import Remembered
from workspace_sync.situation import Situation
from workspace_sync.wish import Network, Wishes


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the configuration and the people lists mean, on one side of the difference. `pilots` None: no pilot."""

    settings: Settings
    people: People
    pilots: frozenset[str] | None = None

    @property
    def wishes(self) -> Wishes:
        return workspace_wishes(self.settings, pilots=self.pilots)


@dataclass(frozen=True, slots=True)
class Handover:
    """One look at the server. `files`: also at what lies in our folders."""

    server: Server
    state: StateStore
    now: datetime

    def situation(self, meaning: Meaning, *, files: bool = False) -> Situation:
        network = Network(meaning.settings.network.id, meaning.settings.network.name)
        remembered, wishes = Remembered.of(self.state), meaning.wishes
        if files:
            actual = look_at_everything(self.server, wishes, remembered, network=network.id)
        else:
            scopes = frozenset(wishes.by_scope) | remembered.scopes
            actual = look(self.server, wishes, remembered, network=network.id, scopes=scopes)
        return Situation(
            network, actual, remembered, meaning.people, wishes.groups, self.now, wishes.folder_names, wishes.accounts
        )

    def workspaces(
        self, before: Situation, first: Meaning, second: Meaning, wanted: Callable[[Change], bool]
    ) -> tuple[ScopePlan, ...]:
        """The changes that the second meaning wants and the first does not."""
        after = replace(before, people=second.people, groups=second.wishes.groups, accounts=second.wishes.accounts)
        known = {change.line for plan in _plans(first.wishes, before) for change in plan.changes}
        plans = (
            replace(plan, changes=tuple(each for each in plan.changes if each.line not in known and wanted(each)))
            for plan in _plans(second.wishes, after)
        )
        return tuple(replace(plan, problems=(), kept=0) for plan in plans if plan.changes)

    def calendars(self, first: Meaning, second: Meaning) -> tuple[ScopePlan, ...]:
        """The share rows that one meaning has and the other has not."""
        remembered = recall(self.state)
        before, after = (calendar_wishes(each.settings, each.people) for each in (first, second))
        seen = survey.look(
            self.server.calendars,
            remembered,
            [each.key for each in before],
            network=first.settings.network.id,
            now=self.now,
        )
        return plan_handover(before, after, seen, remembered)


def _plans(wishes: Wishes, situation: Situation) -> tuple[ScopePlan, ...]:
    scopes: frozenset[Scope] = frozenset(wishes.by_scope) | situation.remembered.scopes
    return plan_workspaces(wishes, situation, scopes=scopes, limits=Limits(), released=scopes)
