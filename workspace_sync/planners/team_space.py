"""The folder of an exchange group where the server makes one together with each team and the team owns it.

It is adopted instead of making a second one, and what such a folder refuses is left out: other rights than those of its
team, managers, another name. Before its team or its wish goes it is let go, because deleting the team deletes it.
"""

from __future__ import annotations

from dataclasses import replace

from network.plan import Action, Kind, ScopeKind
from network.ports import FolderSeen
from network.text import Text
from workspace_sync import words
from workspace_sync.marks import team_of
from workspace_sync.planners.draft import Draft
from workspace_sync.remembered import FOLDER
from workspace_sync.situation import Situation
from workspace_sync.steps import DetachSpace, RevokeFolder, TakeSpace
from workspace_sync.wish import FolderWish


def comes_with_its_team(draft: Draft, situation: Situation) -> bool:
    """Whether the team is made in this very plan, and with it a folder."""
    is_group = draft.scope.kind is ScopeKind.EXCHANGE_GROUP
    has_team = situation.team_id(team_of(draft.scope)) is not None
    makes_it = any(change.kind is Kind.TEAM and change.action is Action.CREATE for change in draft.changes)
    return situation.actual.features.team_spaces and is_group and not has_team and makes_it


def plan_coming_space(draft: Draft, wish: FolderWish) -> None:
    step = TakeSpace(team_of(draft.scope), wish.name, wish.quota)
    draft.change(Action.CREATE, Kind.FOLDER, FOLDER, wish.name, words.WITH_ITS_TEAM, step, foundation=True)


def plan_space(draft: Draft, wish: FolderWish, seen: FolderSeen) -> None:
    """Rights and name of a space that is there. The team itself has all rights in it, and nothing can be added."""
    for who, _ in sorted(seen.grants):
        if who.id != seen.team:
            key = f"{FOLDER} > {who.kind}:{who.id}"
            draft.there(Kind.SHARE, (key,))
            draft.change(Action.REVOKE, Kind.SHARE, key, who.id, words.NOBODY_GRANTS, RevokeFolder(who), loses=True)
    if seen.name != wish.name:
        draft.report(words.space_keeps_its_name(draft.place, wish.name, seen.name))


def detached(draft: Draft, seen: FolderSeen, reason: Text) -> FolderSeen:
    """Plans to let the folder go where it belongs to a team, and says what it is afterwards."""
    if not seen.team:
        return seen
    key = f"{FOLDER} > team:{seen.team}"
    draft.there(Kind.SHARE, (key,))
    draft.change(Action.REVOKE, Kind.SHARE, key, seen.name, reason, DetachSpace(seen.team), loses=True)
    grants = tuple(each for each in seen.grants if each[0].id != seen.team)
    return replace(seen, team="", grants=grants)
