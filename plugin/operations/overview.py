"""How things stand, for the first page of *Betrieb*: connectors with their freshness, scopes, what is wrong and what to
do about it, what is under way. From the store alone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from network.plan import Scope, ScopeKind
from network.problems import Problem
from network.settings import Settings
from network.state.runs import PastRun
from network.state.schedule import Schedule
from network.text import Text
from plugin.entries import entry_of
from plugin.findings import Freshness, ScopeState, Status, Trouble
from plugin.render.run import DONE, LATER, OUT_OF_REACH, PENDING, PERSON, USAGE
from plugin.render.sentences import SOURCE_STATES
from plugin.running import Running
from plugin.standing import standing

TASKS, TASK_LIST = ".tasks", Text("Aufgabenliste", "Task list")
NEVER_READ = Text("noch nie gelesen", "never read yet")
WELL = frozenset({"fresh", "unchanged", "settling", "resting", "forbidden"})

KINDS: Mapping[ScopeKind, Text] = {
    ScopeKind.ADMINISTRATION: Text("Verwaltung", "Administration"),
    ScopeKind.EXCHANGE_GROUP: Text("Austauschgruppe", "Exchange group"),
    ScopeKind.PROJECT: Text("Projekt", "Project"),
    ScopeKind.CALENDAR: Text("Kalender", "Calendar"),
    ScopeKind.CONNECTOR: Text("Anbindung", "Connector"),
    ScopeKind.ACCOUNT: Text("Person", "Person"),
}

ENDS: Mapping[int, Text] = {
    DONE: Text("erledigt", "done"),
    LATER: Text("teilweise; der Rest wird nachgeholt", "in part; the rest follows"),
    USAGE: Text("die Konfiguration ist fehlerhaft", "the configuration is broken"),
    PERSON: Text("wartet auf eine Entscheidung", "waits for a decision"),
    OUT_OF_REACH: Text("Nextcloud oder alle Quellen waren nicht erreichbar", "Nextcloud or all sources out of reach"),
    PENDING: Text("Änderungen stehen aus", "changes are pending"),
}


@dataclass(frozen=True, slots=True)
class ConnectorState:
    """`succeeded_at`: what the source said then is what we know of it; `next_at`: when it is asked next. `freshness` is
    None for what is not in the configuration any more."""

    key: str
    state: Text
    is_well: bool
    attempted_at: datetime | None
    succeeded_at: datetime | None
    freshness: Freshness | None
    next_at: datetime | None
    items: int
    quarantined: int

    @property
    def is_stale(self) -> bool:
        """Read once, and older by now than it may be."""
        return self.freshness is not None and self.freshness.as_of is not None and not self.freshness.is_met


@dataclass(frozen=True, slots=True)
class ScopeRow:
    """A scope and what people call it."""

    state: ScopeState
    name: Text


@dataclass(frozen=True, slots=True)
class Overview:
    """`broken` are the mistakes of a configuration that somebody saved and that is not in force."""

    status: Status
    connectors: tuple[ConnectorState, ...]
    scopes: tuple[ScopeRow, ...]
    next_look: datetime | None
    broken: tuple[Problem, ...]

    @property
    def stopped(self) -> tuple[ScopeRow, ...]:
        return tuple(each for each in self.scopes if each.state.unsafe)

    @property
    def is_well(self) -> bool:
        """Whether nobody has to do anything."""
        return not (
            self.broken
            or self.stopped
            or self.status.troubles
            or self.status.refused_at
            or any(not each.is_well or each.is_stale for each in self.connectors)
        )


def overview(running: Running) -> Overview:
    settings = running.settings
    now = running.clock().astimezone(settings.network.timezone)
    status = standing(settings, running.state, now)
    times = Schedule(running.state.engine, clock=running.clock, random=lambda: 0.0).times()
    return Overview(
        status=status,
        connectors=tuple(_connectors(status, times)),
        scopes=tuple(ScopeRow(each, scope_name(each.scope, settings)) for each in status.scopes),
        next_look=min(times.values(), default=None),
        broken=running.broken,
    )


def scope_name(scope: str, settings: Settings) -> Text:
    """ "Kalender Schulungen"; what is no scope stays as it is."""
    try:
        parsed = Scope.parse(scope)
    except ValueError:
        return Text(scope, scope)
    entry = entry_of(parsed, settings) if parsed.kind is not ScopeKind.ACCOUNT else None
    name, kind = getattr(entry, "name", "") or parsed.key, KINDS[parsed.kind]
    if parsed.kind is ScopeKind.CALENDAR and parsed.key.endswith(TASKS):
        kind = TASK_LIST
    return Text(f"{kind.de} {name}", f"{kind.en} {name}")


def end_of(exit_code: int) -> Text:
    """What an exit code means, in words."""
    return ENDS.get(exit_code, Text(f"Ergebnis {exit_code}", f"exit code {exit_code}"))


def troubles_of(run: PastRun) -> tuple[Trouble, ...]:
    """The problems that a run noted, in the language in which it noted them."""
    found = json.loads(run.document or "{}").get("problems", ())
    return tuple(Trouble(each["code"], each["where"], each["message"], each["remedy"]) for each in found)


def _connectors(status: Status, times: Mapping[str, datetime]) -> Iterator[ConnectorState]:
    fresh = {each.connector: each for each in status.freshness}
    for each in status.sources:
        is_read = each.attempted_at is not None
        yield ConnectorState(
            key=each.connector,
            state=SOURCE_STATES.get(each.state, NEVER_READ) if is_read else NEVER_READ,
            is_well=not is_read or each.state in WELL,
            attempted_at=each.attempted_at,
            succeeded_at=each.succeeded_at,
            freshness=fresh.get(each.connector),
            next_at=times.get(each.connector),
            items=each.items,
            quarantined=each.quarantined,
        )
