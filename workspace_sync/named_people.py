"""People whom a project names one by one, or by a topic: each level of them is a team of ours, for teams carry rights.

So `people: [presse.kreis]` under `edit` becomes the team "NAME – Bearbeitung". Sub-folders have such teams only for
people whom nothing above names at the same level.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workspace_sync.marks import team_of
from workspace_sync.names import people_team
from workspace_sync.people import is_narrowed, teams_meant
from workspace_sync.wish import PERMISSIONS, Access, Level, ProjectWish, Selector, digest


@dataclass(frozen=True, slots=True)
class NamedPeople:
    """`key` and `name` of the team."""

    key: str
    name: str
    selectors: tuple[Selector, ...]


Named = tuple[Level, Selector]


def named_people(wish: ProjectWish) -> tuple[NamedPeople, ...]:
    """One for each team that the wish needs if its selectors mean anybody."""
    found: dict[str, NamedPeople] = {}
    for named, key in teams_of(wish).items():
        known = found[key].selectors if key in found else ()
        found[key] = NamedPeople(key, _name(wish, named), (*known, named[1]))
    return tuple(found.values())


def teams_of(wish: ProjectWish) -> Mapping[Named, str]:
    """Which team holds the people whom an access names one by one (`Access.named`)."""
    found = {each.named: team_of(wish.scope, each.level) for each in wish.access if is_narrowed(each.selector)}
    for folder in wish.sub_folders:
        part = digest(folder.key)[:8]
        for each in folder.access:
            if is_narrowed(each.selector):
                found.setdefault(each.named, team_of(wish.scope, f"{part}/{each.level}"))
    return found


def rights(granted: tuple[Access, ...], teams: Mapping[Named, str], usable: frozenset[str]) -> dict[str, int]:
    """Permission bits by team key. Whoever has several levels has the bits of all."""
    bits: dict[str, int] = {}
    for access in granted:
        named = {teams[access.named]} & usable if access.named in teams else set()
        for key in teams_meant(access.selector) | named:
            bits[key] = bits.get(key, 0) | PERMISSIONS[access.level]
    return bits


def possible_keys(wish: ProjectWish) -> tuple[str, ...]:
    """The teams of the whole folder's levels, whether wanted or not."""
    return tuple(team_of(wish.scope, level) for level in Level)


def _name(wish: ProjectWish, named: Named) -> str:
    if any(each.named == named for each in wish.access):
        return people_team(wish.folder.name, named[0])
    folder = next(each for each in wish.sub_folders if any(access.named == named for access in each.access))
    return people_team(f"{wish.folder.name}: {folder.path}", named[0])
