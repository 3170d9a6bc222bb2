"""An exchange group: a team of its members with its leads as moderators, a room for the team, a folder for the team."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from network.apps import App
from network.plan import ScopePlan
from network.ports import Principal
from workspace_sync import words
from workspace_sync.identity import find_room
from workspace_sync.marks import team_of
from workspace_sync.people import follows_lists, is_contradictory, members_meant, people_meant
from workspace_sync.planners.archive import archive_folder
from workspace_sync.planners.brought import Brought
from workspace_sync.planners.draft import Draft
from workspace_sync.planners.folders import plan_folder
from workspace_sync.planners.grants import Rights
from workspace_sync.planners.minutes import plan_minutes
from workspace_sync.planners.parting import leave_room, welcome_back
from workspace_sync.planners.reachable import reachable
from workspace_sync.planners.rooms import RoomWish, plan_room
from workspace_sync.planners.teams import MEMBER, MODERATOR, TeamOutlook, TeamWish, plan_departures, plan_team, present
from workspace_sync.remembered import LEFT, ROOM, TEAM_MEMBER, member_key
from workspace_sync.situation import Situation
from workspace_sync.steps import TeamRef, Who
from workspace_sync.wish import PERMISSIONS, ExchangeGroupWish, Level


def plan_exchange_group(wish: ExchangeGroupWish, situation: Situation) -> ScopePlan:
    """Team first, because it carries the rights; then the room, and only then who has to leave the team.

    The folder comes last: where its rights have to wait for the data centre, everything else is there already.
    """
    draft = Draft(wish.scope, wish.where)
    welcome_back(draft, LEFT, situation)
    features = situation.actual.features
    team = _team(draft, wish, situation)
    outlook = TeamOutlook(is_usable=False)
    if features.teams:
        outlook = plan_team(draft, team, situation)
    else:
        draft.lacks(App.TEAMS)
    never_had_a_team = not features.teams and situation.remembered.team(team.key) is None
    if not wish.room:
        leave_room(draft, situation)
    elif not features.rooms:
        draft.lacks(App.TALK)
    elif outlook.is_usable or never_had_a_team:
        welcome_back(draft, ROOM, situation)
        room = _room(wish, team, outlook, situation)
        if find_room(wish.scope, wish.name, situation).seen is None:
            plan_departures(draft, team, outlook)  # a new room must not bring those who are about to go
            outlook = replace(outlook, departures=())
        plan_room(draft, room, situation)
    plan_departures(draft, team, outlook)
    if wish.folder is None:
        if features.teams:
            archive_folder(draft, situation, words.NOT_GRANTED)
    elif not features.team_folders:
        draft.lacks(App.TEAM_FOLDERS)
    elif outlook.is_usable:
        plan_folder(draft, wish.folder, Rights({team.key: PERMISSIONS[Level.EDIT]}), situation)
        plan_minutes(draft, wish.minutes, wish.folder, situation)
    return draft.plan()


def _team(draft: Draft, wish: ExchangeGroupWish, situation: Situation) -> TeamWish:
    members: dict[Who, int] = {}
    for selector in wish.members:
        if is_contradictory(selector):
            draft.report(words.selector_unclear(draft.place))
        members |= dict.fromkeys(members_meant(selector, situation.groups, situation.accounts), MEMBER)
        members |= {Principal("user", account): MEMBER for account in people_meant(selector, situation.people)}
    members |= {Principal("user", situation.people.spelled(account)): MODERATOR for account in wish.leads}
    members.pop(Principal("user", situation.actual.account), None)
    there = present(team_of(wish.scope), situation)
    gone = frozenset(who for who in members if who not in there and _vanished(wish, who, situation))
    members = {who: level for who, level in members.items() if who not in gone}
    members = reachable(draft, members, there, situation)
    is_whole = situation.people.is_whole or not any(follows_lists(selector) for selector in wish.members)
    if not is_whole:
        draft.report(words.people_unknown(draft.place, situation.people.silent))
    if not wish.leads:
        draft.report(words.no_lead(draft.place, wish.name))
    sentence = wish.description or f"Austauschgruppe im {situation.network.name}"
    return TeamWish(
        team_of(wish.scope),
        wish.name,
        sentence,
        members,
        wish.is_open,
        wish.added_by_hand,
        is_whole=is_whole,
        on_rename=wish.on_rename,
        has_folder=wish.folder is not None,
        awaited=gone,
    )


def _vanished(wish: ExchangeGroupWish, who: Who, situation: Situation) -> bool:
    """A town's group that we had taken in and that is gone: its own scope says so, and here it can't be added."""
    if who.kind != "group":
        return False
    had_it = member_key(team_of(wish.scope), who) in situation.remembered.records(wish.scope, TEAM_MEMBER)
    towns = (key for key, groups in situation.groups.items() if who.id in groups)
    return had_it and any(town in situation.people.missing_groups for town in towns)


def _room(wish: ExchangeGroupWish, team: TeamWish, outlook: TeamOutlook, situation: Situation) -> RoomWish:
    everybody: list[Who] = (
        [TeamRef(team.key)] if outlook.is_usable else sorted(team.members, key=lambda who: (who.kind, who.id))
    )
    attendees = {who: team.members.get(who, MEMBER) >= MODERATOR for who in everybody}
    attendees |= {who: True for who, level in team.members.items() if level >= MODERATOR}
    alone = {who.id for who in team.members if who.kind == "user"} | outlook.by_hand
    behind = {who: situation.people_behind(who) for who in (*team.members, *team.awaited) if who.kind != "user"}
    return RoomWish(
        wish.name,
        team.sentence,
        attendees,
        explained=alone.union(*(people or () for people in behind.values())),
        leaving={each.who.id for each in outlook.departures if each.who.kind == "user"},
        knows_all=team.is_whole and None not in behind.values(),
        added_by_hand=wish.added_by_hand,
        on_rename=wish.on_rename,
        brought=_brought(team, alone, behind, situation),
        left_behind=_left_behind(outlook, situation),
    )


def _left_behind(outlook: TeamOutlook, situation: Situation) -> frozenset[str]:
    """The people of groups and teams that go out of the team in this plan: Talk takes out persons alone."""
    many = (situation.people_behind(each.who) for each in outlook.departures if each.who.kind != "user")
    return frozenset[str]().union(*(people or () for people in many))


def _brought(
    team: TeamWish, alone: Collection[str], behind: Mapping[Who, frozenset[str] | None], situation: Situation
) -> Brought:
    """Who comes into the room with the team: `alone`, or `behind` its groups and inner teams."""
    there = present(team.key, situation)
    settled = (people or () for who, people in behind.items() if who in there)
    return Brought(
        frozenset[str]().union(*(people or () for people in behind.values())) - frozenset(alone),
        frozenset(who.id for who in there if who.id in alone).union(*settled),
    )
