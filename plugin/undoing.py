"""adopt, release and the way back, over all floors. Plans only; a person asked for each of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from calendar_sync import adoption as calendar_adoption
from calendar_sync import survey
from calendar_sync.records import recall
from calendar_sync.removal import plan_removal as plan_calendar_removal
from network.errors import ConfigurationError
from network.plan import Action, Change, Kind, Plan, Scope, ScopeKind, ScopePlan
from network.ports import Record, Server
from network.problems import Problem
from network.settings import ExchangeGroup, Project, Settings, all_calendars
from network.state import StateStore
from network.text import Text
from plugin.entries import entry_of
from plugin.wishes.calendars import calendar_wishes
from plugin.wishes.workspaces import workspace_wishes
from workspace_sync.look import look, look_at_everything
from workspace_sync.people import People
from workspace_sync.planners.adoption import plan_adoption, plan_release
from workspace_sync.planners.removal import plan_removal
from workspace_sync.remembered import DOCUMENT, Remembered
from workspace_sync.situation import Situation
from workspace_sync.steps import DeleteDocument
from workspace_sync.wish import Network

TAKEN_AWAY = Text("der Weg zurück: von uns gemacht", "the way back: made by us")


@dataclass(frozen=True, slots=True)
class Undoing:
    """What the three commands look at."""

    settings: Settings
    server: Server
    state: StateStore
    people: People
    now: datetime

    def adoption(self, scope: Scope, name: str) -> Plan:
        """Takes over what exists under `name`, or under the name that the configuration wants."""
        if scope.kind is ScopeKind.CALENDAR:
            return Plan((self._adopt_calendar(scope, name),))
        situation = self._situation([scope])
        wanted = name or getattr(entry_of(scope, self.settings), "name", "")
        plans = [plan_adoption(scope, kind, wanted, situation) for kind in self._kinds(scope)]
        return Plan((_joined(scope, plans),))

    def release(self, scope: Scope) -> Plan:
        """Lets go of everything that the scope has."""
        if scope.kind is ScopeKind.CALENDAR:
            plan = calendar_adoption.plan_release(scope.key, self._survey())
            return Plan((plan,) if plan else (), () if plan else (_nothing_ours(scope),))
        situation = self._situation([scope])
        plans = [plan_release(scope, kind, situation) for kind in self._kinds(scope)]
        joined = _joined(scope, plans)
        return Plan((joined,), () if joined.changes else (_nothing_ours(scope),))

    def removal(self) -> Plan:
        """Everything of ours that nobody edited: calendars first, then folders and rooms, teams and groups last."""
        wishes = workspace_wishes(self.settings)
        remembered = Remembered.of(self.state)
        actual = look_at_everything(self.server, wishes, remembered, network=self.settings.network.id)
        situation = Situation(
            self._network,
            actual,
            remembered,
            self.people,
            wishes.groups,
            self.now,
            wishes.folder_names,
            wishes.accounts,
        )
        calendars = plan_calendar_removal(self._survey(verify=True))
        return Plan((*calendars, *self._documents(), *plan_removal(wishes, situation)))

    @property
    def _network(self) -> Network:
        return Network(self.settings.network.id, self.settings.network.name)

    def _survey(self, *, verify: bool = False) -> survey.Survey:
        return survey.look(
            self.server.calendars,
            recall(self.state),
            all_calendars(self.settings),
            network=self.settings.network.id,
            now=self.now,
            verify=verify,
        )

    def _situation(self, scopes: Iterable[Scope]) -> Situation:
        wishes, remembered = workspace_wishes(self.settings), Remembered.of(self.state)
        actual = look(self.server, wishes, remembered, network=self.settings.network.id, scopes=frozenset(scopes))
        return Situation(
            self._network,
            actual,
            remembered,
            self.people,
            wishes.groups,
            self.now,
            wishes.folder_names,
            wishes.accounts,
        )

    def _adopt_calendar(self, scope: Scope, name: str) -> ScopePlan:
        wanted = next(each for each in calendar_wishes(self.settings, self.people) if each.key == scope.key)
        return calendar_adoption.plan_adoption(wanted, name, self._survey(), self.server.calendars)

    def _kinds(self, scope: Scope) -> tuple[Kind, ...]:
        """What a scope of this kind can have."""
        entry = entry_of(scope, self.settings)
        if isinstance(entry, ExchangeGroup):
            return (Kind.TEAM, *((Kind.FOLDER,) if entry.folder else ()), *((Kind.ROOM,) if entry.room else ()))
        return (Kind.FOLDER,) if isinstance(entry, Project) else (Kind.TEAM,)

    def _documents(self) -> Iterable[ScopePlan]:
        for record in self.state.records(kind=DOCUMENT):
            yield _without_document(record, self.server)


def scope_named(what: str, settings: Settings) -> Scope:
    """The scope that a person wrote; ConfigurationError names those that there are."""
    try:
        scope = Scope.parse(what)
    except ValueError:
        raise _no_such_scope(what, settings) from None
    if entry_of(scope, settings) is None:
        raise _no_such_scope(what, settings)
    return scope


def foreign(plan: Plan) -> Mapping[str, int]:
    return {"entries": sum(scope.foreign for scope in plan.scopes)}


def _without_document(record: Record, server: Server) -> ScopePlan:
    """A notes file goes as long as it is the one that we wrote."""
    scope = Scope.parse(record.scope)
    seen = server.files.stat(record.key)
    if seen is None or seen.etag != record.etag:
        return ScopePlan(scope, kept=int(seen is not None))
    step = DeleteDocument(record.key)
    return ScopePlan(
        scope, (Change(scope, Action.REMOVE, Kind.DOCUMENT, record.key, record.key, TAKEN_AWAY, step, record.etag),)
    )


def _joined(scope: Scope, plans: list[ScopePlan]) -> ScopePlan:
    """One plan of several about the same scope; what is not there is only worth a word when nothing is."""
    changes = tuple(change for plan in plans for change in plan.changes)
    problems = tuple(problem for plan in plans for problem in plan.problems)
    return ScopePlan(scope, changes, problems=() if changes else problems)


def _nothing_ours(scope: Scope) -> Problem:
    return Problem("nothing_ours", str(scope), Text("davon ist nichts von uns", "nothing of it is ours"))


def _no_such_scope(what: str, settings: Settings) -> ConfigurationError:
    sections = {
        ScopeKind.ADMINISTRATION: settings.administrations,
        ScopeKind.EXCHANGE_GROUP: settings.exchange_groups,
        ScopeKind.PROJECT: settings.projects,
        ScopeKind.CALENDAR: all_calendars(settings),
    }
    known = ", ".join(f"{kind}:{key}" for kind, section in sections.items() for key in section)
    message = Text(f"diesen Bereich gibt es nicht; vorhanden: {known}", f"there is no such scope; known: {known}")
    return ConfigurationError((Problem("unknown_scope", what, message),))
