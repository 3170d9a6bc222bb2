"""Counts what each source asks of others: every call of a port that it is given is one request."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import replace
from functools import wraps
from typing import Any, cast

from connectors.registry import Surroundings
from connectors.sources.http import Fetcher
from network.ports import CalendarTarget, Directory, Files


class Counting:
    """The counts of all connectors of one run."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._lock = threading.Lock()

    def around(self, connector: str, around: Surroundings) -> Surroundings:
        """The same surroundings, in which every call counts for `connector`."""
        return replace(
            around,
            files=cast(Files, _Counted(around.files, connector, self)),
            calendars=cast(CalendarTarget, _Counted(around.calendars, connector, self)),
            directory=cast(Directory, _Counted(around.directory, connector, self)),
            fetcher=cast(Fetcher, _Counted(around.fetcher, connector, self)),
        )

    def add(self, connector: str) -> None:
        with self._lock:
            self.counts[connector] += 1


class _Counted:
    """Stands before a port and passes everything on."""

    def __init__(self, port: object, connector: str, counting: Counting) -> None:
        self._port, self._connector, self._counting = port, connector, counting

    def __getattr__(self, name: str) -> Any:  # whatever the port has
        method = getattr(self._port, name)

        @wraps(method)
        def call(*args: Any, **kwargs: Any) -> Any:
            self._counting.add(self._connector)
            return method(*args, **kwargs)

        return call
