"""Names that we form ourselves: archived folders, teams of a project's named people, and the server's "NAME (2)"."""

from __future__ import annotations

import re
from collections.abc import Collection

LONGEST_TEAM_NAME = 127
ARCHIVED = "Archiv – "
_ENDINGS = {"read": "Lesen", "comment": "Kommentieren", "edit": "Bearbeitung", "manage": "Verwaltung"}


def is_numbered(answer: str, name: str) -> bool:
    """Whether the server made "NAME (2)" of NAME, because somebody else's team has the name."""
    return re.fullmatch(re.escape(name) + r" \(\d+\)", answer) is not None


def people_team(project: str, level: str) -> str:
    """The name of the team of a project's named people, like "Presse – Bearbeitung", cut to what is allowed."""
    ending = f" – {_ENDINGS.get(level, level)}"
    return project[: LONGEST_TEAM_NAME - len(ending)].rstrip() + ending


def service_team(network: str) -> str:
    ending = " – Dienstkonto"
    return network[: LONGEST_TEAM_NAME - len(ending)].rstrip() + ending


def beside(name: str, network: str) -> str:
    """The name of an administration's team where something else is called like the administration: "NAME – NETWORK".

    Mostly it is the administration's own group, because Nextcloud keeps groups and teams under one list of names.
    """
    ending = f" – {network}"
    return name[: LONGEST_TEAM_NAME - len(ending)].rstrip() + ending if len(ending) < LONGEST_TEAM_NAME // 2 else name


def archived(name: str, taken: Collection[str]) -> str:
    """ "Archiv – NAME", with a number where an earlier archive has that name already."""
    base = name if name.startswith(ARCHIVED) else ARCHIVED + name
    candidate, number = base, 2
    while candidate in taken:
        candidate, number = f"{base} {number}", number + 1
    return candidate
