"""The running service: where it keeps its data, how it sends mail, how people reach it; and privileged rights."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag, ValidationInfo, field_validator

from network.settings import names
from network.settings.fields import Account, Address, Count, Line, LocalPath, Mail, SecretReference
from network.settings.section import Section


class MailServer(Section):
    """The server that takes our mails."""

    server: Line
    """Name of the server."""
    port: Count = 587
    """Port."""
    security: Literal["starttls", "tls", "none"] = "starttls"
    """How the connection is encrypted."""
    sender: Mail = Field(validation_alias="from")
    """Address that mails come from."""
    username: Line | None = None
    """Login; without it the sender."""
    password: SecretReference | None = None
    """Password of the login, by reference."""


class Login(Section):
    """ "Log in with Nextcloud"."""

    client_id: SecretReference
    """Client of Nextcloud's OAuth 2, by reference."""
    client_secret: SecretReference
    """Its secret, by reference."""


class ExApp(Section):
    """The pages inside Nextcloud (AppAPI)."""

    secret: SecretReference
    """Secret that Nextcloud and the service share, by reference; at least 32 letters and digits."""
    address: Address
    """Where Nextcloud reaches the service: http://MACHINE:PORT."""

    @field_validator("address")
    @classmethod
    def _is_reachable(cls, address: str) -> str:
        return names.machine(address)


class Service(Section):
    """The running service."""

    data: LocalPath = Path("/var/lib/digitalnetzwerk")
    """Folder for the database and the last good copies; belongs in your backup."""
    database: SecretReference | None = None
    """Address of a PostgreSQL for what we remember, by reference; without it a file of SQLite in `data`."""
    queue: SecretReference | None = None
    """Address of a Redis or PostgreSQL that carries jobs, by reference; without it where the rest is remembered."""
    mail: MailServer | None = None
    """Without it no mail is sent."""
    public_url: Address | None = None
    """Address at which people reach the pages."""
    login: Login | None = None
    """Login to the pages."""
    exapp: ExApp | None = None
    """The pages inside Nextcloud, in its own top bar."""

    @field_validator("public_url")
    @classmethod
    def _is_encrypted(cls, url: str | None, info: ValidationInfo) -> str | None:
        return url and names.encrypted(url, allow_http=False)


class Credential(Section):
    """An account and its password."""

    username: Account
    """Nextcloud account."""
    password: SecretReference
    """Its login password, by reference."""


def _how(value: object) -> str:
    return "print" if isinstance(value, str) else "account"


AdminRights = Annotated[
    Annotated[Literal["print"], Tag("print")] | Annotated[Credential, Tag("account")], Discriminator(_how)
]
"""How the few calls run that an app password may not: printed as commands, or with an account for them."""
