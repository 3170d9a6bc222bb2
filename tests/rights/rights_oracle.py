"""Who may do what, worked out a second time and in another way: from the YAML as it is written, person by person.

Knows the words of the configuration, the list of contacts and the groups of the cloud. Refuses to know settings,
planners, teams or marks: nothing here is imported from the program.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

READS, EDITS, MANAGES = 1, 15, 31
BITS = {"read": READS, "edit": EDITS, "manage": MANAGES}
MEMBER, LEADS = 1, 4
Document = Mapping[str, Any]


@dataclass(frozen=True)
class Contact:
    """One row of the list of contacts."""

    account: str
    administration: str = ""
    topics: tuple[str, ...] = ()


@dataclass
class ByHand:
    """Whom people took in themselves, by key of the exchange group: into its team, or only into its room."""

    teams: dict[str, set[str]] = field(default_factory=dict)
    rooms: dict[str, set[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Cloud:
    """What the cloud's own administration did: who has an account, who is in which group, who was in one that is empty
    now; and which day it is."""

    accounts: frozenset[str]
    groups: Mapping[str, frozenset[str]]
    former: Mapping[str, frozenset[str]]
    today: date

    @property
    def as_told(self) -> Cloud:
        """Lists and rooms go on with the former people of an emptied group: perhaps somebody emptied it by mistake."""
        return replace(self, groups={**self.groups, **self.former})


@dataclass(frozen=True)
class Rights:
    """By key of the entry: account → level in the team, bits in the folder, whether they moderate, whether they edit;
    and who is in each group that the network keeps itself."""

    groups: Mapping[str, Mapping[str, bool]]
    teams: Mapping[str, Mapping[str, int]]
    folders: Mapping[str, Mapping[str, int]]
    rooms: Mapping[str, Mapping[str, bool]]
    calendars: Mapping[str, Mapping[str, bool]]


@dataclass(frozen=True)
class Oracle:
    document: Document
    contacts: tuple[Contact, ...]
    cloud: Cloud
    by_hand: ByHand

    def rights(self) -> Rights:
        groups = self._entries("exchange_groups")
        projects = self._entries("projects")
        towns = self._entries("administrations")
        return Rights(
            groups={key: dict.fromkeys(self._group(key), True) for key, each in towns.items() if _is_kept(each)},
            teams={key: self.team(key) for key in groups},
            folders={
                **{f"exchange_group:{key}": dict.fromkeys(self.team(key), EDITS) for key in groups},
                **{f"project:{key}": self._folder(entry) for key, entry in projects.items()},
                **{place: bits for key, entry in projects.items() for place, bits in self._inside(key, entry).items()},
            },
            rooms={key: self._room(key) for key, entry in groups.items() if entry.get("room", True)},
            calendars={
                **{key: self._calendar(entry) for key, entry in self._entries("calendars").items()},
                **{key: self._meetings(key) for key, entry in groups.items() if entry.get("calendar")},
                **{f"{key}.tasks": dict.fromkeys(self.team(key), True) for key in groups if groups[key].get("tasks")},
            },
        )

    def team(self, key: str) -> dict[str, int]:
        """Leads moderate; everybody else is a member, whatever a lead made of them."""
        entry = self._entries("exchange_groups")[key]
        wanted = self._who(entry.get("members", [])) | self._by_hand(key)
        return dict.fromkeys(wanted, MEMBER) | dict.fromkeys(self._existing(entry["lead"]), LEADS)

    def granted_alone(self, key: str) -> set[str]:
        """Those whom the configuration names or a topic brings, and not only a whole group."""
        entry = self._entries("exchange_groups")[key]
        alone = [each for each in entry.get("members", []) if "people" in each or "topic" in each]
        return self._who(alone) | self._existing(entry["lead"])

    def _by_hand(self, key: str) -> set[str]:
        entry = self._entries("exchange_groups")[key]
        return set() if entry.get("added_by_hand", "keep") == "remove" else self.by_hand.teams.get(key, set())

    def team_of_room(self, key: str) -> dict[str, int]:
        return replace(self, cloud=self.cloud.as_told).team(key)

    def _room(self, key: str) -> dict[str, bool]:
        team = self.team_of_room(key)
        removes = self._entries("exchange_groups")[key].get("added_by_hand", "keep") == "remove"
        guests = set() if removes else self.by_hand.rooms.get(key, set())
        return {account: team.get(account) == LEADS for account in {*team, *guests}}

    def _folder(self, entry: Document) -> dict[str, int]:
        return self._may(entry, self._levels(entry["access"]))

    def _may(self, entry: Document, levels: Mapping[str, set[str]]) -> dict[str, int]:
        """Whoever has a level; after the last day everybody only reads, a month later nobody sees anything."""
        bits: dict[str, int] = {}
        for level, accounts in levels.items():
            for account in accounts:
                bits[account] = bits.get(account, 0) | BITS[level]
        last = entry.get("until")
        if last is None or self.cloud.today <= last:
            return bits
        return dict.fromkeys(bits, READS) if self.cloud.today <= last + timedelta(days=30) else {}

    def _levels(self, access: Document) -> dict[str, set[str]]:
        return {level: self._who(selectors) for level, selectors in access.items()}

    def _inside(self, key: str, entry: Document) -> dict[str, dict[str, int]]:
        """Place → account → bits in each sub-folder with rights of its own, for who gets as far as there."""
        found: dict[str, dict[str, int]] = {}
        reach = {account for account, bits in self._folder(entry).items() if bits & READS}
        for path, own in entry.get("folders", {}).items():
            towns = self._entries("administrations") if "{" in path else {"": {}}
            for town, known in towns.items():
                name = path.replace("{administration}", known.get("name", ""))
                levels = self._own_levels(self._levels(entry["access"]), own, town)
                here = self._may(entry, levels)
                found[f"project:{key}/{name}"] = {account: bits for account, bits in here.items() if account in reach}
        return found

    def _own_levels(self, above: dict[str, set[str]], own: Document, town: str) -> dict[str, set[str]]:
        """What is written replaces a level; whoever had it keeps the next lower one that isn't written."""
        found: dict[str, set[str]] = {
            level: self._staff(town, by_list=False) if selectors == "own" else self._who(selectors)
            for level, selectors in own.items()
        }
        order = ("manage", "edit", "read")
        for level, accounts in above.items():
            left = next((each for each in order[order.index(level) :] if each not in own), None)
            if left is not None:
                found[left] = found.get(left, set()) | accounts
        return found

    def _meetings(self, key: str) -> dict[str, bool]:
        """Everybody in the team reads them; whoever leads the group may move them."""
        leads = self._existing(self._entries("exchange_groups")[key]["lead"])
        return dict.fromkeys(self.team(key), False) | dict.fromkeys(leads, True)

    def _calendar(self, entry: Document) -> dict[str, bool]:
        return dict.fromkeys(self._who(entry.get("share", [])), False) | dict.fromkeys(self._who(entry["edit"]), True)

    # ------------------------------------------------------------------ selectors

    def _who(self, selectors: list[Document]) -> set[str]:
        return set[str]().union(*map(self._fits, selectors))

    def _fits(self, selector: Document) -> set[str]:
        """Everybody who fits every key. Exchange groups joined with anything else mean nobody, as `check` says."""
        if "exchange_groups" in selector:
            alone = len(selector) == 1
            return set[str]().union(*map(self.team, selector["exchange_groups"])) if alone else set()
        fitting = set(self.cloud.accounts)
        by_list = "people" in selector or "topic" in selector
        if "administrations" in selector:
            fitting &= set[str]().union(*(self._staff(key, by_list) for key in self._named(selector)))
        if "people" in selector:
            fitting &= set(selector["people"])
        if "topic" in selector:
            fitting &= {each.account for each in self.contacts if selector["topic"] in each.topics}
        return fitting

    def _named(self, selector: Document) -> list[str]:
        named = selector["administrations"]
        return list(self._entries("administrations")) if named == "all" else named

    def _staff(self, key: str, by_list: bool) -> set[str]:
        """A whole administration is its group; a person of it may also be known from the list of contacts."""
        entry = self._entries("administrations")[key]
        cloud = self.cloud.as_told if by_list else self.cloud
        group = self._group(key) if _is_kept(entry) else set(cloud.groups.get(entry["group"], ()))
        if not by_list:
            return group
        return self._listed(key) | (set() if _is_kept(entry) else group)

    def _group(self, key: str) -> set[str]:
        """Of an administration whose group the network keeps: whoever the list of contacts puts there."""
        return self._listed(key) & self.cloud.accounts

    def _listed(self, key: str) -> set[str]:
        return {each.account for each in self.contacts if each.administration == key}

    def _existing(self, accounts: list[str]) -> set[str]:
        return set(accounts) & self.cloud.accounts

    def _entries(self, section: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.document.get(section) or {}
        return found


def _is_kept(administration: Document) -> bool:
    return not administration.get("external", True)
