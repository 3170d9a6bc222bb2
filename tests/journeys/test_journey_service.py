"""The service as a process of its own: it starts with a run, follows its configuration, and ends when it is told to."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from journeys_town import Town, row

from plugin.jobs.errands import Errands
from plugin.running import Running

ENDS_WITHIN = 20
PATIENCE = 60


@dataclass
class Served:
    process: "subprocess.Popen[str]"
    url: str
    log: Path

    def ends_with(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(ENDS_WITHIN)

    def says(self, words: str) -> bool:
        return words in self.log.read_text()


@contextmanager
def service(town: Town) -> Iterator[Served]:
    log = town.config.with_name("service.log")
    environment = {**os.environ, **town.environment}
    with log.open("a") as err:
        process = subprocess.Popen(
            [sys.executable, "-m", "plugin.cli", "-v", "-c", str(town.config), "--json", "serve", "--port", "0"],
            stdout=subprocess.PIPE,
            stderr=err,
            text=True,
            env=environment,
        )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        yield Served(process, json.loads(line)["url"], log)
    finally:
        process.kill()
        process.wait()


def eventually(holds: Callable[[], bool]) -> bool:
    """Whether it holds within a minute: the machine may be busy."""
    until = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.2)
    return True


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
