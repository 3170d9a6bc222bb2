"""The way to Nextcloud as the program that it knows: for a person whose request it passed on, or for nobody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from connectors.nextcloud import NextcloudServer
from network.settings import ExApp, Settings
from plugin.assembly import server_of_person
from plugin.exapp.identity import scheme, shared_secret


@contextmanager
def nextcloud(
    settings: Settings, exapp: ExApp, environment: Mapping[str, str], account: str = ""
) -> Iterator[NextcloudServer]:
    """Whatever is asked within is asked as `account`, without a password of theirs; Nextcloud keeps a log of it."""
    server = server_of_person(settings, account, shared_secret(exapp, environment), scheme())
    try:
        yield server
    finally:
        server.close()
