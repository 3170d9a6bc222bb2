"""Wished people as the server knows them: in its spelling, and without those whom it has just not known.

A list of contacts is never quite right: people have left, accounts are misspelt. That costs a line in the report and
one question an hour, not a request in every run. Refuses to decide who is wanted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import TypeVar

from network.ports import Principal
from workspace_sync import words
from workspace_sync.planners.draft import Draft
from workspace_sync.remembered import UNKNOWN
from workspace_sync.situation import Situation
from workspace_sync.steps import Who, written

T = TypeVar("T", bound=int)

ASK_AGAIN_AFTER = timedelta(minutes=55)  # the hourly look finds whoever has an account by now


def as_there(wanted: Mapping[Who, T], there: Iterable[Who]) -> dict[Who, T]:
    """Accounts spelled as those that are there: groups and rooms take capitals for small letters, teams don't."""
    spelled = {who.id.casefold(): who for who in there if who.kind == "user"}

    def same(who: Who) -> Who:
        return spelled.get(who.id.casefold(), who) if isinstance(who, Principal) and who.kind == "user" else who

    found: dict[Who, T] = {}
    for who, value in wanted.items():
        found[same(who)] = max(found.get(same(who), value), value)
    return found


def reachable(draft: Draft, wanted: Mapping[Who, T], there: Iterable[Who], situation: Situation) -> dict[Who, T]:
    """`wanted` without whom the server doesn't know: those are told, and asked for again later."""
    present = frozenset(there)
    records = situation.remembered.records(draft.scope, UNKNOWN)
    unknown: list[Who] = []
    for who in wanted:
        record = records.get(written(who))
        if record is None:
            continue
        if who in present:
            draft.forget(record)
        elif record.at is not None and situation.now - record.at < ASK_AGAIN_AFTER:
            unknown.append(who)
    if unknown:
        draft.report(words.unknown_account(draft.place, map(written, unknown)))
    return {who: value for who, value in wanted.items() if who not in unknown}
