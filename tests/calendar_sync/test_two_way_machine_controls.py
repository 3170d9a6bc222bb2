"""Controls: with one guard of the two-way planner switched off, its machine finds the fault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from faulty_target import Killed
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from test_two_way_machine import TwoWayMachine

import calendar_sync.agreement
import calendar_sync.executor
import calendar_sync.planner
import calendar_sync.two_way
import calendar_sync.way_back
import connectors.caldav.place
import connectors.caldav.writing
from calendar_sync.two_way import Deed, Side
from calendar_sync.wish import OnConflict

HUNT = settings(
    max_examples=150,
    stateful_step_count=25,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    database=None,
    report_multiple_bugs=False,
)
TWO_WAY: Any = calendar_sync.two_way._TwoWay


def without_what_was_agreed(patch: pytest.MonkeyPatch) -> None:
    """Whatever differs is the source's to say."""
    patch.setattr(TWO_WAY, "_base", lambda self, memory, says: None)


def without_the_attempt(patch: pytest.MonkeyPatch) -> None:
    """A write whose answer nobody heard is taken for the source's own."""
    patch.setattr(calendar_sync.way_back.WayBack, "_remember_attempt", lambda self, step, at: None)


def without_the_other_sides_change(patch: pytest.MonkeyPatch) -> None:
    """A deletion is carried over whatever happened to the event since."""
    table = calendar_sync.two_way.decide

    def decide(source: Side, here: Side) -> Deed:
        if here is Side.REMOVED and source is not Side.REMOVED:
            return Deed.REMOVE_FROM_SOURCE
        return table(source, here)

    patch.setattr(calendar_sync.two_way, "decide", decide)


def without_the_guard(patch: pytest.MonkeyPatch) -> None:
    whole = calendar_sync.planner.guarded
    patch.setattr(
        calendar_sync.planner, "guarded", lambda *given, **more: whole(*given, **{**more, "is_released": True})
    )


def without_uids_of_our_own_for_the_source(patch: pytest.MonkeyPatch) -> None:
    """What was entered there is not known again when nobody heard that it was."""
    patch.setattr(TWO_WAY, "_pairs", _by_key_alone)


def _by_key_alone(self: Any) -> dict[int, Any]:
    by_key = {each.key: each for each in self.known.values()}
    return {at: by_key[each.key] for at, each in enumerate(self.sheet.wanted) if each.key in by_key}


def without_a_condition(patch: pytest.MonkeyPatch) -> None:
    """What somebody changed meanwhile in the source is overwritten."""

    def replace_whatever(self: Any, place: str, data: bytes, *, etag: str) -> None:
        calendar = self._writable()
        [seen] = calendar.objects([place])
        calendar.put(place, data, if_match=seen.etag)

    def read(self: Any, place: str) -> Any:
        seen = next(iter(self._calendar().objects([place])), None)
        return None if seen is None else _Whatever(seen.data)

    patch.setattr(connectors.caldav.writing.WrittenCalendar, "replace", replace_whatever)
    patch.setattr(connectors.caldav.writing.WrittenCalendar, "read", read)


class _Whatever:
    """An object that has whatever ETag it is asked for."""

    class _Any(str):
        def __ne__(self, other: object) -> bool:
            return False

        __hash__ = str.__hash__

    def __init__(self, data: bytes) -> None:
        self.data, self.etag = data, self._Any()


def without_telling_a_new_calendar(patch: pytest.MonkeyPatch) -> None:
    """What a calendar made anew lacks is taken for deleted by hand."""
    patch.setattr(TWO_WAY, "_is_anew", lambda self: False)


def without_looking_again(patch: pytest.MonkeyPatch) -> None:
    """What a list of changes calls deleted is believed to be."""
    patch.setattr(connectors.caldav.place, "_restored", lambda delta, calendar: {})
    patch.setattr(calendar_sync.way_back.WayBack, "must_be_gone", lambda self, memory: None)


def without_silence(patch: pytest.MonkeyPatch) -> None:
    """What a source does not say is taken for gone."""
    whole = calendar_sync.two_way.settle

    def settle(sheet: Any, situation: Any, unwanted: Any) -> None:
        rules = sheet.calendar.counterpart
        counting = dict.fromkeys([rules.connector], situation.now.isoformat())
        whole(sheet, replace(situation, programme=replace(situation.programme, counting=counting)), unwanted)

    patch.setattr(calendar_sync.two_way, "settle", settle)


@pytest.mark.parametrize(
    ("guard_off", "says"),
    [
        (without_what_was_agreed, "a change gave way to nothing"),
        (without_uids_of_our_own_for_the_source, "doubled|a lost state causes writes"),
    ],
)
def test_the_machine_notices_a_missing_guard(
    guard_off: Callable[[pytest.MonkeyPatch], None], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    guard_off(monkeypatch)
    with pytest.raises(AssertionError, match=says):
        run_state_machine_as_test(TwoWayMachine, settings=HUNT)


def nobody_hears_and_somebody_goes_on(machine: TwoWayMachine) -> None:
    machine.edit("here", 0, "LOCATION")
    machine.run_with_a_fault(at=0, error=Killed, side="there", when="after")
    machine.edit("here", 0, "LOCATION")


def one_deletes_what_the_other_changes(machine: TwoWayMachine) -> None:
    machine.delete("here", 0)
    machine.edit("there", 0, "LOCATION")


def two_change_at_the_same_moment(machine: TwoWayMachine) -> None:
    machine.edit("here", 0, "LOCATION")
    machine.run_while_somebody_edits("there", 0, "LOCATION")


def our_calendar_is_gone(machine: TwoWayMachine) -> None:
    machine.lose_our_calendar()


def three_are_deleted(machine: TwoWayMachine) -> None:
    for _ in range(3):
        machine.delete("here", 0)
    machine.run_once()


def one_is_deleted_and_restored(machine: TwoWayMachine) -> None:
    machine.delete_and_restore("there", 0)


def the_source_is_silent(machine: TwoWayMachine) -> None:
    machine.edit("there", 0, "LOCATION")
    machine.run_while_the_source_is_silent()


STORIES = [
    (without_looking_again, one_is_deleted_and_restored, "an event is on one side only"),
    (without_silence, the_source_is_silent, "a source that says nothing causes writes"),
    (without_the_guard, three_are_deleted, "the guard let too much go"),
    (without_the_attempt, nobody_hears_and_somebody_goes_on, "a change gave way to nothing"),
    (without_the_other_sides_change, one_deletes_what_the_other_changes, "an edited event is lost"),
    (without_a_condition, two_change_at_the_same_moment, "lost without a word"),
    (without_telling_a_new_calendar, our_calendar_is_gone, "an event is lost"),
]


@pytest.mark.parametrize(("guard_off", "story", "says"), STORIES)
def test_a_seldom_story_needs_its_guard(
    guard_off: Callable[[pytest.MonkeyPatch], None],
    story: Callable[[TwoWayMachine], None],
    says: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told(story)
    guard_off(monkeypatch)
    with pytest.raises(AssertionError, match=says):
        told(story)


def told(story: Callable[[TwoWayMachine], None]) -> None:
    """The story, and whether all is well after it."""
    machine = TwoWayMachine()
    machine.begin(count=4, on_conflict=OnConflict.SOURCE)
    story(machine)
    machine.all_is_well()
