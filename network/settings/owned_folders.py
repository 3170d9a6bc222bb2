"""Folders of which each administration has one: `own` means something only there."""

from __future__ import annotations

from collections.abc import Iterator

from network.settings.finding import Finding
from network.settings.names import ADMINISTRATION
from network.settings.selections import LEVELS
from network.settings.selectors import OWN
from network.settings.settings import Settings
from network.text import Text


def owners_unknown(settings: Settings) -> Iterator[Finding]:
    """Every `own` in a folder that belongs to no administration."""
    for key, project in settings.projects.items():
        for path, folder in project.folders.items():
            for level in LEVELS:
                is_own = any(selector.administrations == OWN for selector in getattr(folder, level))
                if is_own and ADMINISTRATION not in path:
                    yield Finding(
                        "own_of_nobody",
                        ("projects", key, "folders", path, level),
                        Text(
                            f"own gilt nur in einem Ordner mit {ADMINISTRATION} im Pfad, "
                            f"zum Beispiel „Verwaltungen/{ADMINISTRATION}“",
                            f"own needs a folder with {ADMINISTRATION} in its path, "
                            f'for example "Verwaltungen/{ADMINISTRATION}"',
                        ),
                    )
