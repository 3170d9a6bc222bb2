"""Failures that a test orders: an error instead of an answer, or a broken connection after the deed was done."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE", "MKCOL", "MKCALENDAR", "PROPPATCH", "MOVE", "COPY", "ACL"})


class ConnectionDropped(Exception):
    """The deed is done, the answer never leaves."""


@dataclass(slots=True)
class Fault:
    """`status` None: do it, then break the connection. `left` counts down with every request that it hits."""

    method: str
    path: re.Pattern[str]
    status: int | None
    left: int
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
