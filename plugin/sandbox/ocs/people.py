"""Provisioning of accounts: /cloud/user and /cloud/users.

Reads are for administrators, delegated administrators and, of oneself, for everybody; writes want a confirmed
password. Error codes are the controllers' own (101 invalid, 102 exists, 103 no such person, 104 not allowed, …).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace

from plugin.sandbox.accounts import ADMIN_GROUP, USERS, Account, Accounts
from plugin.sandbox.departures import Departures
from plugin.sandbox.limits import RateLimits
from plugin.sandbox.ocs.account_fields import AccountFields, check_password, check_uid
from plugin.sandbox.ocs.calls import Call, Route
from plugin.sandbox.ocs.envelope import NOT_FOUND, OcsFailure

NOT_ALLOWED_MESSAGE = "Logged in account must be an admin, a sub admin or gotten special right to access this setting"
SUB_ADMIN_MESSAGE = "Logged in account must be at least a sub admin"
EDITS, EDIT_PERIOD = 50, 600


class People:
    def __init__(self, accounts: Accounts, limits: RateLimits, departures: Departures) -> None:
        self._accounts = accounts
        self._departures = departures
        self._fields = AccountFields(accounts)
        self._limits = limits

    def routes(self) -> Iterable[Route]:
        one = "/cloud/users/<userid>"
        yield Route("GET", "/cloud/user", self.me)
        yield Route("GET", "/cloud/users", self.ids)
        yield Route("GET", "/cloud/users/details", self.details)
        yield Route("GET", "/cloud/users/disabled", self.disabled)
        yield Route("GET", one, self.one)
        yield Route("POST", "/cloud/users", self.add, confirmed=True)
        yield Route("PUT", one, self.edit, confirmed=True)
        yield Route("DELETE", one, self.delete, confirmed=True)
        yield Route("PUT", one + "/enable", self.enable, confirmed=True)
        yield Route("PUT", one + "/disable", self.disable, confirmed=True)
        yield Route("GET", one + "/groups", self.groups)
        yield Route("POST", one + "/groups", self.join, confirmed=True)
        yield Route("DELETE", one + "/groups", self.leave, confirmed=True)

    def me(self, call: Call) -> object:
        return self._fields.described(call.caller.account, call.uid) | {
            "display-name": call.caller.account.display_name
        }

    def ids(self, call: Call) -> object:
        self._require_manager(call, SUB_ADMIN_MESSAGE)
        return {"users": [person.uid for person in self._found(call, self._accounts.people.values())]}

    def details(self, call: Call) -> object:
        self._require_manager(call, SUB_ADMIN_MESSAGE)
        return {"users": self.described(call, self._accounts.people.values())}

    def described(self, call: Call, people: Iterable[Account]) -> Mapping[str, object] | list[object]:
        """Details keyed by uid; PHP gives an empty list where there is nobody."""
        return {person.uid: self._fields.described(person, call.uid) for person in self._found(call, people)} or []

    def disabled(self, call: Call) -> object:
        self._require_manager(call)
        return {"users": [person.uid for person in self._accounts.people.values() if not person.enabled]}

    def one(self, call: Call) -> object:
        account = self._accounts.find(call.part("userid"))
        if account is None:
            raise OcsFailure(404, "User does not exist")
        if account.uid != call.uid and not self._accounts.may(call.uid, USERS):
            raise OcsFailure(NOT_FOUND)
        return self._fields.described(account, call.uid)

    def add(self, call: Call) -> object:
        self._require_manager(call)
        uid, password, mail = call.text("userid"), call.text("password"), call.text("email").strip().lower()
        if self._accounts.find(uid):
            raise OcsFailure(102, "User already exists")
        for gid in call.texts("groups"):
            self._require_group(call, gid)
        if not password:
            if not mail:
                raise OcsFailure(108, "An email address is required, to send a password link to the user.")
            password = secrets.token_urlsafe(16)
        check_uid(uid)
        check_password(password)
        self._accounts.add(uid, password, call.text("displayName"), mail)
        for gid in call.texts("groups"):
            self._accounts.join(uid, gid)
        for key in ("quota", "language", "manager"):
            if call.text(key):
                self._fields.set(self._accounts.people[uid], key, call.text(key))
        return {"id": uid}

    def edit(self, call: Call) -> object:
        if not self._limits.allow(call.uid, "edit_user", EDITS, EDIT_PERIOD):
            raise OcsFailure(429)
        account = self._accounts.find(call.part("userid"))
        if account is None:
            raise OcsFailure(NOT_FOUND)
        if account.uid != call.uid:
            self._require_power_over(call, account)
        self._fields.set(account, call.text("key"), call.text("value"))
        return []

    def delete(self, call: Call) -> object:
        account = self._other(call, missing=NOT_FOUND)
        self._departures.account(account.uid)
        return []

    def enable(self, call: Call) -> object:
        account = self._other(call, missing=101)
        self._accounts.people[account.uid] = replace(account, enabled=True)
        return []

    def disable(self, call: Call) -> object:
        account = self._other(call, missing=101)
        self._accounts.people[account.uid] = replace(account, enabled=False)
        return []

    def groups(self, call: Call) -> object:
        account = self._accounts.find(call.part("userid"))
        if account is None or (account.uid != call.uid and not self._accounts.may(call.uid, USERS)):
            raise OcsFailure(NOT_FOUND)
        return {"groups": [group.gid for group in self._accounts.groups_of(account.uid)]}

    def join(self, call: Call) -> object:
        account, gid = self._membership(call)
        self._accounts.join(account.uid, gid)
        return []

    def leave(self, call: Call) -> object:
        account, gid = self._membership(call)
        if account.uid == call.uid and gid == ADMIN_GROUP:
            raise OcsFailure(105, "Cannot remove yourself from the admin group")
        self._accounts.leave(account.uid, gid)
        return []

    def _membership(self, call: Call) -> tuple[Account, str]:
        gid = call.text("groupid")
        if not gid.strip():
            raise OcsFailure(101)
        if gid not in self._accounts.groups:
            raise OcsFailure(102)
        account = self._accounts.find(call.part("userid"))
        if account is None:
            raise OcsFailure(103)
        if not self._may_fill(call, gid):
            raise OcsFailure(104)
        return account, gid

    def _may_fill(self, call: Call, gid: str) -> bool:
        if self._accounts.is_admin(call.uid):
            return True
        return gid != ADMIN_GROUP and self._accounts.may(call.uid, USERS)

    def _require_group(self, call: Call, gid: str) -> None:
        if gid not in self._accounts.groups:
            raise OcsFailure(104, f"Group {gid} does not exist")
        if not self._may_fill(call, gid):
            raise OcsFailure(105, f"Insufficient privileges for group {gid}")

    def _require_manager(self, call: Call, message: str = NOT_ALLOWED_MESSAGE) -> None:
        if not self._accounts.may(call.uid, USERS):
            raise OcsFailure(403, message)

    def _require_power_over(self, call: Call, account: Account) -> None:
        if self._accounts.is_admin(call.uid):
            return
        if self._accounts.is_admin(account.uid) or not self._accounts.may(call.uid, USERS):
            raise OcsFailure(NOT_FOUND)

    def _other(self, call: Call, missing: int) -> Account:
        account = self._accounts.find(call.part("userid"))
        if account is None:
            raise OcsFailure(missing)
        if account.uid == call.uid:
            raise OcsFailure(101)
        self._require_power_over(call, account)
        return account

    def _found(self, call: Call, people: Iterable[Account]) -> list[Account]:
        term = call.text("search").lower()
        found = [person for person in people if _fits(person, term)]
        found.sort(key=lambda person: person.uid.lower())
        start, limit = call.number("offset", 0) or 0, call.number("limit")
        return found[start : None if limit is None else start + limit]


def _fits(person: Account, term: str) -> bool:
    return any(term in value.lower() for value in (person.uid, person.display_name, person.email))
