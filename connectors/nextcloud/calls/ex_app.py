"""What a program that Nextcloud knows (app app_api) may say about itself and show there."""

from __future__ import annotations

from collections.abc import Mapping

from requests import Response

from connectors.nextcloud.calls.base import OcsCalls


class ExAppCalls(OcsCalls):
    """Registering again what is registered already overwrites it; taking away what isn't there is 404."""

    API_URL = "/ocs/v2.php/apps/app_api"

    def report(self, progress: int, error: str) -> Response:
        """How far the program's first start is, 0 to 100. At 100 the server calls back before it answers."""
        return self._put_json("ex-app/status", {"progress": progress, "error": error})

    def state(self) -> Response:
        """1 while the program is enabled, else 0; answers a disabled one too."""
        return self._get("ex-app/state")

    def add_menu_entry(self, name: str, shown: str, icon: str) -> Response:
        body = {"name": name, "displayName": shown, "icon": icon, "adminRequired": 0}
        return self._post_json("api/v1/ui/top-menu", body)

    def remove_menu_entry(self, name: str) -> Response:
        return self._delete("api/v1/ui/top-menu", {"name": name})

    def add_script(self, page: str, path: str) -> Response:
        """`path` is an address of the program, without ".js"."""
        return self._post_json("api/v1/ui/script", {"type": "top_menu", "name": page, "path": path, "afterAppId": ""})

    def remove_script(self, page: str, path: str) -> Response:
        return self._delete("api/v1/ui/script", {"type": "top_menu", "name": page, "path": path})

    def add_form(self, scheme: Mapping[str, object]) -> Response:
        return self._post_json("api/v1/ui/settings", {"formScheme": dict(scheme)})

    def remove_form(self, form: str) -> Response:
        return self._delete("api/v1/ui/settings", {"formId": form})

    def add_command(self, command: Mapping[str, object]) -> Response:
        return self._post_json("api/v1/occ_command", dict(command))

    def remove_command(self, name: str) -> Response:
        return self._delete("api/v1/occ_command", {"name": name})

    def notify(self, params: Mapping[str, object]) -> Response:
        """To whom we act as."""
        return self._post_json("api/v1/notification", {"params": dict(params)})
