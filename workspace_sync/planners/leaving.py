"""A scope that stands in the configuration no longer: people lose access at once, what they wrote stays.

Team and room are deleted 30 days later, when nobody is in them. The folder is archived for good. Of a group only the
memberships go that we made. Everything counts for the guard.
"""

from __future__ import annotations

from network.apps import App
from network.plan import Action, Kind, Scope, ScopePlan
from network.ports import Principal
from workspace_sync import words
from workspace_sync.planners.archive import archive_folder
from workspace_sync.planners.dissolution import dissolve_team, empty_team, has_team, is_empty
from workspace_sync.planners.draft import Draft
from workspace_sync.planners.parting import is_due, leave_room, note_parting
from workspace_sync.remembered import GROUP, GROUP_MEMBER, LEFT, TEAM
from workspace_sync.situation import Situation
from workspace_sync.steps import RemoveGroupMember, written


def plan_leaving(scope: Scope, situation: Situation) -> ScopePlan:
    draft = Draft(scope)
    if "teams" in situation.actual.unreadable:
        draft.report(situation.actual.unreadable["teams"])
        return draft.plan()
    note_parting(draft, LEFT, situation)
    if not situation.actual.features.teams and situation.remembered.records(scope, TEAM):
        draft.lacks(App.TEAMS)  # rights hang on teams: without them nobody can be taken out, and nobody is in
        leave_room(draft, situation, part=LEFT)
        return draft.plan()
    stays = [
        _leave_group(draft, situation),
        leave_room(draft, situation, part=LEFT),
        _leave_teams(draft, situation, deletes=is_due(scope, LEFT, situation)),
        archive_folder(draft, situation, words.ARCHIVED),
    ]
    if not any(stays):
        draft.forget_everything(situation.remembered)
    return draft.plan()


def _leave_group(draft: Draft, situation: Situation) -> bool:
    memberships = situation.remembered.records(draft.scope, GROUP_MEMBER)
    groups = situation.remembered.records(draft.scope, GROUP)
    draft.there(Kind.MEMBER, (written(Principal("user", account)) for account in memberships))
    for group in groups:
        for account in sorted(memberships):
            step = RemoveGroupMember(group, account)
            key = f"{group} > {account}"
            lost = (written(Principal("user", account)),)
            draft.change(Action.REVOKE, Kind.MEMBER, key, account, words.LEFT, step, loses=True, lost=lost)
    return bool(memberships)


def _leave_teams(draft: Draft, situation: Situation, *, deletes: bool) -> bool:
    keys = _team_keys(draft.scope, situation)
    for key in keys:
        empty_team(draft, key, situation)
        if not has_team(key, situation) or (deletes and is_empty(key, situation)):
            dissolve_team(draft, key, words.LEFT_LONG_AGO, situation)
    return any(has_team(key, situation) for key in keys) or situation.actual.teams is None


def _team_keys(scope: Scope, situation: Situation) -> list[str]:
    remembered = set(situation.remembered.records(scope, TEAM))
    intended = {each.key for each in situation.remembered.intents if each.scope == str(scope) and each.kind == TEAM}
    return sorted(remembered | intended)
