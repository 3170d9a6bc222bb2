"""People as they already are in Nextcloud: who is in the group of which administration.

Reads only. A group that is empty or gone is named, with the one that it may be called now. Until it is back, the people
who were in it last are delivered: nobody must take that for "they have all left" (promise 4).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from connectors.people.members import Member
from connectors.people.record import Record, from_json, groups_in, in_group, to_json
from connectors.people.renamed import Likeness, hint, likely_renamed
from network.errors import DigitalnetzwerkError, NotThere, RightMissing
from network.model import PeopleDelivery, Person, SourceState
from network.ports import AccountSeen, Directory, SourceCopy, SourceMemory
from network.problems import Problem
from network.text import Text

_KEPT_FROM = "kept_from"
_GROUPS = "groups of Nextcloud 1"


class PeopleOfNextcloud:
    """Satisfies `network.ports.PeopleSource`."""

    def __init__(self, connector: str, directory: Directory, members: Sequence[Member], memory: SourceMemory) -> None:
        self._connector = connector
        self._where = f"connectors.{connector}"
        self._directory = directory
        self._members = members
        self._memory = memory

    def deliver(self, now: datetime) -> PeopleDelivery:
        """Never raises for a server that doesn't answer: then the last good people speak."""
        try:
            groups = {member.key: self._group(member) for member in self._members}
            accounts, problems = self._accounts(groups)
            found = {member.key: tuple(_people(member, groups[member.key], accounts)) for member in self._members}
            gone = [member for member in self._members if not found[member.key]]
            former = self._former(gone, accounts, elsewhere=_accounts_of(found))
            likely = self._likely(gone, former)
        except DigitalnetzwerkError as error:
            return self._kept(error.problem(self._where))
        people = tuple(person for member in self._members for person in found[member.key] or former[member.key])
        missing = tuple(member.key for member in gone)
        return PeopleDelivery(
            self._connector,
            self._remember(Record(people, missing), now),
            people,
            (
                *problems,
                *(_missing(member, likely.get(member.key)) for member in gone),
                *_in_two(people, self._where),
            ),
            missing,
            spells=True,
        )

    def _accounts(
        self, groups: Mapping[str, tuple[AccountSeen, ...]]
    ) -> tuple[Mapping[str, AccountSeen], tuple[Problem, ...]]:
        """Those in the groups. All accounts there are, page by page and slow, where that isn't enough: a group is gone,
        somebody belongs without being in one, or we see no names."""
        known = {each.id: each for group in groups.values() for each in group}
        named = all(each.name for each in known.values())
        filled = all(any(each.is_enabled for each in group) for group in groups.values())
        if named and filled and not any(member.accounts for member in self._members):
            return known, ()
        try:
            return {each.id: each for each in self._directory.accounts()}, ()
        except RightMissing as error:
            # Groups can be known without it; names and addresses then stay empty.
            return {}, (error.problem(self._where),)

    def _group(self, member: Member) -> tuple[AccountSeen, ...]:
        try:
            return self._directory.people(member.group)
        except NotThere:
            return ()

    def _former(
        self, gone: Sequence[Member], accounts: Mapping[str, AccountSeen], *, elsewhere: Collection[str]
    ) -> Mapping[str, tuple[Person, ...]]:
        """Who was in an administration's group when it was last there, but for accounts that are off or `elsewhere`."""
        known = self._known()
        people = from_json(known.content).people if known is not None and gone else ()
        people = tuple(each for each in people if each.account not in elsewhere)
        working = [each for each in people if not accounts or _works(each, accounts)]
        return {
            member.key: tuple(person for person in working if person.administration == member.key) for member in gone
        }

    def _likely(self, gone: Sequence[Member], former: Mapping[str, tuple[Person, ...]]) -> Mapping[str, Likeness]:
        """Administration → the group that may be its own under another name."""
        if not gone:
            return {}
        used = {member.group for member in self._members}
        free = [each for each in self._directory.groups() if each.id not in used]
        found = {
            each.key: likely_renamed(
                (each.group, each.name),
                frozenset(person.account for person in former[each.key]),
                free,
                self._directory.members,
            )
            for each in gone
        }
        return {key: likeness for key, likeness in found.items() if likeness is not None}

    def _remember(self, record: Record, now: datetime) -> SourceState:
        content = to_json(record)
        digest = hashlib.sha256(content).hexdigest()
        known = self._known()
        if known is not None and known.digest == digest:
            return SourceState.UNCHANGED
        self._memory.keep(SourceCopy(content, digest, fetched_at=now))
        self._memory.keep_note(_KEPT_FROM, _GROUPS)
        return SourceState.FRESH

    def _known(self) -> SourceCopy | None:
        """A connector that was a table before left a copy of another kind."""
        return self._memory.copy() if self._memory.note(_KEPT_FROM) == _GROUPS else None

    def _kept(self, problem: Problem) -> PeopleDelivery:
        known = self._known()
        if known is None:
            return PeopleDelivery(self._connector, SourceState.FAILED, problems=(problem,))
        record = from_json(known.content)
        return PeopleDelivery(self._connector, SourceState.KEPT, record.people, (problem,), record.missing, spells=True)


def _people(member: Member, seen: Sequence[AccountSeen], accounts: Mapping[str, AccountSeen]) -> Iterator[Person]:
    """Accounts that are switched off are left out; those that nobody could list are in."""
    group = frozenset(each.id for each in seen)
    origins = dict.fromkeys(group, in_group(member.group)) | {
        account: f"administrations.{member.key}.accounts" for account in member.accounts if account not in group
    }
    for account, origin in sorted(origins.items()):
        known = accounts.get(account)
        if known is None and accounts and account not in group:
            continue
        if known is None or known.is_enabled:
            name, mail = (known.name, known.mail) if known else ("", "")
            yield Person(account, member.key, name, mail, groups=groups_in(origin), origin=origin)


def _accounts_of(found: Mapping[str, tuple[Person, ...]]) -> frozenset[str]:
    return frozenset(person.account for people in found.values() for person in people)


def _works(person: Person, accounts: Mapping[str, AccountSeen]) -> bool:
    return person.account in accounts and accounts[person.account].is_enabled


def _missing(member: Member, likeness: Likeness | None) -> Problem:
    return Problem(
        "group_missing",
        member.where or f"administrations.{member.key}.group",
        Text(
            f"{member.name}: die Gruppe „{member.group}“ ist leer oder weg; niemand verliert deshalb etwas",
            f"{member.name}: the group “{member.group}” is empty or gone; nobody loses anything because of that",
        ),
        hint(likeness),
    )


def _in_two(people: Sequence[Person], where: str) -> Iterator[Problem]:
    homes: dict[str, list[str]] = {}
    for person in people:
        homes.setdefault(person.account, []).append(person.administration)
    for account, several in sorted(homes.items()):
        if len(several) > 1:
            names = ", ".join(several)
            yield Problem(
                "person_in_two_administrations",
                where,
                Text(f"{account} gehört zu mehreren Verwaltungen: {names}", f"{account} belongs to several: {names}"),
            )
