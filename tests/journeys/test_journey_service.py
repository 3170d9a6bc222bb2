"""The service as a process of its own: it starts with a run, follows its configuration, and ends when it is told to."""

import re
import signal
import time

import pytest
import requests
from journeys_service import ENDS_WITHIN, eventually, service
from journeys_town import Town, row

from plugin.jobs.errands import Errands
from plugin.running import Running
from plugin.sandbox.faults import Fault


def test_it_starts_with_a_run_answers_the_machines_and_ends_when_told(town: Town) -> None:
    with service(town) as served:
        assert requests.get(f"{served.url}/healthz", timeout=5).json() == {"status": "ok"}
        assert requests.get(f"{served.url}/readyz", timeout=5).json() == {"database": True, "configuration": True}
        assert eventually(lambda: len(town.titles()) == 3)
        assert served.ends_with(signal.SIGTERM) == 0


def test_a_configuration_that_is_saved_counts_and_a_broken_one_does_not(town: Town) -> None:
    with service(town) as served:
        assert eventually(lambda: len(town.titles()) == 3)
        whole = town.config.read_text()
        town.config.write_text(whole + "\ncalendar: {}\n")
        assert eventually(lambda: served.says("the configuration is broken"))
        assert requests.get(f"{served.url}/readyz", timeout=5).json() == {"database": True, "configuration": False}
        town.config.write_text(whole.replace("name: Schulungen", "name: Fortbildung"))
        assert eventually(lambda: len(town.titles(calendar="Fortbildung")) == 3)


def test_the_hang_up_signal_reads_the_configuration_again(town: Town) -> None:
    with service(town) as served:
        assert eventually(lambda: len(town.titles()) == 3)
        served.process.send_signal(signal.SIGHUP)
        assert eventually(lambda: served.says("the configuration was read again"))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_in_the_middle_of_a_run_it_finishes_the_change_and_the_next_start_does_the_rest(
    town: Town, number: signal.Signals
) -> None:
    town.save([row(each, f"Schulung {each:02}") for each in range(1, 31)])
    town.sandbox.delay_next("PUT", r"\.ics$", 0.5, count=30)
    with service(town) as served:
        assert eventually(lambda: any(" PUT " in f" {each}" for each in town.calendar_writes()))
        assert served.ends_with(number) == 0
        written = sum(each.startswith("PUT") for each in town.calendar_writes())
        assert 0 < written < 30
    town.sandbox.clear_faults()
    with service(town) as served:
        assert eventually(lambda: len(town.titles()) == 30)
        assert served.ends_with(signal.SIGTERM) == 0
    assert sum(each.startswith("PUT") for each in town.calendar_writes()) == 30


def test_killed_in_the_middle_of_a_run_it_starts_clean(town: Town) -> None:
    town.save([row(each, f"Schulung {each:02}") for each in range(1, 21)])
    town.sandbox.delay_next("PUT", r"\.ics$", 0.5, count=20)
    with service(town) as served:
        assert eventually(lambda: any(each.startswith("PUT") for each in town.calendar_writes()))
        assert served.ends_with(signal.SIGKILL) == -signal.SIGKILL
    town.sandbox.clear_faults()
    with service(town) as served:
        assert eventually(lambda: len(town.titles()) == 20)
        assert served.ends_with(signal.SIGTERM) == 0


def test_what_a_person_asks_for_is_carried_out_within_seconds(town: Town) -> None:
    with service(town) as served:
        assert eventually(lambda: len(town.titles()) == 3)
        errands = Errands(Running(town.config, environment=town.environment, clock=town.now))
        asked = errands.approve("erika.kreis", town.plan().plan.fingerprint)
        assert eventually(lambda: (found := errands.log.one(asked.id)) is not None and found.exit_code == 0)
        assert served.ends_with(signal.SIGTERM) == 0


def test_while_nextcloud_does_not_answer_and_pages_are_served_it_ends_in_time(town: Town) -> None:
    late = Fault("late", "PROPFIND", re.compile("."), 50, wait=45)
    town.sandbox.world.faults.order(late)
    with service(town) as served:
        assert eventually(lambda: late.left < 50)
        assert requests.get(f"{served.url}/readyz", timeout=5).status_code == 200
        began = time.monotonic()
        assert served.ends_with(signal.SIGTERM) == 0
        assert time.monotonic() - began < ENDS_WITHIN
        assert served.says("ended while a request was still waiting")
    town.sandbox.clear_faults()
    with service(town) as served:
        assert eventually(lambda: len(town.titles()) == 3)


def test_told_to_end_as_soon_as_it_says_where_it_is_it_ends_in_order(town: Town) -> None:
    with service(town) as served:
        assert served.ends_with(signal.SIGTERM) == 0
        assert served.says('"message": "ending"')
