"""Keys of our teams, and the mark that makes a team or a room ours also when the state database was lost.

A team's key begins with the scope that it belongs to: `exchange_group:ozg`, `project:presse/edit`.
"""

from __future__ import annotations

import re

from network.plan import Scope

SERVICE_TEAM = "service"
"""Key of the one team that holds nobody but the service account; it stands in every Team folder of ours."""

_MARK = re.compile(r"\[dnw:(?P<network>[^/\]]+)/(?P<key>[^\]]+)\]")


def team_of(scope: Scope, part: str = "") -> str:
    """The key of a scope's team, or of its `part` (a project has one for each level of its named people)."""
    return f"{scope}/{part}" if part else str(scope)


def scope_of(team_key: str) -> str:
    """The scope under which the team is remembered; the service team belongs to no scope of the configuration."""
    return team_key.partition("/")[0]


def mark(network: str, key: str) -> str:
    return f"[dnw:{network}/{key}]"


def marked_key(description: str, network: str) -> str | None:
    """The key in the mark of this network, None without one."""
    for found in _MARK.finditer(description):
        if found["network"] == network:
            return found["key"]
    return None


def is_marked(description: str) -> bool:
    """Whether any network has marked this: then it isn't an unfinished object of ours."""
    return _MARK.search(description) is not None


def with_mark(text: str, network: str, key: str) -> str:
    """The text with our mark in a line of its own, and no other mark of this network."""
    plain = _MARK.sub(lambda found: "" if found["network"] == network else found[0], text)
    return f"{plain.rstrip()}\n{mark(network, key)}".lstrip("\n")


def without_mark(description: str, network: str, key: str) -> str:
    return description.replace(mark(network, key), "").rstrip()
