"""Who is asking: Basic with a login or an app password, Bearer with an app password, and the session cookie.

The traps of the server are kept. A session cookie wins over the Basic header beside it. A real password confirms the
session that it opens, and only that; an app password never does. The confirmation lasts 30 minutes and 15 seconds.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
from dataclasses import dataclass, replace

from plugin.sandbox.accounts import Account, Accounts
from plugin.sandbox.clock import Clock
from plugin.sandbox.journal import Journal, Numbers
from plugin.sandbox.version import Version

COOKIE = "nc_session_id"
CONFIRMATION = 30 * 60 + 15
SHORTEST_TOKEN = 22
MOST_SESSIONS = 10_000
PROGRAM = "program"
"""Stands for an app password where a program acts that this Nextcloud knows."""


@dataclass(frozen=True, slots=True)
class AppPassword:
    number: int
    uid: str
    name: str


@dataclass(frozen=True, slots=True)
class Session:
    """`confirmed` is when the password was last confirmed (seconds), -1 for never; `token` the app password used."""

    key: str
    uid: str
    confirmed: float = -1.0
    token: str = ""


@dataclass(frozen=True, slots=True)
class Caller:
    """`by_cookie`: the session existed before this request. `token` is the digest of the app password, or empty."""

    account: Account
    session: Session
    by_cookie: bool
    token: str = ""

    @property
    def uid(self) -> str:
        return self.account.uid


@dataclass(frozen=True, slots=True)
class Refused:
    """Credentials were given and are wrong; `login` is what was claimed."""

    login: str


class Logins:
    def __init__(self, journal: Journal, numbers: Numbers, accounts: Accounts, clock: Clock, version: Version) -> None:
        self._version = version
        self._accounts = accounts
        self._clock = clock
        self._numbers = numbers
        self.app_passwords = journal.table("app_passwords", AppPassword)
        self._sessions: dict[str, Session] = {}

    def create_app_password(self, uid: str, name: str) -> str:
        """A new app password of 72 characters for this account; only its digest is kept."""
        token = secrets.token_hex(36)
        self.app_passwords[_digest(token)] = AppPassword(self._numbers.next("app_password"), uid, name)
        return token

    def revoke_app_password(self, digest: str) -> None:
        self.app_passwords.pop(digest, None)

    def forget(self, uid: str) -> None:
        """Revoke all app passwords of this account."""
        for digest in [key for key, known in self.app_passwords.items() if known.uid == uid]:
            del self.app_passwords[digest]

    def caller(self, authorization: str, cookie: str) -> Caller | Refused | None:
        """Who asks: nobody (None), somebody, or refused credentials. May open a session."""
        if not authorization:
            return None  # a cookie without credentials is no login for an interface, as measured
        scheme, _, secret = authorization.partition(" ")
        if scheme.lower() == "bearer":
            return self._entered(self._by_token(secret.strip(), None), cookie) or Refused("")
        if scheme.lower() != "basic":
            return None
        login, password = _basic(secret)
        found = self._by_password(login, password) or self._by_token(password, login)
        return self._entered(found, cookie) or Refused(login)

    def without_password(self, account: Account) -> Caller:
        """A session for a program that acts as this account. It is never confirmed."""
        session = Session(secrets.token_hex(16), account.uid, token=PROGRAM)
        return Caller(account, session, by_cookie=True, token=PROGRAM)

    def confirm(self, caller: Caller, password: str) -> bool:
        """Confirm the caller's session with the real password."""
        if not self._accounts.password_fits(caller.account, password):
            return False
        self._sessions[caller.session.key] = replace(caller.session, confirmed=self._clock.seconds())
        return True

    def confirmed(self, caller: Caller) -> bool:
        if caller.token and not self._version.wants_login_password:
            return True
        confirmed = self._sessions.get(caller.session.key, caller.session).confirmed
        return confirmed >= 0 and self._clock.seconds() - confirmed < CONFIRMATION

    def now(self) -> float:
        return self._clock.seconds()

    def _by_password(self, login: str, password: str) -> tuple[Account, str] | None:
        account = self._accounts.find(login)
        if account is None or not account.enabled or not self._accounts.password_fits(account, password):
            return None
        return account, ""

    def _by_token(self, token: str, login: str | None) -> tuple[Account, str] | None:
        known = self.app_passwords.get(_digest(token)) if len(token) >= SHORTEST_TOKEN else None
        account = self._accounts.people.get(known.uid) if known else None
        if account is None or not account.enabled:
            return None
        if login is not None and login.lower() != account.uid.lower():
            return None
        return account, _digest(token)

    def _entered(self, found: tuple[Account, str] | None, cookie: str) -> Caller | None:
        if found is None:
            return None
        account, token = found
        known = self._sessions.get(cookie)
        if known is not None and known.uid in self._accounts.people:
            return Caller(self._accounts.people[known.uid], known, by_cookie=True, token=token)
        if not token:
            self._accounts.note_login(account.uid)
        now = -1.0 if token else self._clock.seconds()
        session = Session(secrets.token_hex(16), account.uid, confirmed=now, token=token)
        self._sessions[session.key] = session
        if len(self._sessions) > MOST_SESSIONS:  # every request without a cookie leaves one behind
            del self._sessions[next(iter(self._sessions))]
        return Caller(account, session, by_cookie=False, token=token)


def _basic(secret: str) -> tuple[str, str]:
    try:
        login, _, password = base64.b64decode(secret.strip()).decode("utf-8", "replace").partition(":")
    except binascii.Error:
        return "", ""
    return login, password


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
