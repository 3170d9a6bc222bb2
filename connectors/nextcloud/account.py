"""One account's way to one server: its sessions, one for each thread, and the addresses of the server.

Knows nothing of what is asked for. Two accounts never share anything of this but the pace of their server.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from urllib.parse import quote, urlsplit
from weakref import WeakSet

from requests import Request, Response

from connectors.nextcloud.session import Line, NextcloudSession


class Account:
    """`url` is the server's root as configured, without "/" at the end."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.url = line.credential.url
        self.username = line.credential.username
        self._local = threading.local()
        self._sessions: WeakSet[NextcloudSession] = WeakSet()

    @property
    def session(self) -> NextcloudSession:
        """This thread's session."""
        found: NextcloudSession | None = getattr(self._local, "session", None)
        if found is None:
            found = self._local.session = NextcloudSession(self.line)
            self._sessions.add(found)
        return found

    @property
    def root(self) -> str:
        """The path in front of everything, "" or for example "/cloud"."""
        return urlsplit(self.url).path

    def send(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        data: bytes | None = None,
        params: Mapping[str, str] | None = None,
        most_bytes: int | None = None,
    ) -> Response:
        """One request to a decoded path below the host; raises an error of our tree for every refusal."""
        request = Request(method, self.address(path), headers=dict(headers or {}), data=data, params=params)
        prepared = self.session.prepare_request(request)
        bound = {} if most_bytes is None else {"most_bytes": most_bytes}
        return self.session.send(prepared, **bound)

    def address(self, path: str) -> str:
        """The full address of a decoded path."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}{quote(path)}"

    def dav(self, *segments: str) -> str:
        """The decoded path of something below the DAV root."""
        return "/".join((f"{self.root}/remote.php/dav", *segments))

    @property
    def is_logged_in(self) -> bool:
        """This thread has cookies of an earlier login."""
        return bool(self.session.cookies)

    def forget_login(self) -> None:
        """Drop this thread's cookies: the next request logs in anew."""
        self.session.cookies.clear()

    def close(self) -> None:
        for session in tuple(self._sessions):
            session.close()
