"""Links that lead out of our pages: into Nextcloud, onto a map, and the addresses in a text that somebody wrote.

Nothing of them is loaded by us: a browser goes there only when a person follows the link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from network.settings.locations import CloudFile, LocalFile, Location

_LINK = re.compile(r"(?P<address>https?://[^\s<>\"]+)|(?P<mail>[\w.+-]+@(?:[\w-]+\.)+[\w-]{2,})", re.IGNORECASE)
_BEHIND = ".,;:!?)]}»“”’'"
MAP = "https://www.openstreetmap.org"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text; with an `address` it is a link."""

    text: str
    address: str = ""


def pieces(text: str) -> Iterator[Piece]:
    """The text piece by piece, nothing lost: its web and mail addresses are links, everything else is plain text."""
    last = 0
    for found in _LINK.finditer(text):
        written = found[0].rstrip(_BEHIND) if found["address"] else found[0]
        yield Piece(text[last : found.start()])
        yield Piece(written, f"mailto:{written}" if found["mail"] else _usable(written))
        last = found.start() + len(written)
    yield Piece(text[last:])


def on_map(place: str, position: str = "") -> str:
    """Where a map shows the place: at its position, else by looking for its words."""
    if position:
        latitude, longitude = position.split(",")
        return f"{MAP}/?{urlencode({'mlat': latitude, 'mlon': longitude})}#map=17/{latitude}/{longitude}"
    return f"{MAP}/search?{urlencode({'query': ' '.join(place.split())})}"


def folder(nextcloud: str, place: Location) -> str:
    """A folder to be opened in a browser; empty for one that only this machine has."""
    if isinstance(place, CloudFile):
        return f"{nextcloud}/index.php/apps/files/files?dir={quote(place.path, safe='/')}"
    return "" if isinstance(place, LocalFile) else place.url


def caldav_home(nextcloud: str, account: str) -> str:
    """The address under which a calendar program finds all calendars of the account."""
    return f"{nextcloud}/remote.php/dav/principals/users/{quote(account)}/"


def _usable(address: str) -> str:
    try:
        return address if urlsplit(address).hostname else ""
    except ValueError:
        return ""
