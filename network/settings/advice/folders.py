"""Folders that Nextcloud takes and Windows can't show: most staff would never see them in the Explorer."""

from __future__ import annotations

from collections.abc import Iterator

from network.settings.finding import Finding, Location
from network.settings.settings import Settings
from network.text import Text

_NOT_ON_WINDOWS = '<>:"|?*'


def folders(settings: Settings) -> Iterator[Finding]:
    """Names that the file client leaves out on Windows: with one of its reserved characters, or a dot at the end."""
    for location, name in _folders(settings):
        if name.endswith(".") or set(name) & set(_NOT_ON_WINDOWS):
            yield Finding(
                "warning_not_on_windows",
                location,
                Text(
                    f"einen Ordner „{name}“ gleicht der Client unter Windows nicht ab "
                    f"({_NOT_ON_WINDOWS} und ein Punkt am Ende sind dort nicht erlaubt)",
                    f"the client on Windows never synchronises a folder “{name}” "
                    f"({_NOT_ON_WINDOWS} and a dot at the end are not allowed there)",
                ),
            )


def _folders(settings: Settings) -> Iterator[tuple[Location, str]]:
    for key, group in settings.exchange_groups.items():
        if group.folder:
            yield ("exchange_groups", key, "name"), group.name
    for key, project in settings.projects.items():
        yield ("projects", key, "name"), project.name
