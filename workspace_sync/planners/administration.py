"""An administration: its group where we keep it, and its team, which carries every right of its staff."""

from __future__ import annotations

from network.apps import App
from network.plan import Kind, ScopePlan
from network.ports import Principal
from network.text import Text
from workspace_sync import words
from workspace_sync.identity import State, find_team
from workspace_sync.marks import team_of
from workspace_sync.names import beside
from workspace_sync.planners.accounts import plan_accounts
from workspace_sync.planners.draft import Draft
from workspace_sync.planners.groups import plan_group
from workspace_sync.planners.parting import welcome_back
from workspace_sync.planners.teams import MEMBER, TeamWish, plan_departures, plan_team
from workspace_sync.remembered import GROUP, LEFT
from workspace_sync.situation import Situation
from workspace_sync.steps import Who, written
from workspace_sync.wish import AdministrationWish


def plan_administration(wish: AdministrationWish, situation: Situation) -> ScopePlan:
    draft = Draft(wish.scope, wish.where)
    welcome_back(draft, LEFT, situation)
    if not wish.is_external:
        nowhere = plan_accounts(draft, wish, situation)
        plan_group(draft, wish, situation, nowhere=nowhere)
        if not situation.people.is_whole:
            draft.report(words.people_unknown(draft.place, situation.people.silent))
    if situation.actual.features.teams:
        _plan_team(draft, wish, situation)
    else:
        draft.lacks(App.TEAMS)
    return draft.plan()


def danger(wish: AdministrationWish, situation: Situation) -> Text | None:
    """Why the people of this administration must not lose anything at all now, None when nothing speaks against it."""
    if wish.key in situation.people.missing_groups and wish.is_external:
        return words.GROUP_VANISHED
    had_people = bool(situation.actual.group_members.get(wish.group, frozenset()) - {situation.actual.account})
    if not wish.is_external and had_people and not situation.people.of(wish.key):
        return words.LIST_EMPTY
    seen = situation.actual.groups is None or situation.actual.group(wish.group) is not None
    if not wish.is_external and not seen and situation.remembered.record(wish.scope, GROUP, wish.group) is not None:
        return words.GROUP_VANISHED
    return None


def _plan_team(draft: Draft, wish: AdministrationWish, situation: Situation) -> None:
    key = team_of(wish.scope)
    is_missing = wish.is_external and wish.key in situation.people.missing_groups
    members: dict[Who, int] = {Principal("group", group): MEMBER for group in wish.team_groups}
    members |= {Principal("user", account): MEMBER for account in wish.accounts}
    seen = situation.team_id(key)
    there = {row.who for row in situation.actual.members.get(seen or "", ())}
    if is_missing:
        members = {who: level for who, level in members.items() if who in there or who.kind == "user"}
        draft.report(words.group_missing(draft.place, wish.group))
    sentence = f"Alle Beschäftigten: {wish.name} ({situation.network.name})"
    name, otherwise = _names(wish, situation)
    team = TeamWish(key, name, sentence, members, added_by_hand="report", is_whole=True, otherwise=otherwise)
    staff = frozenset[str]().union(*map(situation.people_in, wish.team_groups))
    draft.there(Kind.MEMBER, (written(Principal("user", account)) for account in staff))
    outlook = plan_team(draft, team, situation)
    plan_departures(draft, team, outlook)


def _names(wish: AdministrationWish, situation: Situation) -> tuple[str, str]:
    """The team's name, and the one it gets when something else has that; mostly the group is called like the town."""
    key, other = team_of(wish.scope), beside(wish.name, situation.network.name)
    found = find_team(key, wish.name, situation)
    if found.state is State.TAKEN or (found.seen is not None and found.seen.name == other):
        return other, ""
    return wish.name, other if other != wish.name else ""
