"""Who belongs where today: what all people sources said, and whom a selector means by it.

Refuses to guess: while a source says nothing, nobody loses what follows from people lists (`is_whole`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from network.errors import RightMissing
from network.model import PeopleDelivery, Person, SourceState
from network.plan import Scope, ScopeKind
from network.ports import Principal
from workspace_sync.marks import team_of
from workspace_sync.steps import TeamRef, Who
from workspace_sync.wish import Selector


@dataclass(frozen=True, slots=True)
class People:
    """`missing_groups` are keys of administrations whose group is empty or gone; `silent` connectors said nothing.

    `gone` are accounts that left the network: nothing that somebody gave them by hand stays theirs.
    """

    persons: tuple[Person, ...] = ()
    missing_groups: frozenset[str] = frozenset()
    silent: tuple[str, ...] = ()
    gone: frozenset[str] = frozenset()
    spelling: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def gather(cls, deliveries: Iterable[PeopleDelivery]) -> People:
        """A source that we may not read at all never said anything that somebody could lose."""
        deliveries = tuple(deliveries)
        known = (person.account for delivery in deliveries if delivery.spells for person in delivery.people)
        spelling = {account.casefold(): account for account in known}
        persons = (person for delivery in deliveries for person in delivery.people)
        return cls(
            persons=tuple(
                replace(each, account=spelling.get(each.account.casefold(), each.account)) for each in persons
            ),
            spelling=spelling,
            missing_groups=frozenset(key for delivery in deliveries for key in delivery.missing_groups),
            silent=tuple(sorted(each.connector for each in deliveries if _fell_silent(each))),
        )

    def spelled(self, account: str) -> str:
        """As the cloud writes the account, as far as anybody told: a team takes other capitals, and reaches nobody."""
        return self.spelling.get(account.casefold(), account)

    @property
    def is_whole(self) -> bool:
        return not self.silent

    def without(self, administrations: Collection[str], gone: Collection[str]) -> People:
        """Nobody of these administrations, and none of the accounts that are `gone`."""
        staying = (each for each in self.persons if each.administration not in administrations)
        return replace(
            self,
            persons=tuple(each for each in staying if each.account not in gone),
            missing_groups=self.missing_groups - frozenset(administrations),
            gone=self.gone | frozenset(gone),
        )

    def with_account(self, old: str, new: str) -> People:
        """What the lists say of the account `old` they say of `new`."""
        if all(each.account != old for each in self.persons):
            return self
        persons = (replace(each, account=new) if each.account == old else each for each in self.persons)
        return replace(self, persons=tuple(persons))

    @property
    def accounts(self) -> frozenset[str]:
        return frozenset(person.account for person in self.persons)

    def of(self, administration: str) -> frozenset[str]:
        """Accounts of an administration's people."""
        return frozenset(person.account for person in self.persons if person.administration == administration)

    def with_topic(self, topic: str) -> frozenset[str]:
        wanted = topic.strip().casefold()
        return frozenset(
            person.account
            for person in self.persons
            if any(wanted == each.strip().casefold() for each in person.topics)
        )

    def in_group(self, group: str) -> frozenset[str]:
        return frozenset(person.account for person in self.persons if group in person.groups)


def _fell_silent(delivery: PeopleDelivery) -> bool:
    is_forbidden = any(problem.code == RightMissing.code for problem in delivery.problems)
    return delivery.state is SourceState.FAILED and not is_forbidden


def members_meant(
    selector: Selector,
    groups: Mapping[str, tuple[str, ...]],
    accounts: Mapping[str, tuple[str, ...]] | None = None,
) -> frozenset[Who]:
    """Groups and teams that become members of a team as a whole: joiners and leavers then take effect at once.

    With them the `accounts` that belong to an administration beside its groups.
    """
    if not _is_whole(selector):
        return frozenset()
    of_administrations = (
        Principal("group", group) for key in selector.administrations for group in groups.get(key, ())
    )
    beside = (
        Principal("user", account) for key in selector.administrations for account in (accounts or {}).get(key, ())
    )
    return frozenset((*of_administrations, *beside, *(TeamRef(team) for team in _exchange_teams(selector))))


def teams_meant(selector: Selector) -> frozenset[str]:
    """Keys of the teams that carry a right given to administrations and exchange groups as a whole."""
    if not _is_whole(selector):
        return frozenset()
    administrations = (team_of(Scope(ScopeKind.ADMINISTRATION, key)) for key in selector.administrations)
    return frozenset((*administrations, *_exchange_teams(selector)))


def people_meant(selector: Selector, people: People) -> frozenset[str]:
    """Accounts of single people: as soon as people or topics are written, every key has to fit."""
    if is_contradictory(selector) or not is_narrowed(selector):
        return frozenset()
    fitting: list[frozenset[str]] = []
    if selector.people:
        fitting.append(frozenset(map(people.spelled, selector.people)))
    if selector.topics:
        fitting.append(frozenset().union(*(people.with_topic(topic) for topic in selector.topics)))
    if selector.administrations:
        fitting.append(frozenset().union(*(people.of(key) for key in selector.administrations)))
    return frozenset.intersection(*fitting)


def is_narrowed(selector: Selector) -> bool:
    """Whether single people are meant."""
    return bool(selector.people or selector.topics)


def is_contradictory(selector: Selector) -> bool:
    """Whether exchange groups are joined with something else: who is in both can't be said with groups and teams.

    Nobody gets a right from it, because nobody is safer than too many.
    """
    return bool(selector.exchange_groups and (selector.administrations or is_narrowed(selector)))


def follows_lists(selector: Selector) -> bool:
    """Whether the people that are meant change with the people lists."""
    return bool(selector.topics or (selector.people and selector.administrations))


def _is_whole(selector: Selector) -> bool:
    return not is_narrowed(selector) and not is_contradictory(selector)


def _exchange_teams(selector: Selector) -> tuple[str, ...]:
    return tuple(team_of(Scope(ScopeKind.EXCHANGE_GROUP, key)) for key in selector.exchange_groups)
