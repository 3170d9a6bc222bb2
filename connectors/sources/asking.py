"""Asks at a web address: shows a login to its own host alone, follows redirects by hand, turns a refusal into an error.

Refuses other schemes than http(s), a step from https down to http, and more than a few redirects.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import SplitResult, urljoin, urlsplit

from connectors.sources.http import Answer, Bounds, Fetcher, WebRequest
from connectors.sources.refusal import unreadable
from network.errors import DigitalnetzwerkError, LoginRefused, NotThere, RightMissing, ServerBusy, ServerFault
from network.text import Text

Login = Callable[[], tuple[str, str]]  # asked for at each request, so that a changed secret counts

_MOST_REDIRECTS = 5
_REDIRECTS = frozenset((301, 302, 303, 307, 308))


def ask(fetcher: Fetcher, request: WebRequest, bounds: Bounds, login: Login | None = None) -> Answer:
    """The answer behind all redirects, whatever its status; every step is the same request to another address."""
    start = here = urlsplit(request.url)
    for _ in range(_MOST_REDIRECTS + 1):
        headers = {"Accept-Encoding": "gzip", "User-Agent": "Digitalnetzwerk", **request.headers}
        if login is not None and _same_host(here, start):
            headers["Authorization"] = _basic(login)
        answer = fetcher.send(replace(request, url=here.geturl(), headers=headers), bounds)
        if answer.status not in _REDIRECTS:
            return answer
        here = _next(here, answer.headers.get("location", ""))
    raise unreadable("redirects", "zu viele Weiterleitungen", "too many redirects")


def login_mark(login: Login | None) -> str:
    """Tells logins apart without holding one; empty where there is none."""
    return hashlib.sha256(_basic(login).encode()).hexdigest()[:12] if login is not None else ""


def address_mark(url: str) -> str:
    """Tells addresses apart without holding one: what lies in an address may be a token."""
    return hashlib.sha256(url.encode()).hexdigest()


def error_of(answer: Answer) -> DigitalnetzwerkError:
    """What an answer means that is neither what was asked for nor a redirect."""
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


def _basic(login: Login) -> str:
    username, password = login()
    return "Basic " + base64.b64encode(f"{username}:{password}".encode()).decode()
