"""The ground of the machine: two calendars that divide one source by a tag, and what its rules share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from calendar_world import World, calendar
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine
from machine_rows import Row, bare
from odd_server import OddServer

from calendar_sync.identity import is_our_uid
from calendar_sync.wish import Missing, OnConflict, SourceRules, Then, Where
from network.ical.component import CalendarObject
from network.ical.values import text_of
from network.model import Question
from network.text import Text

KEYS = ("it", "rest")
numbers = st.integers(0, 11)
keys = st.sampled_from(KEYS)


@dataclass
class Cut:
    """A row that its source does not have any more; `stood` tells whether it had an entry then."""

    row: Row
    at: datetime
    stood: bool


@dataclass
class Ours:
    """One entry of ours as it stands."""

    calendar: str
    name: str
    item: CalendarObject

    @property
    def uid(self) -> str:
        return self.item.uid

    @property
    def title(self) -> str:
        return bare(text_of(self.item.main, "SUMMARY"))

    def says(self, name: str) -> str:
        return text_of(self.item.main, name)


@dataclass
class Hand:
    """What people did to entries of ours.

    `wrote` must stay: UID → property → what stands there. `once` may have come back out of the trash bin or a backup.
    `deleted` are titles.
    """

    wrote: dict[str, dict[str, str]] = field(default_factory=dict)
    once: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)

    def write(self, uid: str, name: str, text: str) -> None:
        self.wrote.setdefault(uid, {})[name] = text

    def lose(self, entry: Ours) -> None:
        """The entry is gone by no doing of ours, and what was written there with it."""
        self.deleted.add(entry.title)
        if wrote := self.wrote.pop(entry.uid, None):
            self.once.setdefault(entry.uid, []).append(wrote)

    def may_say(self, uid: str, name: str) -> set[str]:
        return {each[name] for each in (*self.once.get(uid, ()), self.wrote.get(uid, {})) if name in each}

    def touched(self, uid: str) -> bool:
        return uid in self.wrote or uid in self.once


class Ground(RuleBasedStateMachine):
    """`rows` is the source; `cut` and `unclear` are rows that it had, or that it only asks about now."""

    def __init__(self) -> None:
        super().__init__()
        missing = Missing(then=Then.REMOVE)
        self.server = OddServer()
        self.world = World(
            [
                calendar(
                    "it",
                    where=Where(tags=("it",)),
                    sources=(SourceRules("plan", missing),),
                    keep_past=timedelta(days=30),
                ),
                calendar(
                    "rest",
                    where=Where(not_tags=("it",)),
                    sources=(SourceRules("plan", missing, OnConflict.NEXTCLOUD),),
                    keep_past=timedelta(days=30),
                ),
            ],
            server=self.server,
        )
        self.rows: list[Row] = []
        self.cut: list[Cut] = []
        self.unclear: list[Row] = []
        self.old_keys: list[str] = []
        self.number = self.edits = 0
        self.ever_cut: set[str] = set()
        self.foreign: dict[str, bytes] = {}
        self.hand = Hand()
        self.history: list[tuple[str, str, str, str, str]] = []
        self.left_over: set[str] = set()  # titles that a backup brought back
        self.rotations = 0

    # ------------------------------------------------------------------ the source

    def told(self) -> None:
        """The source says what the rows say."""
        self.world.trainings = [each.training for each in self.rows]
        self.world.questions = tuple(
            Question("row_unclear", each.key, f"Zeile {each.number}", Text("?", "?")) for each in self.unclear
        )

    def edit_row(self, number: int, **changes: object) -> None:
        if self.rows:
            at = number % len(self.rows)
            self.rows[at] = replace(self.rows[at], **changes)  # type: ignore[arg-type]
            self.told()

    def settle(self) -> None:
        """Whatever somebody has to release is released, until nothing is left to do."""
        self.world.released = frozenset(each.scope for each in self.world.calendars)
        self.world.settle()
        self.world.released = frozenset()

    # ------------------------------------------------------------------ Nextcloud

    def is_there(self, key: str) -> bool:
        return any(each.uri == f"dnw-{key}" and not each.trashed for each in self.server.calendars())

    def ours(self, *keys: str) -> list[Ours]:
        """Our entries in these calendars, or in all, in a firm order."""
        return [each for key in keys or KEYS if self.is_there(key) for each in self._in(key)]

    def one_of_ours(self, key: str, number: int) -> Iterator[Ours]:
        found = self.ours(key)
        if found:
            yield found[number % len(found)]

    def lost_values(self) -> set[tuple[str, str, str]]:
        """(UID, property, line) of everything that gave way."""
        lost = [*self.history, *self.world.ledger.lost]
        return {(uid, name, value) for _, uid, name, value, _ in lost}

    def forget_hands(self, key: str) -> None:
        """What people wrote in this calendar is gone, and so may be entries, by no doing of ours."""
        for each in self.ours(key):
            self.hand.lose(each)
        self.foreign = {href: data for href, data in self.foreign.items() if f"/dnw-{key}/" not in href}

    def _in(self, key: str) -> Iterator[Ours]:
        for name, item in sorted(self.world.objects(key).items()):
            if is_our_uid(item.uid):
                yield Ours(key, name, item)
