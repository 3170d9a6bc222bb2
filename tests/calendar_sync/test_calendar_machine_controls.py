"""Controls: with one guard switched off, the machine finds the fault. Otherwise it would prove nothing.

Each guard has a path of the machine's own rules on which it is needed: with it all is well at every step, without it
the machine says so. Where chance finds the path soon, chance is asked as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from machine_rows import read_anew
from odd_server import OddServer
from test_calendar_machine import CalendarMachine

import calendar_sync.absence
import calendar_sync.entry_plan
import calendar_sync.executor
import calendar_sync.identity
import calendar_sync.pairing
import calendar_sync.planner
import calendar_sync.programme
import calendar_sync.survey
import calendar_sync.unwanted
import connectors.memory.ledger
import network.ical.reading
from calendar_sync import sentences
from calendar_sync.absence import Verdict
from calendar_sync.merge import Merged
from connectors.memory.calendars import MemoryCalendars
from network.model import SourceState

HUNT = settings(
    max_examples=400,
    stateful_step_count=25,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    database=None,
    report_multiple_bugs=False,
)
Patch = pytest.MonkeyPatch

# ---------------------------------------------------------------------- what is whose, and who is who


def without_ownership(patch: Patch) -> None:
    """Whatever lies in our calendar is taken for ours."""
    patch.setattr(calendar_sync.survey, "is_our_uid", lambda uid: True)
    patch.setattr(calendar_sync.survey, "file_name", lambda uid: uid)
    patch.setattr(calendar_sync.planner.Unwanted, "settle", _remove_whatever_it_is)


def _remove_whatever_it_is(self: Any, sheet: Any, entry: Any) -> None:
    memory = entry.memory
    sheet.entries.change("remove", memory, sentences.OUT_OF_TIME, calendar_sync.entry_plan.RemoveEntry(memory), "")


def without_fingerprints(patch: Patch) -> None:
    patch.setattr(calendar_sync.pairing.Situation, "is_given_up", lambda self, source: False)


def without_a_look_for_taken_uids(patch: Patch) -> None:
    minted = calendar_sync.identity.mint_uid
    patch.setattr(calendar_sync.pairing, "mint_uid", lambda *told, **_: minted(*told))


def without_the_place_of_old(patch: Patch) -> None:
    """An entry that was moved, unheard, is known by its marker alone."""
    patch.setattr(calendar_sync.survey._Glance, "_elsewhere", lambda self, key, name: None)


# ---------------------------------------------------------------------- what people wrote


def without_merging(patch: Patch) -> None:
    patch.setattr(calendar_sync.entry_plan, "merge", lambda meant, wish, actual, on_conflict: Merged(wish))


def without_a_comparison_with_what_stands_there(patch: Patch) -> None:
    """What stands there is overwritten with what we mean, whoever edited it since."""
    whole = calendar_sync.planner._settle_wanted

    def settle(sheet: Any, pairing: Any) -> None:
        for uid, entry in sheet.standing.items():
            sheet.standing[uid] = replace(entry, memory=replace(entry.memory, actual=""))
        whole(sheet, pairing)

    patch.setattr(calendar_sync.planner, "_settle_wanted", settle)


def without_if_match(patch: Patch) -> None:
    """A write takes place whatever was written since we looked."""
    put = MemoryCalendars.put

    def unconditional(self: Any, href: str, data: bytes, *, if_match: str) -> str:
        parent, _, name = href.rpartition("/")
        there = self._at(parent + "/").objects.get(name)
        return put(self, href, data, if_match=there.etag if there and if_match else if_match)

    patch.setattr(MemoryCalendars, "put", unconditional)


def without_a_second_look_at_what_is_restored(patch: Patch) -> None:
    patch.setattr(calendar_sync.executor, "_is_unedited", lambda seen: True)


def without_the_digest_in_the_marker(patch: Patch) -> None:
    """After loss of the state, whatever stands there counts as what we meant."""
    adopted = calendar_sync.survey._adopted

    def believe(found: Any, marker: Any, item: Any) -> Any:
        memory = adopted(found, marker, item)
        return replace(memory, wish=memory.text, actual="")

    patch.setattr(calendar_sync.survey, "_adopted", believe)


def without_history(patch: Patch) -> None:
    patch.setattr(connectors.memory.ledger.MemoryLedger, "lost_value", lambda self, *told: None)


# ---------------------------------------------------------------------- what the server did, and what it says of it


def without_the_trash_bin(patch: Patch) -> None:
    patch.setattr(calendar_sync.executor.Trash, "take", lambda self, uri, uid: None)


def without_receipts(patch: Patch) -> None:
    patch.setattr(calendar_sync.executor.Place, "remember_entry", lambda self, memory: None)


def without_asking_who_else_wrote(patch: Patch) -> None:
    """After our writes the newest token is taken, whoever wrote in between."""

    def close(self: Any, scope: Any, ledger: Any) -> None:
        record = ledger.record(str(scope), "calendar", scope.key)
        if record is not None:
            ledger.remember(replace(record, etag=self._target.changes(record.remote, record.etag).token))

    patch.setattr(calendar_sync.executor.CalendarExecutor, "close", close)


def without_a_reset_of_tokens(patch: Patch) -> None:
    patch.setattr(calendar_sync.survey, "_comparable", lambda old, new: old)


def without_a_mark_that_dies_with_the_calendar(patch: Patch) -> None:
    """A calendar that was purged and made anew still carries our mark."""
    marks: dict[str, str] = {}
    mark, make = OddServer.mark_calendar, OddServer.make_anew

    def remember(self: Any, href: str, marker: str) -> None:
        marks[href] = marker
        mark(self, href, marker)

    def keep(self: Any, href: str) -> None:
        make(self, href)
        self._at(href).marker = marks.get(href, "")

    patch.setattr(OddServer, "mark_calendar", remember)
    patch.setattr(OddServer, "make_anew", keep)
    patch.setattr(calendar_sync.survey._Glance, "_is_due", lambda self, memory: not memory.swept_at)


def without_a_full_listing_now_and_then(patch: Patch) -> None:
    patch.setattr(calendar_sync.survey._Glance, "_is_due", lambda self, memory: not memory.swept_at)


def without_taking_what_was_begun(patch: Patch) -> None:
    """A calendar that we made and could not mark any more is taken for somebody else's."""
    patch.setattr(calendar_sync.survey.ActualCalendar, "is_empty", False)


def without_our_own_words_of_before(patch: Patch) -> None:
    """What a backup brings back is taken for an edit by hand."""
    whole = calendar_sync.survey._seen

    def seen(memory: Any, found: Any, item: Any) -> Any:
        plain = calendar_sync.survey.without_marker(found)
        result = whole(memory, found, item)
        if result.wish == memory.wish:
            return result
        return replace(result, wish=memory.wish, source=memory.source, actual=calendar_sync.survey.to_text(plain))

    patch.setattr(calendar_sync.survey, "_seen", seen)


# ---------------------------------------------------------------------- what may be lost


def without_the_guard(patch: Patch) -> None:
    patch.setattr(calendar_sync.planner, "guarded", lambda whole, limit, waiting, **_: whole)


def without_waiting_for_the_other_calendar(patch: Patch) -> None:
    patch.setattr(calendar_sync.planner, "moves_wait", list)


def without_waiting(patch: Patch) -> None:
    """What is missing once is gone."""
    patch.setattr(calendar_sync.unwanted, "judge", lambda row, rules, **_: Verdict.REMOVE)


def without_protection_of_what_is_near(patch: Patch) -> None:
    patch.setattr(calendar_sync.absence, "TOO_CLOSE", timedelta())


def without_asking_whether_an_answer_counts(patch: Patch) -> None:
    gathered = calendar_sync.programme.gather

    def gather(deliveries: Any, *told: Any, **named: Any) -> Any:
        return gathered([replace(each, counts=True) for each in deliveries], *told, **named)

    patch.setattr("calendar_world.gather", gather)


def without_holding_what_is_asked(patch: Patch) -> None:
    gathered = calendar_sync.programme.gather
    patch.setattr("calendar_world.gather", lambda *told, **named: replace(gathered(*told, **named), held=frozenset()))


def without_silence(patch: Patch) -> None:
    read_anew()
    patch.setattr(network.ical.reading, "silenced", lambda event: event)


# ---------------------------------------------------------------------- where each of them is needed

Step = tuple[str, dict[str, object]]
FIRST = {"number": 0, "key": "rest"}
RUN: Step = ("run", {})
GUARDED: Step = ("run_with_the_guard", {})
LATER: Step = ("let_time_pass", {"hours": 13})
MOVED_PLACE: Step = ("change_place", {"number": 0, "place": "Brakel"})
TO_IT: Step = ("change_calendar", {"number": 0, "tags": ("it",)})
REMARK: Step = ("edit_by_hand", {**FIRST, "name": "COMMENT"})
DELETED: Step = ("delete_by_hand", FIRST)
CUT: Step = ("cut_a_row", {"number": 0})


def begin(count: int, *, of_a_feed: bool = False) -> Step:
    return "begin", {"count": count, "of_a_feed": of_a_feed}


def missing_for_long(step: Step) -> tuple[Step, ...]:
    """Three times, over more than a day."""
    return step, LATER, step, LATER, step


PATHS: dict[Callable[[Patch], None], tuple[Step, ...]] = {
    without_ownership: (begin(2), ("add_something_foreign", {"key": "rest"}), RUN),
    without_fingerprints: (begin(2), ("rotate_keys", {})),
    without_a_look_for_taken_uids: (
        begin(1),
        ("rotate_keys", {}),
        ("offer_under_a_key_of_old", {"of_a_feed": False}),
        RUN,
    ),
    without_the_place_of_old: (
        begin(1),
        ("rotate_keys", {}),
        TO_IT,
        ("write_in_vain", {"at": 0, "when": "after", "answer": "killed"}),
        MOVED_PLACE,
        RUN,
    ),
    without_merging: (begin(1), REMARK, MOVED_PLACE, RUN),
    without_a_comparison_with_what_stands_there: (begin(1), REMARK, MOVED_PLACE, RUN),
    without_if_match: (begin(1), MOVED_PLACE, ("edit_what_was_planned_for", {**FIRST, "name": "COMMENT"}), RUN),
    without_a_second_look_at_what_is_restored: (
        begin(1),
        DELETED,
        ("edit_while_we_write", {**FIRST, "name": "COMMENT", "at": 0}),
        RUN,
    ),
    without_the_digest_in_the_marker: (begin(1), REMARK, ("lose_the_state", {}), RUN, MOVED_PLACE, RUN),
    without_history: (
        begin(1),
        TO_IT,
        RUN,
        ("edit_by_hand", {"number": 0, "key": "it", "name": "LOCATION"}),
        MOVED_PLACE,
        RUN,
    ),
    without_the_trash_bin: (begin(1), DELETED, RUN),
    without_receipts: (begin(1, of_a_feed=True), ("rotate_keys", {}), TO_IT, GUARDED, MOVED_PLACE, RUN),
    without_asking_who_else_wrote: (
        begin(1),
        ("offer", {"day": 100, "of_a_feed": False}),
        ("delete_while_we_write", {**FIRST, "at": 0}),
        RUN,
    ),
    without_a_reset_of_tokens: (
        begin(2),
        DELETED,
        ("remember_a_token_from_elsewhere", {"key": "rest", "ahead": 50}),
        RUN,
    ),
    without_a_mark_that_dies_with_the_calendar: (begin(2), ("make_a_calendar_anew", {"key": "rest"}), RUN),
    without_a_full_listing_now_and_then: (begin(2), ("forget_what_changed", FIRST), RUN),
    without_taking_what_was_begun: (
        begin(2),
        ("make_a_calendar_anew", {"key": "rest"}),
        ("lose_the_state", {}),
        RUN,
    ),
    without_our_own_words_of_before: (begin(1), MOVED_PLACE, ("come_back_from_a_backup", {"key": "rest"}), RUN),
    without_the_guard: (begin(8), CUT, CUT, CUT, *missing_for_long(GUARDED)),
    without_waiting_for_the_other_calendar: (begin(8), CUT, CUT, CUT, *missing_for_long(GUARDED), TO_IT, GUARDED),
    without_waiting: (begin(8), CUT, RUN),
    without_protection_of_what_is_near: (
        begin(4),
        ("offer", {"day": 12, "of_a_feed": False}),
        RUN,
        ("cut_a_row", {"number": 4}),
        *missing_for_long(RUN),
    ),
    without_asking_whether_an_answer_counts: (
        begin(8),
        *missing_for_long(("fail_to_answer", {"state": SourceState.KEPT, "is_cut_off": True})),
    ),
    without_holding_what_is_asked: (begin(4), ("write_a_row_that_only_asks", {"number": 0}), RUN),
    without_silence: (begin(1, of_a_feed=True),),
}
FOUND_SOON = (
    without_ownership,
    without_fingerprints,
    without_merging,
    without_a_comparison_with_what_stands_there,
)


def walk(path: Sequence[Step]) -> None:
    machine = CalendarMachine()
    for name, told in path:
        getattr(machine, name)(**told)
        machine.all_is_well()


def name_of(guard_off: object) -> str:
    return getattr(guard_off, "__name__", "")


@pytest.fixture(autouse=True)
def _nothing_is_read_before() -> Iterator[None]:
    read_anew()
    yield
    read_anew()


def test_every_guard_has_its_path() -> None:
    assert {each for name, each in globals().items() if name.startswith("without_")} == set(PATHS)


@pytest.mark.parametrize("guard", PATHS, ids=name_of)
def test_with_the_guard_all_is_well_on_the_way(guard: Callable[[Patch], None]) -> None:
    walk(PATHS[guard])


@pytest.mark.parametrize("guard_off", PATHS, ids=name_of)
def test_the_machine_notices_a_missing_guard(guard_off: Callable[[Patch], None], monkeypatch: Patch) -> None:
    guard_off(monkeypatch)
    with pytest.raises(AssertionError):
        walk(PATHS[guard_off])


@pytest.mark.parametrize("guard_off", FOUND_SOON, ids=name_of)
def test_chance_finds_a_missing_guard(guard_off: Callable[[Patch], None], monkeypatch: Patch) -> None:
    guard_off(monkeypatch)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(CalendarMachine, settings=HUNT)
