"""The last run taken back: made entries go, changed ones read as before, removed ones return; then the calendar waits."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from calendar_world import NETWORK, World, calendar, training

from calendar_sync.executor import CalendarExecutor
from calendar_sync.planner import Planned
from calendar_sync.records import HELD, Held, recall
from calendar_sync.survey import look
from calendar_sync.taking_back import Earlier, earlier, plan_taking_back
from calendar_sync.wish import SourceRules, Where
from network.apply import apply_plan
from network.plan import Plan, ScopeKind, ScopePlan
from network.report import Report

TITLES = ["Blau", "Grün", "Rot"]


@dataclass
class Rewinding(World):
    """Keeps what the last run replaced, as the service does, and takes it back."""

    before: list[Earlier] = field(default_factory=list)

    def apply(self, planned: Planned | None = None) -> Report:
        planned = planned or self.plan()
        known = recall(self.ledger).entries
        found = [
            each
            for scope in planned.scopes
            for each in earlier(
                [change for change in scope.changes if change.kind == "entry"], known.get(scope.scope.key, {}).get
            )
        ]
        self.before = found or self.before
        return super().apply(planned)

    def taken_back(self) -> tuple[ScopePlan, ...]:
        keys = [each.key for each in self.calendars]
        survey = look(self.target, recall(self.ledger), keys, network=NETWORK, now=self.now, verify=True)
        held, waiting = Held(7, self.now.isoformat()), {each.key for each in self.ledger.records(kind=HELD)}
        return plan_taking_back(self.calendars, self.before, survey, held, waiting)

    def take_back(self) -> tuple[ScopePlan, ...]:
        plans = self.taken_back()
        executor = CalendarExecutor(self.target, network=NETWORK, clock=lambda: self.now)
        report = apply_plan(Plan(plans), {ScopeKind.CALENDAR: executor}, self.ledger, parallel=1)
        assert report.is_whole
        return plans

    def release(self) -> None:
        self.released = frozenset(each.scope for each in self.calendars)
        for each in self.calendars:
            self.ledger.forget(str(each.scope), HELD, each.key)


def texts(world: World) -> dict[str, bytes]:
    href = world.href()
    hrefs = [each for each, _ in world.server.changes(href, "").changed]
    return {each.href: each.data for each in world.server.objects(href, hrefs)}


@pytest.fixture
def world() -> Rewinding:
    made = Rewinding(trainings=[training(str(number), title) for number, title in enumerate(TITLES)])
    made.settle()
    return made


def add(world: World) -> None:
    world.trainings.append(training("neu", "Gelb"))


def change(world: World) -> None:
    world.trainings[0] = replace(world.trainings[0], place="Rathaus", title="Blauer")


def remove(world: World) -> None:
    world.trainings[0] = replace(world.trainings[0], tags=("it",))
    world.calendars = [calendar(where=Where(not_tags=("it",)))]
    world.released = frozenset(each.scope for each in world.calendars)


@pytest.mark.parametrize("what", [add, change, remove])
def test_everything_reads_as_before_and_the_next_run_leaves_it_so(
    world: Rewinding, what: Callable[[World], None]
) -> None:
    names, titles = list(texts(world)), world.titles()
    what(world)
    world.apply()
    assert world.titles() != titles
    world.released = frozenset()

    world.take_back()

    assert (sorted(texts(world)), world.titles()) == (sorted(names), titles)
    [plan] = world.plan().scopes
    assert (plan.changes, len(plan.held)) == ((), 1)
    assert plan.unsafe is not None
    assert "Lauf 7 wurde am 04.01.2027 um 09:00 Uhr zurückgenommen" in plan.unsafe.de
    world.apply()
    assert world.titles() == titles
    world.release()
    world.apply()
    assert world.titles() != titles


def test_taken_back_twice_nothing_is_left_to_do(world: Rewinding) -> None:
    change(world)
    add(world)
    world.apply()
    world.take_back()

    [again] = world.taken_back()

    assert (again.changes, again.problems) == ((), ())


@pytest.mark.parametrize("what", [add, change])
def test_what_a_person_edited_since_stays_and_is_listed(world: Rewinding, what: Callable[[World], None]) -> None:
    what(world)
    world.apply()
    [title] = set(world.titles()) - set(TITLES)
    world.edit(title, "LOCATION:Raum 5")

    [plan] = world.take_back()

    assert title in world.titles()
    assert [each.code for each in plan.problems] == ["touched_since"]


def test_what_a_person_deleted_since_stays_deleted(world: Rewinding) -> None:
    change(world)
    world.apply()
    world.delete("Blauer")

    world.take_back()

    assert world.titles() == ["Grün", "Rot"]


def test_a_remark_that_somebody_had_made_before_is_there_again(world: Rewinding) -> None:
    world.edit("Blau", "COMMENT:Beamer bestellt")
    world.settle()
    change(world)
    world.apply()

    world.take_back()

    item = world.objects()[world.name_of("Blau")]
    assert item.main.value("COMMENT") == "Beamer bestellt"


def test_an_entry_that_moved_to_another_calendar_moves_back() -> None:
    calendars = [
        calendar("alle", where=Where(not_tags=("it",))),
        calendar("it", where=Where(tags=("it",)), sources=(SourceRules("plan"),)),
    ]
    world = Rewinding(calendars=calendars, trainings=[training("1", "Blau"), training("2", "Rot")])
    world.settle()
    world.trainings[0] = replace(world.trainings[0], tags=("it",), place="Rathaus")
    world.apply()
    assert (world.titles("alle"), world.titles("it")) == (["Rot"], ["Blau"])

    world.take_back()

    assert (world.titles("alle"), world.titles("it")) == (["Blau", "Rot"], [])
    assert world.objects("alle")[world.name_of("Blau", "alle")].main.value("LOCATION") == ""
    world.apply()
    assert (world.titles("alle"), world.titles("it")) == (["Blau", "Rot"], [])


def test_who_may_see_a_held_calendar_is_not_held(world: Rewinding) -> None:
    change(world)
    world.apply()
    world.take_back()
    world.calendars = [replace(world.calendars[0], grants=())]
    world.released = frozenset()

    [plan] = world.plan().scopes

    assert "share" in {each.kind for each in (*plan.changes, *plan.held)}


def test_control_a_calendar_that_is_not_held_does_the_same_again(
    world: Rewinding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("calendar_sync.planner.held_back", lambda plan, held, timezone: plan)
    add(world)
    world.apply()
    world.take_back()

    world.apply()

    assert "Gelb" in world.titles()
