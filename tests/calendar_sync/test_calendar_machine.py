"""A machine that edits, cuts, rotates, breaks and kills, and asks after each fault-free run whether all is well."""

from __future__ import annotations

from dataclasses import replace

from calendar_world import World, calendar, training
from faulty_target import FaultyTarget, Killed
from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from calendar_sync.identity import is_our_uid
from calendar_sync.records import ENTRY
from calendar_sync.wish import Missing, SourceRules, Then, Where
from connectors.memory.ledger import MemoryLedger
from network.errors import (
    LimitReached,
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
from network.ical.writing import event, serialise
from network.model import Status, Training
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
    lambda: LimitReached(SORRY, setting="dav"),
    Killed,
)
PLACES = ("", "Brakel", "Höxter", "Warburg")
numbers = st.integers(0, 11)


class CalendarMachine(RuleBasedStateMachine):
    """Two calendars that divide one source by a tag."""

    def __init__(self) -> None:
        super().__init__()
        rules = (SourceRules("plan", missing=Missing(then=Then.REMOVE)),)
        self.world = World(
            [
                calendar("it", where=Where(tags=("it",)), sources=rules),
                calendar("rest", where=Where(not_tags=("it",)), sources=rules),
            ]
        )
        self.titles = 0
        self.foreign: dict[str, bytes] = {}
        self.remarks: dict[str, str] = {}  # UID → what somebody wrote there by hand
        self.cut: list[Training] = []
        self.ever_cut: set[str] = set()
        self.is_rotated = False

    @initialize(count=st.integers(0, 8))
    def begin(self, count: int) -> None:
        for _ in range(count):
            self.offer()
        self.world.settle()

    # ------------------------------------------------------------------ the source

    @rule()
    def offer(self) -> None:
        self.titles += 1
        assume(len(self.world.trainings) < 12)
        self.world.trainings.append(training(f"k{self.titles}", f"Schulung {self.titles}", day=100 + self.titles))

    @rule(number=numbers, place=st.sampled_from(PLACES))
    def change_place(self, number: int, place: str) -> None:
        self._edit(number, place=place)

    @rule(number=numbers, tags=st.sampled_from(((), ("it",))))
    def change_calendar(self, number: int, tags: tuple[str, ...]) -> None:
        self._edit(number, tags=tags)

    @rule(number=numbers, status=st.sampled_from((Status.PUBLISHED, Status.CANCELLED, Status.FULL)))
    def change_status(self, number: int, status: Status) -> None:
        self._edit(number, status=status)

    @rule(number=numbers)
    def make_a_draft_and_take_it_back(self, number: int) -> None:
        if self.world.trainings:
            status = self.world.trainings[number % len(self.world.trainings)].status
            self._edit(number, status=Status.DRAFT)
            self.world.apply()
            self._edit(number, status=status)

    @rule(number=numbers, hour=st.integers(8, 16))
    def change_time(self, number: int, hour: int) -> None:
        if self.world.trainings:
            each = self.world.trainings[number % len(self.world.trainings)]
            self._edit(number, sessions=training("x", day=100 + int(each.title.split()[1]), hour=hour).sessions)

    @rule(number=numbers)
    def cut_a_row(self, number: int) -> None:
        if self.world.trainings:
            gone = self.world.trainings.pop(number % len(self.world.trainings))
            self.cut.append(gone)
            self.ever_cut.add(gone.title)

    @rule()
    def put_a_row_back(self) -> None:
        if self.cut:
            self.world.trainings.append(self.cut.pop())

    @rule()
    def rotate_keys(self) -> None:
        """Without another change at the same time: then nothing would tell that it is the same training."""
        self._release()
        self.world.settle()
        self.world.trainings = [replace(each, key=each.key + "'") for each in self.world.trainings]
        self.cut, self.is_rotated = [], True
        writes = self.world.writes()
        self.world.apply()
        assert self.world.writes() == writes, "rotated keys cause writes"

    @rule(hours=st.sampled_from((1, 13, 30)))
    def let_time_pass(self, hours: int) -> None:
        self.world.later(hours=hours)

    # ------------------------------------------------------------------ people in Nextcloud

    @rule(number=numbers, calendar_key=st.sampled_from(("it", "rest")))
    def remark(self, number: int, calendar_key: str) -> None:
        for name, item in self._ours(calendar_key, number):
            text = f"Bemerkung {len(self.remarks)}"
            title = text_of(item.main, "SUMMARY")
            if self.world.name_of(title, calendar_key) == name:
                self.world.edit(title, f"COMMENT:{text}", key=calendar_key)
                self.remarks[item.uid] = text

    @rule(number=numbers, calendar_key=st.sampled_from(("it", "rest")))
    def delete_by_hand(self, number: int, calendar_key: str) -> None:
        for name, item in self._ours(calendar_key, number):
            self.world.server.delete(self.world.href(calendar_key) + name, if_match="")
            self.remarks.pop(item.uid, None)

    @rule(calendar_key=st.sampled_from(("it", "rest")))
    def add_something_foreign(self, calendar_key: str) -> None:
        name = f"fremd-{len(self.foreign)}.ics"
        item = CalendarObject(name, (event(start=self.world.now, end=self.world.now, summary="Fremd"),))
        href = self.world.href(calendar_key) + name
        if any(each.uri == f"dnw-{calendar_key}" for each in self.world.server.calendars()):
            self.foreign[href] = serialise(item, now=self.world.now)
            self.world.server.put(href, self.foreign[href], if_match="")

    # ------------------------------------------------------------------ trouble

    @rule(at=st.integers(0, 6), when=st.sampled_from(("before", "after")), error=st.sampled_from(ERRORS))
    def run_with_a_fault(self, at: int, when: str, error: type[BaseException]) -> None:
        def fault(name: str, number: int, moment: str) -> None:
            if number >= at and moment == when and (number == at or error is not Killed):
                raise error()

        self.world.target = FaultyTarget(self.world.server, fault)
        try:
            self.world.apply()
        except Killed:
            pass
        finally:
            self.world.target = self.world.server

    @rule()
    def lose_the_state(self) -> None:
        if not self.is_rotated:
            self.world.ledger = MemoryLedger()
            return
        # Markers hold the keys of old: another change at the same time would tell nothing of what belongs together.
        self._release()
        self.world.settle()
        self.world.ledger = MemoryLedger()
        self.world.settle()

    # ------------------------------------------------------------------ all is well

    @rule()
    def run(self) -> None:
        self._release()
        self.world.settle()
        writes = self.world.writes()
        self.world.apply()
        assert self.world.writes() == writes, "a second run writes"
        self._nobody_is_lost_or_doubled()

    def _nobody_is_lost_or_doubled(self) -> None:
        for key, tags in (("it", ("it",)), ("rest", ())):
            wanted = sorted(_bare(each.title) for each in self.world.trainings if each.tags == tags)
            there = sorted(_bare(text_of(item.main, "SUMMARY")) for _, item in self._ours(key))
            assert len(set(there)) == len(there), "an object is doubled"
            assert set(wanted) <= set(there), "an object is lost"
            kept = {_bare(text_of(i.main, "SUMMARY")) for _, i in self._ours(key) if text_of(i.main, "COMMENT")}
            assert set(there) <= set(wanted) | self.ever_cut | kept, "an object is left over"
        for each in self.world.trainings:
            key = "it" if each.tags else "rest"
            [item] = [i for _, i in self._ours(key) if _bare(text_of(i.main, "SUMMARY")) == each.title]
            assert text_of(item.main, "LOCATION") == each.place
            assert item.main.value("DTSTART").endswith(f"T{each.sessions[0].start:%H}0000")
            assert (item.main.value("STATUS") == "CANCELLED") is (each.status is Status.CANCELLED)

    @invariant()
    def nothing_foreign_is_touched(self) -> None:
        for href, data in self.foreign.items():
            parent = href.rsplit("/", 1)[0] + "/"
            assert [each.data for each in self.world.server.objects(parent, [href])] == [data]

    @invariant()
    def what_somebody_wrote_stays(self) -> None:
        found = {item.uid: text_of(item.main, "COMMENT") for key in ("it", "rest") for _, item in self._ours(key)}
        for uid, text in self.remarks.items():
            assert found.get(uid, text) == text, "a remark is lost"

    @invariant()
    def the_memory_names_nobody_twice(self) -> None:
        records = [each.remote for each in self.world.ledger.records(kind=ENTRY)]
        assert len(set(records)) == len(records)

    # ------------------------------------------------------------------ inside

    def _edit(self, number: int, **changes: object) -> None:
        if self.world.trainings:
            at = number % len(self.world.trainings)
            self.world.trainings[at] = replace(self.world.trainings[at], **changes)  # type: ignore[arg-type]

    def _release(self) -> None:
        self.world.released = frozenset(each.scope for each in self.world.calendars)

    def _ours(self, key: str, number: int | None = None) -> list[tuple[str, CalendarObject]]:
        if all(each.uri != f"dnw-{key}" for each in self.world.server.calendars()):
            return []
        ours = [(name, item) for name, item in sorted(self.world.objects(key).items()) if is_our_uid(item.uid)]
        return ours if number is None or not ours else [ours[number % len(ours)]]


def _bare(title: str) -> str:
    return title.removeprefix("Fällt aus: ").removesuffix(" (ausgebucht)")


CalendarMachine.TestCase.settings = settings(
    max_examples=15, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
TestCalendarMachine = CalendarMachine.TestCase
