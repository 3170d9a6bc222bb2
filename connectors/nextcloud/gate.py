"""Asked right before every writing request: whether we may still write.

Between the decision for a write and the write itself lies time: another thread's turn, a pause that the server asked
for, a machine that slept. Whoever lost the lease meanwhile must not go on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Gate:
    """Open until somebody guards it. Shared by all sessions to one server."""

    def __init__(self) -> None:
        self._ask: Callable[[], None] | None = None

    @contextmanager
    def guarded(self, ask: Callable[[], None]) -> Iterator[None]:
        """Within, `ask` is called before each write; what it raises takes the place of the answer."""
        self._ask = ask
        try:
            yield
        finally:
            self._ask = None

    def check(self) -> None:
        if self._ask is not None:
            self._ask()
