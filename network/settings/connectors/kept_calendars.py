"""Calendars that people keep by hand: on any CalDAV server, or in the Nextcloud of this network."""

from __future__ import annotations

from typing import Literal

from pydantic import ValidationInfo, field_validator

from network.settings.connectors.connector import FileConnector, ListConnector
from network.settings.fields import Account, Address, Line, LocalPath, SecretReference
from network.settings.names import encrypted


class CaldavCalendar(FileConnector):
    """A calendar on any CalDAV server: Radicale, Xandikos, DAViCal, SOGo, another Nextcloud."""

    type: Literal["caldav"]
    """A calendar on a CalDAV server."""
    provides: Literal["trainings"] = "trainings"
    """What it delivers."""
    url: Address
    """Address of the calendar; with `calendar`, of the server or the account."""
    calendar: Line | None = None
    """Name of the calendar, where the address is not its own."""
    username: Account | None = None
    """Login, where the server needs one."""
    password: SecretReference | None = None
    """Password of that login, by reference."""
    ca_file: LocalPath | None = None
    """Certificates of a server that issues its own."""

    @field_validator("url")
    @classmethod
    def _is_encrypted(cls, url: str, info: ValidationInfo) -> str:
        return encrypted(url, allow_http=bool(info.data.get("allow_http")))


class NextcloudCalendar(ListConnector):
    """A calendar in the Nextcloud of this network that is shared with the service account."""

    type: Literal["nextcloud-calendar"]
    """A calendar in the Nextcloud of this network."""
    provides: Literal["trainings"] = "trainings"
    """What it delivers."""
    calendar: Line
    """Its name as the service account sees it, or owner/URI."""
