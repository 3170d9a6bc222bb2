"""A plan as a page shows it: bounded, whole in its counts, the same after it was kept as text."""

from datetime import UTC, datetime

import pytest

from network.plan import Action, Change, Kind, Plan, Scope, ScopeKind, ScopePlan
from network.problems import Problem
from network.state import open_state
from network.text import Text
from plugin.operations.differences import Difference, differences
from plugin.operations.preview import MOST_CHANGES, from_text, preview_of, to_text
from plugin.render.run import Run
from workspace_sync.steps import RenameTeam, SetQuota

SCOPE = Scope(ScopeKind.PROJECT, "presse")
NOW = datetime(2026, 12, 8, 10, 42, tzinfo=UTC)


def change(number: int, step: object = None, *, loses: bool = False) -> Change:
    action = Action.REMOVE if loses else Action.UPDATE
    return Change(SCOPE, action, Kind.FOLDER, str(number), f"Ordner {number}", Text("weil", "because"), step)


def shown(changes: int, held: int = 0) -> Run:
    unsafe = Text("3 von 8 Ordnern würden verloren gehen", "3 of 8 folders would be lost") if held else None
    scope = ScopePlan(
        SCOPE,
        tuple(change(each, RenameTeam("k", "Neu", lost="Alt")) for each in range(changes)),
        tuple(change(each, loses=True) for each in range(held)),
        unsafe,
    )
    problem = Problem("code", "hier", Text("was", "what"), Text("tun", "do"))
    return Run("plan", Plan((scope, ScopePlan(SCOPE))), problems=(problem,), mails=2, foreign={"entries": 7})


def test_of_a_long_plan_the_first_changes_stand_there_and_all_are_counted() -> None:
    found = preview_of(shown(MOST_CHANGES + 5, 3), open_state(None), NOW, UTC)
    (scope,) = found.scopes
    assert (len(scope.changes), scope.total) == (MOST_CHANGES, MOST_CHANGES + 5)
    assert (len(scope.held), scope.held_total) == (3, 3)
    assert f"{MOST_CHANGES + 5} Ordner ändern" in found.summary.de


def test_kept_as_text_it_says_the_same() -> None:
    found = preview_of(shown(2, 1), open_state(None), NOW, UTC)
    assert from_text(to_text(found)) == found


def test_what_is_not_ours_is_counted_and_what_nobody_looked_at_is_said() -> None:
    found = preview_of(shown(1), open_state(None), NOW, UTC)
    assert found.mails == 2
    assert "7 Einträge" in found.untouched.de
    assert "diesmal nicht nachgesehen" in found.untouched.de


def test_the_fingerprint_is_that_of_the_plan() -> None:
    run = shown(3, 1)
    found = preview_of(run, open_state(None), NOW, UTC)
    assert found.fingerprint == run.plan.fingerprint
    assert found.scopes[0].fingerprint == run.plan.scopes[0].fingerprint


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (RenameTeam("k", "Neu", lost="Alt"), Difference(Text("Name", "name"), "Alt", "Neu")),
        (SetQuota(5 * 1024**3), Difference(Text("Größe", "size"), "", "5 GB")),
    ],
)
def test_before_and_after_are_told_of_names_and_sizes(step: object, expected: Difference) -> None:
    assert differences(change(1, step), open_state(None), UTC) == (expected,)
