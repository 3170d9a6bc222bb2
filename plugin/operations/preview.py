"""A plan as a person reads it: what is created, changed and removed in each scope, before and after, and what approving
would send and leave alone. Plain data that can be kept as text until somebody looks at it.

Bounded: of each scope the first changes stand there one by one, the rest is counted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from network.plan import Change, ScopePlan
from network.problems import Problem
from network.state import StateStore
from network.text import Text
from plugin.operations.differences import Difference, differences
from plugin.render.run import Run
from plugin.render.sentences import NOT_LOOKED, deed, summary, untouched

MOST_CHANGES = 100
LOOKED_AT = frozenset({"teams", "folders", "rooms"})


@dataclass(frozen=True, slots=True)
class ShownChange:
    """`deed` is what is done to it ("Schulung eintragen")."""

    deed: Text
    kind: str
    title: str
    reason: Text
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownScope:
    """`unsafe` is the guard's sentence where it holds back `held`; `total` and `held_total` count all changes."""

    scope: str
    fingerprint: str
    summary: Text
    changes: tuple[ShownChange, ...]
    total: int
    unsafe: Text | None
    held: tuple[ShownChange, ...]
    held_total: int


@dataclass(frozen=True, slots=True)
class Preview:
    """`untouched` says how much of what is not ours is left alone."""

    fingerprint: str
    made_at: datetime
    scopes: tuple[ShownScope, ...]
    summary: Text
    mails: int
    untouched: Text
    problems: tuple[Problem, ...]
    is_preview_mode: bool

    @property
    def has_changes(self) -> bool:
        return any(each.total for each in self.scopes)


def preview_of(run: Run, state: StateStore, now: datetime, zone: tzinfo) -> Preview:
    scopes = [each for each in run.plan.scopes if each.changes or each.held or each.unsafe]
    return Preview(
        fingerprint=run.plan.fingerprint,
        made_at=now,
        scopes=tuple(_scope(each, state, zone) for each in scopes),
        summary=_summary(run.plan.changes),
        mails=run.mails,
        untouched=_untouched(run.foreign),
        problems=run.problems,
        is_preview_mode=run.is_preview,
    )


def _scope(plan: ScopePlan, state: StateStore, zone: tzinfo) -> ShownScope:
    return ShownScope(
        scope=str(plan.scope),
        fingerprint=plan.fingerprint,
        summary=_summary(plan.changes),
        changes=tuple(_change(each, state, zone) for each in plan.changes[:MOST_CHANGES]),
        total=len(plan.changes),
        unsafe=plan.unsafe,
        held=tuple(_change(each, state, zone) for each in plan.held[:MOST_CHANGES]),
        held_total=len(plan.held),
    )


def _change(change: Change, state: StateStore, zone: tzinfo) -> ShownChange:
    done = Text(deed(change.kind, change.action, "de"), deed(change.kind, change.action, "en"))
    return ShownChange(done, change.kind.value, change.title, change.reason, differences(change, state, zone))


def _summary(changes: Iterable[Change]) -> Text:
    listed = tuple(changes)
    return Text(summary(listed, "de"), summary(listed, "en"))


def _untouched(foreign: Mapping[str, int]) -> Text:
    rest = NOT_LOOKED if not foreign.keys() & LOOKED_AT else Text("", "")
    return Text(untouched(foreign, "de") + rest.de, untouched(foreign, "en") + rest.en)


# ---------------------------------------------------------------------------------------------------- kept as text


def to_text(preview: Preview) -> str:
    return json.dumps(
        {
            "fingerprint": preview.fingerprint,
            "made_at": preview.made_at.isoformat(),
            "scopes": [_plain_scope(each) for each in preview.scopes],
            "summary": _both(preview.summary),
            "mails": preview.mails,
            "untouched": _both(preview.untouched),
            "problems": [[e.code, e.where, _both(e.message), _both(e.remedy)] for e in preview.problems],
            "is_preview_mode": preview.is_preview_mode,
        },
        ensure_ascii=False,
    )


def from_text(kept: str) -> Preview:
    found = json.loads(kept)
    return Preview(
        fingerprint=found["fingerprint"],
        made_at=datetime.fromisoformat(found["made_at"]),
        scopes=tuple(_read_scope(each) for each in found["scopes"]),
        summary=Text(*found["summary"]),
        mails=found["mails"],
        untouched=Text(*found["untouched"]),
        problems=tuple(Problem(code, where, Text(*m), Text(*r)) for code, where, m, r in found["problems"]),
        is_preview_mode=found["is_preview_mode"],
    )


def _plain_scope(each: ShownScope) -> dict[str, object]:
    return {
        "scope": each.scope,
        "fingerprint": each.fingerprint,
        "summary": _both(each.summary),
        "changes": [_plain_change(change) for change in each.changes],
        "total": each.total,
        "unsafe": _both(each.unsafe) if each.unsafe else None,
        "held": [_plain_change(change) for change in each.held],
        "held_total": each.held_total,
    }


def _plain_change(each: ShownChange) -> list[object]:
    compared = [[_both(one.name), one.before, one.after] for one in each.differences]
    return [_both(each.deed), each.kind, each.title, _both(each.reason), compared]


def _read_scope(found: dict[str, Any]) -> ShownScope:
    return ShownScope(
        scope=found["scope"],
        fingerprint=found["fingerprint"],
        summary=Text(*found["summary"]),
        changes=tuple(map(_read_change, found["changes"])),
        total=found["total"],
        unsafe=Text(*found["unsafe"]) if found["unsafe"] else None,
        held=tuple(map(_read_change, found["held"])),
        held_total=found["held_total"],
    )


def _read_change(found: list[Any]) -> ShownChange:
    deed_words, kind, title, reason, compared = found
    told = tuple(Difference(Text(*name), before, after) for name, before, after in compared)
    return ShownChange(Text(*deed_words), kind, title, Text(*reason), told)


def _both(text: Text) -> list[str]:
    return [text.de, text.en]
