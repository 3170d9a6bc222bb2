"""What every planner needs to know: what is, what we remember, who belongs where, and what time it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from network.ports import Principal
from workspace_sync.actual import Actual
from workspace_sync.marks import marked_key
from workspace_sync.people import People
from workspace_sync.remembered import TEAM, Remembered
from workspace_sync.steps import TeamRef, Who
from workspace_sync.wish import Network


@dataclass(frozen=True, slots=True)
class Situation:
    """`groups` are the group ids that stand for each administration, `accounts` whoever belongs to it
    beside them. `now` is aware, in the network's time zone.

    `folder_names` are those that the configuration wants: a folder of ours that has none of them was renamed, or left.
    `coming` are the members of groups and teams that this run changes, as far as it is planned.
    """

    network: Network
    actual: Actual
    remembered: Remembered
    people: People
    groups: Mapping[str, tuple[str, ...]]
    now: datetime
    folder_names: frozenset[str] = frozenset()
    accounts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    coming: Mapping[Who, frozenset[Who]] = field(default_factory=dict)

    def team_id(self, key: str) -> str | None:
        """The id of a team of ours that exists, by memory or by its mark."""
        record = self.remembered.team(key)
        if record is not None and (self.actual.teams is None or self.actual.team(record.remote) is not None):
            return record.remote
        marked = (each.id for each in self.actual.teams or () if each.is_owner and self.key_in(each.description) == key)
        return min(marked, default=None)

    def team_key(self, id: str) -> str | None:
        """The key of the team of ours that has this id."""
        remembered = next((each.key for each in self.remembered.everywhere(TEAM) if each.remote == id), None)
        if remembered is not None:
            return remembered
        seen = self.actual.team(id)
        return self.key_in(seen.description) if seen is not None and seen.is_owner else None

    def people_in(self, group: str) -> frozenset[str]:
        """Who is in a group, as far as anybody told us: best the group itself, else the list of its administration."""
        told = self.people.in_group(group) | self.actual.group_members.get(group, frozenset())
        if told or group in self.actual.group_members:
            return told
        keys = [key for key, groups in self.groups.items() if group in groups]
        return frozenset[str]().union(*(self.people.of(key) for key in keys))

    def people_behind(self, who: Who, seen: frozenset[Who] = frozenset()) -> frozenset[str] | None:
        """The accounts that a person, a group or a team of ours stands for once this run is over, without our own.

        None: nobody told us. Whoever is in a team through another team counts.
        """
        if who in seen:
            return frozenset()
        if isinstance(who, Principal) and who.kind == "user":
            return frozenset({who.id} - {self.actual.account})
        members = self.coming.get(who)
        if members is None and isinstance(who, TeamRef):
            members = self._members(who)
        elif members is None and isinstance(who, Principal) and who.kind == "group":
            people = self.people_in(who.id)  # one that was read may be empty, of others that means nobody told
            return people if people or who.id in self.actual.group_members else None
        behind = [self.people_behind(each, seen | {who}) for each in members] if members is not None else [None]
        return None if None in behind else frozenset[str]().union(*(each or () for each in behind))

    def _members(self, team: TeamRef) -> frozenset[Who] | None:
        """Of a team of ours, nobody while it is not made; None where they couldn't be read."""
        id = self.team_id(team.key)
        if id is not None and id not in self.actual.members:
            return None
        return frozenset(self.named(row.who) for row in self.actual.members.get(id or "", ()))

    def after(self, coming: Mapping[Who, frozenset[Who]]) -> Situation:
        """The same once these members of groups and teams are there, and nobody else."""
        return replace(self, coming={**self.coming, **coming})

    def key_in(self, description: str) -> str | None:
        return marked_key(description, self.network.id)

    def named(self, who: Principal) -> Who:
        """A principal as wishes name it: our own teams by key."""
        key = self.team_key(who.id) if who.kind == "team" else None
        return TeamRef(key) if key is not None else who
