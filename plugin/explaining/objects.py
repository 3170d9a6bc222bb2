"""Why is this there? Which YAML line, which row of which source, which run.

`what` may be a scope (calendar:schulungen), its key alone, a UID, a title, an account, a team id, or a part of a title.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from calendar_sync.records import CANCELLED, ENTRY, MINUTES, CancelledByHand, cancelled_by_hand, entry_memory
from network.plan import Kind, Scope, ScopeKind
from network.ports import Record
from network.settings import Settings
from network.state import StateStore
from network.state.runs import PastChange, RunLog
from network.text import Text
from plugin.entries import entry_of
from plugin.explaining.meetings import meeting_told, minutes_told
from plugin.findings import Explanation

MOST = 20


def explain_object(what: str, settings: Settings, state: StateStore) -> Explanation:
    """Everything that configuration, memory and history say about it."""
    records = tuple(_matching(what.strip(), state))[:MOST]
    log = RunLog(state.engine)
    changes: list[PastChange] = [*log.changes(what), *log.changes_named(what)]
    for record in records:
        changes += log.changes(record.key, limit=5)
    ordered = sorted(dict.fromkeys(changes), key=lambda each: each.run, reverse=True)
    rules = tuple(dict.fromkeys(_rules(what, records, settings)))
    return Explanation(what, rules, records, tuple(ordered[:MOST]), cancelled=tuple(_cancelled(records, state)))


def _cancelled(records: tuple[Record, ...], state: StateStore) -> Iterator[CancelledByHand]:
    """What people cancelled of these entries."""
    uids = {record.key for record in records if record.kind == ENTRY}
    yield from (word for each in state.records(kind=CANCELLED) if (word := cancelled_by_hand(each)).uid in uids)


def _matching(what: str, state: StateStore) -> Iterator[Record]:
    """Not who cancelled what: that is told apart, to those who may know it."""
    found = (record for record in state.records() if record.kind != CANCELLED)
    return (record for record in found if _names(what, record) or _is_titled(what, record))


def _names(what: str, record: Record) -> bool:
    """Whether `what` is the record's scope, key, identity in Nextcloud or account."""
    file_name = record.remote.rsplit("/", 1)[-1].removesuffix(".ics")
    return what in (record.scope, record.key, record.remote, file_name) or record.key.endswith(f":{what}")


def _is_titled(what: str, record: Record) -> bool:
    return record.kind == "entry" and what.casefold() in str(_content(record).get("title", "")).casefold()


def _rules(what: str, records: tuple[Record, ...], settings: Settings) -> Iterator[Text]:
    called = (Scope(kind, what) for kind in ScopeKind)
    scopes = dict.fromkeys(filter(None, (_scope(what), *called, *(_scope(record.scope) for record in records))))
    for scope in scopes:
        entry = entry_of(scope, settings)
        if entry is not None:
            yield Text(
                f"{entry.source}: {scope} („{getattr(entry, 'name', scope.key)}“) steht in der Konfiguration",
                f"{entry.source}: {scope} (“{getattr(entry, 'name', scope.key)}”) stands in the configuration",
            )
    for record in records:
        content = _content(record)
        if record.kind == "entry" and (memory := entry_memory(record)).kind is Kind.MEETING:
            yield meeting_told(memory, settings.network.timezone)
        elif record.kind == MINUTES:
            yield minutes_told(record)
        elif record.kind == "entry":
            origin, key, connector = (content.get(name, "") for name in ("origin", "key", "connector"))
            title = content.get("title", "")
            yield Text(
                f"„{title}“ kommt aus {connector}, Nummer {key}" + (f" ({origin})" if origin else ""),
                f"“{title}” comes from {connector}, key {key}" + (f" ({origin})" if origin else ""),
            )
        elif record.kind in ("team_member", "group_member", "attendee"):
            who = record.key.rpartition(" > ")[2]
            yield Text(f"{record.scope}: {who} ist von uns aufgenommen", f"{record.scope}: {who} was added by us")


def _scope(written: str) -> Scope | None:
    try:
        return Scope.parse(written)
    except ValueError:
        return None


def _content(record: Record) -> dict[str, object]:
    try:
        content = json.loads(record.content)
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}
