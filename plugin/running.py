"""The configuration that is in force while the program runs, and a service over it for each piece of work.

A file that was changed counts as soon as it is whole; while it is broken, the last valid configuration stays in force
and what is wrong is known. Refuses to run anything by itself.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from connectors.nextcloud import NextcloudServer
from network.errors import DigitalnetzwerkError
from network.problems import Problem
from network.settings import Loaded, Settings, load
from network.state import StateStore
from plugin.assembly import serve, server_of_person, server_of_service, state_of
from plugin.logs import Recent
from plugin.render.run import problems_of
from plugin.service import Service

log = logging.getLogger(__name__)


class Running:
    """`path` is the configuration's file or folder. Raises ConfigurationError when it is broken at the beginning."""

    def __init__(self, path: Path, *, environment: Mapping[str, str], clock: Callable[[], datetime]) -> None:
        self.path = path
        self.environment = environment
        self.clock = clock
        self.stopping = threading.Event()
        self.recent_log = Recent()
        self.broken: tuple[Problem, ...] = ()
        self._loaded = self._load()
        self._seen = self._stamps()
        self.state = state_of(self.settings, environment=environment, clock=clock)

    @property
    def settings(self) -> Settings:
        return self._loaded.settings

    @property
    def queue(self) -> Path | str:
        """Where jobs are carried: the folder of our data, or the address of a database that machines share."""
        service = self.settings.service
        shared = service.queue or service.database
        return service.data if shared is None else shared.reveal(self.environment)

    def reload(self) -> bool:
        """Reads the configuration again; False when it is broken, and everything stays as it was."""
        self._seen = self._stamps()
        try:
            loaded = self._load()
            state = self._state_for(loaded.settings)
        except DigitalnetzwerkError as error:
            self.broken = problems_of(error)
            first = self.broken[0]
            log.error("the configuration is broken, the last valid one stays: %s [%s]", first.where, first.code)
            return False
        self.broken, self._loaded = (), loaded
        if state is not self.state:
            before, self.state = self.state, state
            before.engine.dispose()
            log.warning("what we remember is at another place now; the next run looks at everything")
        log.info("the configuration was read again")
        return True

    def was_changed(self) -> bool:
        """Whether somebody saved the configuration since it was last read."""
        return self._stamps() != self._seen

    @property
    def remembers(self) -> bool:
        """Whether the state database can be used now."""
        try:
            with self.state.engine.begin() as connection:
                connection.execute(text("select 1"))
        except (SQLAlchemyError, DigitalnetzwerkError):
            return False
        return True

    @contextmanager
    def service(self) -> Iterator[Service]:
        """A service for one piece of work; it stops between two changes once the program is being stopped."""
        with serve(
            self._loaded,
            environment=self.environment,
            clock=self.clock,
            state=self.state,
            is_stopping=self.stopping.is_set,
        ) as service:
            yield service

    @contextmanager
    def as_ourselves(self) -> Iterator[NextcloudServer]:
        """Nextcloud as the service account, for what is done while somebody waits."""
        server = server_of_service(self.settings, self.environment, self.state, self.clock)
        try:
            yield server
        finally:
            server.close()

    @contextmanager
    def as_person(self, account: str, token: str) -> Iterator[NextcloudServer]:
        """Nextcloud as this person sees it, with an access token of theirs."""
        server = server_of_person(self.settings, account, token)
        try:
            yield server
        finally:
            server.close()

    def _state_for(self, settings: Settings) -> StateStore:
        """The store in use, or another one where these settings name another place."""
        if _home(settings) == _home(self.settings):
            return self.state
        return state_of(settings, environment=self.environment, clock=self.clock)

    def _load(self) -> Loaded:
        return load(self.path, today=self.clock().date())

    def _stamps(self) -> dict[Path, tuple[int, int]]:
        """Each file of the configuration with the moment of its saving and its size; one that is gone is missing."""
        beside = self.path.glob("*.y*ml") if self.path.is_dir() else (self.path,)
        found: dict[Path, tuple[int, int]] = {}
        for each in {*self._loaded.files, *beside}:
            with suppress(OSError):
                stat = each.stat()
                found[each] = (stat.st_mtime_ns, stat.st_size)
        return found


def _home(settings: Settings) -> object:
    """Where it is remembered what we did."""
    return settings.service.data, settings.service.database, settings.network.mode
