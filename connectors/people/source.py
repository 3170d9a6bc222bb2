"""People as they already are in Nextcloud: who is in the group of which administration.

Reads only. A group that is empty or gone is named, with one that is called alike, and its people are not delivered:
whoever plans must not take that for "they have all left" (promise 4).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from difflib import get_close_matches

from connectors.people.members import Member
from connectors.people.record import Record, from_json, to_json
from network.errors import DigitalnetzwerkError, NotThere, RightMissing
from network.model import PeopleDelivery, Person, SourceState
from network.ports import AccountSeen, Directory, SourceCopy, SourceMemory
from network.problems import Problem
from network.text import NOTHING, Text

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
            accounts, problems = self._accounts()
            groups = {member.key: self._group(member) for member in self._members}
            near = self._similar_groups([each for each in self._members if not groups[each.key]])
        except DigitalnetzwerkError as error:
            return self._kept(error.problem(self._where))
        people = tuple(person for member in self._members for person in _people(member, groups[member.key], accounts))
        filled = {person.administration for person in people}
        missing = tuple(member.key for member in self._members if member.key not in filled)
        record = Record(people, missing)
        return PeopleDelivery(
            self._connector,
            self._remember(record, now),
            people,
            (
                *problems,
                *(_missing(member, near.get(member.key, "")) for member in self._members if member.key in missing),
                *_in_two(people, self._where),
            ),
            missing,
        )

    def _accounts(self) -> tuple[Mapping[str, AccountSeen], tuple[Problem, ...]]:
        try:
            return {each.id: each for each in self._directory.accounts()}, ()
        except RightMissing as error:
            # Groups can be known without it; names and addresses then stay empty.
            return {}, (error.problem(self._where),)

    def _group(self, member: Member) -> frozenset[str]:
        try:
            return self._directory.members(member.group)
        except NotThere:
            return frozenset()

    def _similar_groups(self, missing: Sequence[Member]) -> Mapping[str, str]:
        """Administration → the id of a group that may be its own under another name."""
        if not missing:
            return {}
        used = {member.group for member in self._members} - {member.group for member in missing}
        known = {name.casefold(): each.id for each in self._directory.groups() for name in (each.id, each.name)}
        free = {name: group for name, group in known.items() if group not in used}
        found = {}
        for member in missing:
            words = [member.group.casefold(), member.name.casefold()]
            near = [each for word in words for each in get_close_matches(word, free, n=2) if free[each] != member.group]
            if near:
                found[member.key] = free[near[0]]
        return found

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
        return PeopleDelivery(self._connector, SourceState.KEPT, record.people, (problem,), record.missing)


def _people(member: Member, group: frozenset[str], accounts: Mapping[str, AccountSeen]) -> Iterator[Person]:
    """Accounts that are switched off are left out; those that nobody could list are in."""
    origins = dict.fromkeys(group, f"group {member.group}") | {
        account: f"administrations.{member.key}.accounts" for account in member.accounts if account not in group
    }
    for account, origin in sorted(origins.items()):
        known = accounts.get(account)
        if known is None and accounts and account not in group:
            continue
        if known is None or known.is_enabled:
            name, mail = (known.name, known.mail) if known else ("", "")
            yield Person(account, member.key, name, mail, origin=origin)


def _missing(member: Member, near: str) -> Problem:
    return Problem(
        "group_missing",
        f"administrations.{member.key}.group",
        Text(
            f"{member.name}: die Gruppe „{member.group}“ ist leer oder weg; niemand verliert deshalb etwas",
            f"{member.name}: the group “{member.group}” is empty or gone; nobody loses anything because of that",
        ),
        Text(f"Ähnlich heißt die Gruppe „{near}“.", f"A similar group is “{near}”.") if near else NOTHING,
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
