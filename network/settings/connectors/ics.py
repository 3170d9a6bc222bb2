"""Calendar feeds: an iCalendar file at an address, on this machine or in Nextcloud."""

from __future__ import annotations

from typing import Literal

from pydantic import ValidationInfo, field_validator, model_validator

from network.settings.connectors.connector import FileConnector
from network.settings.fields import Account, Address, Place, SecretReference
from network.settings.locations import Location, WebFile
from network.settings.names import encrypted
from network.text import Text
from network.written import NotUnderstood


class IcsFeed(FileConnector):
    """Trainings out of a calendar feed. Written is either `url` or `location`; `location` is always set."""

    type: Literal["ics"]
    """An iCalendar feed."""
    provides: Literal["trainings"] = "trainings"
    """What it delivers."""
    url: Address | None = None
    """Address of the feed."""
    location: Place | None = None
    """A path or nextcloud:/path instead of an address."""
    username: Account | None = None
    """Login at the address, where it needs one."""
    password: SecretReference | None = None
    """Password of that login, by reference."""

    @field_validator("url")
    @classmethod
    def _is_encrypted(cls, url: str, info: ValidationInfo) -> str:
        return encrypted(url, allow_http=bool(info.data.get("allow_http")))

    @model_validator(mode="after")
    def _lies_in_one_place(self) -> IcsFeed:
        if (self.url is None) == (self.location is None):
            raise NotUnderstood(
                Text(
                    "genau eines von beiden wird gebraucht: url oder location",
                    "exactly one of the two is needed: url or location",
                )
            )
        return self

    @property
    def place(self) -> Location:
        """Where the feed lies."""
        return WebFile(self.url) if self.url is not None else self.location or WebFile("")
