"""Each request has a number that its answer and all lines of the log about it carry, and a line of its own.

The line names the page by its endpoint: paths may hold what nobody else should know. Whoever asks may bring the number
along (X-Request-Id, or AppAPI's AA-REQUEST-ID) when it is harmless.
"""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType

from flask import Flask, Response, g, request

from network.trace import about

log = logging.getLogger(__name__)

HEADER = "X-Request-Id"
GIVEN = (HEADER, "AA-REQUEST-ID")
QUIET = frozenset({"health.lives", "health.is_ready", "looks.static", "metrics.show"})
"""Asked every few seconds, or with every page: only their failures are worth a line."""
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
"""Any other is a word of whoever asks, and as long as they like."""

_HARMLESS = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", re.ASCII)
_FAILED = 400


class Pages(Flask):
    """Flask's own line about a fault names the path."""

    def log_exception(
        self, exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None] | BaseException | None
    ) -> None:
        log.error("unforeseen fault", exc_info=exc_info, extra={"event": {"endpoint": endpoint()}})


Answered = Callable[[str, int, float], None]
"""Is told endpoint, status and seconds of each request."""


def trace(app: Flask, answered: Answered) -> None:
    """To be hung in before anything else, so that it sees what others refuse."""

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()
        g.request_id = _given() or secrets.token_hex(8)
        g.traced = ExitStack()
        g.traced.enter_context(about(request=g.request_id))

    @app.after_request
    def tell(answer: Response) -> Response:
        seconds = time.perf_counter() - g.began
        answer.headers[HEADER] = g.request_id
        answered(endpoint(), answer.status_code, seconds)
        level = logging.DEBUG if endpoint() in QUIET and answer.status_code < _FAILED else logging.INFO
        event = {"endpoint": endpoint(), "status": answer.status_code, "ms": round(seconds * 1000)}
        log.log(
            level,
            "%s answered",
            request.method if request.method in METHODS else "unknown method",
            extra={"event": event},
        )
        return answer

    @app.teardown_request
    def end(_error: BaseException | None) -> None:
        if "traced" in g:
            g.traced.close()


def endpoint() -> str:
    """Of a known set, whatever somebody asks for."""
    return request.endpoint or "unknown"


def _given() -> str:
    for name in GIVEN:
        brought = request.headers.get(name, "")
        if _HARMLESS.fullmatch(brought):
            return brought
    return ""
