"""A plan: what would change, as plain data with a fingerprint. Deciding happens in planners, doing in executors.

A plan is the same for dry run and real run. Its fingerprint covers what changes and in what scope, never a time, so
that the plan an administrator approved can be recognised when it is made again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
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
    ACCOUNT = "account"  # of one person, where something is about nobody else


@dataclass(frozen=True, slots=True, order=True)
class Scope:
    kind: ScopeKind
    key: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"

    @property
    def unnamed(self) -> str:
        """As the log names it, which never says who somebody is."""
        return str(self.kind) if self.kind is ScopeKind.ACCOUNT else str(self)

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

    ACCOUNT = "account"
    GROUP = "group"
    MEMBER = "member"
    TEAM = "team"
    FOLDER = "folder"
    DOCUMENT = "document"
    ROOM = "room"
    CALENDAR = "calendar"
    SHARE = "share"
    ENTRY = "entry"
    MEETING = "meeting"
    TASK_LIST = "task_list"
    SOURCE_ENTRY = "source_entry"  # in a calendar that is a source and is written too (mode: two-way)


COUNTED: Mapping[Kind, Text] = {
    Kind.ENTRY: Text("Einträgen", "entries"),
    Kind.MEETING: Text("Treffen", "meetings"),
    Kind.SOURCE_ENTRY: Text("Terminen der Quelle", "events of the source"),
    Kind.MEMBER: Text("Mitgliedern", "members"),
    Kind.SHARE: Text("Freigaben", "shares"),
    Kind.ACCOUNT: Text("Konten", "accounts"),
}
"""What is counted, in the words of people: "3 von 8 Einträgen"."""


@dataclass(frozen=True, slots=True)
class Change:
    """One create, update or delete. `step` is what the scope's executor needs to carry it out: frozen plain data.

    `digest` stands for the step's content in the fingerprint. `loses` says that somebody would lose something they
    have now: the guard counts it and holds it back. `lost` are the people or things that it counts, where that isn't
    the change itself: several changes may take from one person, one may take several rows, and with none at all a
    change is held back with the rest and counts for nothing. `independent` changes of one scope may run in parallel;
    any other waits for those before it. When a `foundation` fails, what follows it in its scope is deferred.
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
    lost: tuple[str, ...] | None = None

    @property
    def line(self) -> str:
        return "|".join((str(self.scope), self.action, self.kind, self.key, self.title, self.digest))


@dataclass(frozen=True, slots=True)
class ScopePlan:
    """The changes of one scope.

    `present` is how many of each kind there are now (entries of a calendar, people of an administration): the guard's
    base. `kept` counts what differs from the wish and stays because a person did it by hand; `foreign` what is not ours
    and not touched. `unsafe` is the guard's sentence, and `held` the changes that it holds back.
    """

    scope: Scope
    changes: tuple[Change, ...] = ()
    held: tuple[Change, ...] = ()
    unsafe: Text | None = None
    present: Mapping[Kind, int] = field(default_factory=dict)
    kept: int = 0
    foreign: int = 0
    problems: tuple[Problem, ...] = ()
    where: str = ""  # the YAML line (file:line) that asks for this scope
    turn: int = 0  # scopes of one kind are carried out turn by turn: what another one is made of comes first

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
    told = hashlib.sha256()
    for number, line in enumerate(sorted(lines)):
        told.update(f"\n{line}".encode() if number else line.encode())
    alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
    return "".join(alphabet[byte % len(alphabet)] for byte in told.digest()[:8])


def _lines(scope: ScopePlan) -> Iterable[str]:
    return (change.line for change in (*scope.changes, *scope.held))


@dataclass(frozen=True, slots=True)
class Limit:
    """A guard's limit: stop above `share` (0 to 1) of what is present, or at `count` things, whichever comes first."""

    share: float
    count: int


def guard(plan: ScopePlan, limit: Limit, *, always: Text | None = None, release: bool = False) -> ScopePlan:
    """The plan with what would be lost held back when it is more than `limit` allows, or when `always` gives a reason.

    Each kind is held against what is there of that kind: entries against entries, people against people. One kind that
    goes beyond stops the scope: nobody loses anything in it then, of whatever kind. Additions go on. With `release` (a
    person decided, by fingerprint) nothing is held back.
    """
    losses = [change for change in plan.changes if change.loses]
    reason = always or _too_many(_counted(losses), plan.present, limit)
    if release or not losses or reason is None:
        return plan
    going_on = tuple(change for change in plan.changes if not change.loses)
    return replace(plan, changes=going_on, held=(*plan.held, *losses), unsafe=reason)


def _counted(losses: Iterable[Change]) -> dict[Kind, int]:
    """How many of each kind would be lost; what goes in several ways goes once."""
    lost: dict[Kind, set[str]] = {}
    for change in losses:
        lost.setdefault(change.kind, set()).update((change.key,) if change.lost is None else change.lost)
    return {kind: len(each) for kind, each in lost.items()}


def _too_many(lost: Mapping[Kind, int], present: Mapping[Kind, int], limit: Limit) -> Text | None:
    """The sentence that names what goes beyond the limit."""
    beyond = [(kind, count, present.get(kind, 0)) for kind, count in sorted(lost.items())]
    beyond = [each for each in beyond if _is_beyond(*each[1:], limit)]
    if not beyond:
        return None
    parts = [_part(*each) for each in beyond]
    verb = "würde" if [count for _, count, _ in beyond] == [1] else "würden"
    return Text(
        f"{' und '.join(each.de for each in parts)} {verb} verloren gehen",
        f"{' and '.join(each.en for each in parts)} would be lost",
    )


def _is_beyond(lost: int, present: int, limit: Limit) -> bool:
    """Where nobody knows how many there are, the count alone speaks."""
    return lost > 0 and (lost >= limit.count or (present > 0 and lost / present > limit.share))


def _part(kind: Kind, lost: int, present: int) -> Text:
    """Never more than there is."""
    words, there = COUNTED.get(kind, Text("", "")), max(lost, present)
    return Text(f"{lost} von {there} {words.de}".strip(), f"{lost} of {there} {words.en}".strip())
