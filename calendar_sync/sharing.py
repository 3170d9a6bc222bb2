"""Who sees a calendar: share rows as desired against share rows as they are. Pure.

Rights know no local edit: what nothing grants is revoked, what is missing is granted. At most ten rows go into one
request, and twenty requests an hour are all the server takes, so only differences are posted. Few who lose sight of a
calendar are no matter for the guard (that is what revoking means), many are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from calendar_sync import sentences
from calendar_sync.records import Remembered
from calendar_sync.steps import Share
from calendar_sync.wish import DesiredCalendar, Grant
from network.plan import Action, Change, Kind
from network.ports import ShareRow
from network.problems import Problem
from network.text import Text

T = TypeVar("T")
ROWS_A_REQUEST = 10
ASK_AGAIN = timedelta(hours=24)
"""A share that the server did not accept is not posted again before: failed ones count against its limit."""


@dataclass(frozen=True, slots=True)
class SharePlan:
    """`always` is the guard's reason when too many would lose their sight of the calendar."""

    grants: tuple[Change, ...] = ()
    revokes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    always: Text | None = None


def plan_shares(
    calendar: DesiredCalendar, rows: Sequence[ShareRow], remembered: Remembered, now: datetime
) -> SharePlan:
    """What has to be granted and revoked so that exactly the desired ones see the calendar."""
    there = {row.principal: row.read_write for row in rows}
    desired = [(principal_of(grant, remembered.teams), grant) for grant in calendar.grants]
    missing = [(who, grant) for who, grant in desired if there.get(who) is not grant.read_write]
    refused = [(who, grant) for who, grant in missing if _was_refused(calendar, who, remembered, now)]
    surplus = sorted(set(there) - {who for who, _ in desired})
    called = {f"circles/{team}": name for name, team in remembered.teams.items()}
    if any(not who for who, _ in desired):
        # A team whose id we don't know may be one of these rows: the next run knows.
        surplus = [each for each in surplus if not each.startswith("circles/")]
    return SharePlan(
        tuple(_grant(calendar, each) for each in _batches(_new(missing, refused))),
        tuple(_revoke(calendar, each, called) for each in _batches(surplus)),
        tuple(sentences.share_refused(calendar.where_written or str(calendar.scope), _title(g)) for _, g in refused),
        _too_many(calendar, len(surplus), len(there)),
    )


def principal_of(grant: Grant, teams: Mapping[str, str]) -> str:
    """The principal as the server spells it; empty while a team's id is unknown."""
    if grant.principal:
        return grant.principal
    return f"circles/{teams[grant.team]}" if grant.team in teams else ""


def _was_refused(calendar: DesiredCalendar, who: str, remembered: Remembered, now: datetime) -> bool:
    at = remembered.refused_shares.get((calendar.key, who))
    return at is not None and now < datetime.fromisoformat(at) + ASK_AGAIN


def _new(missing: Iterable[tuple[str, Grant]], refused: Sequence[tuple[str, Grant]]) -> list[Grant]:
    return sorted(each[1] for each in missing if each not in refused)


def _grant(calendar: DesiredCalendar, grants: tuple[Grant, ...]) -> Change:
    names = tuple(f"{each.team or each.principal}{'+' if each.read_write else ''}" for each in grants)
    title = ", ".join(map(_title, grants))
    return _change(calendar, Action.GRANT, names, title, sentences.CONFIGURED, Share(grant=grants))


def _revoke(calendar: DesiredCalendar, principals: tuple[str, ...], called: Mapping[str, str]) -> Change:
    title = ", ".join(called.get(each, each) for each in principals)
    step = Share(revoke=principals)
    return _change(calendar, Action.REVOKE, principals, title, sentences.NOT_GRANTED, step)


def _change(
    calendar: DesiredCalendar, action: Action, names: tuple[str, ...], title: str, reason: Text, step: Share
) -> Change:
    return Change(
        calendar.scope,
        action,
        Kind.SHARE,
        f"{calendar.key} > {', '.join(names)}",
        f"{calendar.properties.name}: {title}",
        reason,
        step,
    )


def _too_many(calendar: DesiredCalendar, lost: int, present: int) -> Text | None:
    if lost < calendar.limit.count:
        return None
    return Text(f"{lost} von {present} Freigaben würden verloren gehen", f"{lost} of {present} shares would be lost")


def _batches(items: Sequence[T]) -> Iterator[tuple[T, ...]]:
    return (tuple(items[n : n + ROWS_A_REQUEST]) for n in range(0, len(items), ROWS_A_REQUEST))


def _title(grant: Grant) -> str:
    return grant.title or grant.team or grant.principal
