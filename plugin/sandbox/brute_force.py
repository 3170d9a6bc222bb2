"""Failed logins per address. After more than ten within half an hour everything from there that logs in gets 429.

As the server does since version 32, nothing sleeps: the delay is reported and the eleventh failure shuts the door.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from plugin.sandbox.clock import Clock

ALLOWED = 10
PERIOD = 1800.0
LONGEST = 25.0


@dataclass(frozen=True, slots=True)
class Failure:
    at: float
    address: str
    login: str


class BruteForce:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._failures: list[Failure] = []

    def count(self, address: str, login: str) -> None:
        self._failures.append(Failure(self._clock.seconds(), address, login))

    def forgive(self, address: str, login: str) -> None:
        """A good login forgets the failures of its own login name, not those of others."""
        self._failures = [known for known in self._failures if (known.address, known.login) != (address, login)]

    def reset(self) -> None:
        self._failures.clear()

    def shut(self, address: str) -> bool:
        return self._attempts(address) > ALLOWED

    def delay_milliseconds(self, address: str) -> int:
        attempts = self._attempts(address)
        if not attempts:
            return 0
        return math.ceil(1000 * min(LONGEST, 0.1 * 2.0**attempts))

    def _attempts(self, address: str) -> int:
        since = self._clock.seconds() - PERIOD
        self._failures = [known for known in self._failures if known.at > since]
        return sum(known.address == address for known in self._failures)
