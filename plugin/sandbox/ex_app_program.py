"""The part of the server that speaks with programs it knows. Runs without the gateway's lock: they call back."""

from __future__ import annotations

import re

from werkzeug.wrappers import Request, Response

from plugin.sandbox.accounts import Account, Accounts
from plugin.sandbox.ex_app_calls import answer
from plugin.sandbox.ex_app_hooks import Hooks
from plugin.sandbox.ex_app_proxy import embedded, proxied
from plugin.sandbox.ex_apps import ExApps
from plugin.sandbox.notifications import Notifications

CALL = re.compile(r"/ocs/v([12])\.php/apps/app_api/(.*)")
HOOKS = re.compile(r"/ocs/v([12])\.php/apps/webhook_listeners/api/v1/webhooks/?(\d*)")
PAGE = re.compile(r"(?:/index\.php)?/apps/app_api/(proxy|embedded)/([^/]+)/?(.*)", re.DOTALL)


class ExAppProgram:
    """`is_dark` is the theme of all people here."""

    def __init__(self, apps: ExApps, accounts: Accounts, notifications: Notifications) -> None:
        self._apps = apps
        self._accounts = accounts
        self._notifications = notifications
        self.hooks = Hooks(apps)
        self.is_dark = False

    def is_meant(self, path: str) -> bool:
        return any(each.fullmatch(path) for each in (CALL, HOOKS, PAGE))

    def serve(self, request: Request, path: str, account: Account | None) -> Response:
        """`account` is who is logged in here."""
        if call := CALL.fullmatch(path):
            return answer(self._apps, self._notifications, request, call[2], 1 if call[1] == "1" else 2)
        if hook := HOOKS.fullmatch(path):
            return self.hooks.answer(request, hook[2], 1 if hook[1] == "1" else 2)
        page = PAGE.fullmatch(path)
        assert page is not None  # noqa: S101  # the caller asked
        kind, name, rest = page.groups()
        app = self._apps.find(name)
        if kind == "embedded":
            return embedded(app, rest.partition("/")[0], account, is_dark=self.is_dark)
        return proxied(app, request, rest, account, self._accounts)
