"""An early stop never hides a change: whenever a stillness holds, the whole plan is the very same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from calendar_world import START, World, calendar, training
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule
from test_calendar_machine import CalendarMachine

from calendar_sync import stillness
from calendar_sync.planner import Planned, plan
from calendar_sync.programme import gather
from calendar_sync.records import recall
from calendar_sync.stillness import Stillness
from calendar_sync.survey import look
from calendar_sync.wish import DesiredCalendar, Missing, SourceRules, Then
from network.model import Question, SourceState, Status
from network.plan import Kind, ScopePlan
from network.ports import Intent, Record
from network.problems import Problem
from network.report import Report
from network.state import open_state
from network.text import Text

SWEEP = timedelta(days=1)


@dataclass
class StillWorld(World):
    """A world whose every plan is made twice: whole, and out of the stillness that was remembered, where it holds."""

    note: str = ""
    stops: int = 0
    found: Stillness | None = None

    def plan(self) -> Planned:
        remembered, seen = recall(self.ledger), self.server.calendars()
        keys = [each.key for each in self.calendars]
        survey = look(self.target, remembered, keys, network="kreis", now=self.now, sweep_every=SWEEP)
        programme = gather(self.deliveries(), self.calendars, remembered, now=self.now)
        planned = plan(
            self.calendars, programme, survey, remembered, registered=self.registered, released=self.released
        )
        sources = [stillness.source_told(each, by_digest=False) for each in self.deliveries()]
        records = (self.ledger.records(), self.ledger.intents())
        told = stillness.told(self.calendars, sources, seen, memory=records)
        known = stillness.from_text(self.note)
        if known is not None and known.holds(told, self.now) and not self.released:
            self.stops += 1
            assert known.plan == planned, "an early stop hides something"
        self.found = stillness.still(
            planned, self.calendars, programme, survey, remembered, told=told, sweep_every=SWEEP
        )
        return planned

    def apply(self, planned: Planned | None = None) -> Report:
        planned = planned or self.plan()
        found = self.found
        report = super().apply(planned)
        if found is not None:
            self.note = stillness.to_text(found)
        return report

    @property
    def stops_early(self) -> bool:
        before = self.stops
        self.plan()
        return self.stops > before


class StillMachine(CalendarMachine):
    """Everything that happens to calendars, and more time than entries are kept for; only the early stop is judged."""

    def __init__(self) -> None:
        super().__init__()
        self.world: StillWorld = StillWorld(self.world.calendars, server=self.server)

    def _nobody_is_lost_or_doubled(self) -> None:
        """Here trainings grow too old."""

    @rule(days=st.integers(1, 60))
    def let_days_pass(self, days: int) -> None:
        self.world.later(days=days)
        self.world.plan()

    @rule()
    def run_as_every_quarter_of_an_hour(self) -> None:
        self.world.later(minutes=15)
        self.world.apply()

    @rule(state=st.sampled_from((SourceState.FRESH, SourceState.KEPT, SourceState.FAILED)))
    def change_how_the_source_answers(self, state: SourceState) -> None:
        before = self.world.state, self.world.counts
        self.world.state, self.world.counts = state, state is SourceState.FRESH
        self.world.apply()
        self.world.plan()
        self.world.state, self.world.counts = before

    @rule(days=st.integers(0, 30))
    def keep_the_past_for(self, days: int) -> None:
        kept = timedelta(days=days)
        self.world.calendars = [replace(each, keep_past=kept) for each in self.world.calendars]


StillMachine.TestCase.settings = settings(
    max_examples=15, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
TestStillMachine = StillMachine.TestCase


def a_still_world(*calendars: DesiredCalendar) -> StillWorld:
    world = StillWorld(list(calendars) or [calendar()], [training("a"), training("b", day=70)])
    world.settle()
    world.apply()
    assert world.stops_early
    return world


def test_it_stops_early_for_as_long_as_nothing_happens() -> None:
    world = a_still_world()
    for _ in range(5):
        world.later(hours=1)
        assert world.stops_early


def cut_a_row(world: StillWorld) -> None:
    world.trainings.pop()


def edit_by_hand(world: StillWorld) -> None:
    world.edit("Schulung a", "LOCATION:Brakel")


def delete_by_hand(world: StillWorld) -> None:
    world.delete("Schulung a")


def rename_in_nextcloud(world: StillWorld) -> None:
    world.server.change_calendar(world.href(), replace(world.calendars[0].properties, name="Anders"))


def share_in_nextcloud(world: StillWorld) -> None:
    world.server.share(world.href(), (), ["groups/alle"])


def change_the_wish(world: StillWorld) -> None:
    world.calendars = [calendar(keep_past=timedelta(days=3))]


def ask_a_question(world: StillWorld) -> None:
    world.questions = (Question("row_struck_through", "a", "Zeile 2", Text("?", "?")),)


def lose_a_record(world: StillWorld) -> None:
    world.ledger.forget("calendar:schulungen", "entry", next(iter(world.ledger.records(kind="entry"))).key)


@pytest.mark.parametrize(
    "happens",
    [
        cut_a_row,
        edit_by_hand,
        delete_by_hand,
        rename_in_nextcloud,
        share_in_nextcloud,
        change_the_wish,
        ask_a_question,
        lose_a_record,
    ],
)
def test_whatever_happens_makes_a_whole_plan(happens: Callable[[StillWorld], None]) -> None:
    world = a_still_world()
    happens(world)
    assert not world.stops_early


def test_a_cancelled_training_is_removed_when_its_grace_is_over() -> None:
    world = StillWorld(trainings=[training("a", day=5, status=Status.CANCELLED)])
    world.settle()
    while world.titles():
        world.later(hours=3)
        world.apply()
        assert world.now < START + timedelta(days=40), "it is never removed"
    assert world.stops > 3


def test_an_entry_too_old_is_removed_between_two_full_listings() -> None:
    world = a_still_world(calendar(keep_past=timedelta(days=1)))
    end = world.trainings[0].sessions[0].end
    assert isinstance(end, datetime)
    world.now = end + timedelta(hours=20)
    world.settle()
    world.apply()
    assert world.stops_early
    world.now = end + timedelta(days=1, seconds=1)
    assert not world.stops_early
    assert world.pending()


def test_while_a_training_is_missing_every_fetch_is_counted() -> None:
    rules = SourceRules("plan", missing=Missing(then=Then.REMOVE))
    world = a_still_world(calendar(sources=(rules,)))
    cut_a_row(world)
    for _ in range(3):
        assert not world.stops_early
        world.apply()
        world.later(hours=13)
    assert world.pending(), "it was never counted as missing"


def test_a_clock_that_is_put_back_makes_a_whole_plan() -> None:
    world = a_still_world()
    world.now -= timedelta(days=2)
    assert not world.stops_early


def test_what_is_remembered_reads_as_it_was_written() -> None:
    problem = Problem("name_taken", "netz.yaml:3", Text("Größe", "size"), Text("tun", "do"))
    scope = ScopePlan(
        calendar().scope, present={Kind.ENTRY: 3}, kept=1, foreign=2, problems=(problem,), where="netz.yaml:9"
    )
    found = Stillness("x", START, START + SWEEP, Planned((scope,), (problem,)))
    assert stillness.from_text(stillness.to_text(found)) == found


def test_the_version_of_the_state_grows_with_every_change() -> None:
    state = open_state(None)
    intent = Intent("calendar:a", "calendar", "a", "dnw-a")
    seen = [state.version]
    for change in (
        lambda: state.remember(Record("calendar:a", "entry", "1")),
        lambda: state.remember(Record("calendar:a", "entry", "1")),
        lambda: state.forget("calendar:a", "entry", "1"),
        lambda: state.intend(intent),
        lambda: state.settle(intent),
    ):
        change()
        seen.append(state.version)
    assert seen == sorted(set(seen))


@pytest.mark.parametrize("forgotten", ["until", "told"])
def test_the_comparison_finds_a_stillness_that_forgets_something(forgotten: str) -> None:
    """The control: with one of its two conditions switched off, the early stop hides a change, and that is seen."""
    world = a_still_world(calendar(keep_past=timedelta(days=1)))
    known = stillness.from_text(world.note)
    assert known is not None
    if forgotten == "until":
        world.note = stillness.to_text(replace(known, until=known.until + timedelta(days=999)))
        world.later(days=200)
    else:
        cut_a_row(world)
        world.trainings[0] = replace(world.trainings[0], place="Höxter")
        world.note = stillness.to_text(replace(known, told=_told_now(world)))
    with pytest.raises(AssertionError, match="hides"):
        world.plan()


def _told_now(world: StillWorld) -> str:
    sources = [stillness.source_told(each, by_digest=False) for each in world.deliveries()]
    records = (world.ledger.records(), world.ledger.intents())
    return stillness.told(world.calendars, sources, world.server.calendars(), memory=records)
