"""Who sees a calendar: share rows as desired against share rows as they are. Pure.

Rights know no local edit: what nothing grants is revoked, what is missing is granted. At most ten rows go into one
request, and twenty requests an hour are all the server takes, so only differences are posted.

For the guard revoked rows are held against the rows that are there, by the same limit (share and count) as entries. The
row of a single group doesn't count: teams carry all rights, so a group's row is a pilot's, and that ends with one line
of the configuration. Nor do rows of people who may edit what a team reads: they lose the pen, not sight. Rows of teams
whose own scope is stopped wait with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
    """`waiting` are revokes that a person has to decide elsewhere; `present` how many rows the guard counts from."""

    grants: tuple[Change, ...] = ()
    revokes: tuple[Change, ...] = ()
    waiting: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    present: int = 0


def plan_shares(
    calendar: DesiredCalendar,
    rows: Sequence[ShareRow],
    remembered: Remembered,
    now: datetime,
    stopped: Collection[str] = (),
) -> SharePlan:
    """What has to be granted and revoked so that exactly the desired ones see the calendar.

    `stopped` are teams (`administration:brakel`) that nobody may lose anything of now.
    """
    there = {row.principal: row.read_write for row in rows}
    spelled = {same(who): who for who in there}
    named = ((principal_of(grant, remembered.teams), grant) for grant in calendar.grants)
    desired = [(spelled.get(same(who), who), grant) for who, grant in named]
    missing = [(who, grant) for who, grant in desired if there.get(who) is not grant.read_write]
    refused = [(who, grant) for who, grant in missing if _was_refused(calendar, who, remembered, now)]
    surplus = sorted(set(there) - {who for who, _ in desired})
    called = {f"circles/{team}": name for name, team in remembered.teams.items()}
    if any(not who for who, _ in desired):
        # A team whose id we don't know may be one of these rows: the next run knows.
        surplus = [each for each in surplus if not each.startswith("circles/")]
    waiting = [each for each in surplus if called.get(each) in stopped]
    going = [each for each in surplus if each not in waiting]
    editors = _editors(there, surplus)
    counted = _counted(set(surplus) - editors)
    where = calendar.where_written or str(calendar.scope)
    return SharePlan(
        tuple(_grant(calendar, each) for each in _batches(_new(missing, refused))),
        tuple(_revoke(calendar, each, called, counted) for each in _batches(going)),
        tuple(_revoke(calendar, each, called, counted) for each in _batches(waiting)),
        (
            *(sentences.share_refused(where, _title(grant)) for _, grant in refused),
            *(sentences.share_waits(where, calendar.properties.name, called[each]) for each in waiting),
        ),
        len(_counted(set(there) - editors)),
    )


def share_changes(
    calendar: DesiredCalendar, grants: Iterable[Grant], revokes: Iterable[str], remembered: Remembered
) -> tuple[Change, ...]:
    """The changes that grant and revoke exactly these, in as few requests as possible."""
    called = {f"circles/{team}": name for name, team in remembered.teams.items()}
    granting = (_grant(calendar, each) for each in _batches(sorted(grants)))
    going = sorted(revokes)
    return (*granting, *(_revoke(calendar, each, called, going) for each in _batches(going)))


def principal_of(grant: Grant, teams: Mapping[str, str]) -> str:
    """The principal as the server spells it; empty while a team's id is unknown."""
    if grant.principal:
        return grant.principal
    return f"circles/{teams[grant.team]}" if grant.team in teams else ""


def same(principal: str) -> str:
    """Equal for the same principal: capitals tell no accounts apart, and the server writes them its own way."""
    return principal.casefold() if principal.startswith("users/") else principal


def _was_refused(calendar: DesiredCalendar, who: str, remembered: Remembered, now: datetime) -> bool:
    at = remembered.refused_shares.get((calendar.key, who))
    return at is not None and now < datetime.fromisoformat(at) + ASK_AGAIN


def _new(missing: Iterable[tuple[str, Grant]], refused: Sequence[tuple[str, Grant]]) -> list[Grant]:
    return sorted(each[1] for each in missing if each not in refused)


def _grant(calendar: DesiredCalendar, grants: tuple[Grant, ...]) -> Change:
    names = tuple(f"{each.team or each.principal}{'+' if each.read_write else ''}" for each in grants)
    title = ", ".join(map(_title, grants))
    return _change(calendar, Action.GRANT, names, title, sentences.CONFIGURED, Share(grant=grants))


def _revoke(
    calendar: DesiredCalendar, principals: tuple[str, ...], called: Mapping[str, str], counted: Collection[str]
) -> Change:
    title = ", ".join(called.get(each, each) for each in principals)
    step = Share(revoke=principals)
    change = _change(calendar, Action.REVOKE, principals, title, sentences.NOT_GRANTED, step)
    return replace(change, loses=True, lost=tuple(each for each in principals if each in counted))


def _counted(rows: Collection[str]) -> frozenset[str]:
    """The rows that the guard counts: all but a single group's."""
    groups = [each for each in rows if each.startswith("groups/")]
    return frozenset(rows) - (frozenset(groups) if len(groups) == 1 else frozenset())


def _editors(there: Mapping[str, bool], surplus: Collection[str]) -> frozenset[str]:
    """Single people with the right to edit, in a calendar that a team goes on seeing."""
    if all(each in surplus for each in there if each.startswith("circles/")):
        return frozenset()
    return frozenset(who for who, may_edit in there.items() if may_edit and who.startswith("users/"))


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


def _batches(items: Sequence[T]) -> Iterator[tuple[T, ...]]:
    return (tuple(items[n : n + ROWS_A_REQUEST]) for n in range(0, len(items), ROWS_A_REQUEST))


def _title(grant: Grant) -> str:
    return grant.title or grant.team or grant.principal
