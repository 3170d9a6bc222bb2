"""The members of the network: the Kreis and its towns."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from pydantic import model_validator

from network.settings.fields import Account, Domain, Duration, GroupId, Mail, TeamName, YesNo
from network.settings.section import Entry, Section
from network.text import Text
from network.written import NotUnderstood

ManagedAccounts = Literal["create", "disable"]
Service = Literal["calendars", "workspaces", "registration", "attendance"]


class Contacts(Section):
    """Whom the people of an administration ask."""

    training: Mail | None = None
    """The training office."""
    it: Mail | None = None
    """The IT department."""
    data_protection: Mail | None = None
    """The data protection officer."""


class Approval(Section):
    """Somebody has to agree before a registration counts."""

    by: Mail
    """Who agrees."""
    answer_within: Duration = timedelta(days=5)
    """After that the training office is reminded."""


class AdministrationDefaults(Section):
    """What holds for every administration that says nothing else."""

    external: YesNo = True
    """true: the directory service keeps group and members, we only read them. false: we create the group and keep
    the memberships that come from the people list."""
    manage_accounts: tuple[ManagedAccounts, ...] = ()
    """create: people of the people list get an account, and a mail with a link to set their password. disable: whom we
    gave one and who stands in no list any more is locked out; nothing is ever deleted. Only with external: false."""
    contacts: Contacts = Contacts()
    """Mail addresses; {domain} stands for the first mail domain."""
    services: tuple[Service, ...] = ("calendars", "workspaces")
    """What may touch the people of this administration. What isn't listed stores nothing about them."""
    delivery: Literal["calendar", "mail"] = "calendar"
    """How a registered person gets the date: into the Nextcloud calendar, or as a mail for another calendar."""
    approval: Approval | None = None
    """Who has to agree to a registration."""


class Administration(AdministrationDefaults, Entry):
    """A member of the network; has a Nextcloud group of its staff."""

    name: TeamName
    """As it is shown; also the name of its team."""
    group: GroupId
    """The id of its Nextcloud group, not the display name. `digitalnetzwerk groups` lists them."""
    accounts: tuple[Account, ...] = ()
    """Accounts that belong to it without being in the group."""
    mail_domains: tuple[Domain, ...] = ()
    """What its mail addresses end with."""

    @model_validator(mode="after")
    def _may_make_accounts(self) -> Administration:
        if self.manage_accounts and self.external:
            raise NotUnderstood(
                Text(
                    "manage_accounts: Konten pflegt der Verzeichnisdienst; erlaubt nur zusammen mit external: false",
                    "manage_accounts: the directory service keeps the accounts; allowed only with external: false",
                )
            )
        if "disable" in self.manage_accounts and "create" not in self.manage_accounts:
            raise NotUnderstood(
                Text(
                    "manage_accounts: gesperrt werden nur Konten, die wir anlegen; erlaubt ist [create, disable]",
                    "manage_accounts: only accounts that we made are disabled; allowed is [create, disable]",
                )
            )
        return self

    @model_validator(mode="after")
    def _has_its_domain(self) -> Administration:
        addresses = (self.contacts.training, self.contacts.it, self.contacts.data_protection)
        if any("{" in (address or "") for address in addresses):
            raise NotUnderstood(
                Text(
                    "mail_domains fehlt, um {domain} in contacts zu ersetzen; zum Beispiel [brakel.example]",
                    "mail_domains is missing, to fill in {domain} in contacts; for example [brakel.example]",
                )
            )
        return self
