"""Failed attempts per address and action. After more than ten logins within half an hour nobody logs in from there.

Actions are counted apart: refused team calls slow an address down, but do not lock its logins.

As the server does since version 32, nothing sleeps: the delay is reported and the eleventh failure shuts the door.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from plugin.sandbox.clock import Clock

ALLOWED = 10
PERIOD = 1800.0
LONGEST = 25.0
LOGIN, SUDO = "login", "sudo"


@dataclass(frozen=True, slots=True)
class Failure:
    at: float
    address: str
    action: str
    login: str


class BruteForce:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._failures: list[Failure] = []

    def count(self, address: str, login: str, action: str = LOGIN) -> None:
        self._failures.append(Failure(self._clock.seconds(), address, action, login))

    def forgive(self, address: str, login: str, action: str = LOGIN) -> None:
        """Success forgets the failures of its own login name, not those of others."""
        mine = (address, action, login)
        self._failures = [known for known in self._failures if (known.address, known.action, known.login) != mine]

    def reset(self) -> None:
        self._failures.clear()

    def shut(self, address: str, action: str = LOGIN) -> bool:
        return len([known for known in self._recent(address) if known.action == action]) > ALLOWED

    def delay_milliseconds(self, address: str) -> int:
        attempts = len(self._recent(address))
        if not attempts:
            return 0
        return math.ceil(1000 * min(LONGEST, 0.1 * 2.0**attempts))

    def _recent(self, address: str) -> list[Failure]:
        since = self._clock.seconds() - PERIOD
        self._failures = [known for known in self._failures if known.at > since]
        return [known for known in self._failures if known.address == address]
