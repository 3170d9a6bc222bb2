"""Controls: with one guard switched off, the machine finds the fault. Otherwise it would prove nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from test_calendar_machine import CalendarMachine

import calendar_sync.entry_plan
import calendar_sync.executor
import calendar_sync.pairing
import calendar_sync.planner
import calendar_sync.survey
from calendar_sync import sentences
from calendar_sync.merge import Merged

HUNT = settings(
    max_examples=200,
    stateful_step_count=25,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    database=None,
    report_multiple_bugs=False,
)


def without_merging(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(calendar_sync.entry_plan, "merge", lambda meant, wish, actual, on_conflict: Merged(wish))


def without_fingerprints(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(calendar_sync.pairing.Situation, "is_given_up", lambda self, source: False)


def without_ownership(patch: pytest.MonkeyPatch) -> None:
    """Whatever lies in our calendar is taken for ours."""
    patch.setattr(calendar_sync.survey, "is_our_uid", lambda uid: True)
    patch.setattr(calendar_sync.survey, "file_name", lambda uid: uid)
    patch.setattr(calendar_sync.planner.Unwanted, "settle", _remove_whatever_it_is)


def _remove_whatever_it_is(self: Any, sheet: Any, entry: Any) -> None:
    memory = entry.memory
    sheet.entries.change("remove", memory, sentences.OUT_OF_TIME, calendar_sync.entry_plan.RemoveEntry(memory), "")


def without_conditions(patch: pytest.MonkeyPatch) -> None:
    """What stands there is overwritten with what we mean, whoever edited it since."""
    whole = calendar_sync.planner._settle_wanted

    def settle(sheet: Any, pairing: Any) -> None:
        for uid, entry in sheet.standing.items():
            sheet.standing[uid] = replace(entry, memory=replace(entry.memory, actual=""))
        whole(sheet, pairing)

    patch.setattr(calendar_sync.planner, "_settle_wanted", settle)


def without_the_trash_bin(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(calendar_sync.executor.Trash, "take", lambda self, uri, uid: None)


def without_receipts(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(calendar_sync.executor.Place, "remember_entry", lambda self, memory: None)


@pytest.mark.parametrize(
    "guard_off",
    [
        without_merging,
        without_fingerprints,
        without_ownership,
        without_conditions,
        without_the_trash_bin,
        without_receipts,
    ],
)
def test_the_machine_notices_a_missing_guard(
    guard_off: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    guard_off(monkeypatch)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(CalendarMachine, settings=HUNT)
