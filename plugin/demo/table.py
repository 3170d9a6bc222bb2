"""What now stands in Nextcloud, read back as staff members: not from our own memory, and not as the service account."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from connectors.nextcloud import connect
from network.ports import Server
from network.settings import Settings


@dataclass(frozen=True, slots=True)
class View:
    """What one staff member of an administration sees. `entries` are the objects in shared calendars."""

    administration: str
    account: str
    calendars: Mapping[str, int]
    folders: tuple[str, ...]
    teams: tuple[str, ...]
    rooms: tuple[str, ...]


def views(settings: Settings, url: str, people: Mapping[str, tuple[str, str]]) -> Iterator[View]:
    """One view for each administration. `people` maps its key to a staff member's account and password."""
    for key, (account, password) in people.items():
        server = connect(url, account, password)
        try:
            yield view(settings.administrations[key].name, server)
        finally:
            server.close()


def view(administration: str, server: Server) -> View:
    """What this account's own clients would show."""
    features = server.features()
    calendars = [each for each in server.calendars.calendars() if not each.trashed and not each.is_own]
    return View(
        administration=administration,
        account=server.account,
        calendars={each.name: len(server.calendars.changes(each.href, "").changed) for each in calendars},
        folders=tuple(sorted(each.path.strip("/") for each in server.files.list("/") if each.is_folder)),
        teams=tuple(sorted(each.name for each in server.teams.teams())) if features.teams else (),
        rooms=tuple(sorted(each.name for each in server.rooms.rooms() if not each.object_type))
        if features.rooms
        else (),
    )


def table(seen: Iterable[View]) -> Table:
    """The views as a table for a terminal."""
    shown = Table(title="Was jetzt in Nextcloud steht, gelesen als Mitarbeitende der Verwaltungen", show_lines=True)
    for heading in ("Verwaltung", "gelesen als", "Kalender (Einträge)", "Ordner", "Teams", "Unterhaltungen"):
        shown.add_column(heading, overflow="fold")
    for each in seen:
        calendars = "\n".join(f"{name} ({count})" for name, count in each.calendars.items())
        shown.add_row(
            each.administration,
            each.account,
            calendars or "–",
            _some(each.folders),
            _some(each.teams),
            _some(each.rooms),
        )
    return shown


def print_table(seen: Iterable[View], console: Console) -> None:
    console.print(table(seen))


def _some(names: tuple[str, ...], most: int = 4) -> str:
    listed = ", ".join(names[:most])
    return f"{listed} … ({len(names)})" if len(names) > most else listed or "–"
