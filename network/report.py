"""What became of a plan: one outcome per change, and the exit code that sums it up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from network.plan import Change
from network.problems import Problem


class Result(StrEnum):
    DONE = "done"
    FAILED = "failed"
    DEFERRED = "deferred"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`problem` says why, for every result but DONE, where it is something worth knowing. `commands` are occ lines that
    would do it instead."""

    change: Change
    result: Result
    problem: Problem | None = None
    commands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Outcomes in the order of the plan. `is_out_of_reach`: the server couldn't be used at all."""

    outcomes: tuple[Outcome, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_out_of_reach: bool = False

    def count(self, result: Result) -> int:
        return sum(outcome.result is result for outcome in self.outcomes)

    @property
    def counts(self) -> dict[str, int]:
        counted = Counter(outcome.result for outcome in self.outcomes)
        return {result.value: counted[result] for result in Result}

    @property
    def is_whole(self) -> bool:
        return not self.count(Result.FAILED) and not self.count(Result.DEFERRED) and not self.is_out_of_reach
