"""The thread that looks at the clock: enqueues a round when something is due, reads a changed configuration again."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

log = logging.getLogger(__name__)

LOOK_EVERY = 1.0
JOIN_AT_MOST = 5.0


class Clockwork:
    """Calls `look` once a second until it is stopped; what `look` raises costs that one look."""

    def __init__(self, look: Callable[[], None], *, every: float = LOOK_EVERY) -> None:
        self._look = look
        self._every = every
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="clockwork", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join(JOIN_AT_MOST)

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                self._look()
            except Exception:  # the outermost loop of this thread: it has to go on for months
                log.exception("unforeseen fault while looking what is due")
            self._stopped.wait(self._every)
