"""One writer per scope: who holds a lease, who gives way, and when."""

import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from network.errors import Locked
from network.state import Leases
from network.state.engine import sqlite
from network.state.leases import has_died, this_process


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_second_holder_is_told_who_is_at_work() -> None:
    engine, clock = sqlite(None), Clock()
    Leases(engine, holder="elsewhere/1/1", clock=clock).take(["calendar:schulungen"])
    with pytest.raises(Locked) as caught:
        Leases(engine, holder="elsewhere/2/2", clock=clock).take(["calendar:schulungen"])
    assert "elsewhere/1/1" in caught.value.message.en


def test_all_scopes_are_taken_or_none() -> None:
    engine, clock = sqlite(None), Clock()
    Leases(engine, holder="elsewhere/1/1", clock=clock).take(["b"])
    second = Leases(engine, holder="elsewhere/2/2", clock=clock)
    with pytest.raises(Locked):
        second.take(["a", "b"])
    third = Leases(engine, holder="elsewhere/3/3", clock=clock)
    assert [lease.scope for lease in third.take(["a"])] == ["a"]


def test_a_lease_that_ran_out_goes_to_the_next_and_the_first_may_no_longer_write() -> None:
    engine, clock = sqlite(None), Clock()
    first, second = (Leases(engine, holder=f"elsewhere/{n}/{n}", clock=clock, seconds=60) for n in (1, 2))
    (old,) = first.take(["a"])
    clock.now += 61
    (new,) = second.take(["a"])
    assert new.fence > old.fence
    with pytest.raises(Locked):
        first.check(old)
    second.check(new)


def test_checking_renews() -> None:
    engine, clock = sqlite(None), Clock()
    first, second = (Leases(engine, holder=f"elsewhere/{n}/{n}", clock=clock, seconds=60) for n in (1, 2))
    (lease,) = first.take(["a"])
    clock.now += 50
    first.check(lease)
    clock.now += 50
    with pytest.raises(Locked):
        second.take(["a"])


def test_a_lease_is_written_anew_only_when_half_of_its_time_is_over(tmp_path: Path) -> None:
    path, clock = tmp_path / "state.sqlite", Clock()
    leases = Leases(sqlite(path, patience=0.1), holder="elsewhere/1/1", clock=clock, seconds=60)
    (lease,) = leases.take(["a"])
    busy = sqlite3.connect(path, isolation_level=None)
    busy.execute("BEGIN IMMEDIATE")
    clock.now += 29
    leases.check(lease)
    clock.now += 2
    with pytest.raises(Locked):
        leases.check(lease)
    busy.close()
    leases.check(lease)


def test_a_lease_given_back_is_free_and_its_fence_goes_on_growing() -> None:
    engine, clock = sqlite(None), Clock()
    first, second = (Leases(engine, holder=f"elsewhere/{n}/{n}", clock=clock) for n in (1, 2))
    taken = first.take(["a"])
    first.give_back(taken)
    assert second.take(["a"])[0].fence == taken[0].fence + 1


def test_a_killed_process_of_this_machine_gives_way_at_once() -> None:
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    name = this_process().split("/")
    holder = f"{name[0]}/{child.pid}/{Path(f'/proc/{child.pid}/stat').read_text().rpartition(')')[2].split()[19]}"
    assert not has_died(holder)
    child.kill()
    child.wait()
    assert has_died(holder)
    engine, clock = sqlite(None), Clock()
    Leases(engine, holder=holder, clock=clock).take(["a"])
    assert Leases(engine, holder=this_process(), clock=clock).take(["a"])


def test_a_killed_process_gives_way_even_when_its_parent_has_not_looked_yet() -> None:
    """In a container without an init process nobody ever looks: the dead one keeps its id and its start time."""
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    stat = Path(f"/proc/{child.pid}/stat")
    holder = f"{this_process().split('/')[0]}/{child.pid}/{stat.read_text().rpartition(')')[2].split()[19]}"
    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert stat.exists()
    assert has_died(holder)
    child.communicate()


def test_of_many_that_reach_for_a_scope_at_once_exactly_one_gets_it(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    sqlite(path)

    def reach(number: int) -> bool:
        leases = Leases(sqlite(path), holder=f"elsewhere/{number}/1", clock=lambda: 1000.0)
        try:
            leases.take(["a"])
        except Locked:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(reach, range(16))) == 1
