"""The hardened session: every request to a Nextcloud goes through `NextcloudSession.send`, whoever wrote it.

Time-outs always, answers of bounded size, credentials to no other host, the shared pace, reads tried again and writes
never, a refused login stops everything, and an answer that is a fault leaves as an error of our tree. One session
belongs to one account and one thread: a jar of cookies shared by two accounts runs requests under the wrong one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from requests import PreparedRequest, Response

from connectors.nextcloud.credential import Breaker, Credential, Login
from connectors.nextcloud.faults import fault_of
from connectors.nextcloud.gate import Gate
from connectors.nextcloud.pace import Clock, Pace
from connectors.nextcloud.tally import Tally
from connectors.nextcloud.transport_faults import bad_redirect, other_host, too_large, transport_fault
from network.errors import DigitalnetzwerkError, LoginRefused, ServerBusy, Unreachable

READS = frozenset({"GET", "HEAD", "OPTIONS", "PROPFIND", "REPORT"})
WORTH_ANOTHER_TRY = frozenset({502, 503, 504})
TRIES = 3
MOST_REDIRECTS = 3
LONGEST_DELAY = 1.0  # a reported brute-force delay says that others guess passwords; we go on, gently


@dataclass(frozen=True, slots=True)
class Transport:
    """How to reach the server. Times in seconds; `whole` bounds one answer from its first to its last byte."""

    ca_file: str | None = None
    verify: bool = True
    proxy: str | None = None
    connect: float = 10.0
    read: float = 60.0
    whole: float = 300.0
    most_bytes: int = 64 * 1024 * 1024
    user_agent: str = "digitalnetzwerk"


@dataclass(frozen=True, slots=True)
class Line:
    """What all sessions of one account share."""

    credential: Credential
    breaker: Breaker
    transport: Transport
    pace: Pace
    tally: Tally
    clock: Clock
    gate: Gate = field(default_factory=Gate)


class NextcloudSession(requests.Session):
    """A requests session that a library can be handed in place of its own."""

    def __init__(self, line: Line) -> None:
        super().__init__()
        self._line = line
        self._origin = origin(line.credential.url)
        self.trust_env = False  # no ~/.netrc, no proxy that nobody configured
        self.auth = Login(line.credential)
        self.verify = (line.transport.ca_file or True) if line.transport.verify else False
        if line.transport.proxy:
            self.proxies = {"http": line.transport.proxy, "https": line.transport.proxy}
        # on DAV too: with a session cookie it stands in for the CSRF token
        self.headers.update({"OCS-APIRequest": "true", "User-Agent": line.transport.user_agent})

    def send(self, request: PreparedRequest, **kwargs: Any) -> Response:
        """The answer, its body read. Raises an error of our tree for everything that is not a success.

        `most_bytes` bounds the body of this one answer.
        """
        most_bytes: int = kwargs.pop("most_bytes", self._line.transport.most_bytes)
        with self._line.breaker.watching():
            return self._persist(request, most_bytes)

    def _persist(self, request: PreparedRequest, most_bytes: int) -> Response:
        attempt = 1
        while True:
            answer, error = self._try(request, most_bytes)
            if error is None:
                self._line.pace.recover()
                return answer
            if attempt == TRIES or not _may_repeat(request, answer, error):
                self._note(error)
                raise error
            self._line.pace.slow_down(2 ** (attempt - 2) * (1 + self._line.clock.random()))
            attempt += 1

    def _try(self, request: PreparedRequest, most_bytes: int) -> tuple[Response, DigitalnetzwerkError | None]:
        answer = Response()
        try:
            answer = self._exchange(request, most_bytes)
        except requests.RequestException as error:
            fault = transport_fault(request, error)
            fault.__cause__ = error
            return answer, fault
        delay = answer.headers.get("X-Nextcloud-Bruteforce-Throttled", "").removesuffix("ms")
        if delay.isdigit():
            self._line.pace.slow_down(min(int(delay) / 1000, LONGEST_DELAY))
        return answer, fault_of(answer, self._line.credential.username)

    def _exchange(self, request: PreparedRequest, most_bytes: int) -> Response:
        for _ in range(MOST_REDIRECTS + 1):
            if origin(request.url or "") != self._origin:
                raise other_host(request, self._origin)
            self._line.pace.wait()
            if request.method not in READS:
                self._line.gate.check()
            self._line.tally.count(request.method or "")
            answer = super().send(
                request,
                timeout=(self._line.transport.connect, self._line.transport.read),
                verify=self.verify,
                proxies=self.proxies,
                stream=True,
                allow_redirects=False,
            )
            self._read(answer, most_bytes)
            if not answer.is_redirect:
                return answer
            request = self._redirected(request, answer)
        raise bad_redirect(request, request.url or "")

    def _redirected(self, request: PreparedRequest, answer: Response) -> PreparedRequest:
        target = urljoin(request.url or "", answer.headers["Location"])
        if request.method not in READS or origin(target) != self._origin:
            raise bad_redirect(request, target)
        again = request.copy()
        again.url = target
        return again

    def _read(self, answer: Response, most_bytes: int) -> None:
        """Take in the body, up to `most_bytes` and within the whole time, however slowly it drips."""
        started = self._line.clock.now()
        if answer.status_code >= 400:  # the caller bounds what it asked for, not why it was refused
            most_bytes = self._line.transport.most_bytes
        parts, size = [], 0
        for part in answer.iter_content(64 * 1024):
            parts.append(part)
            size += len(part)
            if size > most_bytes:
                answer.close()
                raise too_large(answer, most_bytes)
            if self._line.clock.now() - started > self._line.transport.whole:
                answer.close()
                raise requests.ReadTimeout("the answer did not end", request=answer.request)
        # as requests' own `content` would have done, so that every reader of this response finds it
        answer._content = b"".join(parts)
        setattr(answer, "_content_consumed", True)  # noqa: B010 - unknown to the type stubs

    def _note(self, error: DigitalnetzwerkError) -> None:
        if isinstance(error, LoginRefused):
            self._line.breaker.trip()
        elif isinstance(error, ServerBusy):
            self._line.pace.back_off(error)


def origin(url: str) -> tuple[str, str, int]:
    """Scheme, host and port: what a password may be sent to."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)


def _may_repeat(request: PreparedRequest, answer: Response, error: DigitalnetzwerkError) -> bool:
    if request.method not in READS:
        return False
    if isinstance(error, Unreachable):
        return True
    return answer.status_code in WORTH_ANOTHER_TRY and "X-Nextcloud-Maintenance-Mode" not in answer.headers
