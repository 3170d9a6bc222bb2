"""What now stands in Nextcloud, read back as staff members: not from our own memory, and not as the service account."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rich.box import SIMPLE_HEAD
from rich.table import Table

from connectors.nextcloud import connect
from network.ports import Server
from network.settings import Settings
from network.text import Language

WIDTHS = (19, 22, 28)  # of administration, account and calendars; what is left is shared by the other three
BESIDE_TEXT = 19  # a rule's margins, and the space between columns
LEAST = 12


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


def table(seen: Iterable[View], language: Language, width: int) -> Table:
    """The views as a table that is `width` characters wide, if that is enough for anything."""
    german = language == "de"
    shown = Table(
        title="Was jetzt in Nextcloud steht, gelesen mit Konten der Verwaltungen"
        if german
        else "What now stands in Nextcloud, read with accounts of the administrations",
        title_justify="left",
        box=SIMPLE_HEAD,
    )
    headings = ("Verwaltung", "gelesen als", "Kalender (Einträge)", "Ordner", "Teams", "Unterhaltungen")
    english = ("Administration", "read as", "Calendars (entries)", "Folders", "Teams", "Chat rooms")
    rest = max(LEAST, (width - sum(WIDTHS) - BESIDE_TEXT) // 3)
    for heading, wide in zip(headings if german else english, (*WIDTHS, rest, rest, rest), strict=True):
        shown.add_column(heading, overflow="ellipsis", no_wrap=True, width=wide)
    for each in seen:
        calendars = "\n".join(f"{_plain(name)} ({count})" for name, count in each.calendars.items())
        cells = (each.folders, each.teams, each.rooms)
        shown.add_row(each.administration, each.account, calendars or "–", *map(_some, cells))
    return shown


def _plain(calendar: str) -> str:
    """Without the owner's display name, which every shared calendar carries."""
    return calendar.rpartition(" (")[0] or calendar


def _some(names: tuple[str, ...]) -> str:
    """The number, and the first one."""
    return f"{len(names)}: {names[0]}{', …' if len(names) > 1 else ''}" if names else "–"
