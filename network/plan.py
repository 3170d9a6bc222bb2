"""A plan: what would change, as plain data with a fingerprint. Deciding happens in planners, doing in executors.

A plan is the same for dry run and real run. Its fingerprint covers what changes and in what scope, never a time, so
that the plan an administrator approved can be recognised when it is made again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from network.problems import Problem
from network.text import Text


class ScopeKind(StrEnum):
    """What succeeds or fails alone, in the order in which it is carried out: teams carry all rights, so first."""

    ADMINISTRATION = "administration"
    EXCHANGE_GROUP = "exchange_group"
    PROJECT = "project"
    CALENDAR = "calendar"
    CONNECTOR = "connector"


@dataclass(frozen=True, slots=True, order=True)
class Scope:
    kind: ScopeKind
    key: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"

    @classmethod
    def parse(cls, text: str) -> Scope:
        """The scope written as `kind:key`; ValueError for anything else."""
        kind, separator, key = text.partition(":")
        if not separator or not key:
            raise ValueError(text)
        return cls(ScopeKind(kind), key)


class Action(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    MOVE = "move"
    CANCEL = "cancel"
    REMOVE = "remove"
    RESTORE = "restore"
    ADOPT = "adopt"
    FORGET = "forget"
    GRANT = "grant"
    REVOKE = "revoke"


class Kind(StrEnum):
    """What a change is about."""

    GROUP = "group"
    MEMBER = "member"
    TEAM = "team"
    FOLDER = "folder"
    DOCUMENT = "document"
    ROOM = "room"
    CALENDAR = "calendar"
    SHARE = "share"
    ENTRY = "entry"


@dataclass(frozen=True, slots=True)
class Change:
    """One create, update or delete. `step` is what the scope's executor needs to carry it out: frozen plain data.

    `digest` stands for the step's content in the fingerprint. `loses` says that somebody would lose something they
    have now: the guard counts it and holds it back. `independent` changes of one scope may run in parallel; any other
    waits for those before it. When a `foundation` fails, what follows it in its scope is deferred.
    """

    scope: Scope
    action: Action
    kind: Kind
    key: str
    title: str
    reason: Text
    step: object
    digest: str = ""
    loses: bool = False
    independent: bool = False
    foundation: bool = False

    @property
    def line(self) -> str:
        return "|".join((str(self.scope), self.action, self.kind, self.key, self.title, self.digest))


@dataclass(frozen=True, slots=True)
class ScopePlan:
    """The changes of one scope.

    `present` is how many things somebody has now (entries of a calendar, people of an administration): the guard's
    base. `kept` counts what differs from the wish and stays because a person did it by hand; `foreign` what is not ours
    and not touched. `unsafe` is the guard's sentence, and `held` the changes that it holds back.
    """

    scope: Scope
    changes: tuple[Change, ...] = ()
    held: tuple[Change, ...] = ()
    unsafe: Text | None = None
    present: int = 0
    kept: int = 0
    foreign: int = 0
    problems: tuple[Problem, ...] = ()
    where: str = ""  # the YAML line (file:line) that asks for this scope

    @property
    def fingerprint(self) -> str:
        return fingerprint(change.line for change in (*self.changes, *self.held))


@dataclass(frozen=True, slots=True)
class Plan:
    """All scopes in the order in which they are carried out."""

    scopes: tuple[ScopePlan, ...] = ()
    problems: tuple[Problem, ...] = field(default=())

    @property
    def fingerprint(self) -> str:
        return fingerprint(line for scope in self.scopes for line in _lines(scope))

    @property
    def changes(self) -> tuple[Change, ...]:
        return tuple(change for scope in self.scopes for change in scope.changes)

    @property
    def is_stopped(self) -> bool:
        return any(scope.unsafe is not None for scope in self.scopes)

    def only(self, scope: Scope) -> Plan:
        return replace(self, scopes=tuple(each for each in self.scopes if each.scope == scope))


def fingerprint(lines: Iterable[str]) -> str:
    """Eight characters that name a set of changes, without those that are easily confused on the phone."""
    digest = hashlib.sha256("\n".join(sorted(lines)).encode()).digest()
    alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
    return "".join(alphabet[byte % len(alphabet)] for byte in digest[:8])


def _lines(scope: ScopePlan) -> Iterable[str]:
    return (change.line for change in (*scope.changes, *scope.held))


@dataclass(frozen=True, slots=True)
class Limit:
    """A guard's limit: stop above `share` (0 to 1) of what is present, or at `count` things, whichever comes first."""

    share: float
    count: int


def guard(plan: ScopePlan, limit: Limit, *, always: Text | None = None, release: bool = False) -> ScopePlan:
    """The plan with what would be lost held back when it is more than `limit` allows, or when `always` gives a reason.

    Additions go on. With `release` (a person decided, by fingerprint) nothing is held back.
    """
    losses = [change for change in plan.changes if change.loses]
    if release or not losses:
        return plan
    too_many = len(losses) >= limit.count or (plan.present > 0 and len(losses) / plan.present > limit.share)
    if not too_many and always is None:
        return plan
    reason = always or Text(
        f"{len(losses)} von {plan.present} würden verloren gehen",
        f"{len(losses)} of {plan.present} would be lost",
    )
    going_on = tuple(change for change in plan.changes if not change.loses)
    return replace(plan, changes=going_on, held=tuple(losses), unsafe=reason)
