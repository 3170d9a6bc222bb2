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
    language: str = ""


class OwnAccount:
    """A user name may be a mail address, or be written in capitals that the account's id does not have.

    In paths the written name serves, and a mail address is asked about once. Where our own id is compared with others,
    the server is asked once in any case.
    """

    def __init__(self, wrapper: Wrapper, username: str) -> None:
        self._wrapper = wrapper
        self._username = username
        self._id = "" if "@" in username else username
        self._is_asked = False

    @property
    def id(self) -> str:
        if not self._id:
            self._id = self.details().id
        return self._id

    @property
    def exact_id(self) -> str:
        """As the server spells it."""
        if not self._is_asked:
            self._id = self.details().id or self._id
            self._is_asked = True
        return self._id

    def details(self) -> OwnAccountSeen:
        """One request."""
        found = row(data(self._wrapper.own_account.details()))
        name = text(found, "displayname") or text(found, "display-name")
        return OwnAccountSeen(
            text(found, "id"), name, text(found, "email"), texts(found.get("groups")), text(found, "language")
        )
