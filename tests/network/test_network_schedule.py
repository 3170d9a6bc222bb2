"""When what is due: claimed once, moved on with jitter, in step with the configuration."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

from network.state.engine import sqlite
from network.state.schedule import JITTER, Schedule

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
HOUR = timedelta(hours=1)


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


def schedule(clock: Clock, random: Callable[[], float] = lambda: 0.0, path: Path | None = None) -> Schedule:
    return Schedule(sqlite(path), clock=clock, random=random)


def test_what_is_new_is_due_at_once_and_then_after_its_interval() -> None:
    clock = Clock()
    found = schedule(clock)
    found.keep({"plan": QUARTER, "feed": HOUR})
    assert found.claim() == ("feed", "plan")
    assert found.claim() == ()
    clock.now += QUARTER
    assert found.due() == ("plan",)
    assert found.claim() == ("plan",)


def test_the_next_time_is_later_by_at_most_the_jitter() -> None:
    clock = Clock()
    found = schedule(clock, random=lambda: 1.0)
    found.keep({"feed": HOUR})
    found.claim()
    assert found.times() == {"feed": NOON + HOUR * (1 + JITTER)}


def test_what_left_the_configuration_is_never_due_again() -> None:
    found = schedule(Clock())
    found.keep({"plan": QUARTER, "feed": HOUR})
    found.keep({"plan": QUARTER})
    assert found.claim() == ("plan",)


def test_a_shortened_interval_counts_at_once() -> None:
    clock = Clock()
    found = schedule(clock)
    found.keep({"feed": HOUR})
    found.claim()
    found.keep({"feed": QUARTER})
    assert found.times() == {"feed": NOON + QUARTER}


def test_reading_the_configuration_again_puts_nothing_off() -> None:
    clock = Clock()
    found = schedule(clock)
    found.keep({"feed": HOUR})
    found.claim()
    clock.now += timedelta(minutes=50)
    found.keep({"feed": HOUR})
    assert found.times() == {"feed": NOON + HOUR}


def test_what_is_hastened_comes_sooner_and_never_later() -> None:
    clock = Clock()
    found = schedule(clock)
    found.keep({"plan": QUARTER, "feed": HOUR})
    found.claim()
    found.hasten(["feed", "plan"], by=timedelta(minutes=30))
    assert found.times() == {"feed": NOON + timedelta(minutes=30), "plan": NOON + QUARTER}


def test_of_several_schedulers_one_gets_what_is_due(tmp_path: Path) -> None:
    clock, path = Clock(), tmp_path / "state.sqlite"
    schedule(clock, path=path).keep({"plan": QUARTER})
    with ThreadPoolExecutor(8) as pool:
        claimed = list(pool.map(lambda _: schedule(clock, path=path).claim(), range(8)))
    assert sorted(claimed) == [(), (), (), (), (), (), (), ("plan",)]
