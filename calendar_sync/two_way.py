"""Two calendars that are both written: ours, and the one behind a connector with `mode: two-way`. Pure.

Both sides are compared with what they last agreed on, entry by entry (`decide` is the table; two_way_pairs.py says who
is who) and then property by property (agreement.py). A deletion is carried over only while the other side is unmoved,
and only from a side that was seen whole; a change beats a deletion. Whatever can't be read on one side stays as it is
on both.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from calendar_sync import sentences
from calendar_sync.absence import Verdict
from calendar_sync.agreed_memory import agreed_memory, entered_memory
from calendar_sync.agreement import agree, for_here, is_equal, plain, plain_stored
from calendar_sync.identity import file_name, returned_uid
from calendar_sync.matching import Pairs
from calendar_sync.programme import Wanted
from calendar_sync.records import EntryMemory
from calendar_sync.sheet import Sheet, Situation
from calendar_sync.steps import FollowRemoval, RemoveFromSource, WriteBoth, WriteEntry, WriteSource
from calendar_sync.survey import ActualEntry
from calendar_sync.two_way_pairs import goes_both_ways, pairs_of
from calendar_sync.unwanted import Unwanted
from calendar_sync.wish import SourceRules
from network.errors import BadInput, Refused
from network.ical.canonical import digest, from_text, to_text
from network.ical.component import CalendarObject
from network.plan import Action, Kind
from network.text import Text


class Side(StrEnum):
    """What became of an entry on one side since both last agreed. ABSENT: not there, but nobody removed it."""

    SAME = "same"
    MOVED = "moved"
    REMOVED = "removed"
    ABSENT = "absent"


class Deed(StrEnum):
    LEAVE = "leave"
    AGREE = "agree"
    ENTER_HERE = "enter_here"
    ENTER_IN_SOURCE = "enter_in_source"
    REMOVE_HERE = "remove_here"
    REMOVE_FROM_SOURCE = "remove_from_source"
    FORGET = "forget"


def decide(source: Side, here: Side) -> Deed:
    """What becomes of an entry that both sides have, or had."""
    match source, here:
        case Side.SAME, Side.SAME:
            return Deed.LEAVE
        case Side.SAME | Side.MOVED, Side.SAME | Side.MOVED:
            return Deed.AGREE
        case Side.SAME, Side.REMOVED:
            return Deed.REMOVE_FROM_SOURCE
        case Side.MOVED, Side.REMOVED:
            return Deed.ENTER_HERE
        case Side.REMOVED, Side.SAME:
            return Deed.REMOVE_HERE
        case Side.REMOVED, Side.MOVED:
            return Deed.ENTER_IN_SOURCE
        case Side.SAME | Side.MOVED, Side.ABSENT:
            return Deed.ENTER_HERE
        case Side.ABSENT, Side.SAME | Side.MOVED:
            return Deed.ENTER_IN_SOURCE
        case _:
            return Deed.FORGET


def settle(sheet: Sheet, situation: Situation, unwanted: Unwanted) -> None:
    """Plans the entries of a calendar that goes both ways, on either side."""
    rules = sheet.calendar.counterpart
    assert rules is not None  # noqa: S101  # the planner asks
    _TwoWay(sheet, situation, unwanted, rules).settle()


class _TwoWay:
    def __init__(self, sheet: Sheet, situation: Situation, unwanted: Unwanted, rules: SourceRules) -> None:
        self.sheet, self.situation, self.unwanted, self.rules = sheet, situation, unwanted, rules
        self.timezone = sheet.calendar.properties.timezone
        self.known = sheet.known(situation.remembered)
        for uid, memory in self.known.items():
            if uid not in sheet.standing and not memory.is_gone:
                self.known[uid] = replace(memory, etag="", is_taken_out=not self._is_anew())

    def settle(self) -> None:
        for uid in self.known.keys() - self.sheet.standing.keys():
            self._note(self.known[uid])  # before anything else: a token that has moved on tells it only once
        if self.rules.connector not in self.situation.programme.counting:
            return  # nobody knows what the source says now: both sides stay as they are
        pairs = self._pairs()
        self.sheet.source_present = len(self.situation.programme.offered.get(self.rules.connector, ()))
        paired = {each.uid for each in pairs.values()}
        order = sorted(enumerate(self.sheet.wanted), key=lambda each: (each[1].identity, each[1].fingerprint))
        for index, wanted in order:
            self._settle_wanted(wanted, pairs.get(index))
        for uid, memory in sorted(self.known.items()):
            if uid not in paired:
                self._settle_unpaired(memory)
        offered = self.situation.programme.offered.get(self.rules.connector, ())
        for guest in self._guests():
            if guest.uid not in paired and self._returned(guest) not in offered:
                self._enter_in_source(guest, sentences.NEW_HERE)
        self.sheet.stop = self._stop(paired)

    def _is_anew(self) -> bool:
        """Whether our calendar is another one than we remember: what it lacks was removed by nobody."""
        actual = self.sheet.actual
        return actual is None or actual.is_anew or not actual.is_marked

    def _pairs(self) -> Pairs:
        return pairs_of(self.sheet.wanted, self.known.values(), self._guests(), self._returned, self.situation)

    def _returned(self, memory: EntryMemory) -> str:
        return returned_uid(self.situation.network, self.rules.connector, memory.uid, memory.key)

    def _guests(self) -> list[EntryMemory]:
        """What people entered here themselves, and nobody has carried to the source yet."""
        found = self.sheet.actual.guests if self.sheet.actual else ()
        unknown = (replace(each, is_guest=True) for each in found if each.uid not in self.known)
        return sorted(unknown, key=lambda each: each.uid)

    # ------------------------------------------------------------------ one entry

    def _settle_wanted(self, wanted: Wanted, memory: EntryMemory | None) -> None:
        if memory is None or not goes_both_ways(wanted):
            self._one_way(wanted, memory)
            return
        if wanted.known is memory and not memory.actual and not memory.is_gone:
            self._note(memory if memory.place == wanted.place else replace(memory, place=wanted.place))
            return
        try:
            self._compare(wanted, memory)
        except BadInput as error:
            self._hold(memory, error.message)

    def _one_way(self, wanted: Wanted, memory: EntryMemory | None) -> None:
        entries, standing = self.sheet.entries, self.sheet.standing
        if memory is not None and memory.uid in standing:
            entries.compare(wanted, standing[memory.uid])
            return
        uid = memory.uid if memory is not None else self.situation.minted(wanted)
        entries.want(wanted, uid, memory, is_foreign=self.sheet.is_foreign(file_name(uid)))

    def _compare(self, wanted: Wanted, memory: EntryMemory) -> None:
        says = plain(from_text(wanted.text or memory.wish))
        base = self._base(memory, says)
        source = Side.SAME if base is not None and is_equal(says, base) else Side.MOVED
        here = self._here(memory, base)
        if (wanted.connector, wanted.key) in self.situation.registered and here is Side.REMOVED:
            here = Side.ABSENT
        match decide(source, here):
            case Deed.LEAVE:
                self._note(agreed_memory(memory, says, wanted))
            case Deed.AGREE:
                self._agree(wanted, memory, base, says)
            case Deed.REMOVE_FROM_SOURCE:
                step = RemoveFromSource(self.rules.connector, wanted.place, wanted.etag, memory)
                reason, kind = sentences.REMOVED_HERE, Kind.SOURCE_ENTRY
                self.sheet.entries.change(Action.REMOVE, memory, reason, step, wanted.etag, loses=True, kind=kind)
            case _:
                again = sentences.CHANGED_SINCE_REMOVED_HERE if here is Side.REMOVED else None
                is_foreign = self.sheet.is_foreign(file_name(memory.uid))
                self.sheet.entries.want(wanted, memory.uid, memory, is_foreign=is_foreign, reason=again)

    def _settle_unpaired(self, memory: EntryMemory) -> None:
        """An entry that the source lacks, holds back, or never had."""
        entry = self.sheet.standing.get(memory.uid)
        source = (memory.connector, memory.key)
        if memory.connector != self.rules.connector or not self.situation.is_given_up(source):
            if entry is not None:
                self.sheet.entries.stay(entry)
            return
        try:
            base = plain(from_text(memory.wish)) if memory.wish else None
            match decide(Side.REMOVED, self._here(memory, base)):
                case Deed.REMOVE_HERE if entry is not None:
                    self._follow(entry)
                case Deed.ENTER_IN_SOURCE:
                    self._enter_in_source(memory, sentences.CHANGED_SINCE_REMOVED_THERE)
                case _:
                    self.sheet.entries.forgotten.append(memory.uid)
        except BadInput as error:
            self._hold(memory, error.message)

    def _here(self, memory: EntryMemory, base: CalendarObject | None) -> Side:
        if memory.is_gone:
            return Side.REMOVED if memory.is_taken_out else Side.ABSENT
        if base is None:
            return Side.MOVED
        return Side.SAME if not memory.actual or is_equal(self._standing(memory), base) else Side.MOVED

    def _standing(self, memory: EntryMemory) -> CalendarObject:
        """What stands here, plain; BadInput when that can't be told, or may not be told to anybody."""
        found = plain_stored(from_text(memory.text), self.timezone)
        if any(each.parameter("RANGE") for part in found.components for each in part.properties):
            raise Refused(
                Text("eine Änderung gilt „ab hier“ für alle weiteren Tage", "a change holds for all days that follow"),
                code="range_by_hand",
            )
        return found

    def _base(self, memory: EntryMemory, says: CalendarObject) -> CalendarObject | None:
        """What both last agreed on. A write whose answer nobody heard has come about where the source says so."""
        if memory.tried and is_equal(plain(from_text(memory.tried)), says):
            return plain(from_text(memory.tried))
        return plain(from_text(memory.wish)) if memory.wish else None

    # ------------------------------------------------------------------ what is done

    def _agree(self, wanted: Wanted, memory: EntryMemory, base: CalendarObject | None, says: CalendarObject) -> None:
        stored = from_text(memory.text)
        agreed = agree(base, says, self._standing(memory), self.rules.on_conflict)
        text = for_here(stored, agreed.here, self.timezone)
        if agreed.asks:
            self.sheet.entries.problems.append(
                sentences.undecided(str(self.sheet.calendar.scope), memory.title, agreed.asks)
            )
        after = agreed_memory(memory, agreed.base, wanted, here=text)
        to_source, to_here = not is_equal(agreed.source, says), not is_equal(text, stored)
        if not to_source and not to_here:
            self._adopt(after)
            return
        source = WriteSource(
            self.rules.connector,
            wanted.place,
            wanted.etag,
            to_text(says),
            to_text(agreed.source),
            self.timezone,
            after,
            agreed.lost,
        )
        here = WriteEntry(to_text(text), after, digest(from_text(after.wish)), lost=agreed.lost)
        if to_source and to_here:
            reason = sentences.changed_on_both_sides(
                sentences.differing(says, agreed.source), sentences.differing(stored, text)
            )
            step: object = WriteBoth(replace(source, lost=(), is_alone=False), here)
        elif to_source:
            step, reason = source, sentences.changed_in_nextcloud(says, agreed.source)
        else:
            step, reason = here, sentences.changed(stored, text)
        kind = Kind.ENTRY if to_here else Kind.SOURCE_ENTRY
        content = f"{digest(agreed.source) if to_source else ''}|{digest(text) if to_here else ''}"
        is_cancelling = after.is_cancelled and not memory.is_cancelled
        self.sheet.entries.change(
            Action.CANCEL if is_cancelling else Action.UPDATE, after, reason, step, content, kind=kind
        )

    def _enter_in_source(self, memory: EntryMemory, reason: Text) -> None:
        """A new object there, under a UID of its own."""
        try:
            says = self._standing(memory)
            after = entered_memory(memory, says, self.rules.connector, self._returned(memory))
        except BadInput as error:
            self._hold(memory, error.message)
            return
        step = WriteSource(self.rules.connector, "", "", "", to_text(says), self.timezone, after)
        self.sheet.entries.change(Action.CREATE, after, reason, step, digest(says), kind=Kind.SOURCE_ENTRY)

    def _follow(self, entry: ActualEntry) -> None:
        """The source lacks it: the rules for what is missing say when it goes here too."""
        match self.unwanted.verdict(self.sheet, entry.memory):
            case Verdict.REMOVE:
                step = FollowRemoval(entry.memory)
                self.sheet.entries.change(Action.REMOVE, entry.memory, sentences.REMOVED_THERE, step, "", loses=True)
            case Verdict.ASK | Verdict.CANCEL:
                self.unwanted.ask(entry.memory)
                self.sheet.entries.stay(entry)
            case _:
                self.sheet.entries.stay(entry)

    def _hold(self, memory: EntryMemory, why: Text) -> None:
        where = str(self.sheet.calendar.scope)
        self.sheet.entries.problems.append(sentences.not_returned(where, memory.title, why))
        self.sheet.entries.kept += 1

    def _stop(self, paired: set[str]) -> Text | None:
        """A side on which nothing is left is no reason to empty the other one."""
        removed_here = [each for each in self.known.values() if each.is_taken_out]
        if removed_here and not self.sheet.standing:
            return sentences.NEXTCLOUD_EMPTY
        if self.known.keys() - paired and not self.sheet.source_present and not self.rules.may_be_empty:
            return sentences.SOURCE_EMPTY
        return None

    # ------------------------------------------------------------------ what is remembered

    def _note(self, memory: EntryMemory) -> None:
        self.sheet.entries.notes.append(memory)

    def _adopt(self, memory: EntryMemory) -> None:
        """Both sides say the same; a guest is remembered from now on."""
        if memory.uid not in self.sheet.standing:
            self.sheet.standing[memory.uid] = ActualEntry(memory, is_adopted=True)
        self._note(memory)
