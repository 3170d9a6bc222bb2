"""A Nextcloud that fails where a test wants it to: before it does something, or after it did and nobody heard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

WRITES = frozenset(
    (
        "create_calendar",
        "change_calendar",
        "mark_calendar",
        "share",
        "delete_calendar",
        "restore_calendar",
        "put",
        "delete",
        "move",
        "restore_object",
        "purge_object",
    )
)

READS = frozenset(("calendars", "changes", "objects", "trashed_objects"))
NOTES = frozenset(("remember", "remember_all", "forget", "intend", "settle", "lost_value"))


class Killed(BaseException):
    """The process ends here."""


class FaultyTarget:
    """Passes everything on; `fault(name, number, when)` may raise around the n-th of these `calls` (from 0)."""

    def __init__(self, target: Any, fault: Callable[[str, int, str], None], calls: frozenset[str] = WRITES) -> None:
        self._target = target
        self._fault = fault
        self._calls = calls
        self.count = 0

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._target, name)
        if name not in self._calls:
            return method

        def call(*arguments: Any, **named: Any) -> Any:
            number = self.count
            self.count += 1
            self._fault(name, number, "before")
            answer = method(*arguments, **named)
            self._fault(name, number, "after")
            return answer

        return call


def dying_over_a_note(ledger: Any, at: int, when: str) -> Any:
    """The ledger, with the process ending before or after its n-th note."""

    def fault(_: str, number: int, moment: str) -> None:
        if (number, moment) == (at, when):
            raise Killed

    return FaultyTarget(ledger, fault, NOTES)


def kill_at(boundary: int) -> Callable[[str, int, str], None]:
    """Ends the process before (even) or right after (odd) the write of half this number."""

    def fault(name: str, number: int, when: str) -> None:
        if number == boundary // 2 and when == ("after" if boundary % 2 else "before"):
            raise Killed

    return fault
