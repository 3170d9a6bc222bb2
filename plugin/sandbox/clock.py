"""The sandbox's clock: the caller's own, plus what a test moved it on. Refuses to run backwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def real_time() -> datetime:
    return datetime.now(UTC)


class Clock:
    """`now()` is an aware time in UTC."""

    def __init__(self, source: Callable[[], datetime] = real_time) -> None:
        self._source = source
        self._ahead = timedelta()

    def now(self) -> datetime:
        return self._source().astimezone(UTC) + self._ahead

    def seconds(self) -> float:
        return self.now().timestamp()

    def advance(self, by: timedelta) -> None:
        if by < timedelta():
            raise ValueError("the sandbox's clock runs forward only")
        self._ahead += by
