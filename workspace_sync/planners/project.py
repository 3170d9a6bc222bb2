"""A project: a folder, rights for teams, and a team of ours for each level at which people are named one by one.

Rights go to teams only. So `people: [presse.kreis]` under `edit` becomes the team "NAME – Bearbeitung".
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from network.apps import App
from network.plan import ScopePlan
from network.ports import Principal
from workspace_sync import words
from workspace_sync.marks import team_of
from workspace_sync.names import people_team
from workspace_sync.people import follows_lists, is_contradictory, is_narrowed, people_meant, teams_meant
from workspace_sync.planners.archive import archive_folder
from workspace_sync.planners.dissolution import dissolve_team, empty_team
from workspace_sync.planners.draft import Draft
from workspace_sync.planners.folders import Rights, plan_folder
from workspace_sync.planners.parting import welcome_back
from workspace_sync.planners.teams import MEMBER, TeamWish, plan_departures, plan_team
from workspace_sync.remembered import LEFT
from workspace_sync.situation import Situation
from workspace_sync.wish import PERMISSIONS, READ, Level, ProjectWish

READ_ONLY_DAYS = 30


def plan_project(wish: ProjectWish, situation: Situation) -> ScopePlan:
    """The teams of named people, then the folder: a right is lost at once, also where folders wait for somebody."""
    draft = Draft(wish.scope, wish.where)
    welcome_back(draft, LEFT, situation)
    if not situation.actual.features.teams:
        draft.lacks(App.TEAMS)
        return draft.plan()
    if any(is_contradictory(each.selector) for each in wish.access):
        draft.report(words.selector_unclear(draft.place))
    is_archived = days_over(wish, situation.now) > READ_ONLY_DAYS
    named = {} if is_archived else named_people(wish, situation)
    usable = {level for level in named if _plan_named_people(draft, wish, level, named[level], situation)}
    emptied = [level for level in Level if level not in named]
    for level in emptied:
        empty_team(draft, team_of(wish.scope, level), situation)
    if not situation.actual.features.team_folders:
        draft.lacks(App.TEAM_FOLDERS)
    elif is_archived:
        archive_folder(draft, situation, words.OVER)
    else:
        plan_folder(draft, wish.folder, _rights(wish, usable, situation), situation)
    for level in emptied:
        dissolve_team(draft, team_of(wish.scope, level), words.NOT_GRANTED, situation)
    return draft.plan()


def days_over(wish: ProjectWish, now: datetime) -> int:
    """How many days the project's last day lies back; 0 or less while it runs, or when nothing follows from its end."""
    if wish.until is None or wish.when_over == "keep":
        return 0
    return (now.date() - wish.until).days


def named_people(wish: ProjectWish, situation: Situation) -> Mapping[Level, frozenset[str]]:
    """The people whom the wish names one by one or by a topic, by level. A level without any is left out.

    While a people source says nothing, a level that follows it stays, if it has a team already.
    """
    named: dict[Level, frozenset[str]] = {}
    for access in wish.access:
        people = people_meant(access.selector, situation.people) - {situation.actual.account}
        has_team = situation.team_id(team_of(wish.scope, access.level)) is not None
        is_unheard = not situation.people.is_whole and follows_lists(access.selector) and has_team
        if people or is_unheard:
            named[access.level] = named.get(access.level, frozenset()) | people
    return named


def _plan_named_people(
    draft: Draft, wish: ProjectWish, level: Level, people: frozenset[str], situation: Situation
) -> bool:
    selectors = [access.selector for access in wish.access if access.level is level]
    is_whole = situation.people.is_whole or not any(follows_lists(selector) for selector in selectors)
    if not is_whole:
        draft.report(words.people_unknown(draft.place, situation.people.silent))
    team = TeamWish(
        team_of(wish.scope, level),
        people_team(wish.folder.name, level),
        f"Einzelne Personen im Projekt „{wish.folder.name}“ ({situation.network.name})",
        {Principal("user", account): MEMBER for account in people},
        added_by_hand=wish.added_by_hand,
        on_rename=wish.on_rename,
        is_whole=is_whole,
    )
    outlook = plan_team(draft, team, situation)
    plan_departures(draft, team, outlook)
    return outlook.is_usable


def _rights(wish: ProjectWish, usable: set[Level], situation: Situation) -> Rights:
    """Bits by team. Whoever has several levels has the bits of all; in a project that is over, everybody only reads."""
    over = days_over(wish, situation.now) > 0
    teams: dict[str, int] = {}
    for access in wish.access:
        bits = READ if over else PERMISSIONS[access.level]
        named = (
            {team_of(wish.scope, access.level)} if access.level in usable and is_narrowed(access.selector) else set()
        )
        for key in teams_meant(access.selector) | named:
            teams[key] = teams.get(key, 0) | bits
    return Rights(teams, words.OVER if over else words.NOT_GRANTED)
