"""Who may see which calendar today: the configuration's grants, and who stands where by the lists and the last look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from network.plan import Scope, ScopeKind
from network.settings import ExchangeGroup, Settings
from network.state import StateStore
from plugin.last_look import LastLook
from plugin.overviews.meant import as_meant
from plugin.wishes.access import selectors
from plugin.wishes.calendars import calendar_wishes
from workspace_sync.marks import team_of
from workspace_sync.people import People, people_meant, teams_meant


@dataclass(frozen=True, slots=True)
class Rights:
    """`grants`: key of a calendar → those who see it, as team keys, `users/ID` and `groups/ID`. `teams`: account → the
    keys of the teams that hold them. `knows_people`: somebody could read a people list. `members`: keys of the
    administrations of the network."""

    grants: Mapping[str, frozenset[str]]
    teams: Mapping[str, frozenset[str]]
    knows_people: bool
    members: frozenset[str]

    @classmethod
    def of(cls, settings: Settings, state: StateStore) -> Rights:
        meant, people = as_meant(settings, state)
        wishes = calendar_wishes(meant, people)
        grants = {wish.key: frozenset(grant.team or grant.principal for grant in wish.grants) for wish in wishes}
        return cls(
            grants,
            dict(_teams(meant, people, LastLook.of(state))),
            bool(people.persons),
            frozenset(meant.administrations),
        )

    def knows(self, account: str) -> bool:
        """Whether the account is in the network still."""
        return account in self.teams

    def of_person(self, account: str) -> frozenset[str]:
        """Keys of the calendars that are meant for this person."""
        theirs = self.teams.get(account, frozenset()) | {f"users/{account}"}
        return frozenset(key for key, granted in self.grants.items() if not granted.isdisjoint(theirs))

    def of_administration(self, administration: str) -> frozenset[str]:
        """Keys of the calendars that the whole administration sees."""
        team = team_of(Scope(ScopeKind.ADMINISTRATION, administration))
        return frozenset(key for key, granted in self.grants.items() if team in granted)


def _teams(settings: Settings, people: People, look: LastLook) -> Iterator[tuple[str, frozenset[str]]]:
    """For everybody in the lists; groups of Nextcloud stand beside the teams, because a pilot is one."""
    found: dict[str, set[str]] = {each.account: set() for each in people.persons}
    for each in people.persons:
        if each.administration:
            found[each.account].add(team_of(Scope(ScopeKind.ADMINISTRATION, each.administration)))
        found[each.account].update(f"groups/{group}" for group in each.groups)
    for key, administration in settings.administrations.items():
        for account in administration.accounts:
            found.setdefault(account, set()).add(team_of(Scope(ScopeKind.ADMINISTRATION, key)))
    inside = {key: _Inside.of(group, settings, people, look) for key, group in settings.exchange_groups.items()}
    for account, teams in found.items():
        while new := {
            team for each in inside.values() if (team := each.team) not in teams and each.holds(account, teams)
        }:
            teams |= new  # a group may be in a group
        yield account, frozenset(teams)


@dataclass(frozen=True, slots=True)
class _Inside:
    """Whom the team of an exchange group holds: accounts, and teams with everybody in them."""

    team: str
    accounts: frozenset[str]
    teams: frozenset[str]

    @classmethod
    def of(cls, group: ExchangeGroup, settings: Settings, people: People, look: LastLook) -> _Inside:
        every = tuple(key for key, each in settings.administrations.items() if "workspaces" in each.services)
        team = team_of(Scope(ScopeKind.EXCHANGE_GROUP, group.key))
        accounts = {*map(people.spelled, group.lead), *look.teams.get(team, ())}
        teams: set[str] = set()
        for selector in selectors(group.members, every):
            accounts |= people_meant(selector, people)
            teams |= teams_meant(selector)
        return cls(team, frozenset(accounts), frozenset(teams))

    def holds(self, account: str, teams: set[str]) -> bool:
        return account in self.accounts or not self.teams.isdisjoint(teams)
