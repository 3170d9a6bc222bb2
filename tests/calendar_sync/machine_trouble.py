"""What goes wrong: answers that fail or are lost, processes that die, tokens that lie, calendars made anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from faulty_target import READS, WRITES, FaultyTarget, Killed, dying_over_a_note
from hypothesis import strategies as st
from hypothesis.stateful import rule
from machine_ground import Ground, keys, numbers

from connectors.memory.calendars import TOKEN
from connectors.memory.ledger import MemoryLedger
from network.errors import (
    AlreadyThere,
    DigitalnetzwerkError,
    LimitReached,
    Locked,
    NotThere,
    PreconditionFailed,
    Refused,
    ServerBusy,
    ServerFault,
    UidInTrash,
    Unreachable,
)
from network.text import Text

SORRY = Text("geht nicht", "sorry")
ANSWERS: dict[str, Callable[[], BaseException]] = {
    "500": lambda: ServerFault(SORRY),
    "429 or 503": lambda: ServerBusy(SORRY),
    "423": lambda: Locked(SORRY),
    "412": lambda: PreconditionFailed(SORRY),
    "404": lambda: NotThere(SORRY),
    "405": lambda: AlreadyThere(SORRY),
    "400 or 507": lambda: Refused(SORRY),
    "500, trash bin": lambda: UidInTrash(SORRY),
    "403, limit": lambda: LimitReached(SORRY, setting="dav"),
    "none": lambda: Unreachable(SORRY),
    "killed": Killed,
}
answers = st.sampled_from(sorted(ANSWERS))


class InTrouble(Ground):
    @rule(at=st.integers(0, 12), when=st.sampled_from(("before", "after")), answer=answers)
    def write_in_vain(self, at: int, when: str, answer: str) -> None:
        """From one write on; with "after" the server did it and nobody heard."""
        self._run_with(WRITES, at, when, answer)

    @rule(at=st.integers(0, 6), answer=answers)
    def read_in_vain(self, at: int, answer: str) -> None:
        self._run_with(READS, at, "before", answer)

    @rule(at=st.integers(0, 12), when=st.sampled_from(("before", "after")))
    def die_over_a_note(self, at: int, when: str) -> None:
        """Around what we remember."""
        ledger = self.world.ledger
        self.world.ledger = dying_over_a_note(ledger, at, when)
        try:
            self.world.apply()
        except Killed:
            pass
        finally:
            self.world.ledger = ledger

    @rule()
    def write_without_hearing_an_etag(self) -> None:
        self.server.tells_etags = False
        self.world.apply()
        self.server.tells_etags = True

    @rule(number=numbers, key=keys)
    def list_what_is_not_delivered(self, number: int, key: str) -> None:
        for each in self.one_of_ours(key, number):
            self.server.withheld = frozenset((self.world.href(key) + each.name,))
            self.world.apply()
            self.server.withheld = frozenset()

    @rule(number=numbers, key=keys)
    def rewrite_the_same(self, number: int, key: str) -> None:
        """Another ETag for the same content: nothing is written for that."""
        self.settle()
        for each in self.one_of_ours(key, number):
            self.server.rewrite(self.world.href(key) + each.name)
            writes = self.world.writes()
            self.world.apply()
            assert self.world.writes() == writes, "another ETag causes writes"

    @rule(key=keys, number=numbers)
    def forget_what_changed(self, key: str, number: int) -> None:
        """Somebody deletes an entry, and the server loses its log: only looking at everything tells."""
        for each in self.one_of_ours(key, number):
            self.server.delete(self.world.href(key) + each.name, if_match="")
            self.hand.lose(each)
            self.server.forget_changes(self.world.href(key))
            self.world.apply()
            self.world.later(hours=25)

    @rule(key=keys, ahead=st.integers(1, 50))
    def remember_a_token_from_elsewhere(self, key: str, ahead: int) -> None:
        """One that this server never gave, or gives only later."""
        ledger = self.world.ledger
        for record in ledger.records(f"calendar:{key}", "calendar"):
            number = int(record.etag.removeprefix(TOKEN) or 0)
            ledger.remember(replace(record, etag=f"{TOKEN}{number + ahead}"))

    @rule(key=keys)
    def come_back_from_a_backup(self, key: str) -> None:
        """What was written since is gone from the server, and its number may be one that we know: a day tells."""
        if self.is_there(key):
            backup, before = self.server.backup(self.world.href(key)), {each.uid for each in self.ours(key)}
            self.settle()
            if before & {each.uid for each in self.ours() if each.calendar != key}:
                return  # moved since: no backup of one calendar alone brings that back
            self.forget_hands(key)
            self.server.restore_backup(self.world.href(key), backup)
            self.left_over |= {each.title for each in self.ours(key)}
            self.world.later(hours=25)

    @rule(key=keys)
    def make_a_calendar_anew(self, key: str) -> None:
        if self.is_there(key):
            self.forget_hands(key)
            self.server.make_anew(self.world.href(key))

    @rule(key=keys)
    def put_a_calendar_into_the_trash(self, key: str) -> None:
        if self.is_there(key):
            self.server.delete_calendar(self.world.href(key), purge=False)
            self.settle()
            assert self.is_there(key), "a calendar stays in the trash bin"

    @rule()
    def lose_the_state(self) -> None:
        if self.rotations:
            # Markers hold the keys of old: another change at the same time would tell nothing of what belongs together.
            self.settle()
        self.history += self.world.ledger.lost
        self.world.ledger = MemoryLedger()
        if self.rotations:
            self.settle()

    # ------------------------------------------------------------------ inside

    def _run_with(self, calls: frozenset[str], at: int, when: str, answer: str) -> None:
        def fault(_: str, number: int, moment: str) -> None:
            if number >= at and moment == when and (number == at or answer != "killed"):
                raise ANSWERS[answer]()

        self.world.target = FaultyTarget(self.server, fault, calls)
        try:
            self.world.apply()
        except (Killed, DigitalnetzwerkError):
            pass
        finally:
            self.world.target = self.server
