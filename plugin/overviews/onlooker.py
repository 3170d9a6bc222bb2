"""Who looks: one account, and what Nextcloud shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from network.settings import Settings


@dataclass(frozen=True, slots=True)
class Onlooker:
    """`administrations` and `calendars` are keys; `scopes` those whose team holds the person, `rooms` those whose room
    they are in; `folders`: scope → the folder's number as a file. `apps`: what Nextcloud offers them.

    `oversees`: sees that everything exists, also what is meant for others. `sees_names`: may be told who somebody is.
    """

    account: str
    administrations: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    calendars: tuple[str, ...] = ()
    folders: Mapping[str, str] = field(default_factory=dict)
    rooms: tuple[str, ...] = ()
    apps: tuple[str, ...] = ()
    oversees: bool = False
    sees_names: bool = True

    def takes_part(self, settings: Settings) -> bool:
        """Whether the person's administration takes part in exchange groups and projects."""
        mine = (settings.administrations.get(key) for key in self.administrations)
        return any(each is not None and "workspaces" in each.services for each in mine)
