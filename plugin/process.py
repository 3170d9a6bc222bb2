"""The service as one process: pages, the clock that looks what is due, and workers. It is meant to run for months.

SIGTERM and SIGINT finish the change that is under way and end the process; SIGHUP, like a file that was saved, has the
configuration read again.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any

from waitress.server import create_server

from network.settings.hidden import secrets_within
from network.text import Language, Text
from plugin import logs
from plugin.exapp.state import Noticeboard
from plugin.jobs.clockwork import Clockwork
from plugin.jobs.errands import Errands
from plugin.jobs.queue import Jobs
from plugin.jobs.rounds import Rounds
from plugin.render.run import DONE
from plugin.running import Running
from plugin.web.app import LARGEST, following

log = logging.getLogger(__name__)

END_WITHIN = 12.0
PAGE_THREADS = 8
MOST_CONNECTIONS = 1_000
"""Browsers keep theirs open; waitress takes nobody in beyond 100 unless told."""
LARGEST_HEADERS = 64 * 1024


class Process:
    """The parts of one process over the configuration that is in force."""

    def __init__(self, running: Running, *, workers: int = 1) -> None:
        self._running = running
        self._rounds = Rounds(running)
        self._errands = Errands(running)
        self._board = Noticeboard(running)
        self._workers = workers
        self._hire()
        self._clockwork = Clockwork(self.look)
        self._reload = threading.Event()

    def serve(self, pages: Any, *, host: str, port: int, on_ready: Callable[[int], None]) -> None:
        """Serves the WSGI program `pages` beside the work. `on_ready` gets the port, chosen by the system for 0."""
        self._take_signals()
        server = listening(pages, host=host, port=port)
        threading.Thread(target=server.run, name="pages", daemon=True).start()
        on_ready(server.effective_port)
        self._go_on()

    def work(self) -> None:
        """Looks what is due and carries it out until a signal ends it."""
        self._take_signals()
        self._go_on()

    def _go_on(self) -> None:
        """What is still waiting for an answer at the end is left alone: nobody confirmed it, the next run looks."""
        self._rounds.begin()
        self._jobs.start(self._workers)
        self._clockwork.start()
        self._running.stopping.wait()
        log.info("ending")
        self._clockwork.stop()
        if not self._jobs.stop(within=END_WITHIN):
            log.warning("ended while a request was still waiting for its answer; the next run looks what came of it")
            _leave()

    def look(self) -> None:
        """Once a second: reads a changed configuration, and asks for what is due."""
        if (self._reload.is_set() or self._running.was_changed()) and self._reloaded():
            self._follow()
        self._board.look()
        if self._jobs.waiting:
            return
        if self._errands.is_any_due():
            self._run_errand()
        elif self._rounds.schedule.due():
            self._go_round()

    def _hire(self) -> None:
        self._place = self._running.queue
        self._jobs = Jobs(self._place)
        self._go_round = self._jobs.define("round", self._rounds.go)
        self._run_errand = self._jobs.define("errand", self._errands.go)

    def _follow(self) -> None:
        """All parts in step with a configuration that was read again."""
        write_log(self._running)
        self._rounds.follow_settings()
        if self._running.queue != self._place:
            self._jobs.stop(within=END_WITHIN)
            self._hire()
            self._jobs.start(self._workers)

    def _reloaded(self) -> bool:
        self._reload.clear()
        return self._running.reload()

    def _take_signals(self) -> None:
        def end(_number: int, _frame: FrameType | None) -> None:
            self._running.stopping.set()

        def reload(_number: int, _frame: FrameType | None) -> None:
            self._reload.set()

        signal.signal(signal.SIGTERM, end)
        signal.signal(signal.SIGINT, end)
        signal.signal(signal.SIGHUP, reload)


def listening(pages: Any, *, host: str, port: int) -> Any:
    """Waitress in front of a WSGI program, which it serves once its `run` is called; `effective_port` is its port."""
    return create_server(  # type: ignore[no-untyped-call]
        pages,
        host=host,
        port=port,
        threads=PAGE_THREADS,
        connection_limit=MOST_CONNECTIONS,
        max_request_body_size=LARGEST,
        max_request_header_size=LARGEST_HEADERS,
        asyncore_use_poll=True,  # select ends at 1,024 open files
    )


def serve_pages(path: Path, *, host: str, port: int, as_json: bool, language: Language | None) -> int:
    """`digitalnetzwerk serve`: until a signal ends it. With `as_json` one line says where it listens."""
    running = _running(path)
    spoken = language or running.settings.network.language

    def ready(chosen: int) -> None:
        url = f"http://{host}:{chosen}"
        said = Text(f"Der Dienst läuft: {url}", f"The service is running: {url}")
        sys.stdout.write((json.dumps({"url": url}) if as_json else said.language(spoken)) + "\n")
        sys.stdout.flush()

    Process(running).serve(following(running), host=host, port=port, on_ready=ready)
    return DONE


def work(path: Path) -> int:
    """`digitalnetzwerk worker`: until a signal ends it."""
    Process(_running(path)).work()
    return DONE


def _running(path: Path) -> Running:
    running = Running(path, environment=os.environ, clock=lambda: datetime.now(UTC))
    write_log(running)
    return running


def write_log(running: Running) -> None:
    """As the configuration in force wants it."""
    settings = running.settings
    secrets = secrets_within(settings, running.environment)
    logs.begin(settings.service.logs, secrets=secrets, recent=running.recent_log)


def _leave() -> None:
    """Ends the process without waiting for threads that hang."""
    logging.shutdown()
    os._exit(DONE)
