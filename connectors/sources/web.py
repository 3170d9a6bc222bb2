"""A file at a web address: asked for conditionally, redirects followed by hand, every status turned into an error.

Refuses other schemes than http(s), a step from https down to http, and to show its login to another host.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import SplitResult, urljoin, urlsplit

from connectors.sources.http import Answer, Bounds, Fetcher
from connectors.sources.looking import Found, Look, Settling, Unchanged
from connectors.sources.refusal import unreadable
from connectors.sources.settling import is_settled
from network.errors import DigitalnetzwerkError, LoginRefused, NotThere, RightMissing, ServerBusy, ServerFault
from network.ports import SourceCopy
from network.text import Text

Login = Callable[[], tuple[str, str]]  # asked for at each fetch, so that a changed secret counts

_MOST_REDIRECTS = 5
_REDIRECTS = frozenset((301, 302, 303, 307, 308))


class WebPlace:
    def __init__(
        self,
        url: str,
        fetcher: Fetcher,
        *,
        bounds: Bounds,
        settle: timedelta = timedelta(0),
        login: Login | None = None,
    ) -> None:
        self._url = url
        self._fetcher = fetcher
        self._bounds = bounds
        self._settle = settle
        self._login = login

    @property
    def name(self) -> str:
        """Host and file name; what lies between may hold a token."""
        parts = urlsplit(self._url)
        path, _, last = parts.path.rpartition("/")
        return f"{parts.hostname}{'/…' if path else ''}/{last}".rstrip("/")

    @property
    def identity(self) -> str:
        return hashlib.sha256(self._url.encode()).hexdigest()

    @property
    def login_mark(self) -> str:
        return hashlib.sha256(_basic(*self._login()).encode()).hexdigest()[:12] if self._login else ""

    def look(self, known: SourceCopy | None, now: datetime) -> Look:
        answer = self._follow(dict(_conditions(known)))
        if answer.status == 304 and known is not None:
            return Look(Unchanged())
        if answer.status != 200:
            raise _error(answer)
        modified = answer.headers.get("last-modified", "")
        saved_at = _moment(modified)
        if saved_at is not None and not is_settled(saved_at, now, self._settle):
            return Look(Settling(saved_at))
        return Look(Found(answer.content, answer.headers.get("etag", ""), modified))

    def _follow(self, conditions: dict[str, str]) -> Answer:
        start = here = urlsplit(self._url)
        for _ in range(_MOST_REDIRECTS + 1):
            headers = {"Accept-Encoding": "gzip", "User-Agent": "Digitalnetzwerk", **conditions}
            if self._login is not None and _same_host(here, start):
                headers["Authorization"] = _basic(*self._login())
            answer = self._fetcher.get(here.geturl(), headers, self._bounds)
            if answer.status not in _REDIRECTS:
                return answer
            here = _next(here, answer.headers.get("location", ""))
        raise unreadable("redirects", "zu viele Weiterleitungen", "too many redirects")


def _conditions(known: SourceCopy | None) -> Iterator[tuple[str, str]]:
    if known is not None and known.etag:
        yield "If-None-Match", known.etag
    if known is not None and known.last_modified:
        yield "If-Modified-Since", known.last_modified


def _next(here: SplitResult, location: str) -> SplitResult:
    try:
        there = urlsplit(urljoin(here.geturl(), location))
        is_web = there.scheme in ("http", "https") and bool(there.hostname) and there.port != 0
    except ValueError:
        is_web = False
    if not location or not is_web or (here.scheme == "https" and there.scheme == "http"):
        raise unreadable(
            "redirects",
            "die Adresse leitet an einen Ort weiter, dem nicht gefolgt wird",
            "the address redirects to a place that is not followed",
        )
    return there


def _same_host(one: SplitResult, other: SplitResult) -> bool:
    return (one.scheme, one.hostname, one.port) == (other.scheme, other.hostname, other.port)


def _basic(username: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{username}:{password}".encode()).decode()


def _moment(header: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(header)
    except (ValueError, OverflowError):
        return None
    return found if found.tzinfo else None


def _error(answer: Answer) -> DigitalnetzwerkError:
    status = answer.status
    says = Text(f"der Server antwortet {status}", f"the server answers {status}")
    match status:
        case 404 | 410:
            return NotThere(
                Text(f"unter der Adresse ist nichts ({status})", f"there is nothing at the address ({status})"),
                code="source_not_found",
            )
        case 401:
            return LoginRefused(Text("die Anmeldung wurde abgelehnt (401)", "the login was refused (401)"))
        case 403:
            return RightMissing(Text("der Zugriff ist nicht erlaubt (403)", "access is not allowed (403)"))
        case 429 | 503:
            wait = answer.headers.get("retry-after", "")
            return ServerBusy(says, wait=float(wait) if wait.isascii() and wait.isdigit() else 60.0)
        case _ if status >= 500:
            return ServerFault(says)
        case _:
            return unreadable("unexpected_answer", says.de, says.en)
