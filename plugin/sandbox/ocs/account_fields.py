"""The fields of an account over OCS: how they are shown, which may be set, what is refused."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from plugin.sandbox.accounts import UID_PATTERN, USERS, Account, Accounts
from plugin.sandbox.ocs.envelope import OcsFailure

FIELDS = ("phone", "address", "website", "twitter", "bluesky", "fediverse", "organisation", "role", "headline",
          "biography", "profile_enabled", "pronouns")  # fmt: skip
FREE_KEYS = (*FIELDS, "locale", "timezone", "notify_email")
SHORTEST_PASSWORD = 10
MAIL = re.compile(r"^[^@\s]+@[^@\s]+$")


class AccountFields:
    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts

    def set(self, account: Account, key: str, value: str) -> None:
        """Change one field; raises OcsFailure (101 bad value, 107 weak password, 113 no such field)."""
        people, uid = self._accounts.people, account.uid
        account = people[uid]
        if key in ("displayname", "display"):
            people[uid] = replace(account, display_name=value)
        elif key == "password":
            check_password(value)
            self._accounts.set_password(uid, value)
        elif key == "email":
            people[uid] = replace(account, email=_mail_or_nothing(value))
        elif key == "additional_mail":
            people[uid] = replace(account, additional_mails=(*account.additional_mails, _mail_or_nothing(value)))
        elif key == "quota":
            people[uid] = replace(account, quota=value)
        elif key == "language":
            people[uid] = replace(account, language=value)
        elif key == "manager":
            people[uid] = replace(account, manager=value)
        elif key in FREE_KEYS:
            people[uid] = replace(account, fields={**account.fields, key: value})
        else:
            raise OcsFailure(113)

    def described(self, account: Account, viewer: str) -> dict[str, Any]:
        """The account as the viewer gets it; whether it is enabled is for those who look after accounts."""
        data: dict[str, Any] = {
            "id": account.uid,
            "firstLoginTimestamp": account.first_login,
            "lastLoginTimestamp": account.last_login,
            "lastLogin": account.last_login * 1000,
            "backend": "Database",
            "subadmin": list(account.subadmin),
            "quota": {"free": -3, "used": 0, "total": -3, "relative": 0, "quota": _quota(account.quota)},
            "manager": account.manager,
            "email": account.email or None,
            "additional_mail": list(account.additional_mails),
            "displayname": account.display_name,
            "display-name": account.display_name,
            **{name: account.fields.get(name, "") for name in FIELDS},
            "groups": [group.gid for group in self._accounts.groups_of(account.uid)],
            "language": account.language,
            "locale": account.fields.get("locale", ""),
            "timezone": account.fields.get("timezone", ""),
            "notify_email": account.fields.get("notify_email") or None,
            "backendCapabilities": {"setDisplayName": True, "setPassword": True},
        }
        if self._accounts.may(viewer, USERS):
            data = {"enabled": account.enabled, "storageLocation": f"/data/{account.uid}", **data}
        return data


def check_uid(uid: str) -> None:
    if not UID_PATTERN.match(uid):
        raise OcsFailure(
            101,
            'Only the following characters are allowed in an Login: "a-z", "A-Z", "0-9", spaces and "_.@-\'"',
        )
    if uid != uid.strip():
        raise OcsFailure(101, "Login contains whitespace at the beginning or at the end")
    if len(uid) > 64:
        raise OcsFailure(101, "Login is too long")


def check_password(password: str) -> None:
    if len(password) < SHORTEST_PASSWORD:
        raise OcsFailure(107, f"Password needs to be at least {SHORTEST_PASSWORD} characters long.")


def _quota(stored: str) -> int | str:
    return -3 if stored == "none" else stored


def _mail_or_nothing(value: str) -> str:
    value = value.strip().lower()
    if value and not MAIL.match(value):
        raise OcsFailure(101)
    return value
