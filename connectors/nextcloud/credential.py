"""Who we are to the server, and the breaker that stops a refused credential.

Ten refused logins lock out the whole address for half an hour, for every account behind it. So the first refusal
stops every thread and, through the two hooks, every other process and the time after a restart.
"""

from __future__ import annotations

import base64
import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from requests import PreparedRequest
from requests.auth import AuthBase

from network.errors import LoginRefused
from network.text import Text


@dataclass(frozen=True, slots=True)
class ExAppScheme:
    """A program that Nextcloud knows (AppAPI): acts as whoever it names, by a secret that both share."""

    app: str
    version: str


Scheme = Literal["Basic", "Bearer"] | ExAppScheme


@dataclass(frozen=True, slots=True)
class Credential:
    """A user name and a way to its password, which is asked for only when it is needed and never shown.

    With the scheme Bearer the password is an access token, with that of an ExApp the shared secret; without a user
    name an ExApp speaks for itself.
    """

    url: str
    username: str
    password: Callable[[], str] = field(repr=False, compare=False)
    scheme: Scheme = "Basic"

    @property
    def hash(self) -> str:
        """Names this credential without giving it away: slow to guess from, the same after a restart."""
        salt = f"{self.url}\n{self.username}".encode()
        return hashlib.scrypt(self.password().encode(), salt=salt, n=2**14, r=8, p=1, dklen=16).hex()


class Login(AuthBase):
    """Basic authentication in UTF-8 (requests alone would send Latin-1), a bearer's token, an ExApp's secret."""

    def __init__(self, credential: Credential) -> None:
        self._credential = credential

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        secret, scheme = self._credential.password(), self._credential.scheme
        named = base64.b64encode(f"{self._credential.username}:{secret}".encode()).decode()
        if isinstance(scheme, ExAppScheme):
            request.headers["EX-APP-ID"] = scheme.app
            request.headers["EX-APP-VERSION"] = scheme.version
            request.headers["AUTHORIZATION-APP-API"] = named
        else:
            request.headers["Authorization"] = f"{scheme} {named if scheme == 'Basic' else secret}"
        return request


class Breaker:
    """Opens at the first refused login. `refused` tells what is known from before, `on_refused` keeps it for later."""

    def __init__(
        self,
        credential: Credential,
        *,
        refused: Callable[[str], bool] | None = None,
        on_refused: Callable[[str], None] | None = None,
    ) -> None:
        self._credential = credential
        self._refused = refused
        self._on_refused = on_refused
        self._lock = threading.Lock()
        self._first = threading.Lock()
        self._is_proven = False
        self._open: bool | None = None  # None: what is known from before has not been asked for yet

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Around one request. Until one has succeeded there is only one at a time: a wrong password is sent once."""
        if self._is_proven:
            self.check()
            yield
            return
        with self._first:
            self.check()
            yield
            self._is_proven = True

    def check(self) -> None:
        """LoginRefused, without any request, when this credential was refused before."""
        with self._lock:
            if self._open is None:
                self._open = self._refused is not None and self._refused(self._credential.hash)
            if self._open:
                raise login_refused(self._credential.username, known=True)

    def trip(self) -> None:
        with self._lock:
            if self._open:
                return
            self._open = True
        if self._on_refused is not None:
            self._on_refused(self._credential.hash)


def login_refused(username: str, *, known: bool = False) -> LoginRefused:
    again = Text(" und wird deshalb nicht noch einmal gefragt", " and isn't asked again for that reason")
    return LoginRefused(
        Text(
            f"Nextcloud hat die Anmeldung von „{username}“ abgelehnt{again.de if known else ''}.",
            f"Nextcloud refused the login of {username!r}{again.en if known else ''}.",
        ),
        where=username,
        remedy=Text(
            "Prüfen Sie Benutzername und App-Passwort in der Konfiguration. Bis sich dort etwas ändert, wird kein "
            "weiterer Versuch gemacht, weil zehn Fehlversuche die ganze Adresse sperren.",
            "Check user name and app password in the configuration. No further attempt is made until something "
            "changes there, because ten failures lock out the whole address.",
        ),
    )
