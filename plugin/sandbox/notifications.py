"""Notifications that an administrator or a program pushed to a person, until that person takes them away."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from plugin.sandbox.clock import Clock
from plugin.sandbox.journal import Journal, Numbers

ADMINISTRATOR = "admin_notifications"


@dataclass(frozen=True, slots=True)
class Notification:
    """`app` is who pushed it; an `object_id` that comes again replaces nothing."""

    number: int
    uid: str
    subject: str
    message: str
    at: str
    app: str = ADMINISTRATOR
    object_type: str = ADMINISTRATOR
    object_id: str = ""
    link: str = ""


class Notifications:
    def __init__(self, journal: Journal, numbers: Numbers, clock: Clock) -> None:
        self._numbers = numbers
        self._clock = clock
        self._lock = threading.Lock()
        self.all = journal.table("notifications", Notification)

    def push(self, uid: str, subject: str, message: str) -> Notification:
        at = self._clock.now().replace(microsecond=0).isoformat()
        made = Notification(self._numbers.next("notification"), uid, subject, message, at)
        self.all[str(made.number)] = made
        return made

    def push_of_program(self, app: str, uid: str, about: tuple[str, str], words: tuple[str, str], link: str) -> None:
        """`about`: type and id of the object; `words`: subject and message."""
        at = self._clock.now().replace(microsecond=0).isoformat()
        with self._lock:  # programs are served beside the gateway's lock
            number = self._numbers.next("notification")
            self.all[str(number)] = Notification(number, uid, *words, at, app, *about, link)

    def of_person(self, uid: str) -> list[Notification]:
        """The newest first."""
        return [one for one in reversed(list(self.all.values())) if one.uid == uid]

    def dismiss(self, uid: str, number: int) -> bool:
        known = self.all.get(str(number))
        if known is None or known.uid != uid:
            return False
        del self.all[str(number)]
        return True
