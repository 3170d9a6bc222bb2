"""Chooses the implementations and introduces the floors to one another. The only place that does."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from connectors.nextcloud import AdminLogin, NextcloudServer, PrintCommands, Scheme, connect
from connectors.sources.http import RequestsFetcher
from network.errors import PersonMustAct
from network.settings import Credential, Loaded, Settings, load
from network.state import StateStore, open_state
from network.state.runs import RefusedLogins
from network.text import Text
from network.written.reasons import reason
from plugin.service import Service

Clock = Callable[[], datetime]
STATE = "state.sqlite"
"""Name of the database in `service.data`."""


def now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def open_service(
    path: Path,
    *,
    writes: bool = True,
    environment: Mapping[str, str] | None = None,
    clock: Clock = now,
) -> Iterator[Service]:
    """The service over the configuration at `path`. Without `writes`, and in `preview`, nothing of ours is created."""
    loaded = load(path, today=clock().date())
    with serve(
        loaded, writes=writes, environment=os.environ if environment is None else environment, clock=clock
    ) as it:
        yield it


@contextmanager
def serve(
    loaded: Loaded,
    *,
    writes: bool = True,
    environment: Mapping[str, str],
    clock: Clock = now,
    state: StateStore | None = None,
    is_stopping: Callable[[], bool] = lambda: False,
) -> Iterator[Service]:
    """The service over a configuration that was loaded already. `is_stopping` is asked before each change.

    `state` is a store that somebody else opened and goes on using.
    """
    settings = loaded.settings
    own = state is None
    state = state or state_of(settings, writes=writes, environment=environment, clock=clock)
    server = server_of_service(settings, environment, state, clock)
    try:
        yield Service(
            loaded,
            server,
            state,
            environment=environment,
            clock=clock,
            fetcher=_fetcher(settings),
            is_stopping=is_stopping,
        )
    finally:
        server.close()
        if own:
            state.engine.dispose()


def state_of(settings: Settings, *, writes: bool = True, environment: Mapping[str, str], clock: Clock) -> StateStore:
    """What we remember. Without `writes`, and in `preview`, no database is created where there is none."""
    return _state(settings, environment, writes=writes and settings.network.mode == "live", clock=clock)


def _state(settings: Settings, environment: Mapping[str, str], *, writes: bool, clock: Clock) -> StateStore:
    if settings.service.database is not None:
        return _shared_state(settings.service.database.reveal(environment), clock)
    path = settings.service.data / STATE
    try:
        return open_state(path if writes or path.exists() else None, clock=clock)
    except OSError as error:
        why = reason(error)
        raise PersonMustAct(
            Text(f"Der Datenordner lässt sich nicht anlegen: {why.de}", f"the data folder can't be made: {why.en}"),
            where=str(settings.service.data),
            remedy=Text(
                "Legen Sie ihn an und geben Sie diesem Konto das Recht, darin zu schreiben (service.data).",
                "Create it and let this account write there (service.data).",
            ),
            code="data_folder",
        ) from error


def _shared_state(address: str, clock: Clock) -> StateStore:
    try:
        return open_state(address, clock=clock)
    except ValueError:
        raise PersonMustAct(
            Text("das ist keine Adresse einer PostgreSQL-Datenbank", "that is no address of a PostgreSQL database"),
            where="service.database",
            remedy=Text(
                "Sie sieht so aus: postgresql://KONTO:KENNWORT@RECHNER/NAME",
                "It looks like postgresql://ACCOUNT:PASSWORD@HOST/NAME",
            ),
            code="database_address",
        ) from None


def _refuse(settings: Settings, environment: Mapping[str, str], clock: Clock) -> Callable[[str], None]:
    """A dry run remembers this one thing too: ten refused logins lock out the whole address."""

    def refuse(credential: str) -> None:
        state = _state(settings, environment, writes=True, clock=clock)
        try:
            RefusedLogins(state.engine, clock=clock).refuse(credential)
        finally:
            state.engine.dispose()

    return refuse


def _server(
    settings: Settings, environment: Mapping[str, str], refused: RefusedLogins, refuse: Callable[[str], None]
) -> NextcloudServer:
    nextcloud = settings.nextcloud
    return connect(
        nextcloud.url,
        nextcloud.username,
        lambda: nextcloud.password.reveal(environment),
        ca_file=str(nextcloud.ca_file) if nextcloud.ca_file else None,
        proxy=nextcloud.proxy,
        verify=nextcloud.verify,
        timeout=nextcloud.timeout.total_seconds(),
        rights=_rights(settings, environment),
        refused=refused.is_refused,
        on_login_refused=refuse,
    )


def server_of_service(
    settings: Settings, environment: Mapping[str, str], state: StateStore, clock: Clock
) -> NextcloudServer:
    """Nextcloud as the service account: for the little that a page does at once."""
    return _server(
        settings, environment, RefusedLogins(state.engine, clock=clock), _refuse(settings, environment, clock)
    )


def server_of_person(settings: Settings, account: str, token: str, scheme: Scheme = "Bearer") -> NextcloudServer:
    """Nextcloud as one person sees it, with an access token of theirs, or by the secret of an ExApp."""
    nextcloud = settings.nextcloud
    return connect(
        nextcloud.url,
        account,
        token,
        scheme=scheme,
        ca_file=str(nextcloud.ca_file) if nextcloud.ca_file else None,
        proxy=nextcloud.proxy,
        verify=nextcloud.verify,
        timeout=nextcloud.timeout.total_seconds(),
    )


def _fetcher(settings: Settings) -> RequestsFetcher:
    """For sources outside of Nextcloud; the same proxy, the certificates that every machine knows."""
    return RequestsFetcher(proxy=settings.nextcloud.proxy or "")


def _rights(settings: Settings, environment: Mapping[str, str]) -> AdminLogin | PrintCommands | None:
    rights = settings.admin_rights
    if isinstance(rights, Credential):
        return AdminLogin(rights.username, lambda: rights.password.reveal(environment))
    return PrintCommands() if rights == "print" else None
