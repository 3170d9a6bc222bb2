"""Failures that a test orders: an error instead of an answer, a connection broken after the deed, a late answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE", "MKCOL", "MKCALENDAR", "PROPPATCH", "MOVE", "COPY", "ACL"})


@dataclass(slots=True)
class Fault:
    """`kind` refuse: answer `status` and do nothing; drop: do it, then break the connection; late: do it after `wait`;
    deny: do it, and answer `status` all the same, as a proxy that lost patience.

    `left` counts down with every request that it hits; `wait` is in seconds.
    """

    kind: Literal["refuse", "drop", "late", "deny"]
    method: str
    path: re.Pattern[str]
    left: int
    status: int = 0
    wait: float = 0.0
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def fits(self, method: str, path: str) -> bool:
        return self.left > 0 and self.method in ("*", method) and self.path.search(path) is not None


def _nothing(method: str, path: str) -> None:
    pass


class Faults:
    """`before_write` and `after_write` are called with every writing request: before it is carried out (faults that
    are ordered there hit it), and when it was carried out and nobody has been answered yet."""

    def __init__(self) -> None:
        self._ordered: list[Fault] = []
        self.before_write: Callable[[str, str], None] = _nothing
        self.after_write: Callable[[str, str], None] = _nothing

    def order(self, fault: Fault) -> None:
        self._ordered.append(fault)

    def take(self, method: str, path: str) -> Fault | None:
        """The fault for this request, if one was ordered; it is used up by the asking."""
        for fault in self._ordered:
            if fault.fits(method, path):
                fault.left -= 1
                return fault
        return None

    def clear(self) -> None:
        self._ordered.clear()
