"""Which scopes have to be looked at in this run: looking costs requests, and an unchanged run shall cost none.

A scope is due when what it wants is not what was last fulfilled, or when everything is to be verified anyway.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from network.plan import Scope, ScopeKind
from network.ports import Principal
from workspace_sync.nesting import inside
from workspace_sync.people import People, people_meant
from workspace_sync.planners.parting import KEPT_FOR
from workspace_sync.planners.project import phase
from workspace_sync.remembered import LEFT, WORKSPACE, Remembered
from workspace_sync.wish import (
    AdministrationWish,
    ExchangeGroupWish,
    Network,
    Selector,
    Wish,
    Wishes,
    digest,
)


def digests(
    wishes: Wishes, *, network: Network, people: People, remembered: Remembered, now: datetime
) -> dict[Scope, str]:
    """What each scope wants today, as a digest: every scope of the configuration, and those that have left it."""
    staff = {key: digest(*sorted(people.of(key))) for key in wishes.groups}
    alone = {scope: _digest(wish, wishes, network, people, staff, now) for scope, wish in wishes.by_scope.items()}
    wanted = alone | _with_what_is_inside(alone, wishes)
    left = {scope: _left(scope, remembered, now) for scope in left_scopes(wishes, remembered)}
    return wanted | left


def _with_what_is_inside(alone: Mapping[Scope, str], wishes: Wishes) -> dict[Scope, str]:
    """Of groups with groups inside of them: Talk doesn't notice who leaves a team inside of a room's team."""
    found: dict[Scope, str] = {}
    for key, inner in inside(wishes.exchange_groups).items():
        whole, *parts = (Scope(ScopeKind.EXCHANGE_GROUP, each) for each in (key, *sorted(inner)))
        if parts:
            found[whole] = digest(alone[whole], *(alone[each] for each in parts))
    return found


def due(digests: dict[Scope, str], remembered: Remembered, *, verify: bool) -> frozenset[Scope]:
    return frozenset(scope for scope, wanted in digests.items() if verify or fulfilled(scope, remembered) != wanted)


def fulfilled(scope: Scope, remembered: Remembered) -> str:
    """The digest of the wish that was last carried out whole, empty when there is none."""
    record = remembered.record(scope, WORKSPACE, WORKSPACE)
    return record.digest if record is not None else ""


def left_scopes(wishes: Wishes, remembered: Remembered) -> tuple[Scope, ...]:
    """Scopes that we remember something of and that stand in the configuration no longer."""
    return tuple(sorted(remembered.scopes - set(wishes.by_scope)))


def _digest(
    wish: Wish, wishes: Wishes, network: Network, people: People, staff: Mapping[str, str], now: datetime
) -> str:
    """`staff`: administration → digest of its people. Rooms don't follow who joins a group, so it counts there."""
    plain = replace(wish, where="")
    if isinstance(wish, AdministrationWish):
        listed = () if wish.is_external else tuple(sorted(people.of(wish.key)))
        return digest(network, plain, listed, people.is_whole, wish.key in people.missing_groups)
    if isinstance(wish, ExchangeGroupWish):
        # What minutes say when they are made is no reason to look at the whole group again.
        plain = replace(wish, where="", minutes=tuple(replace(each, words=()) for each in wish.minutes))
        groups = {key for each in wish.members for key in each.administrations} if wish.room else ()
        brought = [staff.get(key, "") for key in sorted(groups)]
        return digest(network, plain, _meant(wish.members, wishes, people), people.is_whole, brought)
    inside = (access for folder in wish.sub_folders for access in folder.access)
    selectors = tuple(access.selector for access in (*wish.access, *inside))
    return digest(network, plain, _meant(selectors, wishes, people), people.is_whole, phase(wish, now))


def _meant(selectors: tuple[Selector, ...], wishes: Wishes, people: People) -> tuple[object, ...]:
    named = [sorted(people_meant(selector, people)) for selector in selectors]
    used = sorted({key for selector in selectors for key in selector.administrations})
    missing = sorted(people.missing_groups & set(used))
    beside = [(key, wishes.accounts[key]) for key in used if key in wishes.accounts]
    groups = [Principal("group", group) for key in used for group in wishes.groups.get(key, ())]
    return (named, groups, missing, beside)


def _left(scope: Scope, remembered: Remembered, now: datetime) -> str:
    record = remembered.record(scope, LEFT, LEFT)
    if record is None or record.at is None:
        return digest("left")
    return digest("left", now - record.at > KEPT_FOR)
