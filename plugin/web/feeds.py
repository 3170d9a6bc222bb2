"""Feeds for programs outside of Nextcloud: /abo/TOKEN.ics.

The address is the secret, so nothing here writes it anywhere: whatever goes wrong is told without it.
"""

from __future__ import annotations

import logging
from http import HTTPStatus

from flask import Blueprint, Response, request

from plugin.feeds.desk import Feeds, Shown
from plugin.web.site import Site
from plugin.web.wrong_tokens import WINDOW, WrongTokens

log = logging.getLogger(__name__)


def feeds(site: Site) -> Blueprint:
    pages = Blueprint("feeds", __name__)
    wrong = WrongTokens(site.clock)

    @pages.get("/abo/<token>.ics")
    def read(token: str) -> Response:
        try:
            shown = site.feeds.shown(token)
            answer = _answer(site.feeds, shown) if shown is not None else None
        except Exception as error:  # noqa: BLE001 - Flask would log the address, and with it the secret
            log.error("a feed could not be served: %s", type(error).__name__)
            return _plain(HTTPStatus.SERVICE_UNAVAILABLE, 300)
        if answer is not None:
            return answer
        if wrong.count(request.remote_addr or ""):
            return _plain(HTTPStatus.TOO_MANY_REQUESTS, int(WINDOW.total_seconds()))
        return _plain(HTTPStatus.NOT_FOUND)

    return pages


def _answer(feeds: Feeds, shown: Shown) -> Response:
    """304 without building the text, where the reader has it already."""
    packs = request.accept_encodings["gzip"] > 0
    known = request.if_none_match
    if known.contains(_tag(shown.etag, packs=True)) or known.contains(_tag(shown.etag, packs=False)):
        return _headed(Response(status=HTTPStatus.NOT_MODIFIED), shown.etag, packs=packs)
    text = feeds.text(shown)
    answer = Response(text.packed if packs else text.plain, content_type="text/calendar; charset=utf-8")
    if packs:
        answer.headers["Content-Encoding"] = "gzip"
    return _headed(answer, text.etag, packs=packs)


def _headed(answer: Response, etag: str, *, packs: bool) -> Response:
    answer.set_etag(_tag(etag, packs=packs))
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Vary"] = "Accept-Encoding"
    return answer


def _tag(etag: str, *, packs: bool) -> str:
    """A strong ETag names the bytes, so the packed text has another one."""
    return f"{etag}-gz" if packs else etag


def _plain(status: HTTPStatus, seconds: int = 0) -> Response:
    """For programs; `seconds` until they should ask again."""
    answer = Response(status.phrase, status, content_type="text/plain; charset=utf-8")
    if seconds:
        answer.headers["Retry-After"] = str(seconds)
    return answer
