"""What a person decided by command and the files don't say yet: which administrations left, which accounts are merged.

As long as the configuration or a people list names who left, every run reads it as if it didn't, and says where. The
note goes once nothing names them any more and a run that looked at everything had nothing to take away.

| kind     | scope              | key         | remote      | content                        |
|----------|--------------------|-------------|-------------|--------------------------------|
| departed | administration:KEY | account, "" | the account | of "": the administration's name |
| merged   | account:OLD        | old account | new account |                                |
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from network.document import Branch
from network.plan import Scope, ScopeKind
from network.ports import Memory, Record
from network.problems import Problem
from network.settings import Settings
from network.settings.mentions import Mention, mentions_of_account, mentions_of_administration
from network.settings.rewriting import accounts_named, with_account, without
from network.text import Text
from workspace_sync.people import People

DEPARTED, MERGED = "departed", "merged"
_MOST_LINES = 12


@dataclass(frozen=True, slots=True)
class Departed:
    """An administration that left, with the accounts of its people then. `at`: when; None before it is noted."""

    name: str
    accounts: frozenset[str]
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """`departed` by key of the administration; `merged`: old account → new account."""

    departed: Mapping[str, Departed] = field(default_factory=dict)
    merged: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, memory: Memory) -> Decided:
        rows: dict[str, list[Record]] = {}
        for record in memory.records(kind=DEPARTED):
            rows.setdefault(Scope.parse(record.scope).key, []).append(record)
        departed = {key: _departed(key, records) for key, records in rows.items()}
        return cls(departed, {each.key: each.remote for each in memory.records(kind=MERGED)})

    def applied(self, settings: Settings, people: People) -> tuple[Settings, People]:
        """What the configuration and the lists mean, once what was decided is taken into account."""
        for old, new in self.merged.items():
            settings, people = with_account(settings, old, new), people.with_account(old, new)
        gone = self.gone(people)
        for key in self.departed:
            settings = without(settings, key, gone)
        return settings, people.without(self.departed, gone) if self.departed else people

    def gone(self, people: People) -> frozenset[str]:
        """Accounts that left with their administration, but for those that belong to another one now."""
        staying = {each.account for each in people.persons if each.administration not in (*self.departed, "")}
        return frozenset().union(*(each.accounts for each in self.departed.values())) - staying

    def problems(self, document: Branch, people: People) -> Iterator[Problem]:
        """What the files still say although it was decided otherwise."""
        gone = self.gone(people)
        for key, each in self.departed.items():
            if found := mentions_of_departed(document, key, each.accounts & gone):
                yield _still_named(each, found)
        for old, new in self.merged.items():
            if found := mentions_of_account(document, old):
                yield _still_written(old, new, found)

    def over(self, settings: Settings, people: People) -> tuple[Record, ...]:
        """The notes of what the files and lists say themselves by now."""
        named, gone = accounts_named(settings), self.gone(people)
        found: list[Record] = []
        for key, each in self.departed.items():
            if key not in settings.administrations and not each.accounts & gone & (named | people.accounts):
                found += departure_records(key, each)
        for old, new in self.merged.items():
            if old not in named and old not in people.accounts:
                found.append(merging_record(old, new))
        return tuple(found)


def departure_records(key: str, departed: Departed) -> tuple[Record, ...]:
    scope = str(Scope(ScopeKind.ADMINISTRATION, key))
    return (
        Record(scope, DEPARTED, "", content=departed.name),
        *(Record(scope, DEPARTED, account, remote=account) for account in sorted(departed.accounts)),
    )


def merging_record(old: str, new: str) -> Record:
    return Record(str(Scope(ScopeKind.ACCOUNT, old)), MERGED, old, remote=new)


def _departed(key: str, records: list[Record]) -> Departed:
    head = next((each for each in records if not each.key), None)
    accounts = frozenset(each.key for each in records if each.key)
    return Departed(head.content if head is not None else key, accounts, head.at if head is not None else None)


def mentions_of_departed(document: Branch, key: str, accounts: Collection[str]) -> tuple[Mention, ...]:
    """Every line that names the administration or one of the accounts."""
    found = [*mentions_of_administration(document, key)]
    for account in sorted(accounts):
        found += mentions_of_account(document, account)
    return tuple(dict.fromkeys(found))


def _still_named(departed: Departed, found: tuple[Mention, ...]) -> Problem:
    day = f"{departed.at:%d.%m.%Y}" if departed.at is not None else "?"
    return Problem(
        "administration_left",
        found[0].where,
        Text(
            f"{departed.name} hat das Netzwerk am {day} verlassen und steht noch in der Konfiguration: bleibt draußen",
            f"{departed.name} left the network on {day} and still stands in the configuration: stays out",
        ),
        Text(
            f"Bitte herausnehmen: {lines(found, 'und {} weitere')}",
            f"Please take it out: {lines(found, 'and {} more')}",
        ),
    )


def _still_written(old: str, new: str, found: tuple[Mention, ...]) -> Problem:
    return Problem(
        "account_merged",
        found[0].where,
        Text(
            f"„{old}“ heißt jetzt „{new}“ und steht noch in der Konfiguration: gilt für „{new}“",
            f"“{old}” is “{new}” now and still stands in the configuration: holds for “{new}”",
        ),
        Text(
            f"Bitte „{new}“ eintragen: {lines(found, 'und {} weitere')}",
            f"Please write “{new}”: {lines(found, 'and {} more')}",
        ),
    )


def lines(found: tuple[Mention, ...], more: str) -> str:
    """`netz.yaml:14 (administrations.brakel), netz.yaml:31 (…)`."""
    shown = ", ".join(f"{each.where} ({each.path})" for each in found[:_MOST_LINES])
    rest = len(found) - _MOST_LINES
    return f"{shown} {more.format(rest)}" if rest > 0 else shown
