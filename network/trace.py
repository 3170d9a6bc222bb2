"""What a line of the log is about: the request of a page, the run, the scope, the connector.

Whoever begins such a piece of work says so once; all lines that are written meanwhile carry it, also those of
libraries, also in the threads of the work. Never names a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType

Fields = Mapping[str, str]

_about: ContextVar[Fields] = ContextVar("about", default=MappingProxyType({}))


def fields() -> Fields:
    """What is being worked at here and now, in this thread."""
    return _about.get()


@contextmanager
def about(**more: str) -> Iterator[None]:
    """All lines within are about this, and about what holds already."""
    token = _about.set({**_about.get(), **more})
    try:
        yield
    finally:
        _about.reset(token)


class Threads(ThreadPoolExecutor):
    """A pool for one piece of work: its threads are about what their maker is about."""

    def __init__(self, parallel: int) -> None:
        super().__init__(parallel, initializer=_about.set, initargs=(_about.get(),))
