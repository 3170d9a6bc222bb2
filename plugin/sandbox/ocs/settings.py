"""App settings over the provisioning interface: /apps/provisioning_api/api/v1/config/apps, and the list of apps."""

from __future__ import annotations

from collections.abc import Iterable

from plugin.sandbox.accounts import Accounts
from plugin.sandbox.app_config import AppConfig
from plugin.sandbox.ocs.calls import Call, Route
from plugin.sandbox.ocs.capabilities import Apps
from plugin.sandbox.ocs.envelope import OcsFailure

BASE = "/apps/provisioning_api/api/v1/config/apps/<app>"
FORBIDDEN_KEYS = ("installed_version", "enabled", "types")
CORE_APPS = ("dav", "files", "files_sharing", "notifications", "oauth2", "provisioning_api", "settings")


class Settings:
    def __init__(self, config: AppConfig, accounts: Accounts, apps: Apps) -> None:
        self._config = config
        self._accounts = accounts
        self._apps = apps

    def routes(self) -> Iterable[Route]:
        yield Route("GET", BASE, self.keys)
        yield Route("GET", BASE + "/<key>", self.get)
        yield Route("POST", BASE + "/<key>", self.set, confirmed=True)
        yield Route("DELETE", BASE + "/<key>", self.remove, confirmed=True)
        yield Route("GET", "/cloud/apps", self.apps)

    def keys(self, call: Call) -> object:
        self._require_admin(call)
        return {"data": sorted({*FORBIDDEN_KEYS, *self._config.keys(call.part("app"))})}

    def get(self, call: Call) -> object:
        self._require_admin(call)
        return {"data": self._config.get(call.part("app"), call.part("key"), call.text("defaultValue"))}

    def set(self, call: Call) -> object:
        app, key = self._writable(call)
        self._config.set(app, key, call.text("value"))
        return []

    def remove(self, call: Call) -> object:
        app, key = self._writable(call)
        self._config.remove(app, key)
        return []

    def apps(self, call: Call) -> object:
        self._require_admin(call)
        return {"apps": sorted({*CORE_APPS, *self._apps.enabled})}

    def _writable(self, call: Call) -> tuple[str, str]:
        self._require_admin(call)
        app, key = call.part("app"), call.part("key")
        if not app.islower():  # also why the brute-force allow-list cannot be set from here
            raise OcsFailure(403, "", {"data": {"message": "Invalid app id given"}})
        if key in FORBIDDEN_KEYS:
            raise OcsFailure(403, "", {"data": {"message": "The given key can not be set"}})
        return app, key

    def _require_admin(self, call: Call) -> None:
        if not self._accounts.is_admin(call.uid):
            raise OcsFailure(403, "Logged in account must be an admin")
