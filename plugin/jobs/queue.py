"""The queue that carries jobs to workers. Huey does that and nothing else: due times and locks are ours.

What Huey must not see: a signal (the process takes them), a result (what came of a run stands in the history).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from huey.api import SqliteHuey
from huey.consumer import Consumer

NAME = "digitalnetzwerk"
LONGEST_NAP = 1.0


class Jobs:
    """Jobs by name, carried from who asks for one to who carries it out, also over several processes."""

    def __init__(self, data: Path) -> None:
        """`data` is the folder of the state; raises OSError when it can't be used."""
        data.mkdir(parents=True, exist_ok=True)
        self._huey = SqliteHuey(NAME, filename=str(data / "jobs.sqlite"), results=False)  # type: ignore[no-untyped-call]
        self._workers: Consumer | None = None

    def define(self, name: str, work: Callable[[], object]) -> Callable[[], None]:
        """The job `name`, which does `work`; what comes back asks for it once. All workers have to know the name."""
        ask = self._huey.task(name=name)(lambda: work() and None)  # type: ignore[no-untyped-call]

        def enqueue() -> None:
            ask()

        return enqueue

    @property
    def waiting(self) -> int:
        """How many jobs nobody has begun yet."""
        return int(self._huey.pending_count())  # type: ignore[no-untyped-call]

    def start(self, workers: int) -> None:
        """Begins to carry out jobs, in so many threads."""
        self._workers = _Threads(self._huey, workers=workers, periodic=False, max_delay=LONGEST_NAP)  # type: ignore[no-untyped-call]
        self._workers.start()  # type: ignore[no-untyped-call]

    def stop(self, *, within: float) -> None:
        """Begins no further job, and waits at most so many seconds for those under way."""
        if self._workers is not None:
            self._workers.shutdown_timeout = within
            self._workers.stop(graceful=True)  # type: ignore[no-untyped-call]


class _Threads(Consumer):
    def _set_signal_handlers(self) -> None:
        pass
