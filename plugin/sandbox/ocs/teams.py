"""Teams over OCS: /apps/circles. No password confirmation anywhere; an ordinary account may do all of it.

Kept as measured: a second team of one name gets " (2)" as display name; one team by its id is for administrators only;
a group is listed with the type of a team; rights come from direct membership alone, and each refusal counts as a
failed login of that address.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from plugin.sandbox.accounts import Accounts
from plugin.sandbox.brute_force import BruteForce
from plugin.sandbox.departures import Departures
from plugin.sandbox.ocs.calls import Call, Route
from plugin.sandbox.ocs.envelope import NOT_FOUND, OcsFailure
from plugin.sandbox.ocs.team_view import TeamView
from plugin.sandbox.team_spaces import TeamSpaces
from plugin.sandbox.teams import (
    ADMIN,
    GROUP,
    MAIL,
    MEMBER,
    MODERATOR,
    OWNER,
    TEAM,
    USER,
    Team,
    TeamMember,
    Teams,
)

SHORTEST, LONGEST = 3, 127
VISIBLE = 8
ALLOWED_CONFIG = 8 | 16 | 32 | 64 | 128 | 256 | 8192 | 16384 | 32768 | 65536
LEVELS = {"member": MEMBER, "moderator": MODERATOR, "admin": ADMIN, "owner": OWNER}


class TeamCalls:
    def __init__(
        self, teams: Teams, accounts: Accounts, brute_force: BruteForce, departures: Departures, spaces: TeamSpaces
    ) -> None:
        self._spaces = spaces
        self._departures = departures
        self._teams = teams
        self._accounts = accounts
        self._brute_force = brute_force
        self._view = TeamView(teams, accounts)

    def routes(self) -> Iterable[Route]:
        yield from self._routes_as("/apps/circles", lambda call: call.uid)
        yield from self._routes_as("/apps/circles/admin/<emulated>", self._emulated)
        yield Route("GET", "/apps/circles/circles/<team>", self.one)
        yield from self._space_routes()

    def _space_routes(self) -> Iterable[Route]:
        yield Route("GET", "/apps/circles/teams/<team>/folder", self.space)
        yield Route("POST", "/apps/circles/teams/<team>/folder", self.make_space)
        yield Route("DELETE", "/apps/circles/teams/<team>/folder", self.detach_space)

    def _routes_as(self, base: str, actor: Callable[[Call], str]) -> Iterable[Route]:
        def bound(view: Callable[[Call, str], object]) -> Callable[[Call], object]:
            return lambda call: view(call, actor(call))

        one = base + "/circles/<team>"
        yield Route("GET", base + "/circles", bound(self.visible))
        yield Route("GET", base + "/probecircles", bound(self.visible))
        yield Route("POST", base + "/circles", bound(self.create))
        yield Route("DELETE", one, bound(self.destroy))
        yield Route("PUT", one + "/name", bound(self.rename))
        yield Route("PUT", one + "/description", bound(self.describe))
        yield Route("PUT", one + "/config", bound(self.configure))
        yield Route("GET", one + "/members", bound(self.members))
        yield Route("POST", one + "/members", bound(self.add_member))
        yield Route("POST", one + "/members/multi", bound(self.add_members))
        yield Route("DELETE", one + "/members/<member>", bound(self.remove_member))
        yield Route("PUT", one + "/members/<member>/level", bound(self.set_level))
        yield Route("PUT", one + "/leave", bound(self.leave))

    def one(self, call: Call) -> object:
        if not self._accounts.is_admin(call.uid):
            raise OcsFailure(403, "Logged in account must be an admin")
        return self._view.team(self._team(call), call.uid)

    def visible(self, call: Call, actor: str) -> object:
        teams = [team for team in self._teams.all.values() if self._sees(team, actor)]
        start, limit = call.number("offset", 0) or 0, call.number("limit", -1) or -1
        return [self._view.team(team, actor) for team in teams[start : None if limit < 0 else start + limit]]

    def create(self, call: Call, actor: str) -> object:
        team = self._teams.create(_name(call.text("name")), actor)
        self._spaces.welcome(team, is_wanted=call.flag("createTeamFolder", True))
        return self._view.team(team, actor)

    def destroy(self, call: Call, actor: str) -> object:
        team = self._managed(call, actor, OWNER)
        described = self._view.team(team, actor)
        self._spaces.destroy(team.key)
        self._departures.team(team.key)
        return described

    def rename(self, call: Call, actor: str) -> object:
        team = self._managed(call, actor, ADMIN)
        return self._view.team(self._teams.rename(team.key, _name(call.text("value"))), actor)

    def describe(self, call: Call, actor: str) -> object:
        team = self._managed(call, actor, ADMIN)
        self._teams.all[team.key] = replace(team, description=call.text("value"))
        return self._view.team(self._teams.all[team.key], actor)

    def configure(self, call: Call, actor: str) -> object:
        team = self._managed(call, actor, ADMIN)
        value = call.number("value", 0) or 0
        if value & ~ALLOWED_CONFIG:
            raise OcsFailure(400, "Configuration value is not valid")
        self._teams.all[team.key] = replace(team, config=value)
        return self._view.team(self._teams.all[team.key], actor)

    def members(self, call: Call, actor: str) -> object:
        team = self._managed(call, actor, MEMBER)
        return [self._view.member(team, member) for member in team.members]

    def add_member(self, call: Call, actor: str) -> object:
        team = self._managed(call, actor, MODERATOR)
        kind, name = call.number("type", USER) or USER, call.text("userId")
        known = self._known(kind, name)
        if known is None:
            raise OcsFailure(404, _unknown(kind, name))
        if team.entry(kind, known):
            raise OcsFailure(400 if call.version == 1 else 122, "Already member of the team")
        team = self._teams.add(team.key, kind, known)
        return self._view.member(team, team.members[-1])

    def add_members(self, call: Call, actor: str) -> object:
        """Unknown and present members are passed over in silence."""
        team = self._managed(call, actor, MODERATOR)
        added = []
        for row in call.rows("members"):
            kind = int(row.get("type") or USER)
            known = self._known(kind, str(row.get("id", "")))
            if known is None or team.entry(kind, known):
                continue
            team = self._teams.add(team.key, kind, known)
            added.append(self._view.member(team, team.members[-1]))
        return added

    def remove_member(self, call: Call, actor: str) -> object:
        team = self._managed(call, actor, MODERATOR)
        member, own = self._member(call, team), self._teams.direct(team.key, actor)
        if own is None or member.level >= own.level:
            self._refuse(call)
        team = self._teams.remove(team.key, member.key)
        return self._view.team(team, actor)

    def set_level(self, call: Call, actor: str) -> object:
        team = self._managed(call, actor, MODERATOR)
        member, own = self._member(call, team), self._teams.direct(team.key, actor)
        level = LEVELS.get(call.text("level")) or call.number("level") or 0
        if level not in LEVELS.values():
            raise OcsFailure(400, "Level is not valid")
        if own is None or (own.level < OWNER and level >= own.level):
            raise OcsFailure(400, "Insufficient rights")
        if level == OWNER:
            team = self._teams.set_level(team.key, own.key, ADMIN)
        team = self._teams.set_level(team.key, member.key, level)
        return self._view.team(team, actor)

    def leave(self, call: Call, actor: str) -> object:
        team = self._team(call)
        own = self._teams.direct(team.key, actor)
        if own is None or own.level == OWNER:
            raise OcsFailure(400, "Owner cannot leave the team")
        return self._view.team(self._teams.remove(team.key, own.key), actor)

    def space(self, call: Call) -> object:
        self._require_spaces()
        team = self._managed(call, call.uid, MEMBER)
        found = self._spaces.of(team.key) if self._spaces.are_known else None
        if found is None:
            raise OcsFailure(404, "No team folder linked to this team")
        return {"id": found.number, "mountPoint": found.mount_point}

    def make_space(self, call: Call) -> object:
        self._require_spaces()
        team = self._managed(call, call.uid, OWNER)
        if not self._spaces.are_known:
            raise OcsFailure(404, "No team folder provider is enabled")
        made = self._spaces.make(team)
        folder = {"id": made.number, "mountPoint": made.mount_point}
        return {"success": True, "folderId": made.number, "folder": folder}

    def detach_space(self, call: Call) -> object:
        self._require_spaces()
        team = self._managed(call, call.uid, OWNER)
        if not self._spaces.detach(team.key):
            raise OcsFailure(404, "No team folder linked to this team")
        return {"success": True}

    def _require_spaces(self) -> None:
        if not self._spaces.are_made:
            raise OcsFailure(NOT_FOUND, "Invalid query, please check the syntax.")

    def _emulated(self, call: Call) -> str:
        if not self._accounts.is_admin(call.uid):
            raise OcsFailure(403, "Logged in account must be an admin")
        if call.part("emulated") not in self._accounts.people:
            raise OcsFailure(404, "user not found")
        return call.part("emulated")

    def _team(self, call: Call) -> Team:
        team = self._teams.all.get(call.part("team"))
        if team is None:
            raise OcsFailure(404, "Team not found")
        return team

    def _managed(self, call: Call, actor: str, level: int) -> Team:
        """The team of the path, if the actor stands in it directly and high enough."""
        entry = self._teams.direct(call.part("team"), actor)
        if entry is None or entry.level < level:
            self._refuse(call)
        return self._teams.all[call.part("team")]

    def _refuse(self, call: Call) -> None:
        self._brute_force.count(call.request.remote_addr or "", call.uid, "team")
        message = "Insufficient permissions to perform this action"
        raise OcsFailure(403, "", {"message": message})

    def _member(self, call: Call, team: Team) -> TeamMember:
        member = team.member(call.part("member"))
        if member is None:
            raise OcsFailure(404)
        return member

    def _known(self, kind: int, name: str) -> str | None:
        """The name as it was given, None if nobody is called that. Other capitals are kept, and reach nobody."""
        if kind == USER:
            return name if self._accounts.find(name) else None
        if kind == GROUP:
            return name if name in self._accounts.groups else None
        if kind == TEAM:
            return name if name in self._teams.all else None
        return name if kind == MAIL else None

    def _sees(self, team: Team, actor: str) -> bool:
        return actor in self._teams.people(team.key) or bool(team.config & VISIBLE)


def _name(given: str) -> str:
    name = re.sub(r"\s+", " ", given).strip()
    if len(name.encode()) < SHORTEST:
        raise OcsFailure(400, "Circle name is too short")
    if len(name) > LONGEST:
        raise OcsFailure(
            7, "An exception occurred while executing a query: SQLSTATE[22001]: String data, right truncated"
        )
    return name


def _unknown(kind: int, name: str) -> str:
    return {GROUP: "group not found", TEAM: "Circle not found"}.get(kind, f"user {name} not found")
