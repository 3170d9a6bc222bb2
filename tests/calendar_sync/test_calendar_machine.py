"""A machine that edits, cuts, rotates, breaks and kills, and asks after each fault-free run whether all is well."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant, rule
from machine_ground import KEYS, Cut, Ours
from machine_people import ByHand
from machine_rows import Row
from machine_sources import AtTheSource
from machine_trouble import InTrouble

from calendar_sync.records import ENTRY
from network.model import Status

DAY = timedelta(days=1)


class CalendarMachine(AtTheSource, ByHand, InTrouble):
    """Whatever happens: a fault-free run puts everything right, a second one writes nothing."""

    @rule()
    def run(self) -> None:
        unclear = self._standing(self.unclear)
        self.settle()
        writes = self.world.writes()
        self.world.apply()
        assert self.world.writes() == writes, "a second run writes"
        assert unclear <= {each.title for each in self.ours()}, "an entry is lost to a question"
        self._nobody_is_lost_or_doubled()

    @rule()
    def run_with_the_guard(self) -> None:
        """Nobody has released anything: a calendar loses less than 3 entries and at most 30 %."""
        planned = self.world.plan()
        stopped = {each.scope.key for each in planned.scopes if each.unsafe is not None}
        before = {key: self.ours(key) for key in KEYS}
        self.world.apply(planned)
        there = {each.uid for each in self.ours()}
        for key, entries in before.items():
            lost = [each for each in entries if each.uid not in there and not self._is_out_of_time(each.title)]
            assert len(lost) < 3 and len(lost) <= 0.3 * len(entries), "the guard lets too much go"
            if key in stopped:
                left = {each.uid for each in entries} - {each.uid for each in self.ours(key)}
                assert all(self._is_out_of_time(each.title) for each in entries if each.uid in left), "it was stopped"

    def _nobody_is_lost_or_doubled(self) -> None:
        may_stay = self.ever_cut | self.left_over | {each.title for each in self.unclear}
        for calendar in self.world.calendars:
            there = self.ours(calendar.key)
            wanted = {
                each.title
                for each in self.rows
                if each.belongs_to(calendar.key) and not each.is_over(calendar, self.world.now)
            }
            found = Counter(each.title for each in there)
            edited = {each.title for each in there if self.hand.touched(each.uid)}
            assert not [title for title, count in found.items() if count > 1 and title not in edited], "it is doubled"
            assert wanted <= set(found), "an object is lost"
            assert set(found) <= wanted | may_stay | edited, "an object is left over"
        for row in self.rows:
            self._stands_as_it_should(row)

    def _stands_as_it_should(self, row: Row) -> None:
        [calendar] = [each for each in self.world.calendars if row.belongs_to(each.key)]
        if row.is_over(calendar, self.world.now):
            return
        found = [each for each in self.ours(calendar.key) if each.title == row.title]
        assert any(self._is_as_told(each, row) for each in found), "it says something else"

    def _is_as_told(self, entry: Ours, row: Row) -> bool:
        main = entry.item.main
        return (
            entry.says("LOCATION") in {row.place, *self.hand.may_say(entry.uid, "LOCATION")}
            and main.value("DTSTART").endswith(f"T{row.hour:02}0000")
            and (main.value("STATUS") == "CANCELLED") is (row.status is Status.CANCELLED)
        )

    # ------------------------------------------------------------------ at any moment

    @invariant()
    def nothing_foreign_is_touched(self) -> None:
        for href, data in self.foreign.items():
            parent = href.rsplit("/", 1)[0] + "/"
            assert [each.data for each in self.server.objects(parent, [href])] == [data], "something foreign is touched"

    @invariant()
    def what_somebody_wrote_stays(self) -> None:
        """A place that gave way to the source's stands in the history."""
        lost = self.lost_values()
        for each in self.ours():
            for name, text in self.hand.wrote.get(each.uid, {}).items():
                if name == "VALARM":
                    assert [alarm.value("TRIGGER") for alarm in each.item.main.components] == [text], "an alarm is lost"
                elif each.says(name) != text:
                    assert name == "LOCATION" and (each.uid, name, f"{name}:{text}") in lost, "a remark is lost"

    @invariant()
    def nothing_causes_mail(self) -> None:
        """Only people invite and remind."""
        for each in self.ours():
            main, invited = each.item.main, self.hand.may_say(each.uid, "ATTENDEE")
            assert main.first("ORGANIZER") is None, "an organiser is brought"
            assert {item.value for item in main.all("ATTENDEE")} <= invited, "a guest is brought"
            assert self.hand.may_say(each.uid, "VALARM") or not main.components, "an alarm is brought"
            assert not any(name.startswith("SCHEDULE-") for item in main.properties for name, _ in item.parameters)

    @invariant()
    def what_is_cut_stays_for_a_while(self) -> None:
        """Promise 3: at least a day and three answers, and never when it begins soon."""
        there = {each.title for each in self.ours()}
        for each in self.cut:
            if each.stood and each.row.title not in there and not self._may_be_gone(each):
                raise AssertionError("absence has removed something too early")
        self.cut = [each for each in self.cut if not each.stood or each.row.title in there] + [
            Cut(each.row, each.at, stood=False) for each in self.cut if each.stood and each.row.title not in there
        ]

    @invariant()
    def the_memory_names_nobody_twice(self) -> None:
        records = [each.remote for each in self.world.ledger.records(kind=ENTRY) if each.etag]
        assert len(set(records)) == len(records), "the memory names one entry twice"

    def all_is_well(self) -> None:
        """All of these, for whoever walks a path of rules without Hypothesis."""
        self.nothing_foreign_is_touched()
        self.what_somebody_wrote_stays()
        self.nothing_causes_mail()
        self.what_is_cut_stays_for_a_while()
        self.the_memory_names_nobody_twice()

    # ------------------------------------------------------------------ inside

    def _may_be_gone(self, cut: Cut) -> bool:
        answers = {at for at in self.world.answers if at >= cut.at}
        counted = self.world.now - cut.at >= DAY and len(answers) >= 3 and cut.row.start >= self.world.now + 14 * DAY
        return counted or cut.row.title in self.hand.deleted or self._is_out_of_time(cut.row.title)

    def _is_out_of_time(self, title: str) -> bool:
        known = (*self.rows, *self.unclear, *(each.row for each in self.cut))
        rows = [each for each in known if each.title == title]
        return any(row.is_over(calendar, self.world.now) for row in rows for calendar in self.world.calendars)

    def _standing(self, rows: list[Row]) -> set[str]:
        """Titles of these rows that have an entry, and have not been over for long."""
        titles = {each.title for each in rows} & {each.title for each in self.ours()}
        return {each for each in titles if not self._is_out_of_time(each)}


CalendarMachine.TestCase.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
TestCalendarMachine = CalendarMachine.TestCase
