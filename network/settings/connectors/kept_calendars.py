"""Calendars that people keep by hand: on any CalDAV server, or in the Nextcloud of this network."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from pydantic import ValidationInfo, field_validator, model_validator

from network.settings.connectors.connector import FileConnector, ListConnector, Missing
from network.settings.fields import Account, Address, Line, LocalPath, SecretReference
from network.settings.names import encrypted
from network.text import Text
from network.written import NotUnderstood


class KeptCalendar(ListConnector):
    """A calendar that somebody keeps by hand. With `mode: two-way` it is written too, and a deletion in it counts at
    once: `missing` is then after: 0 hours, fetches: 1, then: remove, where it isn't written.
    """

    mode: Literal["read", "two-way"] = "read"
    """read: the calendar is never changed. two-way: what is changed by hand in Nextcloud is carried back to it."""

    @property
    def is_two_way(self) -> bool:
        return self.mode == "two-way"

    @model_validator(mode="after")
    def _deletes(self) -> KeptCalendar:
        if self.is_two_way and "missing" not in self.model_fields_set:
            object.__setattr__(self, "missing", Missing(after=timedelta(0), fetches=1, then="remove"))
        if self.is_two_way and self.missing.then == "cancel":
            raise NotUnderstood(
                Text(
                    "missing.then: cancel passt nicht zu mode: two-way; möglich sind ask, remove und keep",
                    "missing.then: cancel does not go with mode: two-way; possible are ask, remove and keep",
                )
            )
        return self


class CaldavCalendar(KeptCalendar, FileConnector):
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


class NextcloudCalendar(KeptCalendar):
    """A calendar in the Nextcloud of this network that is shared with the service account."""

    type: Literal["nextcloud-calendar"]
    """A calendar in the Nextcloud of this network."""
    provides: Literal["trainings"] = "trainings"
    """What it delivers."""
    calendar: Line
    """Its name as the service account sees it, or owner/URI."""
