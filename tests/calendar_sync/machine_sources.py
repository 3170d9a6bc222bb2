"""What happens at the source: rows are edited, cut, put back, doubted, and their keys shift or rotate."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule
from machine_ground import Cut, Ground, numbers
from machine_rows import Row

from network.model import SourceState, Status

PLACES = ("", "Brakel", "Höxter", "Warburg")
FAR, NEAR = 100, 12  # days after the beginning of the year


class AtTheSource(Ground):
    @initialize(count=st.integers(0, 8), of_a_feed=st.booleans())
    def begin(self, count: int, of_a_feed: bool) -> None:
        for _ in range(count):
            self.offer(FAR, of_a_feed)
        self.settle()

    @rule(day=st.sampled_from((FAR, FAR, NEAR)), of_a_feed=st.booleans())
    def offer(self, day: int, of_a_feed: bool) -> None:
        self._offer(f"k{self.number + 1}", day, of_a_feed)

    @rule(of_a_feed=st.booleans())
    def offer_under_a_key_of_old(self, of_a_feed: bool) -> None:
        """The source gives a key once more that it used for something else before."""
        if self.old_keys:
            self._offer(self.old_keys.pop(), FAR, of_a_feed)

    def _offer(self, key: str, day: int, of_a_feed: bool) -> None:
        if len(self.rows) < 12:
            self.number += 1
            self.rows.append(Row(self.number, key, day + self.number, is_of_a_feed=of_a_feed))
            self.told()

    @rule(number=numbers, place=st.sampled_from(PLACES))
    def change_place(self, number: int, place: str) -> None:
        self.edit_row(number, place=place)

    @rule(number=numbers, tags=st.sampled_from(((), ("it",))))
    def change_calendar(self, number: int, tags: tuple[str, ...]) -> None:
        self.edit_row(number, tags=tags)

    @rule(number=numbers, status=st.sampled_from((Status.PUBLISHED, Status.CANCELLED, Status.FULL)))
    def change_status(self, number: int, status: Status) -> None:
        self.edit_row(number, status=status)

    @rule(number=numbers, hour=st.integers(8, 16))
    def change_time(self, number: int, hour: int) -> None:
        self.edit_row(number, hour=hour)

    @rule(number=numbers)
    def make_a_draft_and_take_it_back(self, number: int) -> None:
        if self.rows:
            status = self.rows[number % len(self.rows)].status
            self.edit_row(number, status=Status.DRAFT)
            self.world.apply()
            self.edit_row(number, status=status)

    @rule(number=numbers)
    def cut_a_row(self, number: int) -> None:
        if self.rows:
            row = self.rows.pop(number % len(self.rows))
            stood = row.title in {each.title for each in self.ours()}
            self.cut.append(Cut(row, self.world.now, stood))
            self.ever_cut.add(row.title)
            self.told()

    @rule()
    def put_a_row_back(self) -> None:
        if self.cut:
            self.rows.append(self.cut.pop().row)
            self.told()

    @rule(number=numbers)
    def write_a_row_that_only_asks(self, number: int) -> None:
        if self.rows:
            self.unclear.append(self.rows.pop(number % len(self.rows)))
            self.told()

    @rule()
    def make_it_clear_again(self) -> None:
        if self.unclear:
            self.rows.append(self.unclear.pop())
            self.told()

    @rule(by=st.integers(1, 3))
    def shift_keys(self, by: int) -> None:
        """Somebody sorts the rows and numbers them from the top; who is cut at the same time can't be told."""
        if len(self.rows) > 1:
            self.settle()
            rows = self.rows
            shifted = (rows[(at + by) % len(rows)].key for at in range(len(rows)))
            self.rows = [replace(each, key=key) for each, key in zip(rows, shifted, strict=True)]
            self.told()
            self.settle()

    @rule()
    def rotate_keys(self) -> None:
        """Without another change at the same time: then nothing would tell that it is the same training."""
        self.settle()
        self.old_keys += [each.key for each in self.rows]
        self.rotations += 1
        self.rows = [replace(each, key=f"r{self.rotations}-{each.number}") for each in self.rows]
        self.told()
        writes = self.world.writes()
        self.world.apply()
        assert self.world.writes() == writes, "rotated keys cause writes"

    @rule(state=st.sampled_from((SourceState.FAILED, SourceState.KEPT)), is_cut_off=st.booleans())
    def fail_to_answer(self, state: SourceState, is_cut_off: bool) -> None:
        """Whoever does not answer, or not to the end, takes nothing from anybody."""
        rows = self.rows
        before = {each.uid for each in self.ours() if self._stays(each.title)}
        if is_cut_off:
            self.rows = rows[:-1]
            self.told()
        self.world.state, self.world.counts = state, False
        self.world.apply()
        self.world.state, self.world.counts = SourceState.FRESH, True
        self.rows = rows
        self.told()
        assert before <= {each.uid for each in self.ours()}, "an answer that says nothing has removed something"

    def _stays(self, title: str) -> bool:
        """Nobody but absence could take it away now."""
        rows = (*self.rows, *self.unclear, *(each.row for each in self.cut))
        shown = {each.title for each in rows if each.is_shown and not self._is_over(each)}
        return title in shown

    def _is_over(self, row: Row) -> bool:
        return any(row.is_over(calendar, self.world.now) for calendar in self.world.calendars)

    @rule(hours=st.sampled_from((1, 13, 30)))
    def let_time_pass(self, hours: int) -> None:
        self.world.later(hours=hours)

    @rule()
    def let_weeks_pass(self) -> None:
        self.world.later(days=25)
