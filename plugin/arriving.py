"""What a source says in a run, and when it stands in Nextcloud: the measure behind promise 10.

When somebody changed a source, nobody knows; it was after the last look that found it as we know it. So a delay is
counted from that look: it is never longer than we say. An entry that could not be written stays awaited, over as many
runs as it takes, also over a kill. Removals, meetings and what comes from the configuration alone are not counted, nor
is what stood in a source when it was read for the first time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from calendar_sync.records import ENTRY, EntryMemory
from calendar_sync.steps import MoveEntry, WriteBoth, WriteEntry
from network.model import SourceState
from network.plan import Change, Kind, Plan
from network.ports import Record
from network.report import Report, Result
from network.settings import Settings
from network.state import StateStore
from network.state.arrivals import ArrivalLog, Arrived, Awaited
from network.state.sources import SourceLog
from plugin.intervals import all_connectors, target
from plugin.render.run import SourceSummary


def expect(plan: Plan, sources: Collection[SourceSummary], state: StateStore) -> None:
    """Remembers what has to arrive. Called before it is stored that these sources were looked at."""
    looked = {each.connector: each.succeeded_at for each in SourceLog(state.engine).health()}
    since = {each.connector: looked.get(each.connector) for each in sources if each.state == SourceState.FRESH}
    if since:
        ArrivalLog(state.engine).expect(_changed(plan, since, state))


def settle(plan: Plan, report: Report, settings: Settings, state: StateStore, now: datetime) -> None:
    """Counts what has arrived. `plan` is the whole plan, also where only a part of it was carried out."""
    log = ArrivalLog(state.engine)
    awaited = log.awaited()
    if not awaited:
        return
    ended = {id(each.change) for each in report.outcomes if each.result in (Result.DONE, Result.SKIPPED)}
    open_still = {(str(each.scope), each.key) for each in plan.changes if id(each) not in ended}
    over = [each for each in awaited if (each.scope, each.key) not in open_still]
    log.settle(over, tuple(_arrived(over, settings, state)), today=now.astimezone(settings.network.timezone).date())


def _changed(plan: Plan, since: Mapping[str, datetime | None], state: StateStore) -> Iterator[Awaited]:
    for scoped in plan.scopes:
        scope = str(scoped.scope)
        written = [each for each in map(_written, scoped.changes) if each and since.get(each.connector) is not None]
        known = state.records_of(scope, ENTRY, {each.uid for each in written})
        for each in written:
            looked_at = since[each.connector]
            if looked_at is not None and not _is_known(each, known.get(each.uid)):
                yield Awaited(scope, each.uid, each.connector, looked_at)


def _written(change: Change) -> EntryMemory | None:
    """The entry that is to stand there afterwards."""
    if change.kind is not Kind.ENTRY:
        return None
    match change.step:
        case WriteEntry(memory=memory) | MoveEntry(memory=memory) | WriteBoth(here=WriteEntry(memory=memory)):
            return memory
    return None


def _is_known(memory: EntryMemory, record: Record | None) -> bool:
    """Whether the source said the same before."""
    return record is not None and record.digest == memory.source


def _arrived(over: Collection[Awaited], settings: Settings, state: StateStore) -> Iterator[Arrived]:
    """Those that were written since: what was only not wanted any more never arrived."""
    connectors, zone = all_connectors(settings), settings.network.timezone
    for scope in sorted({each.scope for each in over}):
        here = [each for each in over if each.scope == scope]
        written = state.records_of(scope, ENTRY, {each.key for each in here})
        for each in here:
            record, connector = written.get(each.key), connectors.get(each.connector)
            if record is not None and connector is not None and record.etag and record.at and record.at > each.since:
                day = record.at.astimezone(zone).date()
                yield Arrived(each.connector, day, record.at - each.since, target(connector))
