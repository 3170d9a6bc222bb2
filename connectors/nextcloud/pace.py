"""How fast one server may be asked: a back-off that all threads and accounts of this server share.

A short wait is slept through. A long one is refused with ServerBusy without sending anything, so that a run ends and
the next one tries again, instead of hanging for minutes.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from network.errors import ServerBusy
from network.text import Text


@dataclass(frozen=True, slots=True)
class Clock:
    """Seconds that only grow, a way to wait, and a random number from 0 to 1 for jitter."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    random: Callable[[], float] = random.random


class Pace:
    """`patience`: the longest wait in seconds that is slept through."""

    def __init__(self, clock: Clock, *, patience: float = 10.0) -> None:
        self._clock = clock
        self._patience = patience
        self._free_at = clock.now()
        self._strikes = 0
        self._reason = ServerBusy(Text("Der Server hat um eine Pause gebeten", "The server asked for a pause"))
        self._lock = threading.Lock()

    def slow_down(self, seconds: float) -> None:
        """Nobody asks this server again before so many seconds have passed."""
        with self._lock:
            self._free_at = max(self._free_at, self._clock.now() + seconds)

    def back_off(self, busy: ServerBusy) -> None:
        """The server said that it is busy: a pause, twice as long each time it says so again."""
        with self._lock:
            self._strikes += 1
            self._reason = busy
            pause = busy.wait * 2 ** (self._strikes - 1)
        self.slow_down(pause)

    def recover(self) -> None:
        """The server did what it was asked."""
        with self._lock:
            self._strikes = 0

    def wait(self) -> None:
        """Wait for our turn; ServerBusy when that would take longer than our patience."""
        with self._lock:
            seconds = self._free_at - self._clock.now()
        if seconds > self._patience:
            raise self._paused(seconds)
        if seconds > 0:
            self._clock.sleep(seconds)

    def _paused(self, seconds: float) -> ServerBusy:
        """What the server said, and how long we still ask it nothing."""
        why = self._reason
        return ServerBusy(
            Text(
                f"{why.message.de.rstrip('.')}; wir fragen noch {seconds:.0f} Sekunden lang nicht nach.",
                f"{why.message.en.rstrip('.')}; we ask nothing for another {seconds:.0f} seconds.",
            ),
            where=why.where or "Nextcloud",
            remedy=why.remedy,
            wait=seconds,
        )
