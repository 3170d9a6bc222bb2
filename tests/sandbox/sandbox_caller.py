"""A client of the sandbox in raw `requests`."""

from __future__ import annotations

from typing import Any

import requests


class Caller(requests.Session):
    """One account without cookies; `url` is the sandbox's address."""

    def __init__(self, url: str, user: str, secret: str, *, cookies: bool = False) -> None:
        super().__init__()
        self.url = url
        self.auth = (user, secret) if user else None
        self.user = user
        self.headers.update({"OCS-APIRequest": "true", "Accept": "application/json"})
        self.trust_env = False
        self.keeps_cookies = cookies

    def call(self, method: str, path: str, **given: Any) -> requests.Response:
        if not self.keeps_cookies:
            self.cookies.clear()
        return self.request(method, self.url + path, timeout=20, **given)

    def home(self, rest: str = "") -> str:
        return f"/remote.php/dav/calendars/{self.user}/{rest}"

    def make_calendar(self, uri: str) -> int:
        body = '<c:mkcalendar xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"/>'
        return self.call("MKCALENDAR", self.home(uri), data=body).status_code

    def put_event(self, path: str, text: str, **headers: str) -> requests.Response:
        sent = {"Content-Type": "text/calendar; charset=utf-8", **headers}
        return self.call("PUT", self.home(path), data=text.encode(), headers=sent)
