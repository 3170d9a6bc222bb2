"""Who was in which team of ours when a run looked last, and what that run had to say about each scope.

Runs look at teams, folders and rooms only when their wish moved, or once an hour. What they saw then is kept, so that
`explain` can tell whom a lead took in by hand, and what needs a person is said in every run, not once an hour.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from network.plan import Scope, ScopePlan
from network.problems import Problem
from network.state import StateStore
from network.state.sources import StoredSourceMemory
from network.text import Text
from workspace_sync.situation import Situation

NOTE = "last_look"


@dataclass(frozen=True, slots=True)
class LastLook:
    """`teams`: team key → accounts that stand in it themselves. `said`: scope → what was to say about it."""

    teams: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    said: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    at: datetime | None = None

    @classmethod
    def of(cls, state: StateStore) -> LastLook:
        note = StoredSourceMemory(state.engine, "").note(NOTE)
        if not note:
            return cls()
        kept = json.loads(note)
        said = {scope: tuple(map(_problem, problems)) for scope, problems in kept["said"].items()}
        teams = {key: tuple(accounts) for key, accounts in kept["teams"].items()}
        return cls(teams, said, datetime.fromisoformat(kept["at"]))

    def after(self, plans: Iterable[ScopePlan], situation: Situation) -> LastLook:
        """What is known once this look has been taken; of scopes that it left out the earlier one still tells."""
        said = {str(plan.scope): plan.problems for plan in plans}
        seen = {key: tuple(accounts) for key, accounts in _members(situation)}
        kept = {scope: problems for scope, problems in {**self.said, **said}.items() if problems}
        still_there = {key: accounts for key, accounts in self.teams.items() if situation.team_id(key) is not None}
        return LastLook({**still_there, **seen}, kept, situation.now)

    def unsaid(self, looked: Collection[Scope], wanted: Collection[Scope]) -> tuple[Problem, ...]:
        """What still has to be said of the wanted scopes that nobody looked at this time."""
        silent = {str(scope) for scope in wanted} - {str(scope) for scope in looked}
        return tuple(dict.fromkeys(each for scope in sorted(silent) for each in self.said.get(scope, ())))

    def keep(self, state: StateStore) -> None:
        if self.at is None:
            return
        said = {scope: list(map(_row, problems)) for scope, problems in self.said.items()}
        kept = {"at": self.at.isoformat(), "teams": self.teams, "said": said}
        StoredSourceMemory(state.engine, "").keep_note(NOTE, json.dumps(kept, ensure_ascii=False))


def _members(situation: Situation) -> Iterable[tuple[str, list[str]]]:
    for id, rows in situation.actual.members.items():
        key = situation.team_key(id)
        if key is not None:
            accounts = (row.who.id for row in rows if row.who.kind == "user")
            yield key, sorted(account for account in accounts if account != situation.actual.account)


def _row(problem: Problem) -> list[str]:
    said, remedy = problem.message, problem.remedy
    return [problem.code, problem.where, said.de, said.en, remedy.de, remedy.en]


def _problem(row: list[str]) -> Problem:
    code, where, german, english, *remedy = row
    return Problem(code, where, Text(german, english), Text(*remedy))
