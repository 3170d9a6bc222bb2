"""Runs of the whole: look, plan, apply, as the assembly puts them together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from workspace_stand_in import NOW, Books, Boundaries, StandIn

from network.apply import apply_plan
from network.model import Person
from network.plan import Plan, Scope, ScopeKind, ScopePlan
from network.ports import Server
from network.report import Report
from workspace_sync.due import digests, due
from workspace_sync.executor import WorkspaceExecutor, look_again, remember_fulfilled
from workspace_sync.look import look
from workspace_sync.people import People
from workspace_sync.planning import Limits, fulfilled, plan_workspaces
from workspace_sync.remembered import Remembered
from workspace_sync.situation import Situation
from workspace_sync.wish import Network, Wishes

NETWORK = Network("kreis", "Digitalnetzwerk Kreis")


SomeServer = TypeVar("SomeServer", bound=Server)


@dataclass
class RunsOn(Generic[SomeServer]):
    """One network with its server and its state database."""

    server: SomeServer
    wishes: Wishes = field(default_factory=Wishes)
    people: People = field(default_factory=People)
    now: datetime = NOW
    limits: Limits = field(default_factory=Limits)
    books: Books = field(init=False)

    def __post_init__(self) -> None:
        self.lose_state()

    def plan(self, *, verify: bool = True, released: Iterable[Scope] = ()) -> tuple[ScopePlan, ...]:
        plans, _ = self._planned(verify=verify, released=released)
        return plans

    def apply(self, *, verify: bool = True, released: Iterable[Scope] = ()) -> Report:
        plans, holding = self._planned(verify=verify, released=released)
        look_again((plan.scope for plan in plans if plan.changes), self.books)
        executor = WorkspaceExecutor(self.server, NETWORK, holding)
        kinds = (ScopeKind.ADMINISTRATION, ScopeKind.EXCHANGE_GROUP, ScopeKind.PROJECT)
        report = apply_plan(Plan(plans), dict.fromkeys(kinds, executor), self.books, parallel=1)
        quiet = {plan.scope for plan in plans if not plan.changes and not plan.held}
        remember_fulfilled({scope: digest for scope, digest in holding.items() if scope in quiet}, self.books)
        return report

    def lose_state(self) -> None:
        self.books = Books(getattr(self.server, "boundaries", Boundaries()), self.now)

    def later(self, now: datetime) -> None:
        self.now = self.books.now = now

    def _planned(self, *, verify: bool, released: Iterable[Scope]) -> tuple[tuple[ScopePlan, ...], dict[Scope, str]]:
        remembered = Remembered.of(self.books)
        wanted = digests(self.wishes, network=NETWORK, people=self.people, remembered=remembered, now=self.now)
        scopes = due(wanted, remembered, verify=verify)
        actual = look(self.server, self.wishes, remembered, network=NETWORK.id, scopes=scopes)
        situation = Situation(
            NETWORK,
            actual,
            remembered,
            self.people,
            self.wishes.groups,
            self.now,
            self.wishes.folder_names,
            self.wishes.accounts,
        )
        plans = plan_workspaces(self.wishes, situation, scopes=scopes, limits=self.limits, released=frozenset(released))
        return plans, fulfilled(plans, wanted, situation, self.wishes)


@dataclass
class Runs(RunsOn[StandIn]):
    """On the stand-in, where most tests run."""


def changes(plans: Iterable[ScopePlan]) -> list[str]:
    return [f"{change.action} {change.kind} {change.title}" for plan in plans for change in plan.changes]


def codes(plans: Iterable[ScopePlan]) -> set[str]:
    return {problem.code for plan in plans for problem in plan.problems}


def person(account: str, administration: str = "", *topics: str) -> Person:
    return Person(account, administration, topics=topics)
