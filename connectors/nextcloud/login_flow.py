"""Login flow v2: an app password without typing one. A person logs in with the browser, we ask until it is done.

The token that we ask with goes to no other server than the one that was named, whatever addresses it answers with
(behind an unusual port it often forgets its own).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

import requests
from requests import Request, Response

from connectors.nextcloud.credential import Breaker, Credential
from connectors.nextcloud.json_data import Row, row, text
from connectors.nextcloud.pace import Clock, Pace
from connectors.nextcloud.session import Line, NextcloudSession, Transport
from connectors.nextcloud.tally import Tally
from connectors.nextcloud.transport_faults import unreadable
from network.errors import NotThere


@dataclass(frozen=True, slots=True)
class Grant:
    """What a person agreed to: the account's login name and an app password made for us."""

    login_name: str
    app_password: str = field(repr=False)


class LoginFlow:
    """`login_url` is what the person opens; `poll` gives the grant once, or None as long as nobody agreed."""

    def __init__(self, session: NextcloudSession, login_url: str, endpoint: str, token: str) -> None:
        self.login_url = login_url
        self._session = session
        self._endpoint = endpoint
        self._token = token

    def poll(self) -> Grant | None:
        try:
            answer = _post(self._session, self._endpoint, {"token": self._token})
        except NotThere:
            return None
        found = _body(answer)
        return Grant(text(found, "loginName"), text(found, "appPassword"))


def start(
    url: str,
    *,
    ca_file: str | None = None,
    proxy: str | None = None,
    verify: bool = True,
    timeout: float = 60.0,
    clock: Clock | None = None,
    name: str = "Digitalnetzwerk",
) -> LoginFlow:
    """Begin with one request. `name` is how the app password will be listed in the account's settings."""
    url, clock = url.rstrip("/"), clock or Clock()
    credential = Credential(url, "", lambda: "")
    transport = Transport(ca_file=ca_file, verify=verify, proxy=proxy, read=timeout, user_agent=name)
    session = NextcloudSession(Line(credential, Breaker(credential), transport, Pace(clock), Tally(), clock))
    session.auth = _nobody
    answer = _post(session, f"{url}/index.php/login/v2", {})
    found = _body(answer)
    poll = row(found.get("poll"))
    endpoint, token, login = text(poll, "endpoint"), text(poll, "token"), text(found, "login")
    if not (endpoint and token and login):
        raise unreadable(answer)
    return LoginFlow(session, _with_port(login, url), _on(url, endpoint), token)


def _post(session: NextcloudSession, url: str, fields: dict[str, str]) -> Response:
    return session.send(session.prepare_request(Request("POST", url, data=fields)))


def _nobody(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _body(answer: Response) -> Row:
    try:
        return row(answer.json())
    except ValueError as error:
        raise unreadable(answer) from error


def _on(url: str, answered: str) -> str:
    """The answered path on the server that was asked."""
    ours, theirs = urlsplit(url), urlsplit(answered)
    return urlunsplit((ours.scheme, ours.netloc, theirs.path, theirs.query, ""))


def _with_port(answered: str, url: str) -> str:
    """The answered address; of the same host, but without the port that we had to use, it becomes ours."""
    ours, theirs = urlsplit(url), urlsplit(answered)
    if ours.hostname == theirs.hostname and theirs.port is None and ours.port is not None:
        return urlunsplit((ours.scheme, ours.netloc, theirs.path, theirs.query, theirs.fragment))
    return answered
