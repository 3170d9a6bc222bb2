"""Teams and their members.

The server makes "NAME (2)" of a name that is taken, and leaves out unknown accounts silently: both are looked at after
the write.
"""

from __future__ import annotations

from contextlib import suppress

from network.errors import NameTaken, NotThere, RightMissing
from network.ports import Intent, Principal, Record
from network.problems import Problem
from workspace_sync import words
from workspace_sync.executors.desk import Desk, unknown_account
from workspace_sync.marks import scope_of
from workspace_sync.names import is_numbered
from workspace_sync.remembered import TAKEN, TEAM, TEAM_MEMBER, Written, member_key, member_record, team_record
from workspace_sync.steps import (
    AddMembers,
    CarryMember,
    ConfigureTeam,
    CreateTeam,
    DeleteTeam,
    DescribeTeam,
    DropNumberedTeam,
    ReleaseTeam,
    RemoveMember,
    RenameTeam,
    SetLevel,
    TakeTeam,
)

_MODERATOR = 4


def create(desk: Desk, step: CreateTeam) -> Problem | None:
    """NameTaken when something else has the name and the step knows no other one; what the server made of it, a
    "NAME (2)", is deleted again. The mark comes before the other name: a killed run is recognised by it."""
    intent = desk.intend(TEAM, step.key, step.name)
    made = desk.server.teams.create_team(step.name, with_folder=step.with_folder)
    is_taken = is_numbered(made.name, step.name)
    if is_taken and not step.otherwise:
        desk.server.teams.delete_team(made.id, keeps_folder=False)
        _note_taken(desk, intent)
        raise _name_taken(step.name)
    desk.server.teams.describe_team(made.id, step.description)
    if is_taken:
        desk.server.teams.rename_team(made.id, step.otherwise)
    if made.config != step.config:
        desk.server.teams.configure_team(made.id, step.config)
    name = step.otherwise if is_taken else step.name
    desk.ledger.remember(team_record(step.key, made.id, name, step.description))
    desk.ledger.settle(intent)
    if not is_taken or _is_group(desk, step.name):
        return None
    return words.named_beside(str(desk.scope), step.name, name)


def _is_group(desk: Desk, name: str) -> bool:
    """A group called like its administration is the usual case and worth no word. Not everybody may list groups."""
    try:
        return any(group.name == name for group in desk.server.directory.groups())
    except RightMissing:
        return False


def take(desk: Desk, step: TakeTeam) -> None:
    desk.server.teams.describe_team(step.id, step.description)
    desk.ledger.remember(team_record(step.key, step.id, step.name))
    desk.ledger.settle(Intent(scope_of(step.key), TEAM, step.key, step.name))


def drop_numbered(desk: Desk, step: DropNumberedTeam) -> None:
    name = step.name.rpartition(" (")[0]
    desk.server.teams.delete_team(step.id)
    _note_taken(desk, Intent(scope_of(step.key), TEAM, step.key, name))


def rename(desk: Desk, step: RenameTeam) -> None:
    desk.lost(step.key, "name", step.lost)
    team, name = desk.team(step.key), step.name
    desk.server.teams.rename_team(team, name)
    if step.otherwise and any(each.id == team and is_numbered(each.name, name) for each in desk.server.teams.teams()):
        name = step.otherwise
        desk.server.teams.rename_team(team, name)
    desk.rewrite(TEAM, step.key, Written(name))


def describe(desk: Desk, step: DescribeTeam) -> None:
    desk.lost(step.key, "description", step.lost)
    desk.server.teams.describe_team(desk.team(step.key), step.description)
    if step.is_ours:
        desk.rewrite(TEAM, step.key, Written(description=step.description))


def configure(desk: Desk, step: ConfigureTeam) -> None:
    desk.server.teams.configure_team(desk.team(step.key), step.config)


def add_members(desk: Desk, step: AddMembers) -> Problem | None:
    """Remembered before they are added: whom a killed run added must not look like added by hand.

    What comes back names those whom the server doesn't know; everybody else is in.
    """
    team = desk.team(step.key)
    wanted = {desk.principal(who): who for who in step.who if desk.is_there(who)}
    desk.ledger.remember_all(member_record(step.key, who) for who in wanted.values())
    desk.server.teams.add_members(team, tuple(wanted))
    there = {row.who: row for row in desk.server.teams.members(team)}
    for principal, who in wanted.items():
        if principal in there and who.kind == "user" and who.id in step.leads and there[principal].level < _MODERATOR:
            desk.server.teams.set_level(team, there[principal].id, _MODERATOR)
    unknown = [who for principal, who in wanted.items() if principal not in there]
    for who in unknown:
        desk.ledger.forget(str(desk.scope), TEAM_MEMBER, member_key(step.key, who))
    for who in step.who:
        desk.principal(who)  # a team that another scope hasn't made yet: the next run adds it
    return desk.note_unknown(unknown) if unknown else None


def set_level(desk: Desk, step: SetLevel) -> None:
    desk.server.teams.set_level(desk.team(step.key), step.membership, step.level)


def remove_member(desk: Desk, step: RemoveMember) -> None:
    with suppress(NotThere):  # somebody was faster
        desk.server.teams.remove_member(desk.team(step.key), step.membership)
    desk.ledger.forget(str(desk.scope), TEAM_MEMBER, member_key(step.key, step.who))


def carry_member(desk: Desk, step: CarryMember) -> None:
    """The old account goes out only once the new one is in. Nothing is remembered: it stays added by hand."""
    team, new = desk.team(step.key), Principal("user", step.new)
    desk.server.teams.add_members(team, (new,))
    if all(row.who != new for row in desk.server.teams.members(team)):
        raise unknown_account(new)
    with suppress(NotThere):
        desk.server.teams.remove_member(team, step.membership)


def delete(desk: Desk, step: DeleteTeam) -> None:
    with suppress(NotThere):
        desk.server.teams.delete_team(desk.team(step.key))
    forget(desk, step.key)


def release(desk: Desk, step: ReleaseTeam) -> None:
    desk.server.teams.describe_team(desk.team(step.key), step.description)
    forget(desk, step.key)


def forget(desk: Desk, team_key: str) -> None:
    scope = scope_of(team_key)
    for record in desk.ledger.records(scope, TEAM_MEMBER):
        if record.key.startswith(f"{team_key} > "):
            desk.ledger.forget(scope, TEAM_MEMBER, record.key)
    desk.ledger.forget(scope, TEAM, team_key)


def _note_taken(desk: Desk, intent: Intent) -> None:
    """So that the next run doesn't make and delete the team again; a day later it asks anew."""
    desk.ledger.remember(Record(intent.scope, TAKEN, intent.key, content=intent.name))
    desk.ledger.settle(intent)


def _name_taken(name: str) -> NameTaken:
    problem = words.name_taken("", name, words.TEAM, words.RENAME_OR_HAND_OVER)
    return NameTaken(problem.message, remedy=problem.remedy)
