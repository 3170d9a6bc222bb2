"""Where a change happens: the scope, what is remembered there, and the addresses that follow from it."""

from __future__ import annotations

from dataclasses import replace

from calendar_sync.records import CALENDAR, CalendarMemory, EntryMemory, calendar_memory
from network.errors import AgainLater
from network.plan import Scope
from network.ports import Ledger
from network.text import Text


class Place:
    """The scope of one change and what is remembered there."""

    def __init__(self, scope: Scope, ledger: Ledger) -> None:
        self.scope = scope
        self.ledger = ledger
        self.key = scope.key

    def href(self) -> str:
        """Where the calendar is; AgainLater when it does not exist yet."""
        record = self.ledger.record(str(self.scope), CALENDAR, self.key)
        if record is None or not record.remote:
            raise AgainLater(Text("Der Kalender fehlt noch", "the calendar is not there yet"), where=str(self.scope))
        return record.remote

    def calendar(self, href: str) -> CalendarMemory:
        record = self.ledger.record(str(self.scope), CALENDAR, self.key)
        return calendar_memory(record) if record else CalendarMemory(self.key, href=href)

    def remember_calendar(self, memory: CalendarMemory) -> None:
        self.ledger.remember(memory.record())

    def remember_entry(self, memory: EntryMemory) -> None:
        self.ledger.remember(memory.record(self.key))

    def remember_no_longer_foreign(self, href: str) -> None:
        calendar = self.calendar(parent(href))
        name = href.rsplit("/", 1)[1]
        self.remember_calendar(replace(calendar, foreign=tuple(each for each in calendar.foreign if each[0] != name)))

    def forget_everything(self) -> None:
        for record in self.ledger.records(str(self.scope)):
            self.ledger.forget(record.scope, record.kind, record.key)


def parent(href: str) -> str:
    """The address of the calendar that an object lies in."""
    return href.rsplit("/", 1)[0] + "/"


def uri_of(calendar_href: str) -> str:
    """The last part of a calendar's address."""
    return calendar_href.rstrip("/").rsplit("/", 1)[1]
