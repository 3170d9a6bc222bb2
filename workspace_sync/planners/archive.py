"""A folder that is no longer wanted: only the service team keeps access, it is renamed, and never deleted."""

from __future__ import annotations

from network.plan import Action, Kind
from network.ports import Principal
from network.text import Text
from workspace_sync.names import ARCHIVED, archived
from workspace_sync.planners.draft import Draft
from workspace_sync.planners.folders import plan_manager
from workspace_sync.planners.grants import Rights, plan_rights
from workspace_sync.planners.team_space import detached
from workspace_sync.remembered import FOLDER, content
from workspace_sync.situation import Situation
from workspace_sync.steps import RenameFolder


def archive_folder(draft: Draft, situation: Situation, reason: Text) -> bool:
    """Whether there is a folder at all; what was deleted by hand is forgotten."""
    record = situation.remembered.folder(draft.scope)
    if record is None:
        draft.settle(situation.remembered.intent(draft.scope, FOLDER, FOLDER))
        return False
    if situation.actual.folders is None:
        if "folders" in situation.actual.unreadable:
            draft.report(situation.actual.unreadable["folders"])
        return True
    seen = situation.actual.folder(record.remote)
    if seen is None:
        draft.forget(record)
        return False
    ourselves = Principal("user", situation.actual.account)
    was_a_space = bool(seen.team)
    seen = detached(draft, seen, reason)
    plan_rights(draft, Rights({}, reason), seen, situation)
    if was_a_space:
        plan_manager(draft, ourselves, manages=True)
    for stranger in sorted(set(seen.managers) - {ourselves}):
        plan_manager(draft, stranger, manages=False)
    if not (content(record).name or "").startswith(ARCHIVED):
        others = {folder.name for folder in situation.actual.folders} - {seen.name}
        name = archived(seen.name, others)
        step = RenameFolder(name)
        draft.change(Action.UPDATE, Kind.FOLDER, f"{FOLDER} name", name, reason, step, loses=True, lost=())
    return True
