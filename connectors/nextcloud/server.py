"""One Nextcloud, seen by one account: everything of `network.ports.Server` over one set of hardened sessions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from connectors.nextcloud.account import Account
from connectors.nextcloud.calendars import NextcloudCalendars
from connectors.nextcloud.credential import Breaker, Credential, Scheme
from connectors.nextcloud.directory import NextcloudDirectory
from connectors.nextcloud.ex_app import NextcloudExApp
from connectors.nextcloud.features import asked, features
from connectors.nextcloud.files import NextcloudFiles
from connectors.nextcloud.folder_rules import NextcloudFolderRules
from connectors.nextcloud.gate import Gate
from connectors.nextcloud.own_account import OwnAccount, OwnAccountSeen
from connectors.nextcloud.own_view import OwnView
from connectors.nextcloud.pace import Clock, Pace
from connectors.nextcloud.probes import Need, Probe, Probed, probes
from connectors.nextcloud.rights import ConfirmedRights, PrintedRights, Rights
from connectors.nextcloud.rooms import NextcloudRooms
from connectors.nextcloud.session import Line, Transport
from connectors.nextcloud.tally import Tally
from connectors.nextcloud.team_folders import NextcloudTeamFolders
from connectors.nextcloud.teams import NextcloudTeams
from connectors.nextcloud.wrapper import Wrapper
from network.ports import Features, Server

if TYPE_CHECKING:

    def _satisfies(server: NextcloudServer) -> Server:
        return server


@dataclass(frozen=True, slots=True)
class AdminLogin:
    """A credential for the privileged writes: `password` is a login password, never an app password."""

    username: str
    password: str | Callable[[], str]

    def __repr__(self) -> str:
        return f"AdminLogin(username={self.username!r})"


class PrintCommands:
    """`admin_rights: print`."""


class NextcloudServer:
    """Satisfies `network.ports.Server`. `close` lets go of all connections."""

    def __init__(self, account: Account, rights: Rights) -> None:
        wrapper = Wrapper(account)
        self._account = account
        self._wrapper = wrapper
        self._own = OwnAccount(wrapper, account.username)
        self._rights = rights
        self.calendars = NextcloudCalendars(account, self._own)
        self.directory = NextcloudDirectory(wrapper, rights)
        self.teams = NextcloudTeams(wrapper)
        self.folders = NextcloudTeamFolders(wrapper, rights)
        self.files = NextcloudFiles(account, self._own)
        self.folder_rules = NextcloudFolderRules(self.files)
        self.rooms = NextcloudRooms(wrapper)
        self.own_view = OwnView(wrapper, self.files)
        self.ex_app = NextcloudExApp(wrapper)

    @property
    def account(self) -> str:
        """The account's id as the server spells it; asked for once."""
        return self._own.exact_id

    @property
    def counts(self) -> Mapping[str, int]:
        return self._account.line.tally.counts

    def own_account(self) -> OwnAccountSeen:
        """Whose account it is, with its groups; one request."""
        return self._own.details()

    def give_back_login(self) -> None:
        """Has the server forget the app password or access token that we work with."""
        self._wrapper.own_login.revoke()

    def asking(self, may_write: Callable[[], None]) -> AbstractContextManager[None]:
        """Within, `may_write` is called right before each writing request; it raises Locked when we may not."""
        return self._account.line.gate.guarded(may_write)

    def features(self) -> Features:
        offered = features(asked(self._wrapper))
        self.teams.spaces.are_made = offered.team_spaces
        return offered

    def probes(self, need: Need | None = None) -> tuple[Probe, ...]:
        """Every right that we need, tried without changing anything."""
        probed = Probed(self._account, self._wrapper, self._own, self.calendars, self.directory, self._rights)
        return probes(probed, need or Need())

    def close(self) -> None:
        self._account.close()


def connect(
    url: str,
    username: str,
    password: str | Callable[[], str],
    *,
    ca_file: str | None = None,
    proxy: str | None = None,
    verify: bool = True,
    timeout: float = 60.0,
    scheme: Scheme = "Basic",
    rights: AdminLogin | PrintCommands | None = None,
    clock: Clock | None = None,
    refused: Callable[[str], bool] | None = None,
    on_login_refused: Callable[[str], None] | None = None,
) -> NextcloudServer:
    """A server that nothing has been asked of yet. `timeout` is for reading, in seconds.

    `refused(hash)` tells whether a credential was refused before (then nothing is sent), `on_login_refused(hash)` is
    told when one is refused now; both get a hash that does not give the password away. Without `rights` privileged
    writes are tried with the everyday password. With the scheme Bearer `password` is an access token of that
    account, with that of an ExApp the secret that it shares with Nextcloud.
    """
    clock = clock or Clock()
    pace, tally, gate = Pace(clock), Tally(), Gate()
    transport = Transport(ca_file=ca_file, verify=verify, proxy=proxy, read=timeout)

    def account(name: str, secret: str | Callable[[], str]) -> Account:
        credential = Credential(url.rstrip("/"), name, secret if callable(secret) else lambda: secret, scheme)
        breaker = Breaker(credential, refused=refused, on_refused=on_login_refused)
        return Account(Line(credential, breaker, transport, pace, tally, clock, gate))

    everyday = account(username, password)
    if isinstance(rights, PrintCommands):
        return NextcloudServer(everyday, PrintedRights())
    # on sessions of its own even with the same password: its cookies are dropped when a confirmation runs out
    privileged = account(rights.username, rights.password) if rights else Account(everyday.line)
    return NextcloudServer(everyday, ConfirmedRights(privileged))
