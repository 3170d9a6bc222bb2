"""The network as a whole, and the Nextcloud that it shares."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from pydantic import ValidationInfo, field_validator

from network.settings.fields import (
    Account,
    Address,
    Count,
    Duration,
    GroupId,
    Key,
    Line,
    LocalPath,
    Mail,
    SecretReference,
    TeamName,
    YesNo,
    Zone,
)
from network.settings.names import encrypted
from network.settings.section import Section

FederalState = Literal[
    "BW", "BY", "BE", "BB", "HB", "HH", "HE", "MV", "NI", "NW", "RP", "SL", "SN", "ST", "SH", "TH"
]  # fmt: skip


class Contact(Section):
    """Whom people ask."""

    name: Line
    """Name or office."""
    mail: Mail
    """Mail address."""
    phone: Line = ""
    """Telephone number as it shall be shown."""


class Network(Section):
    """All member administrations under one configuration."""

    id: Key
    """Stands in every entry that we write: choose once, never change."""
    name: TeamName
    """As it is shown."""
    timezone: Zone
    """The zone that times without a zone of their own are in."""
    language: Literal["de", "en"] = "de"
    """Language of what we write."""
    state: FederalState | None = None
    """The federal state, for public holidays."""
    mode: Literal["live", "preview"] = "live"
    """preview: plans are made, nothing is written anywhere."""
    pilot: GroupId | None = None
    """Only members of this Nextcloud group see anything."""
    contact: Contact
    """The office that looks after the network."""


class Nextcloud(Section):
    """The server and the account that we work with."""

    allow_http: YesNo = False
    """Allows an address without encryption; only for trying out."""
    url: Address
    """Address of the Nextcloud."""
    username: Account
    """An ordinary account, no administrator."""
    password: SecretReference
    """Its app password or login password, by reference."""
    ca_file: LocalPath | None = None
    """Certificates of a data centre that issues its own."""
    proxy: Address | None = None
    """Web proxy for everything that goes out."""
    verify: YesNo = True
    """false: certificates are not checked. Reported loudly with every command."""
    timeout: Duration = timedelta(seconds=30)
    """How long one request may take."""
    parallel: Count = 4
    """How many requests may run at the same time."""
    verify_every: Duration = timedelta(hours=1)
    """How often everything is compared with the server although no wish changed."""
    sweep_every: Duration = timedelta(days=1)
    """How often every entry's ETag is compared although its calendar, or one that is a source, says nothing moved."""

    @field_validator("url")
    @classmethod
    def _is_encrypted(cls, url: str, info: ValidationInfo) -> str:
        return encrypted(url, allow_http=bool(info.data.get("allow_http")))
