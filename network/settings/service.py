"""The running service: where it keeps its data, how it sends mail, how people reach it; and privileged rights."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag, ValidationInfo, field_validator

from network.settings import names
from network.settings.fields import Account, Address, Count, Day, Line, LocalPath, Mail, Paragraph, SecretReference
from network.settings.section import Section

LogForm = Literal["json", "plain"]


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


class Accessibility(Section):
    """What only the operating authority can say in the statement that it owes ("Erklärung zur Barrierefreiheit")."""

    authority: Line | None = None
    """The public body that answers for the pages; without it the network's contact."""
    created: Day | None = None
    """When it was made; without it the page says that it is a draft."""
    reviewed: Day | None = None
    """When it was last looked through; once a year is due."""
    feedback: Address | None = None
    """A form by which people report barriers; without it the contact's mail address."""
    known: tuple[Paragraph, ...] = ()
    """What you know not to be accessible, with the reason and another way, one sentence each."""


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
    accessibility: Accessibility = Accessibility()
    """For the statement about accessibility, which is linked on every page."""
    imprint: Address | None = None
    """Your imprint; linked on every page."""
    privacy_notice: Address | None = None
    """What you tell people about their data; linked on every page."""
    metrics_token: SecretReference | None = None
    """What a Prometheus has to show at /metrics, by reference; without it there is no such page."""
    logs: LogForm = "json"
    """How the service writes its log: json for machines, plain for people."""

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
