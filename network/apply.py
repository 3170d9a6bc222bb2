"""Carries out a plan: scopes of one kind side by side, the changes of one scope in order, entries in parallel.

Errors become outcomes here and nowhere else. One failure costs one change; a failed foundation defers the rest of its
scope; a refused login or a server that has fallen silent ends the run, because going on would only make it worse.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Protocol

from network.errors import (
    AgainLater,
    AppMissing,
    DigitalnetzwerkError,
    InsecureTransport,
    LimitReached,
    Locked,
    LoginRefused,
    LookAgain,
    NameTaken,
    RightMissing,
    Unreachable,
)
from network.plan import Change, Plan, Scope, ScopeKind, ScopePlan
from network.ports import Ledger
from network.problems import Problem
from network.report import Outcome, Report, Result
from network.text import Text
from network.trace import Threads, about

log = logging.getLogger(__name__)

ENDS_THE_RUN = (LoginRefused, InsecureTransport)
SILENCES = 3
"""So many changes in a row without an answer: the server is gone. One alone may be a slow object or a broken line."""


class Executor(Protocol):
    """Carries out the changes of one kind of scope. Raises the errors of `network.errors`."""

    def carry_out(self, change: Change, ledger: Ledger) -> Problem | None:
        """Performs one change and remembers its receipt before it returns, perhaps with something to say about it."""
        ...

    def close(self, scope: Scope, ledger: Ledger) -> None:
        """Called once after the last change of a scope in which something was carried out."""
        ...


@dataclass
class _Run:
    """What the threads of one run share."""

    executors: Mapping[ScopeKind, Executor]
    ledger: Ledger
    may_write: Callable[[Scope], None]
    on_outcome: Callable[[Outcome], None]
    room: threading.Semaphore
    entries: Threads
    stopped: threading.Event = field(default_factory=threading.Event)
    silences: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def hear(self, error: DigitalnetzwerkError | None) -> None:
        """What came of a change tells whether going on makes sense."""
        with self.lock:
            if isinstance(error, Unreachable):
                self.silences += 1
            elif type(error) is not AgainLater:  # that one is of our own making: the server was not asked
                self.silences = 0
            if isinstance(error, ENDS_THE_RUN) or self.silences == SILENCES:
                self.stopped.set()


def apply_plan(
    plan: Plan,
    executors: Mapping[ScopeKind, Executor],
    ledger: Ledger,
    *,
    may_write: Callable[[Scope], None] = lambda scope: None,
    parallel: int = 4,
    on_outcome: Callable[[Outcome], None] = lambda outcome: None,
) -> Report:
    """Carries out every change of the plan and reports one outcome for each, in the plan's order.

    `may_write` is asked before each write and raises Locked when another writer has taken the scope. At most
    `parallel` changes are under way at once.
    """
    outcomes: list[Outcome] = []
    problems: list[Problem] = []
    with Threads(parallel) as scopes, Threads(parallel) as entries:
        run = _Run(executors, ledger, may_write, on_outcome, threading.Semaphore(parallel), entries)
        for _, stage in groupby(plan.scopes, key=lambda each: (each.scope.kind, each.turn)):
            for done, said in scopes.map(lambda each: _within(run, each), list(stage)):
                outcomes += done
                problems += said
    is_silent = run.silences > 0 and not any(each.result is Result.DONE for each in outcomes)
    return Report(tuple(outcomes), tuple(problems), is_silent or run.stopped.is_set())


def _within(run: _Run, plan: ScopePlan) -> tuple[list[Outcome], list[Problem]]:
    with about(scope=plan.scope.unnamed):
        return _carry_out_scope(run, plan)


def _carry_out_scope(run: _Run, plan: ScopePlan) -> tuple[list[Outcome], list[Problem]]:
    outcomes: list[Outcome] = []
    for batch in _batches(plan.changes):
        broken = next((each for each in outcomes if each.change.foundation and each.result is not Result.DONE), None)
        if broken is not None:
            outcomes += [_noted(run, _waits_for(change, broken)) for change in batch]
        elif len(batch) == 1:
            outcomes.append(_carry_out(run, batch[0]))
        else:
            outcomes += run.entries.map(lambda change: _carry_out(run, change), batch)
    has_written = any(each.result is Result.DONE for each in outcomes)
    return outcomes, _close(run, plan.scope) if has_written and not _was_taken(outcomes) else []


def _was_taken(outcomes: Sequence[Outcome]) -> bool:
    """Whether another writer took the scope meanwhile: what it looks like now is theirs to say."""
    return any(each.problem is not None and each.problem.code == Locked.code for each in outcomes)


def _batches(changes: Sequence[Change]) -> Iterator[list[Change]]:
    """Independent neighbours together, every other change alone."""
    for independent, group in groupby(changes, key=lambda change: change.independent):
        if independent:
            yield list(group)
        else:
            yield from ([change] for change in group)


def _carry_out(run: _Run, change: Change) -> Outcome:
    if run.stopped.is_set():
        return _noted(run, _not_tried(change))
    with run.room, about(scope=change.scope.unnamed):
        try:
            run.may_write(change.scope)
            said = run.executors[change.scope.kind].carry_out(change, run.ledger)
        except DigitalnetzwerkError as error:
            run.hear(error)
            return _noted(run, _failure(change, error))
        except Exception as error:  # the outermost loop: one unforeseen fault costs one change
            log.exception("unforeseen fault: %s %s", change.action, change.kind)
            return _noted(run, Outcome(change, Result.FAILED, _unforeseen(str(change.scope), error)))
    run.hear(None)
    return _noted(run, Outcome(change, Result.DONE, said))


def _close(run: _Run, scope: Scope) -> list[Problem]:
    if run.stopped.is_set():
        return []
    try:
        run.executors[scope.kind].close(scope, run.ledger)
    except DigitalnetzwerkError as error:
        return [error.problem(str(scope))]
    except Exception as error:  # as above
        log.exception("unforeseen fault while closing")
        return [_unforeseen(str(scope), error)]
    return []


def _failure(change: Change, error: DigitalnetzwerkError) -> Outcome:
    problem = error.problem(error.where or str(change.scope))
    if isinstance(error, RightMissing):
        return Outcome(change, Result.DEFERRED, problem, error.commands)
    if isinstance(error, NameTaken):
        return Outcome(change, Result.SKIPPED, problem)
    later = isinstance(error, (AgainLater, AppMissing, LookAgain, LimitReached))
    return Outcome(change, Result.DEFERRED if later else Result.FAILED, problem)


def _waits_for(change: Change, broken: Outcome) -> Outcome:
    name = broken.change.title
    message = Text(f"wartet auf „{name}“", f"waits for “{name}”")
    result = Result.SKIPPED if broken.result is Result.SKIPPED else Result.DEFERRED
    return Outcome(change, result, Problem("waits_for_foundation", str(change.scope), message))


def _not_tried(change: Change) -> Outcome:
    message = Text("nicht versucht: Nextcloud war nicht zu benutzen", "not tried: Nextcloud couldn't be used")
    return Outcome(change, Result.DEFERRED, Problem("not_tried", str(change.scope), message))


def _unforeseen(where: str, error: Exception) -> Problem:
    name = type(error).__name__
    return Problem(
        "unforeseen",
        where,
        Text(f"Unvorhergesehener Fehler ({name})", f"unforeseen fault ({name})"),
        Text("Bitte melden Sie ihn mit dem Protokoll dieses Laufs.", "Please report it with the log of this run."),
    )


def _noted(run: _Run, outcome: Outcome) -> Outcome:
    run.on_outcome(outcome)
    return outcome
