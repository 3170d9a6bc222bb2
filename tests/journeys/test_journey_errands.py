"""What people ask for on pages: carried out once, by whoever works, in the end also after a restart."""

import socket
import threading

import pytest
from journeys_town import THREE, Town, row

from network.errors import AgainLater
from network.state import Leases
from network.state.errands import LOST_AFTER, Errand, ErrandLog
from network.state.runs import RunLog
from network.text import Text
from plugin.jobs import errands as errands_of
from plugin.jobs.errands import AGAIN_AFTER, TRIED_FOR, Came, Errands
from plugin.running import Running


@pytest.fixture
def running(town: Town) -> Running:
    return Running(town.config, environment=town.environment, clock=town.now)


def runs_of(running: Running) -> int:
    return len(RunLog(running.state.engine).latest("apply", limit=100))


def now_of(running: Running, errand: Errand) -> Errand:
    found = Errands(running).log.one(errand.id)
    assert found is not None
    return found


def test_run_now_is_carried_out_and_what_came_of_it_is_known(town: Town, running: Running) -> None:
    errands = Errands(running)
    asked = errands.run_now("erika.kreis")
    assert asked.is_waiting and not asked.is_over
    assert town.titles() == []
    errands.go()
    done = now_of(running, asked)
    assert done.is_over
    assert (done.by, done.exit_code, done.problem) == ("erika.kreis", 0, None)
    (run,) = RunLog(running.state.engine).latest("apply", limit=2)
    assert done.run == run.id
    assert len(town.titles()) == 3
    assert errands.go() is None


def test_one_connector_alone_is_asked(running: Running) -> None:
    errands = Errands(running)
    errands.run_now("erika.kreis")
    errands.go()
    errands.run_now("erika.kreis", ["beschaeftigte"])
    errands.go()
    last = RunLog(running.state.engine).last("apply")
    assert last is not None
    assert '"connector": "plan", "state": "resting"' in last.document


def test_approving_carries_out_exactly_the_plan_that_was_shown(town: Town, running: Running) -> None:
    errands = Errands(running)
    seen = town.plan().plan.fingerprint
    errands.approve("erika.kreis", seen.lower())
    done = errands.go()
    assert done is not None and done.exit_code == 0
    assert len(town.titles()) == 3


def test_a_plan_that_changed_meanwhile_is_not_carried_out(town: Town, running: Running) -> None:
    errands = Errands(running)
    errands.approve("erika.kreis", town.plan().plan.fingerprint)
    town.save([*THREE, row(4, "Vergaberecht")])
    done = errands.go()
    assert done is not None and done.problem is not None
    assert (done.exit_code, done.problem.code, done.run) == (3, "plan_changed", 0)
    assert town.titles() == []


def test_who_asks_for_the_same_gets_the_same_errand_until_it_is_over(running: Running) -> None:
    errands = Errands(running)
    first = errands.approve("erika.kreis", "ABCDEFGH")
    assert errands.approve("max.kreis", "ABCDEFGH").id == first.id
    assert errands.approve("max.kreis", "ABCDEFGH", release_unsafe=True).id != first.id
    errands.go()
    assert errands.approve("max.kreis", "ABCDEFGH").id != first.id


def test_another_run_at_work_is_waited_for_and_not_for_ever(town: Town, running: Running) -> None:
    errands = Errands(running)
    elsewhere = Leases(running.state.engine, holder="elsewhere/1/1", clock=lambda: town.now().timestamp(), seconds=9e9)
    (lease,) = elsewhere.take(["network:probe-kreis"])
    asked = errands.run_now("erika.kreis")
    errands.go()
    waiting = now_of(running, asked)
    assert waiting.is_waiting and waiting.problem is not None and waiting.problem.code == "locked"
    assert not errands.is_any_due()
    town.wait(seconds=AGAIN_AFTER.total_seconds() + 1)
    assert errands.is_any_due()
    elsewhere.give_back([lease])
    errands.go()
    assert now_of(running, asked).exit_code == 0
    elsewhere.take(["network:probe-kreis"])
    asked = errands.run_now("erika.kreis")
    town.wait(seconds=TRIED_FOR.total_seconds() + 1)
    errands.go()
    given_up = now_of(running, asked)
    assert given_up.is_over and given_up.exit_code == 1 and given_up.problem is not None


def test_after_a_restart_what_nobody_began_is_carried_out_and_what_was_begun_is_not(
    town: Town, running: Running
) -> None:
    asked = Errands(running).run_now("erika.kreis")
    killed = ErrandLog(running.state.engine, clock=town.now, holder=f"{socket.gethostname()}/999999999/1")
    begun = killed.take()
    assert begun is not None and begun.id == asked.id
    second = Errands(running).approve("erika.kreis", town.plan().plan.fingerprint)
    again = Errands(Running(town.config, environment=town.environment, clock=town.now))
    assert again.is_any_due()
    again.go()
    left = now_of(running, asked)
    assert left.is_over and left.problem is not None and left.problem.code == "abandoned"
    assert now_of(running, second).exit_code == 0
    assert runs_of(running) == 1


def test_what_another_machine_began_is_given_up_in_the_end(town: Town, running: Running) -> None:
    Errands(running).run_now("erika.kreis")
    ErrandLog(running.state.engine, clock=town.now, holder="elsewhere/1/1").take()
    assert not Errands(running).is_any_due()
    town.wait(seconds=LOST_AFTER.total_seconds() + 1)
    assert Errands(running).is_any_due()
    assert Errands(running).go() is None
    assert not Errands(running).is_any_due()


def test_of_many_workers_one_carries_it_out(town: Town, running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[int] = []
    monkeypatch.setattr(errands_of, "WORK", {"run_now": lambda *_: Came(done.append(1) or 0)})
    begin = threading.Barrier(4)

    def work() -> None:
        for _ in range(10):
            begin.wait()
            Errands(running).run_now("erika.kreis")
            Errands(running).go()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert len(done) == len(Errands(running).log.latest(limit=100)) >= 10


def test_a_fault_that_nobody_foresaw_ends_it_with_a_word(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errands_of, "WORK", {"run_now": lambda *_: 1 / 0})
    Errands(running).run_now("erika.kreis")
    done = Errands(running).go()
    assert done is not None and done.problem is not None
    assert (done.is_over, done.problem.code) == (True, "unforeseen")


def test_a_stop_before_anything_was_written_leaves_it_for_the_next_process(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> Came:
        raise AgainLater(Text("der Dienst wird gerade beendet", "the service is being stopped"), code="stopping")

    asked = Errands(running).run_now("erika.kreis")
    with monkeypatch.context() as patch:
        patch.setattr(errands_of, "WORK", {"run_now": stopped})
        Errands(running).go()
    assert now_of(running, asked).is_waiting


def test_old_errands_do_not_stay_for_ever(town: Town, running: Running) -> None:
    errands = Errands(running)
    old = errands.run_now("erika.kreis")
    errands.go()
    town.wait(days=91)
    errands.run_now("max.kreis")
    assert errands.log.one(old.id) is None
    assert len(errands.log.latest("run_now", limit=9)) == 1
