"""The name of a team, folder, room or group: what the configuration says, unless a person gave it another one there.

Decides only that, and why; the planner of each kind turns it into its own step.
"""

from __future__ import annotations

from dataclasses import dataclass

from network.text import Text
from workspace_sync import words
from workspace_sync.planners.draft import Draft
from workspace_sync.three_way import Verdict, compare
from workspace_sync.wish import OnRename


@dataclass(frozen=True, slots=True)
class Renaming:
    """Why it gets the name of the configuration; `lost` is the name that a person gave it and that gives way."""

    reason: Text
    lost: str = ""


def renaming(draft: Draft, wrote: str | None, there: str, wanted: str, on_rename: OnRename) -> Renaming | None:
    """None when the name may stay as it is. A name given by hand that stays is counted and reported."""
    verdict = compare(wrote, there, wanted)
    if verdict is Verdict.RIGHT:
        return None
    if verdict is Verdict.UPDATE:
        return Renaming(words.WISH_MOVED)
    if verdict is Verdict.CONFLICT:
        return Renaming(words.BOTH_MOVED, there)
    if on_rename == "put_back":
        return Renaming(words.RENAMED_BACK, there)
    draft.kept += 1
    draft.report(words.renamed_by_hand(draft.place, wanted, there))
    return None
