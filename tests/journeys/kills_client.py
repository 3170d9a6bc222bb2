"""A client in a process of its own: it can be killed, and it starts in the time of a fork.

The fork server holds the program ready loaded; the sandbox lives in the process of the tests.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from network.errors import DigitalnetzwerkError
from network.plan import Scope
from plugin.assembly import open_service
from plugin.render.run import exit_code
from plugin.service import Service

FORKS = get_context("forkserver")
LEDGER_WRITES = ("remember_all", "forget", "intend", "settle")
PATIENCE = 300  # seconds that a client may take, against a real server on a busy machine
Prepare = Callable[[Service], None]


@dataclass(frozen=True, slots=True)
class Said:
    """How a run ended: its exit code and the codes of its problems."""

    code: int
    problems: tuple[str, ...]


class Client:
    """One `apply` in another process. `prepare` is something of this module, called before it begins."""

    def __init__(self, config: Path, password: str, prepare: Prepare | None = None, *, verify: bool = False) -> None:
        _start_fork_server()
        self._answer, there = FORKS.Pipe(duplex=False)
        self.process: BaseProcess = FORKS.Process(target=_apply, args=(config, password, prepare, verify, there))
        self.process.start()
        there.close()

    def kill(self) -> None:
        """As `kill -9` does; returns when the process is gone."""
        self.process.kill()
        assert wait([self.process.sentinel], timeout=10), "the client does not die"

    def pause(self) -> None:
        """It stands still, as a machine that sleeps."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        assert self.process.pid is not None
        os.kill(self.process.pid, number)

    def was_killed(self) -> bool:
        """Whether it ended by `kill -9`."""
        self.process.join(timeout=PATIENCE)
        return self.process.exitcode == -signal.SIGKILL

    def said(self) -> Said:
        """What came of it, once it ended by itself."""
        assert self._answer.poll(PATIENCE), "the client does not end"
        said = self._answer.recv()
        self.process.join(timeout=PATIENCE)
        assert isinstance(said, Said)
        return said


def apply_here(
    config: Path,
    password: str,
    prepare: Prepare | None = None,
    *,
    verify: bool = False,
    later: timedelta = timedelta(),
) -> Said:
    """One `apply` in this process, now or `later`; nothing is raised, as on the command line."""
    try:
        with open_service(
            config, environment={"NEXTCLOUD_PASSWORD": password}, clock=lambda: datetime.now(UTC) + later
        ) as service:
            if prepare is not None:
                prepare(service)
            run = service.apply(verify=verify)
    except DigitalnetzwerkError as error:
        return Said(exit_code(error), (error.code,))
    return Said(run.code, tuple(problem.code for problem in run.problems))


def without_intents(service: Service) -> None:
    """Nothing is intended before it is made: the control of the tests."""
    setattr(service.state, "intend", lambda intent: None)  # noqa: B010


def without_lease(service: Service) -> None:
    """Nobody asks who is at work: the control of the tests."""

    @contextmanager
    def writing(command: str) -> Iterator[Callable[[Scope], None]]:
        yield lambda scope: None

    setattr(service, "_writing", writing)  # noqa: B010


def released(service: Service) -> None:
    """A person lets go of the guards."""
    setattr(service, "apply", partial(service.apply, release_unsafe=True))  # noqa: B010


@dataclass(frozen=True, slots=True)
class DieAtBooks:
    """The process kills itself when our own database was written `number` times."""

    number: int

    def __call__(self, service: Service) -> None:
        left = self.number

        def dying(write: Callable[..., None]) -> Callable[..., None]:
            def written(*arguments: object) -> None:
                nonlocal left
                write(*arguments)
                left -= 1
                if not left:
                    os.kill(os.getpid(), signal.SIGKILL)

            return written

        for name in LEDGER_WRITES:
            setattr(service.state, name, dying(getattr(service.state, name)))


def _apply(config: Path, password: str, prepare: Prepare | None, verify: bool, answer: Connection) -> None:
    answer.send(apply_here(config, password, prepare, verify=verify))


@cache
def _start_fork_server() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(__file__).parent))  # Python 3.11 tells the fork server no path
        FORKS.set_forkserver_preload(["__main__", "kills_warm"])
        process = FORKS.Process(target=int)
        process.start()
        process.join()
