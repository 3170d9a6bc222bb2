"""People whom a project names one by one, or by a topic: each level of them is a team of ours, for teams carry rights.

So `people: [presse.kreis]` under `edit` becomes the team "NAME – Bearbeitung". Sub-folders have such a team only where
exactly the same people haven't one already.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workspace_sync.marks import team_of
from workspace_sync.names import people_team
from workspace_sync.people import is_narrowed, teams_meant
from workspace_sync.wish import PERMISSIONS, Access, Level, ProjectWish, Selector, digest

Together = tuple[Level, frozenset[Selector]]
"""Whom one team holds: all that are named in one place at one level."""


@dataclass(frozen=True, slots=True)
class NamedPeople:
    """`key` and `name` of the team."""

    key: str
    name: str
    selectors: tuple[Selector, ...]


def named_people(wish: ProjectWish) -> tuple[NamedPeople, ...]:
    """One for each team that the wish needs if its selectors mean anybody."""
    return tuple(_teams(wish).values())


def teams_of(wish: ProjectWish) -> Mapping[Together, str]:
    """The key of the team of those who are named together."""
    return {together: team.key for together, team in _teams(wish).items()}


def rights(granted: tuple[Access, ...], teams: Mapping[Together, str], usable: frozenset[str]) -> dict[str, int]:
    """Permission bits by team key in one place. Whoever has several levels has the bits of all."""
    bits: dict[str, int] = {}
    together = dict(_together(granted))
    for access in granted:
        named = {teams[together[access]]} & usable if access in together else set()
        for key in teams_meant(access.selector) | named:
            bits[key] = bits.get(key, 0) | PERMISSIONS[access.level]
    return bits


def possible_keys(wish: ProjectWish) -> tuple[str, ...]:
    """The teams of the whole folder's levels, whether wanted or not."""
    return tuple(team_of(wish.scope, level) for level in Level)


def _teams(wish: ProjectWish) -> dict[Together, NamedPeople]:
    places = [("", wish.folder.name, wish.access)]
    places += [
        (f"{digest(each.key)[:8]}/", f"{wish.folder.name}: {each.path}", each.access) for each in wish.sub_folders
    ]
    found: dict[Together, NamedPeople] = {}
    for part, name, granted in places:
        for _, together in _together(granted):
            level, selectors = together
            key = team_of(wish.scope, f"{part}{level}")
            found.setdefault(together, NamedPeople(key, people_team(name, level), tuple(sorted(selectors, key=repr))))
    return found


def _together(granted: tuple[Access, ...]) -> Iterator[tuple[Access, Together]]:
    """Each access that names people one by one, with all that share its team in this place."""
    named = [access for access in granted if is_narrowed(access.selector)]
    for access in named:
        alike = (each for each in named if (each.level, each.had) == (access.level, access.had))
        yield access, (access.team_level, frozenset(each.selector for each in alike))
