"""The description of a team or room: what the wish says, with our mark in it, unless a person wrote another one."""

from __future__ import annotations

from dataclasses import dataclass

from network.text import Text
from workspace_sync import words
from workspace_sync.marks import with_mark
from workspace_sync.situation import Situation
from workspace_sync.three_way import Verdict, compare


@dataclass(frozen=True, slots=True)
class Description:
    """`is_ours` False: a person's words, to which only the mark is added. `lost`: what gave way to ours."""

    text: str
    reason: Text
    is_ours: bool = True
    lost: str = ""


def describe(key: str, sentence: str, wrote: str | None, there: str, situation: Situation) -> Description | None:
    """The description to write, None when it may stay as it is. `wrote` None: we don't know what we wrote."""
    wanted = with_mark(sentence, situation.network.id, key)
    verdict = Verdict.KEEP if wrote is None and there != wanted else compare(wrote, there, wanted)
    if verdict is Verdict.UPDATE:
        return Description(wanted, words.WISH_MOVED)
    if verdict is Verdict.CONFLICT:
        return Description(wanted, words.BOTH_MOVED, lost=there)
    if situation.key_in(there) != key:
        return Description(
            with_mark(there or sentence, situation.network.id, key), words.MARK_MISSING, is_ours=not there
        )
    return None
