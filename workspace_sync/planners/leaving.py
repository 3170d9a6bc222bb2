"""A scope that stands in the configuration no longer: people lose access at once, what they wrote stays.

Team and room are deleted 30 days later, when nobody is in them. The folder is archived for good. Of a group only the
memberships go that we made. Everything counts for the guard.
"""

from __future__ import annotations

from datetime import timedelta

from network.plan import Action, Kind, Scope, ScopePlan
from network.ports import Record
from workspace_sync import words
from workspace_sync.planners.archive import archive_folder
from workspace_sync.planners.dissolution import (
    dissolve_room,
    dissolve_team,
    empty_room,
    empty_team,
    has_team,
    is_empty,
)
from workspace_sync.planners.draft import Draft
from workspace_sync.planners.exchange_group import people_of
from workspace_sync.planners.teams import rows
from workspace_sync.remembered import GROUP, GROUP_MEMBER, LEFT, TEAM
from workspace_sync.situation import Situation
from workspace_sync.steps import RemoveGroupMember

KEPT_FOR = timedelta(days=30)


def plan_leaving(scope: Scope, situation: Situation) -> ScopePlan:
    draft = Draft(scope)
    if situation.remembered.record(scope, LEFT, LEFT) is None:
        draft.remember(Record(str(scope), LEFT, LEFT))  # from now on the days count
    deletes = is_due(scope, situation)
    stays = [
        _leave_group(draft, situation),
        _leave_room(draft, situation, deletes=deletes),
        _leave_teams(draft, situation, deletes=deletes),
        archive_folder(draft, situation, words.ARCHIVED),
    ]
    if not any(stays):
        draft.forget_everything(situation.remembered)
    return draft.plan()


def is_due(scope: Scope, situation: Situation) -> bool:
    """Whether the scope left so long ago that its empty team and room go too."""
    record = situation.remembered.record(scope, LEFT, LEFT)
    return record is not None and record.at is not None and situation.now - record.at > KEPT_FOR


def _leave_group(draft: Draft, situation: Situation) -> bool:
    memberships = situation.remembered.records(draft.scope, GROUP_MEMBER)
    groups = situation.remembered.records(draft.scope, GROUP)
    draft.present += len(memberships)
    for group in groups:
        for account in sorted(memberships):
            step = RemoveGroupMember(group, account)
            key = f"{group} > {account}"
            draft.change(Action.REVOKE, Kind.MEMBER, key, account, words.LEFT, step, loses=True)
    return bool(memberships)


def _leave_room(draft: Draft, situation: Situation, *, deletes: bool) -> bool:
    record = situation.remembered.room(draft.scope)
    if record is None:
        return False
    if situation.actual.rooms is None:
        return True
    if situation.actual.room(record.remote) is None:
        draft.forget(record)
        return False
    explained = frozenset().union(*(_explained(key, situation) for key in _team_keys(draft.scope, situation)))
    if not empty_room(draft, explained, situation) and deletes:
        dissolve_room(draft, words.LEFT_LONG_AGO, situation)
    return True


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


def _explained(key: str, situation: Situation) -> frozenset[str]:
    """Everybody who is in a team, himself or through a group, as far as anybody told us."""
    seen = situation.actual.team(situation.team_id(key) or "")
    members = rows(seen, situation) if seen is not None else {}
    people = frozenset(who.id for who in members if who.kind == "user")
    return people.union(*(people_of(who.id, situation) for who in members if who.kind == "group"))
