"""The service as a process of its own, and a log of what it says."""

from __future__ import annotations

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

from journeys_town import Town

ENDS_WITHIN = 20
PATIENCE = 60


@dataclass
class Served:
    process: subprocess.Popen[str]
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
