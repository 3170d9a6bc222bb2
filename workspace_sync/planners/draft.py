"""Gathers the changes and problems of one scope while its planner decides, and gives them out as a ScopePlan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from network.apps import App, app_missing
from network.plan import Action, Change, Kind, Scope, ScopePlan
from network.ports import Intent, Record
from network.problems import Problem
from network.text import Text
from workspace_sync import words
from workspace_sync.remembered import KINDS, LEFT, UNCLEAR, Remembered
from workspace_sync.steps import KeepBooks
from workspace_sync.wish import digest


@dataclass(slots=True)
class Draft:
    """`where` is the line of the configuration. Changes come out in the order in which they were put in."""

    scope: Scope
    where: str = ""
    kept: int = 0
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _present: dict[Kind, set[str]] = field(default_factory=dict, init=False)
    _remember: list[Record] = field(default_factory=list, init=False)
    _forget: list[tuple[str, str]] = field(default_factory=list, init=False)
    _settle: list[Intent] = field(default_factory=list, init=False)

    @property
    def place(self) -> str:
        """Where a problem of this scope is."""
        return self.where or str(self.scope)

    def change(
        self,
        action: Action,
        kind: Kind,
        key: str,
        title: str,
        reason: Text,
        step: object,
        *,
        loses: bool = False,
        foundation: bool = False,
        independent: bool = False,
        lost: tuple[str, ...] | None = None,
    ) -> None:
        self.changes.append(
            Change(
                self.scope, action, kind, key, title, reason, step, digest(step), loses, independent, foundation, lost
            )
        )

    def there(self, kind: Kind, names: Iterable[str]) -> None:
        """What there is now, named as changes name what is lost; whoever is in several places is counted once."""
        self._present.setdefault(kind, set()).update(names)

    def report(self, problem: Problem) -> None:
        if problem not in self.problems:
            self.problems.append(problem)

    def lacks(self, app: App) -> None:
        """Reports an app that the server lacks: the same problem in every scope, so that it is shown once."""
        self.report(app_missing(app).problem())

    def remember(self, record: Record) -> None:
        self._remember.append(record)

    def forget(self, record: Record) -> None:
        self._forget.append((record.kind, record.key))

    def settle(self, intent: Intent | None) -> None:
        if intent is not None:
            self._settle.append(intent)

    def forget_everything(self, remembered: Remembered) -> None:
        """Nothing of this scope is left: its records and intents go too."""
        forgotten = set(self._forget)
        for kind in KINDS:
            for record in remembered.records(self.scope, kind).values():
                if (record.kind, record.key) not in forgotten:
                    self.forget(record)
        self._settle += [
            each for each in remembered.intents if each.scope == str(self.scope) and each not in self._settle
        ]
        self._remember.clear()

    def plan(self) -> ScopePlan:
        return ScopePlan(
            self.scope,
            (*self._books(), *self.changes),
            present={kind: len(names) for kind, names in self._present.items()},
            kept=self.kept,
            problems=tuple(self.problems),
            where=self.where,
        )

    def _books(self) -> tuple[Change, ...]:
        step = KeepBooks(tuple(self._remember), tuple(self._forget), tuple(self._settle))
        if step == KeepBooks():
            return ()
        action = Action.ADOPT if step.remember else Action.FORGET
        is_recognised = any(record.kind not in (LEFT, UNCLEAR) for record in step.remember)
        reason = words.RECOGNISED if is_recognised else words.NOTED
        return (Change(self.scope, action, Kind.TEAM, "books", str(self.scope), reason, step, digest(step)),)
