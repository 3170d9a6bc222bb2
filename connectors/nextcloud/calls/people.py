"""Groups with display names and pages, accounts with details: provisioning interface, version 2."""

from __future__ import annotations

from requests import Response

from connectors.nextcloud.calls.base import OcsCalls


class GroupCalls(OcsCalls):
    API_URL = "/ocs/v2.php/cloud/groups"

    def details(self, limit: int, offset: int) -> Response:
        """Rows of id, displayname, usercount."""
        return self._get("details", params={"limit": limit, "offset": offset})

    def users(self, group: str) -> Response:
        """{users: [account id]}; the wrapper's own `get_group` gives the same over a deprecated route."""
        return self._get(f"{group}/users")

    def people(self, group: str) -> Response:
        """{users: {account id: details}}; 403 for whoever isn't delegated, where 998 had been seen too."""
        return self._get(f"{group}/users/details")

    def create(self, group: str, name: str) -> Response:
        return self._post("", {"groupid": group, "displayname": name})

    def rename(self, group: str, name: str) -> Response:
        return self._put(group, {"key": "displayname", "value": name})


class AccountCalls(OcsCalls):
    API_URL = "/ocs/v2.php/cloud/users"

    def details(self, limit: int, offset: int) -> Response:
        """{users: {account id: details}}; past the end {users: []}."""
        return self._get("details", params={"limit": limit, "offset": offset})

    def create(self, account: str, name: str, mail: str) -> Response:
        """Without a password the server makes one up and mails a link to set another."""
        return self._post("", {"userid": account, "displayName": name, "email": mail, "password": ""})

    def set_enabled(self, account: str, *, enabled: bool) -> Response:
        return self._put(f"{account}/{'enable' if enabled else 'disable'}", {})


class OwnLoginCalls(OcsCalls):
    API_URL = "/ocs/v2.php/core/apppassword"

    def revoke(self) -> Response:
        """Whoever asks can't log in with this app password any more."""
        return self._delete("")


class OwnAccountCalls(OcsCalls):
    API_URL = "/ocs/v2.php/cloud/user"

    def details(self) -> Response:
        """id, displayname, email, groups of whoever asks."""
        return self._get()
