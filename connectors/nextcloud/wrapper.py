"""nextcloud-api-wrapper over our sessions, with its traps closed here and nowhere else.

- No time-out, a retry of its own, a shared dict of arguments: it is given `Bridge` in place of its session.
- It rewrites the addresses of all clients in the process when a server lives below a path: it sees the bare host
  while it is built, the path comes in afterwards.
- Its cache of headers drops `OCS-APIRequest` for OCS after a WebDAV call: our session always sends it.
- `is_ok` takes 204 for a failure and a refusal inside HTTP 200 for data: our session raises before it can look.
- Ids go raw into addresses: `segment` quotes them, and refuses those that the server itself can't address.
"""

# mypy: disable-error-code="no-untyped-call"
# the wrapper has no annotations

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlsplit

from nextcloud import NextCloud
from requests import Response

from connectors.nextcloud.account import Account
from connectors.nextcloud.calls.app_config import AppConfigCalls
from connectors.nextcloud.calls.ex_app import ExAppCalls
from connectors.nextcloud.calls.folders import TeamFolderCalls
from connectors.nextcloud.calls.navigation import NavigationCalls
from connectors.nextcloud.calls.people import AccountCalls, GroupCalls, OwnAccountCalls, OwnLoginCalls
from connectors.nextcloud.calls.rooms import RoomCalls
from connectors.nextcloud.calls.team_spaces import TeamSpaceCalls
from connectors.nextcloud.calls.teams import TeamCalls
from connectors.nextcloud.calls.webhooks import WebhookCalls
from network.errors import Refused
from network.text import Text


class Bridge:
    """What the wrapper takes for its session: our own, of the thread that asks."""

    def __init__(self, account: Account) -> None:
        parts = urlsplit(account.url)
        self._account = account
        self.url = f"{parts.scheme}://{parts.netloc}"
        self.user = quote(account.username)  # it stands in WebDAV addresses
        self.auth = None

    def request(self, method: str, url: str, headers: dict[str, str] | None = None, **kwargs: Any) -> Response:
        """JSON is asked for by header as well: Team folders ignore the parameter that the wrapper adds."""
        return self._account.session.request(
            method.upper(), url, headers={"Accept": "application/json", **(headers or {})}, **kwargs
        )

    def login(self, **_: object) -> None:
        """Basic authentication rides on every request; there is nothing to do before."""

    def logout(self) -> None:
        """The account closes its sessions itself."""


class Wrapper:
    """The calls of one account. `library` has those of nextcloud-api-wrapper itself, the rest are on its base."""

    def __init__(self, account: Account) -> None:
        bridge = Bridge(account)
        self.library: Any = NextCloud(session=bridge)
        bridge.url = account.url
        self.groups = GroupCalls(self.library)
        self.accounts = AccountCalls(self.library)
        self.own_account = OwnAccountCalls(self.library)
        self.own_login = OwnLoginCalls(self.library)
        self.navigation = NavigationCalls(self.library)
        self.teams = TeamCalls(self.library)
        self.team_spaces = TeamSpaceCalls(self.library)
        self.folders: Any = TeamFolderCalls(self.library)
        self.rooms = RoomCalls(self.library)
        self.app_config = AppConfigCalls(self.library)
        self.ex_app = ExAppCalls(self.library)
        self.webhooks = WebhookCalls(self.library)


def segment(name: str) -> str:
    """An id as one piece of an address. Refused for an id that the server could store but never find again."""
    if not name or "+" in name or "%" in name or any(part in ("", ".", "..") for part in name.split("/")):
        raise Refused(
            Text(
                f"Die Kennung „{name}“ kann Nextcloud nicht ansprechen (leer, „+“, „%“, „.“ oder „..“).",
                f'Nextcloud can\'t address the id "{name}" (empty, "+", "%", "." or "..").',
            ),
            where=name,
            code="unusable_id",
        )
    return quote(name)
