"""Teams and their members as OCS shows them."""

from __future__ import annotations

import re

from plugin.sandbox.accounts import Accounts
from plugin.sandbox.teams import GROUP, MEMBER, TEAM, USER, Team, TeamMember, Teams, single_id


class TeamView:
    def __init__(self, teams: Teams, accounts: Accounts) -> None:
        self._teams = teams
        self._accounts = accounts

    def team(self, team: Team, viewer: str) -> dict[str, object]:
        own = self._teams.direct(team.key, viewer)
        inside = viewer in self._teams.people(team.key)
        owner = team.owner
        return {
            "id": team.key,
            "name": team.name,
            "displayName": team.display_name,
            "sanitizedName": re.sub(r'[*|\\:"<>?]', "", team.display_name.replace("/", "-")).strip(" ."),
            "source": TEAM,
            "population": len(team.members),
            "populationInherited": len(self._teams.people(team.key)),
            "config": team.config,
            "description": team.description,
            "url": "",
            "creation": team.created,
            "initiator": self.member(team, own) if own else ({"level": MEMBER} if inside else None),
            "owner": self.member(team, owner) if owner else None,
        }

    def member(self, team: Team, member: TeamMember) -> dict[str, object]:
        listed_as = TEAM if member.kind == GROUP else member.kind
        name = self._display_name(member)
        return {
            "id": member.key,
            "circleId": team.key,
            "singleId": single_id(member.kind, member.name),
            "userId": member.name if member.kind == USER else name,
            "userType": listed_as,
            "instance": "",
            "local": True,
            "level": member.level,
            "status": "Member",
            "displayName": name,
            "displayUpdate": member.joined,
            "notes": [],
            "contactId": "",
            "contactMeta": "",
            "joined": member.joined,
            "basedOn": {
                "id": single_id(member.kind, member.name),
                "name": _based_on(member),
                "displayName": name,
                "source": member.kind,
            },
        }

    def _display_name(self, member: TeamMember) -> str:
        if member.kind == USER and member.name in self._accounts.people:
            return self._accounts.people[member.name].display_name
        if member.kind == GROUP and member.name in self._accounts.groups:
            return self._accounts.groups[member.name].display_name
        if member.kind == TEAM and member.name in self._teams.all:
            return self._teams.all[member.name].display_name
        return member.name


def _based_on(member: TeamMember) -> str:
    """Only here a listed group shows its id: its userId is the display name."""
    if member.kind == GROUP:
        return f"group:{member.name}"
    return f"user:{member.name}:{single_id(USER, member.name)}" if member.kind == USER else member.name
