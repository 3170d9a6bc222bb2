"""What people do in Nextcloud: they remark, invite, correct, delete, and add things of their own; also while we work."""

from __future__ import annotations

from collections.abc import Callable

from faulty_target import FaultyTarget
from hypothesis import strategies as st
from hypothesis.stateful import rule
from machine_ground import Ground, Ours, keys, numbers

from network.ical.component import CalendarObject
from network.ical.writing import event, serialise

PROPERTIES = ("COMMENT", "LOCATION", "ATTENDEE")
properties = st.sampled_from(PROPERTIES)


class ByHand(Ground):
    @rule(number=numbers, key=keys, name=properties)
    def edit_by_hand(self, number: int, key: str, name: str) -> None:
        for each in self.one_of_ours(key, number):
            self._write(each, name)

    @rule(number=numbers, key=keys)
    def set_an_alarm(self, number: int, key: str) -> None:
        for each in self.one_of_ours(key, number):
            lines = ("BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT15M", "END:VALARM")
            if not each.item.main.components:
                self.world.edit_file(each.name, *lines, key=key)
                self.hand.write(each.uid, "VALARM", "-PT15M")

    @rule(number=numbers, key=keys)
    def delete_by_hand(self, number: int, key: str) -> None:
        for each in self.one_of_ours(key, number):
            self._delete(each)

    @rule(key=keys)
    def add_something_foreign(self, key: str) -> None:
        if self.is_there(key):
            self.edits += 1
            name = f"fremd-{self.edits}.ics"
            item = CalendarObject(name, (event(start=self.world.now, end=self.world.now, summary="Fremd"),))
            href = self.world.href(key) + name
            self.foreign[href] = serialise(item, now=self.world.now)
            self.server.put(href, self.foreign[href], if_match="")

    @rule(number=numbers, key=keys, name=properties)
    def edit_what_was_planned_for(self, number: int, key: str, name: str) -> None:
        """Between the plan and its first write."""
        planned = self.world.plan()
        self.edit_by_hand(number, key, name)
        self.world.apply(planned)

    @rule(number=numbers, key=keys)
    def delete_what_was_planned_for(self, number: int, key: str) -> None:
        planned = self.world.plan()
        self.delete_by_hand(number, key)
        self.world.apply(planned)

    @rule(number=numbers, key=keys, name=properties, at=st.integers(0, 6))
    def edit_while_we_write(self, number: int, key: str, name: str, at: int) -> None:
        """After one of our writes, before the calendar is closed."""
        self._run_while(at, lambda: self.edit_by_hand(number, key, name))

    @rule(number=numbers, key=keys, at=st.integers(0, 6))
    def delete_while_we_write(self, number: int, key: str, at: int) -> None:
        self._run_while(at, lambda: self.delete_by_hand(number, key))

    # ------------------------------------------------------------------ inside

    def _run_while(self, at: int, somebody_acts: Callable[[], None]) -> None:
        def meanwhile(_: str, count: int, when: str) -> None:
            if (count, when) == (at, "after"):
                somebody_acts()

        self.world.target = FaultyTarget(self.server, meanwhile)
        try:
            self.world.apply()
        finally:
            self.world.target = self.server

    def _write(self, each: Ours, name: str) -> None:
        self.edits += 1
        text = f"mailto:gast{self.edits}@hof.example" if name == "ATTENDEE" else f"Hof {self.edits}"
        self.world.edit_file(each.name, f"{name}:{text}", key=each.calendar)
        self.hand.write(each.uid, name, text)

    def _delete(self, each: Ours) -> None:
        self.server.delete(self.world.href(each.calendar) + each.name, if_match="")
        self.hand.lose(each)
