"""The last run taken back in calendars: what is kept for it before each run, and the plan that a person agrees to.

Calendars whose source is written too are left out: there a person in the source would have to take it back as well.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from calendar_sync import survey
from calendar_sync.records import ENTRY, HELD, EntryMemory, Held, entry_memory, held, recall
from calendar_sync.taking_back import Earlier, earlier, plan_taking_back
from calendar_sync.wish import calendar_scope
from network.errors import ConfigurationError
from network.plan import Kind, Plan, Scope, ScopeKind
from network.ports import Record, Server
from network.problems import Problem
from network.settings import KeptCalendar, Settings
from network.state import StateStore
from network.state.previous import Previous, PreviousTexts, RunBefore
from network.text import Text
from plugin.wishes.calendars import calendar_wishes
from workspace_sync.people import People

_FEW = 50


def keep(plan: Plan, run: int, settings: Settings, state: StateStore, now: datetime) -> None:
    """Before the first write of a run: how the entries stand that it is about to change."""
    objects: list[Previous] = []
    for scope in plan.scopes:
        if scope.scope.kind is ScopeKind.CALENDAR and not _goes_both_ways(scope.scope.key, settings):
            changes = [each for each in scope.changes if each.kind in (Kind.ENTRY, Kind.MEETING)]
            objects += map(_kept, earlier(changes, _known(state, scope.scope, len(changes))))
    PreviousTexts(state.engine, clock=lambda: now).keep(run, objects)


def release(scope: Scope, state: StateStore) -> None:
    """The calendar goes on with the next run, which does what its sources say. ConfigurationError unless it is held."""
    if state.record(str(scope), HELD, scope.key) is None:
        message = Text("hier ist nichts zurückgenommen", "nothing is taken back here")
        raise ConfigurationError((Problem("not_taken_back", str(scope), message),))
    state.forget(str(scope), HELD, scope.key)


def waiting(state: StateStore) -> Mapping[Scope, Held]:
    """The calendars that wait for a person after their last run was taken back."""
    return {Scope.parse(each.scope): held(each) for each in state.records(kind=HELD)}


@dataclass(frozen=True, slots=True)
class TakingBack:
    settings: Settings
    server: Server
    state: StateStore
    now: datetime

    def plan(self, scope: Scope | None = None) -> Plan:
        """What takes the last run back in all calendars, or in one the last run that changed it.

        ConfigurationError where there is nothing to take back.
        """
        previous = PreviousTexts(self.state.engine, clock=lambda: self.now)
        found = previous.before(scope=str(scope)) if scope else previous.before(run=previous.last())
        if not found:
            raise _nothing(scope)
        kept = [each for each in found if each.is_whole]
        keys = [Scope.parse(each.scope).key for each in kept]
        seen = survey.look(
            self.server.calendars,
            recall(self.state),
            keys,
            network=self.settings.network.id,
            now=self.now,
            verify=True,
        )
        plans = plan_taking_back(
            calendar_wishes(self.settings, People.gather(())),
            (each for run in kept for each in _earlier(run)),
            seen,
            Held(found[0].run, self.now.isoformat()),
            {each.key for each in waiting(self.state)},
        )
        return Plan(plans, tuple(_too_large(each) for each in found if not each.is_whole))


def _known(state: StateStore, scope: Scope, count: int) -> Callable[[str], EntryMemory | None]:
    """An entry of the scope by its UID: for a few one by one, for many read at once."""
    if count > _FEW:
        return {each.key: entry_memory(each) for each in state.records(str(scope), ENTRY)}.get

    def one(uid: str) -> EntryMemory | None:
        record = state.record(str(scope), ENTRY, uid)
        return entry_memory(record) if record is not None else None

    return one


def _goes_both_ways(calendar: str, settings: Settings) -> bool:
    written = settings.calendars.get(calendar)
    sources = (settings.connectors.get(key) for key in written.sources) if written is not None else ()
    return any(isinstance(each, KeptCalendar) and each.is_two_way for each in sources)


def _kept(each: Earlier) -> Previous:
    scope = str(calendar_scope(each.calendar))
    content = ""
    if each.memory is not None:
        record = each.memory.record(each.calendar)
        content = json.dumps([record.remote, record.etag, record.content, record.digest], ensure_ascii=False)
    return Previous(scope, each.uid, content, each.after, each.moved_from)


def _earlier(run: RunBefore) -> Iterator[Earlier]:
    key = Scope.parse(run.scope).key
    for each in run.objects:
        memory = None
        if each.content:
            remote, etag, content, digest = json.loads(each.content)
            memory = entry_memory(Record(run.scope, ENTRY, each.key, remote, etag, content, digest))
        yield Earlier(key, each.key, each.after, memory, each.elsewhere)


def _too_large(run: RunBefore) -> Problem:
    return Problem(
        "too_much_to_take_back",
        run.scope,
        Text("dieser Lauf hat zu viel geändert, um ihn aufzuheben", "this run changed too much to be kept"),
        Text("Berichtigen Sie die Quelle; der nächste Lauf gleicht ab.", "Mend the source; the next run follows it."),
    )


def _nothing(scope: Scope | None) -> ConfigurationError:
    message = Text(
        "in den letzten 7 Tagen hat kein Lauf in Kalendern etwas geändert, das sich zurücknehmen lässt",
        "within the last 7 days no run changed anything in calendars that could be taken back",
    )
    return ConfigurationError((Problem("nothing_to_take_back", str(scope or "undo"), message),))
