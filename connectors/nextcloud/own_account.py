"""Who we are on the server: the account behind the user name that we log in with."""

from __future__ import annotations

from dataclasses import dataclass

from connectors.nextcloud.answers import data
from connectors.nextcloud.json_data import row, text, texts
from connectors.nextcloud.wrapper import Wrapper


@dataclass(frozen=True, slots=True)
class OwnAccountSeen:
    id: str
    name: str
    mail: str
    groups: tuple[str, ...]


class OwnAccount:
    """A user name may be a mail address; only then the server is asked, once, for the account's id."""

    def __init__(self, wrapper: Wrapper, username: str) -> None:
        self._wrapper = wrapper
        self._username = username
        self._id = "" if "@" in username else username

    @property
    def id(self) -> str:
        if not self._id:
            self._id = self.details().id
        return self._id

    def details(self) -> OwnAccountSeen:
        """One request."""
        found = row(data(self._wrapper.own_account.details()))
        name = text(found, "displayname") or text(found, "display-name")
        return OwnAccountSeen(text(found, "id"), name, text(found, "email"), texts(found.get("groups")))
