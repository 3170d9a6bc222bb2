"""A training that is missing from its source: counted, asked about, never cancelled by that alone (promise 3). Pure.

Rows come in and go out as values; only `apply` stores them. One row stands for one key of one source, in however many
calendars it has entries.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from calendar_sync.wish import Missing, Then

TOO_CLOSE = timedelta(days=14)
"""A training that starts within this time is never cancelled or removed by absence."""


@dataclass(frozen=True, slots=True)
class Absence:
    """Since when a key is missing, over how many complete fetches, and when the coordinator was asked (ISO 8601)."""

    first_missed: str
    fetches: int = 1
    last_fetch: str = ""
    asked_at: str = ""


class Verdict(StrEnum):
    """What absence has come to mean for one entry."""

    WAIT = "wait"
    ASK = "ask"
    CANCEL = "cancel"
    REMOVE = "remove"


def count(
    rows: Mapping[str, Absence], known: Iterable[str], offered: Collection[str], *, fetched_at: str, now: datetime
) -> dict[str, Absence]:
    """The rows of one source after a complete fetch: `known` keys that are not `offered` were missed once more.

    A key that is back has no row any more. The same fetch counts once, however often it is looked at.
    """
    return {
        key: _missed_again(rows.get(key), fetched_at or now.isoformat(), now)
        for key in dict.fromkeys(known)
        if key not in offered
    }


def judge(row: Absence, rules: Missing, *, starts: datetime, now: datetime, has_registrations: bool = False) -> Verdict:
    """What happens to an entry whose training has been missing as `row` says."""
    waited = now - datetime.fromisoformat(row.first_missed)
    if rules.then is Then.KEEP or waited < rules.after or row.fetches < rules.fetches:
        return Verdict.WAIT
    is_protected = has_registrations or starts < now + TOO_CLOSE
    if rules.then is Then.ASK or is_protected:
        return Verdict.ASK
    return Verdict.CANCEL if rules.then is Then.CANCEL else Verdict.REMOVE


def asked(row: Absence, now: datetime) -> Absence:
    """The row after its question was put; a question is put once."""
    return row if row.asked_at else replace(row, asked_at=now.isoformat())


def _missed_again(row: Absence | None, fetch: str, now: datetime) -> Absence:
    if row is None:
        return Absence(now.isoformat(), 1, fetch)
    return row if row.last_fetch == fetch else replace(row, fetches=row.fetches + 1, last_fetch=fetch)
