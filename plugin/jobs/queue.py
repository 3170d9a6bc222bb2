"""The queue that carries jobs to workers. Huey does that and nothing else: due times and locks are ours.

What Huey must not see: a signal (the process takes them), a result (what came of a run stands in the history).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec

from huey.api import Huey, PostgresHuey, RedisHuey, SqliteHuey
from huey.consumer import Consumer
from huey.registry import Message
from huey.serializer import Serializer

from network.errors import PersonMustAct
from network.text import Text

NAME = "digitalnetzwerk"
LONGEST_NAP = 1.0
P = ParamSpec("P")


class Jobs:
    """Jobs by name, carried from who asks for one to who carries it out, also over several processes and machines."""

    def __init__(self, place: Path | str) -> None:
        """`place` is the folder of a queue of our own, or the address of a Redis or PostgreSQL.

        PersonMustAct for an address of anything else, OSError for a folder that can't be used.
        """
        self._huey = _queue(place)
        self._workers: Consumer | None = None

    def define(self, name: str, work: Callable[P, object]) -> Callable[P, None]:
        """The job `name`, which does `work`; what comes back asks for it once, with arguments that JSON can hold.

        All workers have to know the name.
        """

        def carry_out(*values: P.args, **named: P.kwargs) -> None:
            work(*values, **named)

        ask = self._huey.task(name=name)(carry_out)  # type: ignore[no-untyped-call]

        def enqueue(*values: P.args, **named: P.kwargs) -> None:
            ask(*values, **named)

        return enqueue

    @property
    def waiting(self) -> int:
        """How many jobs nobody has begun yet."""
        return int(self._huey.pending_count())  # type: ignore[no-untyped-call]

    def start(self, workers: int) -> None:
        """Begins to carry out jobs, in so many threads."""
        self._workers = _Threads(self._huey, workers=workers, periodic=False, max_delay=LONGEST_NAP)  # type: ignore[no-untyped-call]
        self._workers.start()  # type: ignore[no-untyped-call]

    def stop(self, *, within: float) -> bool:
        """Begins no further job, and waits at most so many seconds for those under way; whether all have ended."""
        if self._workers is None:
            return True
        self._workers.shutdown_timeout = within
        self._workers.stop(graceful=True)  # type: ignore[no-untyped-call]
        return not any(thread.is_alive() for _, thread in self._workers.worker_threads)


class _Threads(Consumer):
    def _set_signal_handlers(self) -> None:
        pass


class _Plain(Serializer):
    """A job as JSON: whoever can write into the queue must not be able to have anything else carried out."""

    def _serialize(self, data: Any) -> bytes:
        return json.dumps(list(data)).encode()

    def _deserialize(self, data: bytes) -> Any:
        return Message(*json.loads(data))


def _queue(place: Path | str) -> Huey:
    options: dict[str, Any] = {"results": False, "serializer": _Plain()}  # type: ignore[no-untyped-call]
    if isinstance(place, Path):
        place.mkdir(parents=True, exist_ok=True)
        return SqliteHuey(NAME, filename=str(place / "jobs.sqlite"), **options)  # type: ignore[no-untyped-call]
    scheme = place.partition("://")[0]
    if scheme in ("postgresql", "postgres"):
        return PostgresHuey(NAME, dsn=place, **options)  # type: ignore[no-untyped-call]
    if scheme in ("redis", "rediss", "unix"):
        return RedisHuey(NAME, url=place, **options)  # type: ignore[no-untyped-call]
    raise PersonMustAct(
        Text(
            "das ist keine Adresse einer Redis- oder PostgreSQL-Datenbank", "that is no address of Redis or PostgreSQL"
        ),
        where="service.queue",
        remedy=Text(
            "Sie sieht so aus: redis://:KENNWORT@RECHNER/0 oder postgresql://KONTO:KENNWORT@RECHNER/NAME",
            "It looks like redis://:PASSWORD@HOST/0 or postgresql://ACCOUNT:PASSWORD@HOST/NAME",
        ),
        code="queue_address",
    )
