"""Carrying out a plan: order, parallel entries, and what each kind of failure costs."""

import threading
from dataclasses import replace

import pytest

from network.apply import SILENCES, apply_plan
from network.errors import (
    DigitalnetzwerkError,
    LoginRefused,
    NameTaken,
    PreconditionFailed,
    Refused,
    RightMissing,
    ServerBusy,
    Unreachable,
)
from network.plan import Action, Change, Kind, Limit, Plan, Scope, ScopeKind, ScopePlan, guard
from network.ports import Ledger
from network.report import Report, Result
from network.state import open_state
from network.text import Text

CALENDAR = Scope(ScopeKind.CALENDAR, "schulungen")
WORDS = Text("weil", "because")


def change(key: str, *, scope: Scope = CALENDAR, **values: object) -> Change:
    plain = Change(scope, Action.CREATE, Kind.ENTRY, key, key, WORDS, step=key)
    return replace(plain, **values)  # type: ignore[arg-type]


class Notebook:
    """An executor that notes what it is asked, and fails where it is told to."""

    def __init__(self, faults: dict[str, Exception] | None = None) -> None:
        self.faults = faults or {}
        self.done: list[str] = []
        self.closed: list[Scope] = []
        self.at_once = 0
        self.most_at_once = 0
        self._lock = threading.Lock()

    def carry_out(self, change: Change, ledger: Ledger) -> None:
        with self._lock:
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            if change.key in self.faults:
                raise self.faults[change.key]
            self.done.append(change.key)
        finally:
            with self._lock:
                self.at_once -= 1

    def close(self, scope: Scope, ledger: Ledger) -> None:
        self.closed.append(scope)


def run(*scopes: ScopePlan, executor: Notebook, **options: object) -> Report:
    executors = dict.fromkeys(ScopeKind, executor)
    return apply_plan(Plan(scopes), executors, open_state(None), **options)  # type: ignore[arg-type]


def test_dependent_changes_keep_their_order() -> None:
    executor = Notebook()
    keys = [str(number) for number in range(20)]
    run(ScopePlan(CALENDAR, tuple(map(change, keys))), executor=executor)
    assert executor.done == keys


def test_teams_stand_before_calendars_are_shared_with_them() -> None:
    executor = Notebook()
    town = Scope(ScopeKind.ADMINISTRATION, "brakel")
    first = ScopePlan(town, (change("team", scope=town),))
    run(first, ScopePlan(CALENDAR, (change("share"),)), executor=executor)
    assert executor.done == ["team", "share"]


def test_no_more_changes_are_under_way_than_allowed() -> None:
    executor = Notebook()
    entries = tuple(change(str(number), independent=True) for number in range(50))
    run(ScopePlan(CALENDAR, entries), executor=executor, parallel=3)
    assert len(executor.done) == 50
    assert executor.most_at_once <= 3


@pytest.mark.parametrize(
    ("fault", "result"),
    [
        (ServerBusy(WORDS), Result.DEFERRED),
        (PreconditionFailed(WORDS), Result.DEFERRED),
        (RightMissing(WORDS, commands=("occ group:add brakel",)), Result.DEFERRED),
        (NameTaken(WORDS), Result.SKIPPED),
        (Refused(WORDS), Result.FAILED),
        (DigitalnetzwerkError(WORDS), Result.FAILED),
        (ZeroDivisionError(), Result.FAILED),
    ],
)
def test_one_failure_costs_one_change(fault: Exception, result: Result) -> None:
    executor = Notebook({"b": fault})
    entries = tuple(change(key) for key in "abc")
    report = run(ScopePlan(CALENDAR, entries), executor=executor)
    assert [each.result for each in report.outcomes] == [Result.DONE, result, Result.DONE]
    assert report.outcomes[1].problem is not None
    assert executor.closed == [CALENDAR]


def test_a_failed_foundation_defers_the_rest_of_its_scope_only() -> None:
    executor = Notebook({"calendar": ServerBusy(WORDS)})
    other = Scope(ScopeKind.CALENDAR, "andere")
    report = run(
        ScopePlan(CALENDAR, (change("calendar", foundation=True), change("entry"))),
        ScopePlan(other, (change("other", scope=other),)),
        executor=executor,
    )
    assert [each.result for each in report.outcomes] == [Result.DEFERRED, Result.DEFERRED, Result.DONE]


@pytest.mark.parametrize(("fault", "attempts"), [(LoginRefused(WORDS), 1), (Unreachable(WORDS), SILENCES)])
def test_a_refused_login_or_a_silent_server_ends_the_run(fault: Exception, attempts: int) -> None:
    executor = Notebook(dict.fromkeys("abcdef", fault))
    report = run(ScopePlan(CALENDAR, tuple(map(change, "abcdef"))), executor=executor)
    tried = [each for each in report.outcomes if each.problem and each.problem.code != "not_tried"]
    assert len(tried) == attempts
    assert report.is_out_of_reach


def test_single_broken_lines_cost_single_changes() -> None:
    executor = Notebook(dict.fromkeys("abd", Unreachable(WORDS)))
    report = run(ScopePlan(CALENDAR, tuple(map(change, "abcdef"))), executor=executor)
    assert report.count(Result.DONE) == 3
    assert not report.is_out_of_reach


def test_a_short_plan_without_any_answer_is_out_of_reach_too() -> None:
    executor = Notebook({"a": Unreachable(WORDS)})
    assert run(ScopePlan(CALENDAR, (change("a"),)), executor=executor).is_out_of_reach


def loss(key: str) -> Change:
    return change(key, loses=True, action=Action.REMOVE)


def test_the_guard_holds_back_losses_and_lets_additions_go_on() -> None:
    plan = ScopePlan(CALENDAR, (change("new"), *map(loss, "abc")), present={Kind.ENTRY: 100})
    guarded = guard(plan, Limit(share=0.3, count=3))
    assert [each.key for each in guarded.changes] == ["new"]
    assert [each.key for each in guarded.held] == ["a", "b", "c"]
    assert guarded.unsafe is not None
    assert guarded.fingerprint == plan.fingerprint


@pytest.mark.parametrize(
    ("losses", "present", "stops"),
    [(1, 100, False), (2, 100, False), (3, 100, True), (1, 3, True), (1, 4, False), (2, 6, True)],
)
def test_the_guard_stops_at_the_share_or_the_count_whichever_comes_first(
    losses: int, present: int, stops: bool
) -> None:
    plan = ScopePlan(CALENDAR, tuple(loss(str(number)) for number in range(losses)), present={Kind.ENTRY: present})
    assert (guard(plan, Limit(share=0.3, count=3)).unsafe is not None) is stops


def test_the_guard_holds_each_kind_against_what_is_there_of_it() -> None:
    shares = [replace(loss(f"row {number}"), kind=Kind.SHARE) for number in range(2)]
    plan = ScopePlan(CALENDAR, (loss("a"), *shares), present={Kind.ENTRY: 100, Kind.SHARE: 3})
    stopped = guard(plan, Limit(share=0.3, count=3))
    assert stopped.unsafe == Text("2 von 3 Freigaben würden verloren gehen", "2 of 3 shares would be lost")
    assert len(stopped.held) == 3, "while a scope is stopped nobody loses anything in it"


def test_whoever_loses_in_several_places_is_counted_once() -> None:
    people = [replace(loss(key), kind=Kind.MEMBER, lost=("user:anna",)) for key in ("team", "room", "level")]
    plan = ScopePlan(CALENDAR, tuple(people), present={Kind.MEMBER: 20})
    assert guard(plan, Limit(share=0.3, count=2)).unsafe is None


def test_a_change_that_takes_from_many_counts_for_all_of_them() -> None:
    rows = replace(loss("rows"), kind=Kind.SHARE, lost=("a", "b", "c"))
    plan = ScopePlan(CALENDAR, (rows,), present={Kind.SHARE: 100})
    assert guard(plan, Limit(share=0.3, count=3)).unsafe is not None
    assert guard(plan, Limit(share=0.3, count=4)).unsafe is None


def test_the_guard_never_names_more_than_there_is() -> None:
    plan = ScopePlan(CALENDAR, tuple(map(loss, "abc")), present={Kind.ENTRY: 1})
    assert str(guard(plan, Limit(share=0.3, count=3)).unsafe) == str(
        Text("3 von 3 Einträgen würden verloren gehen", "3 of 3 entries would be lost")
    )


def test_a_person_who_decided_releases_the_guard() -> None:
    plan = ScopePlan(CALENDAR, tuple(map(loss, "abc")), present={Kind.ENTRY: 3})
    assert guard(plan, Limit(share=0.3, count=3), release=True) == plan


def test_a_fingerprint_does_not_depend_on_the_order_of_changes() -> None:
    one = ScopePlan(CALENDAR, (change("a"), change("b")))
    other = ScopePlan(CALENDAR, (change("b"), change("a")))
    assert one.fingerprint == other.fingerprint
    assert len(one.fingerprint) == 8
    assert one.fingerprint != ScopePlan(CALENDAR, (change("a"),)).fingerprint
