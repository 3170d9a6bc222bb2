"""The apps of the server that carry a part of what we do and that may be missing, and what is said then.

The same sentence whether an app was never there or was disabled in the middle of a run: it is one problem with one
remedy, however many exchange groups and projects it concerns.
"""

from __future__ import annotations

from enum import StrEnum

from network.errors import AppMissing
from network.text import Text


class App(StrEnum):
    """By the id that `occ app:enable` wants."""

    TEAMS = "circles"
    TEAM_FOLDERS = "groupfolders"
    TALK = "spreed"


NAMES = {
    App.TEAMS: Text("Teams", "Teams"),
    App.TEAM_FOLDERS: Text("Team-Ordner", "Team folders"),
    App.TALK: Text("Talk", "Talk"),
}
_LEFT_OUT = {
    App.TEAMS: Text("Teams und alle Rechte, die daran hängen, werden", "teams and all rights that hang on them are"),
    App.TEAM_FOLDERS: Text("Team-Ordner werden", "Team folders are"),
    App.TALK: Text("Unterhaltungen werden", "chat rooms are"),
}


def app_missing(app: App) -> AppMissing:
    """Whoever meets it leaves out that part alone; what is there stays as it is."""
    name, left_out = NAMES[app], _LEFT_OUT[app]
    return AppMissing(
        Text(
            f"Die App {name.de} ({app}) ist auf diesem Server nicht eingeschaltet: "
            f"{left_out.de} ausgelassen, was schon da ist, bleibt",
            f"the app {name.en} ({app}) is not enabled on this server: "
            f"{left_out.en} left out, what is there already stays",
        ),
        where="Nextcloud",
        remedy=Text(
            f"Auf dem Server: occ app:enable {app} (fehlt sie ganz: occ app:install {app}). Der nächste Lauf holt es "
            "nach. Ist sie nicht gewollt, schalten Sie in der Konfiguration ab, was sie braucht.",
            f"On the server: occ app:enable {app} (if there is none: occ app:install {app}). The next run catches up. "
            "If you don't want it, switch off in the configuration what needs it.",
        ),
    )
