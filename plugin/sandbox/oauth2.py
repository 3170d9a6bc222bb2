"""Login with Nextcloud (app oauth2): a client sends a person here, who agrees, and exchanges the code for a token.

The real server shows two pages and a login; here one plain form with name and password stands for all of them. As
there, the redirect address is the registered one whatever is asked for, and an access token is an app password.
"""

from __future__ import annotations

import base64
import binascii
import html
import secrets
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

from flask import Flask, Response, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from plugin.sandbox.accounts import Accounts
from plugin.sandbox.brute_force import BruteForce
from plugin.sandbox.logins import Logins

SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Client:
    """A program that may send people here."""

    id: str
    secret: str
    name: str
    redirect_uri: str


class OAuth2:
    def __init__(self, logins: Logins, accounts: Accounts, brute_force: BruteForce) -> None:
        self._logins = logins
        self._accounts = accounts
        self._brute_force = brute_force
        self._clients: dict[str, Client] = {}
        self._codes: dict[str, tuple[Client, str]] = {}
        self._refresh: dict[str, tuple[Client, str]] = {}

    def add_client(self, name: str, redirect_uri: str) -> Client:
        """What `occ oauth2:add-client` does."""
        client = Client(secrets.token_hex(32), secrets.token_hex(32), name, redirect_uri)
        self._clients[client.id] = client
        return client

    def register(self, application: Flask) -> None:
        for prefix in ("/index.php", ""):
            rule = application.add_url_rule
            base, name = f"{prefix}/apps/oauth2", prefix or "plain"
            rule(f"{base}/authorize", f"authorize {name}", self.ask, methods=["GET"])
            rule(f"{base}/authorize", f"grant access {name}", self.grant, methods=["POST"])
            rule(f"{base}/api/v1/token", f"token {name}", self.token, methods=["POST"])

    def ask(self) -> Response:
        client = self._clients.get(request.args.get("client_id", ""))
        if client is None or request.args.get("response_type") != "code":
            return _page("<p>Dieses Programm ist nicht bekannt.</p>", HTTPStatus.NOT_FOUND)
        return _page(
            f"<h1>{html.escape(client.name)} möchte auf Ihr Konto zugreifen</h1>"
            '<form method="post"><label>Name <input name="user" autocomplete="username"></label> '
            '<label>Passwort <input name="password" type="password"></label> <button>Zugriff gewähren</button></form>'
        )

    def grant(self) -> ResponseReturnValue:
        client, address = self._clients.get(request.args.get("client_id", "")), request.remote_addr or ""
        if client is None:
            return _page("<p>Dieses Programm ist nicht bekannt.</p>", HTTPStatus.NOT_FOUND)
        login = request.form.get("user", "")
        account = self._accounts.find(login)
        if account is None or not self._accounts.password_fits(account, request.form.get("password", "")):
            self._brute_force.count(address, login)
            return _page("<p>Name oder Passwort ist falsch.</p>", HTTPStatus.FORBIDDEN)
        code = secrets.token_hex(64)
        self._codes[code] = (client, account.uid)
        answer = urlencode({"state": request.args.get("state", ""), "code": code})
        return redirect(f"{client.redirect_uri}?{answer}", HTTPStatus.SEE_OTHER)

    def token(self) -> tuple[Response, int]:
        client = self._authenticated()
        if client is None:
            self._brute_force.count(request.remote_addr or "", "oauth2")
            return jsonify({"error": "invalid_client"}), HTTPStatus.BAD_REQUEST
        kept = self._refresh if request.form.get("grant_type") == "refresh_token" else self._codes
        given = request.form.get("refresh_token" if kept is self._refresh else "code", "")
        owner, uid = kept.pop(given, (None, ""))
        if owner != client:
            return jsonify({"error": "invalid_request"}), HTTPStatus.BAD_REQUEST
        refresh = secrets.token_hex(64)
        self._refresh[refresh] = (client, uid)
        return jsonify(
            {
                "access_token": self._logins.create_app_password(uid, client.name),
                "token_type": "Bearer",
                "expires_in": SECONDS,
                "refresh_token": refresh,
                "user_id": uid,
            }
        ), HTTPStatus.OK

    def _authenticated(self) -> Client | None:
        """By Basic, or by form fields."""
        name, secret = request.form.get("client_id", ""), request.form.get("client_secret", "")
        scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "basic":
            try:
                name, _, secret = base64.b64decode(encoded).decode().partition(":")
            except (binascii.Error, UnicodeDecodeError):
                return None
        client = self._clients.get(name)
        return client if client is not None and secrets.compare_digest(client.secret, secret) else None


def _page(body: str, status: int = HTTPStatus.OK) -> Response:
    document = f'<!doctype html><html lang="de"><meta charset="utf-8"><title>Anmelden</title><body>{body}</body></html>'
    return Response(document, status, content_type="text/html; charset=utf-8")
