"""Notifications that an administrator pushed to a person, until that person takes them away."""

from __future__ import annotations

from dataclasses import dataclass

from plugin.sandbox.clock import Clock
from plugin.sandbox.journal import Journal, Numbers


@dataclass(frozen=True, slots=True)
class Notification:
    number: int
    uid: str
    subject: str
    message: str
    at: str


class Notifications:
    def __init__(self, journal: Journal, numbers: Numbers, clock: Clock) -> None:
        self._numbers = numbers
        self._clock = clock
        self.all = journal.table("notifications", Notification)

    def push(self, uid: str, subject: str, message: str) -> Notification:
        at = self._clock.now().replace(microsecond=0).isoformat()
        made = Notification(self._numbers.next("notification"), uid, subject, message, at)
        self.all[str(made.number)] = made
        return made

    def of_person(self, uid: str) -> list[Notification]:
        """The newest first."""
        return [one for one in reversed(list(self.all.values())) if one.uid == uid]

    def dismiss(self, uid: str, number: int) -> bool:
        known = self.all.get(str(number))
        if known is None or known.uid != uid:
            return False
        del self.all[str(number)]
        return True
