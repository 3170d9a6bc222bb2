"""One guarded plan for each scope: those that are due are compared, the others have nothing to do."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from network.plan import Limit, Scope, ScopeKind, ScopePlan, guard
from workspace_sync.coming import with_what_comes
from workspace_sync.nesting import inside, turns
from workspace_sync.planners.accounts import hold_new_accounts
from workspace_sync.planners.administration import danger, plan_administration
from workspace_sync.planners.exchange_group import plan_exchange_group
from workspace_sync.planners.leaving import plan_leaving
from workspace_sync.planners.project import plan_project
from workspace_sync.planners.strays import plan_recognition, unknown_scopes
from workspace_sync.remembered import FOLDER, ROOM, TEAM
from workspace_sync.situation import Situation
from workspace_sync.wish import AdministrationWish, ExchangeGroupWish, Untouched, Wish, Wishes

FEW_PEOPLE = Limit(share=0.20, count=5)
MANY_AT_ONCE = Limit(share=1.0, count=5)
ANYBODY = Limit(share=0.0, count=1)
"""For an entry that left the configuration: perhaps somebody deleted the wrong line."""


@dataclass(frozen=True, slots=True)
class Limits:
    """When a scope stops. In a group of four, one person leaving is 25 %: there only the count speaks."""

    administration: Limit = FEW_PEOPLE
    exchange_group: Limit = MANY_AT_ONCE
    project: Limit = MANY_AT_ONCE
    new_accounts: int = 25

    def of(self, scope: Scope) -> Limit:
        if scope.kind is ScopeKind.ADMINISTRATION:
            return self.administration
        return self.exchange_group if scope.kind is ScopeKind.EXCHANGE_GROUP else self.project


def plan_workspaces(
    wishes: Wishes,
    situation: Situation,
    *,
    scopes: Collection[Scope],
    limits: Limits,
    released: Collection[Scope] = (),
) -> tuple[ScopePlan, ...]:
    """The plans of `scopes`, in the order in which they are carried out: those that leave come last within their kind.

    `released` are scopes whose guard a person has let go of, by fingerprint.
    """
    wanted = wishes.by_scope
    ordered = [*(scope for scope in wanted if scope in scopes), *sorted(set(scopes) - set(wanted))]
    order = _turns(wishes)
    last = max(order.values(), default=0)
    ordered.sort(key=lambda scope: (list(ScopeKind).index(scope.kind), order.get(scope, last)))
    plans: list[ScopePlan] = []
    for scope in ordered:
        wish = wanted.get(scope)
        plan = plan_scope(wish, situation) if wish is not None else plan_leaving(scope, situation)
        always = danger(wish, situation) if isinstance(wish, AdministrationWish) else None
        limit = limits.of(scope) if wish is not None else ANYBODY
        guarded = guard(plan, limit, always=always, release=scope in released)
        guarded = replace(guarded, turn=order.get(scope, last))
        plans.append(hold_new_accounts(guarded, limits.new_accounts, release=scope in released))
        situation = with_what_comes(plans[-1], situation)
    plans += [plan_recognition(scope, situation) for scope in unknown_scopes(wanted, situation)]
    return tuple(plans)


def _turns(wishes: Wishes) -> dict[Scope, int]:
    others: dict[Scope, int] = {wish.scope: 0 for wish in wishes.by_scope.values()}
    own = turns(wishes.exchange_groups)
    return others | {wish.scope: own[wish.key] for wish in wishes.exchange_groups}


def fulfilled(
    plans: Iterable[ScopePlan], wanted: Mapping[Scope, str], situation: Situation, wishes: Wishes
) -> dict[Scope, str]:
    """The digests of the wishes that hold once these plans are carried out.

    Not those of scopes in which the guard holds something back or something couldn't be read, nor of a group with such
    a group inside of it: they are looked at again.
    """
    unread = set(situation.actual.unreadable.values())
    whole = {plan.scope: not plan.held and not unread & set(plan.problems) for plan in plans}
    for key, inner in inside(wishes.exchange_groups).items():
        if not all(whole.get(Scope(ScopeKind.EXCHANGE_GROUP, each), True) for each in inner):
            whole[Scope(ScopeKind.EXCHANGE_GROUP, key)] = False
    return {scope: wanted[scope] for scope, is_whole in whole.items() if is_whole and scope in wanted}


def plan_scope(wish: Wish, situation: Situation) -> ScopePlan:
    """What has to change in one scope, before any guard."""
    if "teams" in situation.actual.unreadable:
        return ScopePlan(wish.scope, problems=(situation.actual.unreadable["teams"],), where=wish.where)
    if isinstance(wish, AdministrationWish):
        return plan_administration(wish, situation)
    if isinstance(wish, ExchangeGroupWish):
        return plan_exchange_group(wish, situation)
    return plan_project(wish, situation)


def untouched(situation: Situation) -> Untouched:
    """How much of what was looked at is somebody else's."""
    actual, remembered = situation.actual, situation.remembered
    folders = {record.remote for record in remembered.everywhere(FOLDER)}
    rooms = {record.remote for record in remembered.everywhere(ROOM)}
    teams = {record.remote for record in remembered.everywhere(TEAM)}
    return Untouched(
        sum(each.id not in teams and situation.key_in(each.description) is None for each in actual.teams or ()),
        sum(str(each.id) not in folders for each in actual.folders or ()),
        sum(each.token not in rooms and situation.key_in(each.description) is None for each in actual.rooms or ()),
    )
