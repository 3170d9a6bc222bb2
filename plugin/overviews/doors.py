"""Addresses in Nextcloud of what belongs to an exchange group or a project."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from network.settings import Settings


class Place(StrEnum):
    FOLDER = "folder"
    ROOM = "room"
    CALENDAR = "calendar"
    TASKS = "tasks"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class Door:
    """A link that this person can follow."""

    place: Place
    address: str


def file_address(settings: Settings, number: str) -> str:
    """Of a file or folder by its number, whatever it is called."""
    return _address(settings, f"f/{quote(number, safe='')}")


def room_address(settings: Settings, token: str) -> str:
    return _address(settings, f"call/{quote(token, safe='')}")


def team_address(settings: Settings, id: str) -> str:
    """Nextcloud's own link to a team; needs the app Contacts."""
    return _address(settings, f"apps/contacts/direct/circle/{quote(id, safe='')}")


def app_address(settings: Settings, app: str) -> str:
    return _address(settings, f"apps/{app}/")


def _address(settings: Settings, path: str) -> str:
    return f"{settings.nextcloud.url.rstrip('/')}/index.php/{path}"
