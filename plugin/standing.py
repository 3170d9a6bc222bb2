"""How things stand, from the store alone: sources, scopes and administrations of the configuration, open questions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from calendar_sync.records import CALENDAR, HELD, held
from calendar_sync.sentences import held_back
from network.plan import Scope, ScopeKind
from network.settings import Settings, all_calendars
from network.state import StateStore
from network.state.runs import PastRun, RefusedLogins, RunLog
from network.state.sources import SourceHealth, SourceLog
from plugin import folder_sizes
from plugin.explaining.known import Known
from plugin.findings import AdministrationState, FolderState, NextMeeting, ScopeState, Status, Trouble
from plugin.freshness import freshness
from plugin.group_whitelist import group_whitelist
from plugin.scope_states import RUNS, scope_states
from plugin.wishes.meetings import next_meetings
from workspace_sync.remembered import TEAM, WORKSPACE


def standing(settings: Settings, state: StateStore, now: datetime) -> Status:
    log, runs = SourceLog(state.engine), RunLog(state.engine).latest("apply", limit=RUNS)
    last, questions = next(iter(runs), None), log.questions()
    asked = {each.question.code for each in questions}
    return Status(
        network=settings.network.name,
        mode=settings.network.mode,
        now=now,
        sources=tuple(_sources(settings, log.health())),
        scopes=tuple(_scopes(settings, state, runs)),
        questions=questions,
        last_run=last,
        administrations=tuple(_administrations(settings, state)),
        troubles=tuple(each for each in _troubles(last) if each.code not in asked) if last else (),
        refused_at=_refused(state, last),
        group_whitelist=group_whitelist(settings),
        meetings=tuple(_meetings(settings, state, now)),
        folders=tuple(_folders(settings, state)),
        freshness=freshness(settings, state, now),
    )


def _sources(settings: Settings, known: Sequence[SourceHealth]) -> Iterator[SourceHealth]:
    """All that are known, then those of the configuration that nobody has read yet."""
    yield from known
    for key in settings.connectors.keys() - {each.connector for each in known}:
        yield SourceHealth(key, "", None, None, 0, 0)


def _scopes(settings: Settings, state: StateStore, runs: Sequence[PastRun]) -> Iterator[ScopeState]:
    """All of the configuration; then what the last run left unfinished although it isn't there any more."""
    seen = scope_states(runs)
    remembered = {record.scope for kind in (CALENDAR, TEAM, WORKSPACE) for record in state.records(kind=kind)}
    configured = [str(each) for each in _configured(settings)]
    waiting = _held(settings, state)
    for scope in configured:
        found = seen.get(scope) or ScopeState(scope, has_run=scope in remembered)
        yield replace(found, unsafe=found.unsafe or waiting.get(scope, ""))
    latest = scope_states(runs[:1])
    yield from (each for scope, each in latest.items() if scope not in configured and (each.unsafe or each.pending))


def _held(settings: Settings, state: StateStore) -> Mapping[str, str]:
    """Calendars whose last run was taken back, also before the next run has said so."""
    zone, language = settings.network.timezone, settings.network.language
    rows = ((record.scope, held(record)) for record in state.records(kind=HELD))
    return {
        scope: held_back(each.run, datetime.fromisoformat(each.at).astimezone(zone)).language(language)
        for scope, each in rows
    }


def _configured(settings: Settings) -> Iterator[Scope]:
    for kind, section in (
        (ScopeKind.ADMINISTRATION, settings.administrations),
        (ScopeKind.EXCHANGE_GROUP, settings.exchange_groups),
        (ScopeKind.PROJECT, settings.projects),
        (ScopeKind.CALENDAR, all_calendars(settings)),
    ):
        yield from (Scope(kind, key) for key in section)


def _meetings(settings: Settings, state: StateStore, now: datetime) -> Iterator[NextMeeting]:
    for key, each in next_meetings(settings, state, now).items():
        yield NextMeeting(key, settings.exchange_groups[key].name, each.start, each.end, each.place)


def _administrations(settings: Settings, state: StateStore) -> Iterator[AdministrationState]:
    people = Known.of(settings, state).people
    for key, each in settings.administrations.items():
        yield AdministrationState(key, each.name, len(people.of(key)) if people.persons else None)


def _troubles(run: PastRun) -> Iterator[Trouble]:
    for each in json.loads(run.document)["problems"]:
        yield Trouble(each["code"], each["where"], each["message"], each["remedy"])


def _folders(settings: Settings, state: StateStore) -> Iterator[FolderState]:
    """Those of the configuration, and what is in the archive."""
    ends = {str(Scope(ScopeKind.PROJECT, key)): project.until for key, project in settings.projects.items()}
    for each in folder_sizes.kept(state):
        yield replace(each, until=ends.get(each.scope))


def _refused(state: StateStore, last: PastRun | None) -> datetime | None:
    at = RefusedLogins(state.engine).last()
    has_passed = at and last and last.started_at and last.started_at > at
    return None if has_passed else at
