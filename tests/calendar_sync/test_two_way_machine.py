"""A machine with people on both sides of two calendars that are both written, and every kind of trouble between them.

Each event bears a name of its own at the beginning of its title, by which the machine finds it again on either side.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from calendar_world import NETWORK
from faulty_target import FaultyTarget, Killed
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from two_way_world import PLANNING, Shelf, Side, TwoWayWorld, both_ways

from calendar_sync.records import ENTRY
from calendar_sync.wish import OnConflict
from connectors.memory.ledger import MemoryLedger
from network.errors import (
    Locked,
    NotThere,
    PreconditionFailed,
    Refused,
    ServerBusy,
    ServerFault,
    Unreachable,
)
from network.ical.component import CalendarObject
from network.ical.values import text_of
from network.text import Text

SORRY = Text("geht nicht", "sorry")
ERRORS = (
    lambda: ServerFault(SORRY),
    lambda: ServerBusy(SORRY),
    lambda: Locked(SORRY),
    lambda: PreconditionFailed(SORRY),
    lambda: NotThere(SORRY),
    lambda: Refused(SORRY),
    lambda: Unreachable(SORRY),
    Killed,
)
SIDES = ("here", "there")
PROPERTIES = ("SUMMARY", "LOCATION", "DESCRIPTION")
sides, numbers = st.sampled_from(SIDES), st.integers(0, 9)


@dataclass
class Told:
    """What people did to one event since all was well the last time."""

    is_new: bool = True
    deleted: set[str] = field(default_factory=set)
    said: dict[tuple[str, str], str] = field(default_factory=dict)  # (property, side) → the last value
    guests: dict[str, str] = field(default_factory=dict)  # side → who was invited there


class TwoWayMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.world = TwoWayWorld()
        self.events: dict[str, Told] = {}
        self.number = 0
        self.is_troubled = False

    @initialize(count=st.integers(0, 8), on_conflict=st.sampled_from((OnConflict.SOURCE, OnConflict.NEXTCLOUD)))
    def begin(self, count: int, on_conflict: OnConflict) -> None:
        self.world.wish = both_ways(on_conflict)
        self.world.apply()
        for number in range(count):
            self.enter(SIDES[number % 2])
        self.all_is_well()

    # ------------------------------------------------------------------ people

    @rule(side=sides)
    def enter(self, side: str) -> None:
        if len(self.events) < 14 and self._has_calendar(side):
            self.number += 1
            name = f"E{self.number:03}"
            self._side(side).add(f"{name}@{side}.example", name, day=60 + self.number)
            self.events[name] = Told()

    @rule(side=sides, number=numbers, what=st.sampled_from(PROPERTIES))
    def edit(self, side: str, number: int, what: str) -> None:
        for name, item in self._pick(side, number):
            self.number += 1
            value = f"{name} {self.number}" if what == "SUMMARY" else f"Wert {self.number}"
            self._side(side).edit(text_of(item.main, "SUMMARY"), f"{what}:{value}")
            said = self.events[name].said
            for other in SIDES:  # what came from there is overwritten by somebody who saw it
                if said.get((what, other)) == text_of(item.main, what):
                    del said[what, other]
            said[what, side] = value

    @rule(side=sides, number=numbers)
    def invite(self, side: str, number: int) -> None:
        for name, item in self._pick(side, number):
            self.number += 1
            guest = f"mailto:gast{self.number}@{side}.example"
            self._side(side).edit(text_of(item.main, "SUMMARY"), f"ATTENDEE:{guest}")
            self.events[name].guests[side] = guest

    @rule(side=sides, number=numbers)
    def delete(self, side: str, number: int) -> None:
        for name, item in self._pick(side, number):
            self._side(side).delete(text_of(item.main, "SUMMARY"))
            self.events[name].deleted.add(side)
            self.events[name].guests.pop(side, None)

    @rule(side=sides, number=numbers)
    def delete_and_restore(self, side: str, number: int) -> None:
        """Within one look, which servers report as deleted."""
        for _, item in self._pick(side, number):
            server = self._side(side).server
            before = {each.href for each in server.trashed_objects()}
            self._side(side).delete(text_of(item.main, "SUMMARY"))
            [trashed] = [each for each in server.trashed_objects() if each.href not in before]
            server.restore_object(trashed)

    @rule()
    def exchange_all_uids_of_the_source(self) -> None:
        self.all_is_well()
        before = self.world.here.writes()
        for href, item in self.world.there.objects().items():
            self.number += 1
            self.world.there.server.delete(href, if_match="")
            self.world.there.put(
                f"{PLANNING}neu-{self.number}.ics", CalendarObject(f"neu-{self.number}", item.components)
            )
        self.world.settle()
        assert self.world.here.writes() == before, "new UIDs cause writes"

    # ------------------------------------------------------------------ trouble

    @rule(
        side=sides,
        at=st.integers(0, 3),
        when=st.sampled_from(("before", "after")),
        error=st.sampled_from(ERRORS),
    )
    def run_with_a_fault(self, side: str, at: int, when: str, error: Callable[[], BaseException]) -> None:
        def fault(name: str, number: int, moment: str) -> None:
            if number >= at and moment == when and (number == at or error is not Killed):
                raise error()

        def run() -> None:
            faulty = FaultyTarget(self._side(side).server, fault)
            setattr(self.world, "target" if side == "here" else "source", faulty)
            try:
                self.world.apply()
            except Killed:
                pass
            finally:
                self.world.target, self.world.source = self.world.here.server, self.world.there.server

        self._guarded(run)

    @rule(side=sides, number=numbers, what=st.sampled_from(PROPERTIES))
    def run_while_somebody_edits(self, side: str, number: int, what: str) -> None:
        self._guarded(lambda: self.world.apply(meanwhile=lambda: self.edit(side, number, what)))

    @rule()
    def run_while_the_source_is_silent(self) -> None:
        self.world.is_there_silent = True
        writes = self.world.writes()
        self._guarded(self.world.apply)
        assert self.world.writes() == writes, "a source that says nothing causes writes"
        self.world.is_there_silent = False

    @rule()
    def run_once(self) -> None:
        self._guarded(self.world.apply)

    @rule()
    def lose_the_state(self) -> None:
        self.all_is_well()
        writes = self.world.writes()
        self.world.ledger, self.world.shelf = MemoryLedger(), Shelf()
        self.world.settle()
        assert self.world.writes() == writes, "a lost state causes writes"

    @rule()
    def lose_our_calendar(self) -> None:
        self.all_is_well()
        self.world.here.server.delete_calendar(self.world.here.href, purge=True)
        for told in self.events.values():
            told.guests.pop("here", None)

    @rule()
    def let_a_day_pass(self) -> None:
        if self.number < 40:
            self.world.later(hours=25)

    # ------------------------------------------------------------------ all is well

    @rule()
    def all_is_well(self) -> None:
        """A person releases what the guard holds; then both sides say the same, and nothing is left to do."""
        self.world.released = frozenset({self.world.wish.scope})
        self.world.settle()
        writes = self.world.writes()
        self.world.apply()
        assert self.world.writes() == writes, "a second run writes"
        self.world.released = frozenset()
        here, there = self._standing("here"), self._standing("there")
        assert set(here) == set(there), "an event is on one side only"
        for name, told in list(self.events.items()):
            self._check_existence(name, told, name in here)
            if name in here:
                self._check_values(told, here[name], there[name])
            else:
                del self.events[name]
        self.events = {name: Told(is_new=False, guests=told.guests) for name, told in self.events.items()}
        self.world.ledger.lost.clear()
        self.is_troubled = False

    def _check_existence(self, name: str, told: Told, stands: bool) -> None:
        if not told.deleted:
            assert stands, "an event is lost"
        elif not self.is_troubled and not told.is_new and len(told.deleted) == 1:
            (side,) = told.deleted
            is_edited = any(on != side for _, on in told.said)
            assert stands is is_edited, "an edited event is lost" if is_edited else "a deletion is not carried over"
        elif len(told.deleted) == 2:
            assert not stands or self.is_troubled, "what both sides deleted is back"

    def _check_values(self, told: Told, here: CalendarObject, there: CalendarObject) -> None:
        lost = {value.partition(":")[2] for _, value in self.world.lost()}
        for what in PROPERTIES:
            final = text_of(here.main, what)
            assert final == text_of(there.main, what), "both sides differ"
            said = {side: value for (name, side), value in told.said.items() if name == what}
            if told.deleted:
                continue
            for value in said.values():
                assert value == final or value in lost, "a value is lost without a word"
            if len(said) == 1 and not told.is_new:
                assert final in said.values(), "a change gave way to nothing"
        if not told.deleted:
            for side, item in (("here", here), ("there", there)):
                invited = [each.value for each in item.main.all("ATTENDEE")]
                known = [told.guests[side]] if side in told.guests else []
                assert invited == known, "a guest is lost, or on the wrong side"

    @invariant()
    def nothing_of_ours_and_no_stranger_stands_in_the_source(self) -> None:
        for item in self.world.there.objects().values():
            names = {each.name for part in item.components for each in part.properties}
            assert not any(name.startswith("X-DIGITALNETZWERK") for name in names)
            assert not any("@here." in each.value for each in item.main.all("ATTENDEE")), "a guest was carried over"

    @invariant()
    def the_memory_names_nobody_twice(self) -> None:
        records = [each.remote for each in self.world.ledger.records(kind=ENTRY)]
        assert len(set(records)) == len(records)

    # ------------------------------------------------------------------ inside

    def _guarded(self, run: Callable[[], object]) -> None:
        """Nobody has released anything: a run takes neither three events nor a third of them from any side."""
        before = {side: set(self._standing(side)) for side in SIDES}
        run()
        for side in SIDES:
            lost = before[side] - set(self._standing(side))
            assert len(lost) < 3 and len(lost) <= 0.3 * len(before[side]), "the guard let too much go"
        self.is_troubled = True

    def _side(self, side: str) -> Side:
        return self.world.here if side == "here" else self.world.there

    def _has_calendar(self, side: str) -> bool:
        href = self._side(side).href
        return any(each.href == href for each in self._side(side).server.calendars())

    def _standing(self, side: str) -> dict[str, CalendarObject]:
        """Name of the event → its object."""
        if not self._has_calendar(side):
            return {}
        found = [(_name(each), each) for each in self._side(side).objects().values()]
        assert len({name for name, _ in found}) == len(found), "an event is doubled"
        return dict(found)

    def _pick(self, side: str, number: int) -> list[tuple[str, CalendarObject]]:
        standing = sorted(self._standing(side).items(), key=lambda each: each[0])
        return [standing[number % len(standing)]] if standing else []


def _name(item: CalendarObject) -> str:
    found = re.match(r"E\d{3}", text_of(item.main, "SUMMARY"))
    assert found, (NETWORK, item)
    return found[0]


TwoWayMachine.TestCase.settings = settings(
    max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
TestTwoWayMachine = TwoWayMachine.TestCase
