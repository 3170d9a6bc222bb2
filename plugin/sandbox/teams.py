"""Teams (the server calls them circles): who is in which, directly, through a group or through another team.

Refuses to know who may do what; that is the interface's business.
"""

from __future__ import annotations

import hashlib
import secrets
import string
from dataclasses import dataclass, replace
from typing import Literal

from plugin.sandbox.accounts import Accounts
from plugin.sandbox.clock import Clock
from plugin.sandbox.journal import Journal

USER, GROUP, MAIL, TEAM = 1, 2, 4, 16
MEMBER, MODERATOR, ADMIN, OWNER = 1, 4, 8, 9
Kind = Literal[1, 2, 4, 16]
ID_LENGTH = 31
LETTERS = string.ascii_letters + string.digits


@dataclass(frozen=True, slots=True)
class TeamMember:
    """`key` is the membership's id, which addresses it; `name` the uid, gid, mail address or team id."""

    key: str
    kind: int
    name: str
    level: int
    joined: int


@dataclass(frozen=True, slots=True)
class Team:
    key: str
    name: str
    display_name: str
    created: int
    description: str = ""
    config: int = 0
    members: tuple[TeamMember, ...] = ()

    def member(self, key: str) -> TeamMember | None:
        return next((member for member in self.members if member.key == key), None)

    def entry(self, kind: int, name: str) -> TeamMember | None:
        return next((member for member in self.members if (member.kind, member.name) == (kind, name)), None)

    @property
    def owner(self) -> TeamMember | None:
        return next((member for member in self.members if member.level == OWNER), None)


class Teams:
    def __init__(self, journal: Journal, accounts: Accounts, clock: Clock) -> None:
        self._accounts = accounts
        self._clock = clock
        self.all = journal.table("teams", Team)

    def create(self, name: str, owner: str) -> Team:
        """A new team; where its name is taken its display name is numbered, never refused."""
        team = Team(new_key(), name, self._free_name(name, ""), int(self._clock.seconds()))
        self.all[team.key] = team
        return self.add(team.key, USER, owner, OWNER)

    def rename(self, key: str, name: str) -> Team:
        self.all[key] = replace(self.all[key], name=name, display_name=self._free_name(name, key))
        return self.all[key]

    def add(self, key: str, kind: int, name: str, level: int = MEMBER) -> Team:
        team = self.all[key]
        member = TeamMember(new_key(14), kind, name, level, int(self._clock.seconds()))
        self.all[key] = replace(team, members=(*team.members, member))
        return self.all[key]

    def remove(self, key: str, member: str) -> Team:
        team = self.all[key]
        self.all[key] = replace(team, members=tuple(known for known in team.members if known.key != member))
        return self.all[key]

    def set_level(self, key: str, member: str, level: int) -> Team:
        team = self.all[key]
        members = tuple(replace(known, level=level) if known.key == member else known for known in team.members)
        self.all[key] = replace(team, members=members)
        return self.all[key]

    def people(self, key: str, seen: frozenset[str] = frozenset()) -> set[str]:
        """The uids of everybody in the team: direct, by group, by nested team."""
        found: set[str] = set()
        team = self.all.get(key)
        if team is None or key in seen:
            return found
        for member in team.members:
            found |= self.people_of(member, seen | {key})
        return found

    def everywhere_in(self, key: str, seen: frozenset[str] = frozenset()) -> dict[str, TeamMember]:
        """The members of the team and of all teams inside of it, by `TEAM/KIND/NAME`."""
        team = self.all.get(key)
        if team is None or key in seen:
            return {}
        found = {f"{key}/{member.kind}/{member.name}": member for member in team.members}
        for member in team.members:
            found |= self.everywhere_in(member.name, seen | {key}) if member.kind == TEAM else {}
        return found

    def of_person(self, uid: str) -> list[Team]:
        return [team for team in self.all.values() if uid in self.people(team.key)]

    def direct(self, key: str, uid: str) -> TeamMember | None:
        return self.all[key].entry(USER, uid) if key in self.all else None

    def forget_member(self, kind: int, name: str) -> None:
        """Take this person, group or team out of every team."""
        for team in list(self.all.values()):
            if entry := team.entry(kind, name):
                self.remove(team.key, entry.key)

    def people_of(self, member: TeamMember, seen: frozenset[str] = frozenset()) -> set[str]:
        return self.behind(member.kind, member.name, seen)

    def behind(self, kind: int, name: str, seen: frozenset[str] = frozenset()) -> set[str]:
        """The uids behind a person, group or team."""
        if kind == USER:
            return {name}
        if kind == GROUP:
            group = self._accounts.groups.get(name)
            return set(group.members) if group else set()
        return self.people(name, seen) if kind == TEAM else set()

    def _free_name(self, name: str, own_key: str) -> str:
        """Groups stand in the same list of names."""
        taken = {team.display_name for team in self.all.values() if team.key != own_key}
        taken |= {group.display_name for group in self._accounts.groups.values()}
        if name not in taken:
            return name
        number = 2
        while f"{name} ({number})" in taken:
            number += 1
        return f"{name} ({number})"


def new_key(length: int = ID_LENGTH) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(length))


def single_id(kind: int, name: str) -> str:
    """The id under which one person or group is known to the teams; a team is known by its own key."""
    return name if kind == TEAM else hashlib.sha256(f"{kind}/{name}".encode()).hexdigest()[:ID_LENGTH]
