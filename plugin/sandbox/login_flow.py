"""Login flow v2: a program asks for an app password, a person grants it in the browser, the program polls.

The real server shows two pages and a login; here one plain form with name and password stands for all of them.
"""

from __future__ import annotations

import html
import secrets
from dataclasses import dataclass

from flask import Flask, Response, request

from plugin.sandbox.accounts import Accounts
from plugin.sandbox.brute_force import BruteForce
from plugin.sandbox.logins import Logins

TOKEN_LENGTH = 64


@dataclass(slots=True)
class Flow:
    """`app_password` is empty until somebody granted it, and is handed out once."""

    name: str
    poll_token: str
    login: str = ""
    app_password: str = ""


class LoginFlow:
    def __init__(self, logins: Logins, accounts: Accounts, brute_force: BruteForce) -> None:
        self._logins = logins
        self._accounts = accounts
        self._brute_force = brute_force
        self._flows: dict[str, Flow] = {}

    def register(self, application: Flask) -> None:
        for prefix in ("/index.php", ""):
            name = prefix or "plain"
            rule = application.add_url_rule
            rule(f"{prefix}/login/v2", f"flow {name}", self.begin, methods=["POST"])
            rule(f"{prefix}/login/v2/poll", f"poll {name}", self.poll, methods=["POST"])
            rule(f"{prefix}/login/v2/flow/<token>", f"form {name}", self.form, methods=["GET"])
            rule(f"{prefix}/login/v2/flow/<token>", f"grant {name}", self.grant, methods=["POST"])

    def begin(self) -> dict[str, object]:
        token = secrets.token_hex(TOKEN_LENGTH)
        flow = Flow(request.headers.get("User-Agent", ""), secrets.token_hex(TOKEN_LENGTH))
        self._flows[token] = flow
        base = request.host_url.rstrip("/")
        poll = {"token": flow.poll_token, "endpoint": f"{base}/login/v2/poll"}
        return {"poll": poll, "login": f"{base}/login/v2/flow/{token}"}

    def poll(self) -> Response | dict[str, str]:
        given = request.form.get("token") or (request.get_json(silent=True) or {}).get("token")
        for token, flow in list(self._flows.items()):
            if flow.poll_token == given and flow.app_password:
                del self._flows[token]
                server = request.host_url.rstrip("/")
                return {"server": server, "loginName": flow.login, "appPassword": flow.app_password}
        return Response("[]", 404, content_type="application/json")

    def form(self, token: str) -> Response:
        if token not in self._flows:
            return _page("<p>Dieser Link gilt nicht mehr.</p>", 404)
        name = html.escape(self._flows[token].name)
        return _page(
            f"<p>{name} möchte auf Ihr Konto zugreifen.</p>"
            '<form method="post"><label>Name <input name="user" autocomplete="username"></label> '
            '<label>Passwort <input name="password" type="password"></label> <button>Zugriff gewähren</button></form>'
        )

    def grant(self, token: str) -> Response:
        flow, address = self._flows.get(token), request.remote_addr or ""
        if flow is None:
            return _page("<p>Dieser Link gilt nicht mehr.</p>", 404)
        login = request.form.get("user", "")
        account = self._accounts.find(login)
        if self._brute_force.shut(address):
            return _page("<p>Zu viele Versuche.</p>", 429)
        if account is None or not self._accounts.password_fits(account, request.form.get("password", "")):
            self._brute_force.count(address, login)
            return _page("<p>Name oder Passwort ist falsch.</p>", 403)
        flow.login = account.uid
        flow.app_password = self._logins.create_app_password(account.uid, flow.name)
        return _page("<p>Konto verbunden. Sie können dieses Fenster schließen.</p>")


def _page(body: str, status: int = 200) -> Response:
    document = f'<!doctype html><html lang="de"><meta charset="utf-8"><title>Anmelden</title><body>{body}</body></html>'
    return Response(document, status, content_type="text/html; charset=utf-8")
