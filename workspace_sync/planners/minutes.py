"""Which minutes have to be made now: those of meetings that are near, once for each."""

from __future__ import annotations

from network.plan import Action, Kind
from workspace_sync import words
from workspace_sync.identity import State, find_folder
from workspace_sync.minutes import template_of
from workspace_sync.planners.draft import Draft
from workspace_sync.remembered import MINUTES
from workspace_sync.situation import Situation
from workspace_sync.steps import WriteMinutes
from workspace_sync.wish import FolderWish, MinutesWish


def plan_minutes(draft: Draft, wanted: tuple[MinutesWish, ...], folder: FolderWish, situation: Situation) -> None:
    """Adds the documents that were never made, behind everything that makes the folder."""
    if situation.actual.folders is None or find_folder(draft.scope, folder.name, situation).state is State.TAKEN:
        return  # there is no folder, and there will be none
    for wish in wanted:
        if situation.remembered.record(draft.scope, MINUTES, wish.key) is None:
            step = WriteMinutes(wish.key, wish.day, wish.words, template_of(folder.template))
            title = f"{wish.day} Protokoll"
            draft.change(Action.CREATE, Kind.DOCUMENT, f"{MINUTES} {wish.key}", title, words.MEETING_IS_NEAR, step)
