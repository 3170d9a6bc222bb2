"""Every place in the settings that says whom something is for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from network.settings.finding import Location
from network.settings.selectors import ALL, OWN, Selection, Selector
from network.settings.settings import Settings

LEVELS = ("read", "comment", "edit", "manage")


class Placed(NamedTuple):
    """A selection, where it is written, and the administration whose own file it comes from ("": the network's)."""

    location: Location
    selection: Selection
    owner: str


def selections(settings: Settings) -> Iterator[Placed]:
    """All of them, in the order of the sections."""
    for number, include in enumerate(settings.include):
        yield Placed(("include", number, "may_share"), include.may_share, "")
    for key, calendar in settings.calendars.items():
        yield Placed(("calendars", key, "share"), calendar.share, calendar.owner)
        yield Placed(("calendars", key, "edit"), calendar.edit, calendar.owner)
    for key, group in settings.exchange_groups.items():
        yield Placed(("exchange_groups", key, "members"), group.members, group.owner)
    for key, project in settings.projects.items():
        for right in LEVELS:
            yield Placed(("projects", key, "access", right), getattr(project.access, right), project.owner)
        for path, folder in project.folders.items():
            for right in LEVELS:
                yield Placed(("projects", key, "folders", path, right), _spelled(getattr(folder, right)), project.owner)
    for role in ("coordinators", "training_offices", "network_admins", "reviewers"):
        yield Placed(("roles", role), getattr(settings.roles, role), "")


def _spelled(selection: Selection) -> Selection:
    """Taken together, "own" in a folder for each administration is all of them."""
    return tuple(Selector(administrations=ALL) if one.administrations == OWN else one for one in selection)
