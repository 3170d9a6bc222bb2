"""The way to Nextcloud as the program that it knows: for a person whose request it passed on, or for nobody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from connectors.nextcloud import NextcloudServer
from network.settings import ExApp
from plugin.assembly import server_of_person
from plugin.exapp.identity import scheme, shared_secret
from plugin.running import Running


@contextmanager
def nextcloud(running: Running, exapp: ExApp, account: str = "") -> Iterator[NextcloudServer]:
    """Whatever is asked within is asked as `account`, without a password of theirs; Nextcloud keeps a log of it."""
    secret = shared_secret(exapp, running.environment)
    server = server_of_person(running.settings, account, secret, scheme())
    try:
        yield server
    finally:
        server.close()
