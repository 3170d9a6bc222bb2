"""How many requests were sent, per method: what a report shows and a test can hold us to."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping


class Tally:
    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._lock = threading.Lock()

    def count(self, method: str) -> None:
        with self._lock:
            self._counts[method] += 1

    @property
    def counts(self) -> Mapping[str, int]:
        """A copy: requests by method, every attempt counted."""
        with self._lock:
            return dict(self._counts)
