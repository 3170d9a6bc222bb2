"""Who Nextcloud says is asking. The proof is the shared secret; it is compared in constant time and never shown."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version

from flask import Request

from connectors.nextcloud import ExAppScheme
from network.errors import PersonMustAct
from network.settings import ExApp
from network.text import Text

APP = "digitalnetzwerk"
PROOF = "AUTHORIZATION-APP-API"
APP_NAME = "EX-APP-ID"
SHORTEST = 32
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")


class Forged(Exception):
    """Headers that only Nextcloud may send, without the secret that only Nextcloud has."""


@dataclass(frozen=True, slots=True)
class Caller:
    """`account` is whose request Nextcloud passed on; empty when Nextcloud itself is asking.

    `form_key` is what the forms of this person are known by: no cookie comes through Nextcloud, and its proxy checks no
    form.
    """

    account: str
    form_key: str = field(repr=False)

    @property
    def is_nextcloud(self) -> bool:
        return not self.account


def shared_secret(exapp: ExApp, environment: Mapping[str, str]) -> str:
    """SecretMissing where there is none, PersonMustAct for one that could be guessed or would break a command line."""
    secret = exapp.secret.reveal(environment)
    if len(secret) < SHORTEST or not LETTERS.issuperset(secret):
        raise PersonMustAct(
            Text(
                f"das Geheimnis muss aus mindestens {SHORTEST} Buchstaben (ohne Umlaute) und Ziffern bestehen",
                f"the secret has to be at least {SHORTEST} letters (without umlauts) and digits",
            ),
            where="service.exapp.secret",
            remedy=Text("Ein gutes erzeugt: openssl rand -hex 32", "A good one is made by: openssl rand -hex 32"),
            code="exapp_secret",
        )
    return secret


def who_asks(request: Request, exapp: ExApp, environment: Mapping[str, str]) -> Caller | None:
    """None for a request that did not come through Nextcloud; Forged for one that only claims to."""
    app, proof = request.headers.get(APP_NAME), request.headers.get(PROOF)
    if app is None and proof is None:
        return None
    secret = shared_secret(exapp, environment)
    account, _, given = _decoded(proof or "").partition(b":")
    is_right = hmac.compare_digest(given, secret.encode())
    if not is_right or app != APP:
        raise Forged
    try:
        return Caller(account.decode(), _form_key(account, secret))
    except UnicodeDecodeError:
        raise Forged from None


def scheme() -> ExAppScheme:
    """How we log in to Nextcloud as this program."""
    return ExAppScheme(APP, version("digitalnetzwerk"))


def _decoded(proof: str) -> bytes:
    try:
        return base64.b64decode(proof, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _form_key(account: bytes, secret: str) -> str:
    return hmac.new(secret.encode(), b"form " + account, hashlib.sha256).hexdigest()
