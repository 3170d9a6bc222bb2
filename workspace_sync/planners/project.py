"""A project: a folder, rights for teams, rights of their own on sub-folders, and teams of the people whom it names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from network.apps import App
from network.plan import Change, Kind, ScopePlan
from network.ports import Principal
from workspace_sync import words
from workspace_sync.named_people import NamedPeople, named_people, possible_keys, rights, teams_of
from workspace_sync.people import follows_lists, is_contradictory, people_meant
from workspace_sync.planners.archive import archive_folder
from workspace_sync.planners.dissolution import dissolve_team, empty_team
from workspace_sync.planners.draft import Draft
from workspace_sync.planners.folders import plan_folder
from workspace_sync.planners.grants import Rights
from workspace_sync.planners.parting import welcome_back
from workspace_sync.planners.reachable import reachable
from workspace_sync.planners.sub_folders import Node
from workspace_sync.planners.teams import MEMBER, TeamWish, plan_departures, plan_team, present
from workspace_sync.remembered import LEFT, TEAM
from workspace_sync.situation import Situation
from workspace_sync.steps import AddMembers, Who
from workspace_sync.wish import EVERYTHING, READ, ProjectWish

READ_ONLY_DAYS = 30
NOTICE_DAYS = 30


def plan_project(wish: ProjectWish, situation: Situation) -> ScopePlan:
    """The teams of named people, then the folder: a right is lost at once, also where folders wait for somebody."""
    draft = Draft(wish.scope, wish.where)
    welcome_back(draft, LEFT, situation)
    if not situation.actual.features.teams:
        draft.lacks(App.TEAMS)
        return draft.plan()
    granted = (*wish.access, *(access for folder in wish.sub_folders for access in folder.access))
    if any(is_contradictory(each.selector) for each in granted):
        draft.report(words.selector_unclear(draft.place))
    _announce(draft, wish, situation.now)
    is_archived = days_over(wish, situation.now) > READ_ONLY_DAYS
    named = {} if is_archived else _named(wish, situation)
    usable = frozenset(team.key for team, people in named.items() if _plan_team(draft, wish, team, people, situation))
    emptied = _unnamed(wish, {team.key for team in named}, situation)
    for key in emptied:
        empty_team(draft, key, situation)
    arriving = _put_off_arrivals(draft) if wish.sub_folders else []
    if not situation.actual.features.team_folders:
        draft.lacks(App.TEAM_FOLDERS)
    elif is_archived:
        archive_folder(draft, situation, words.OVER)
    else:
        plan_folder(draft, wish.folder, _rights(wish, usable, situation), situation)
    draft.changes += _after_what_closes(arriving, draft)
    for key in emptied:
        dissolve_team(draft, key, words.NOT_GRANTED, situation)
    return draft.plan()


def _put_off_arrivals(draft: Draft) -> list[Change]:
    """Who comes into a team of named people, taken out of the draft: what sub-folders close must be closed by then."""
    arriving = [change for change in draft.changes if isinstance(change.step, AddMembers)]
    draft.changes = [change for change in draft.changes if change not in arriving]
    return arriving


def _after_what_closes(arriving: list[Change], draft: Draft) -> list[Change]:
    """What waits for a person keeps places open that shall be closed: then nobody new comes into them either."""
    if not any(change.loses and change.kind is Kind.SHARE for change in draft.changes):
        return arriving
    return [replace(change, loses=True, lost=()) for change in arriving]


def days_over(wish: ProjectWish, now: datetime) -> int:
    """How many days the project's last day lies back; 0 or less while it runs, or when nothing follows from its end."""
    if wish.until is None or wish.when_over == "keep":
        return 0
    return (now.date() - wish.until).days


def phase(wish: ProjectWish, now: datetime) -> str:
    """What of a project's life it is in: running, ending (it is announced), over (read only) or archived."""
    days = days_over(wish, now)
    if wish.until is None or wish.when_over == "keep" or days < -NOTICE_DAYS:
        return "running"
    if days <= 0:
        return "ending"
    return "over" if days <= READ_ONLY_DAYS else "archived"


def _announce(draft: Draft, wish: ProjectWish, now: datetime) -> None:
    stage = phase(wish, now)
    if wish.until is None or stage not in ("ending", "over"):
        return
    archived_from = wish.until + timedelta(days=READ_ONLY_DAYS + 1)
    note = words.ends_soon if stage == "ending" else words.is_over
    draft.report(note(draft.place, wish.folder.name, wish.until, archived_from))


def _named(wish: ProjectWish, situation: Situation) -> Mapping[NamedPeople, frozenset[str]]:
    """Who is in each team of named people. One without anybody is left out.

    While a people source says nothing, a team that follows it stays, if it is there already.
    """
    named: dict[NamedPeople, frozenset[str]] = {}
    for team in named_people(wish):
        meant = (people_meant(selector, situation.people) for selector in team.selectors)
        people = frozenset[str]().union(*meant) - {situation.actual.account}
        has_team = situation.team_id(team.key) is not None
        is_unheard = not situation.people.is_whole and any(map(follows_lists, team.selectors)) and has_team
        if people or is_unheard:
            named[team] = people
    return named


def _unnamed(wish: ProjectWish, named: set[str], situation: Situation) -> list[str]:
    """Teams of named people that are there, or may be, and that nobody is named for any more."""
    remembered = situation.remembered.records(wish.scope, TEAM)
    marks = (situation.key_in(team.description) for team in situation.actual.teams or () if team.is_owner)
    marked = {key for key in marks if key is not None and key.startswith(f"{wish.scope}/")}
    return sorted({*possible_keys(wish), *remembered, *marked} - named)


def _plan_team(
    draft: Draft, wish: ProjectWish, team: NamedPeople, people: frozenset[str], situation: Situation
) -> bool:
    is_whole = situation.people.is_whole or not any(map(follows_lists, team.selectors))
    if not is_whole:
        draft.report(words.people_unknown(draft.place, situation.people.silent))
    members: dict[Who, int] = {Principal("user", account): MEMBER for account in people}
    wanted = TeamWish(
        team.key,
        team.name,
        f"Einzelne Personen im Projekt „{wish.folder.name}“ ({situation.network.name})",
        reachable(draft, members, present(team.key, situation), situation),
        added_by_hand=wish.added_by_hand,
        on_rename=wish.on_rename,
        is_whole=is_whole,
    )
    outlook = plan_team(draft, wanted, situation)
    plan_departures(draft, wanted, outlook)
    return outlook.is_usable


def _rights(wish: ProjectWish, usable: frozenset[str], situation: Situation) -> Rights:
    """What holds for the whole folder, and in sub-folders. In a project that is over everybody only reads: that alone
    is granted then, and no rule of a sub-folder gives more."""
    teams = teams_of(wish)
    root = rights(wish.access, teams, usable)
    nodes = tuple(Node(each.key, each.path, rights(each.access, teams, usable)) for each in wish.sub_folders)
    over = days_over(wish, situation.now) > 0
    return Rights(root, words.OVER if over else words.NOT_GRANTED, nodes, most=READ if over else EVERYTHING)
