"""People, groups and what is delegated to groups: the account side of the server, without any HTTP.

A group's members are kept in the order in which they joined. Delegation follows Nextcloud's `occ admin-delegation`:
a group holds the rights to the settings of users and groups (`USERS`) or of Team folders (`TEAM_FOLDERS`).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from typing import Literal

from plugin.sandbox.clock import Clock
from plugin.sandbox.journal import Journal

ADMIN_GROUP = "admin"
Delegation = Literal["users", "team_folders"]
USERS: Delegation = "users"
TEAM_FOLDERS: Delegation = "team_folders"

UID_PATTERN = re.compile(r"^[a-zA-Z0-9 _.@'-]+$")


@dataclass(frozen=True, slots=True)
class Account:
    """`password_digest` belongs to this sandbox alone; `fields` holds phone, organisation and the like."""

    uid: str
    password_digest: str
    display_name: str
    email: str = ""
    enabled: bool = True
    language: str = "de"
    quota: str = "none"
    manager: str = ""
    additional_mails: tuple[str, ...] = ()
    subadmin: tuple[str, ...] = ()
    fields: dict[str, str] = field(default_factory=dict)
    first_login: int = -1
    last_login: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    gid: str
    display_name: str
    members: tuple[str, ...] = ()
    delegations: tuple[Delegation, ...] = ()


class Accounts:
    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._clock = clock
        self.people = journal.table("accounts", Account)
        self.groups = journal.table("groups", Group)

    def add(self, uid: str, password: str, display_name: str = "", email: str = "") -> Account:
        account = Account(uid, digest(uid, password), display_name or uid, email)
        self.people[uid] = account
        return account

    def find(self, uid: str) -> Account | None:
        """The account of this uid; like the server, whatever the case of its letters."""
        if uid in self.people:
            return self.people[uid]
        return next((person for person in self.people.values() if person.uid.lower() == uid.lower()), None)

    def password_fits(self, account: Account, password: str) -> bool:
        return account.password_digest == digest(account.uid, password)

    def set_password(self, uid: str, password: str) -> None:
        self.people[uid] = replace(self.people[uid], password_digest=digest(uid, password))

    def note_login(self, uid: str) -> None:
        account, now = self.people[uid], int(self._clock.seconds())
        if account.first_login < 0:
            self.people[uid] = replace(account, first_login=now, last_login=now)

    def delete(self, uid: str) -> None:
        for group in self.groups_of(uid):
            self.leave(uid, group.gid)
        del self.people[uid]

    def groups_of(self, uid: str) -> list[Group]:
        return [group for group in self.groups.values() if uid in group.members]

    def add_group(self, gid: str, display_name: str = "") -> Group:
        group = Group(gid, display_name or gid)
        self.groups[gid] = group
        return group

    def join(self, uid: str, gid: str) -> None:
        group = self.groups[gid]
        if uid not in group.members:
            self.groups[gid] = replace(group, members=(*group.members, uid))

    def leave(self, uid: str, gid: str) -> None:
        group = self.groups[gid]
        if uid in group.members:
            self.groups[gid] = replace(group, members=tuple(member for member in group.members if member != uid))

    def is_admin(self, uid: str) -> bool:
        return uid in self.groups[ADMIN_GROUP].members

    def may(self, uid: str, right: Delegation) -> bool:
        return self.is_admin(uid) or any(right in group.delegations for group in self.groups_of(uid))

    def with_mail(self, address: str) -> Account | None:
        """The one account with this system e-mail; None when nobody or several have it."""
        found = [person for person in self.people.values() if person.email and person.email.lower() == address.lower()]
        return found[0] if len(found) == 1 else None


def digest(uid: str, password: str) -> str:
    return hashlib.sha256(f"{uid}\0{password}".encode()).hexdigest()
