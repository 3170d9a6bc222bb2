"""Who is who over all calendars: the entry of each wanted session, here or in a calendar that it left. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from calendar_sync.identity import file_name, mint_uid
from calendar_sync.matching import match
from calendar_sync.programme import Wanted
from calendar_sync.sheet import Sheet, Situation


class Pairing:
    """Fills the pairs of all sheets, and knows the UID of every session, the same in each of its calendars."""

    def __init__(self, sheets: Sequence[Sheet], situation: Situation) -> None:
        self._situation = situation
        self._has_several = len(sheets) > 1  # in one calendar alone each session is asked about once
        self._uids: dict[tuple[str, str, int], str] = {}
        self._taken = {uid for each in situation.remembered.entries.values() for uid in each}
        self._taken |= {uid for sheet in sheets for uid in sheet.standing}
        for sheet in sheets:
            self._pair(sheet)
        for target in sheets:
            for source in sheets:
                if source is not target and source.left:
                    self._move(source, target)

    def uid(self, wanted: Wanted) -> str:
        """The UID of a session that has no entry yet in this calendar."""
        known = self._uids.get(wanted.identity)
        if known is not None:
            return known
        minted = mint_uid(self._situation.network, *wanted.identity, taken=self._taken)
        self._taken.add(minted)
        if self._has_several:
            self._uids[wanted.identity] = minted
        return minted

    def _pair(self, sheet: Sheet) -> None:
        """In its own calendar, also with an entry that was removed by hand."""
        situation = self._situation
        known = sheet.known(situation.remembered)
        sheet.pairs = match(sheet.wanted, known.values(), is_given_up=situation.is_given_up, minted=situation.minted)
        claimed = {each.uid for each in sheet.pairs.values()}
        sheet.left = {uid: entry for uid, entry in sheet.standing.items() if uid not in claimed}
        sheet.entries.forgotten += [uid for uid in known if uid not in claimed and uid not in sheet.standing]
        for index, memory in sheet.pairs.items():
            self._uids.setdefault(sheet.wanted[index].identity, memory.uid)

    def _move(self, source: Sheet, target: Sheet) -> None:
        """Entries that their own calendar does not want any more, and another one does."""
        situation = self._situation
        open_ones = [(index, each) for index, each in enumerate(target.wanted) if index not in target.pairs]
        pairs = match(
            [wanted for _, wanted in open_ones],
            [each.memory for each in source.left.values()],
            is_given_up=situation.is_given_up,
            minted=situation.minted,
        )
        for number, memory in pairs.items():
            index, wanted = open_ones[number]
            if not target.is_foreign(file_name(memory.uid)):
                target.pairs[index] = memory
                self._uids.setdefault(wanted.identity, memory.uid)
                target.entries.move(wanted, source.left.pop(memory.uid), source.calendar)
