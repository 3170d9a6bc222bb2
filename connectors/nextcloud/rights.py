"""How the few privileged writes run (promise 14): groups, memberships, Team folders, and nothing else.

Since Nextcloud 34 they want a confirmed login password. Three ways, chosen by `admin_rights`: a credential of their
own, printed as occ lines, or (nothing configured) tried with the everyday credential, which may be a login password.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from requests import Response

from connectors.nextcloud.account import Account
from connectors.nextcloud.faults import ConfirmationNeeded
from connectors.nextcloud.wrapper import Wrapper
from network.errors import RightMissing
from network.text import Text

Call = Callable[[Wrapper], Response]


class Rights(Protocol):
    def write(self, call: Call, *commands: str) -> Response:
        """Carry out one privileged call. RightMissing carries `commands`, the occ lines that do the same."""
        ...


class ConfirmedRights:
    """Writes with a login password, on sessions that serve nothing else and log in only now."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._wrapper = Wrapper(account)

    def write(self, call: Call, *commands: str) -> Response:
        """A confirmation lasts half an hour in its cookies; when it has run out, log in anew and try once more.

        The refused call was not carried out, so the second one repeats nothing.
        """
        was_logged_in = self._account.is_logged_in
        try:
            return call(self._wrapper)
        except ConfirmationNeeded as error:
            self._account.forget_login()
            if not was_logged_in:
                raise _with(error, commands) from error
        except RightMissing as error:
            raise _with(error, commands) from error
        try:
            return call(self._wrapper)
        except RightMissing as error:
            raise _with(error, commands) from error


class PrintedRights:
    """Writes nothing: says which lines somebody else has to run."""

    def write(self, call: Call, *commands: str) -> Response:
        raise RightMissing(
            Text(
                "Das führt Ihr Rechenzentrum aus; der nächste Lauf sieht nach.",
                "Your data centre carries this out; the next run looks.",
            ),
            commands=commands,
            remedy=_run(commands),
            code="commands_to_run",
        )


def _with(error: RightMissing, commands: tuple[str, ...]) -> RightMissing:
    """The same refusal with the lines that would do it."""
    remedy = Text(
        " ".join(filter(None, (error.remedy.de, _run(commands).de))),
        " ".join(filter(None, (error.remedy.en, _run(commands).en))),
    )
    return type(error)(error.message, commands=commands, where=error.where, remedy=remedy, code=error.code)


def _run(commands: tuple[str, ...]) -> Text:
    lines = "; ".join(commands)
    if not lines:
        return Text("In der Nextcloud-Verwaltung von Hand ändern.", "Change it by hand in Nextcloud's administration.")
    return Text(f"Auf dem Server: {lines}", f"On the server: {lines}")
