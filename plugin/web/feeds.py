"""Feeds for programs outside of Nextcloud: /abo/TOKEN.ics.

The address is the secret: nothing of it is stored or logged (`plugin.web.tracing` names pages by their endpoint).
"""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, request

from plugin.feeds.desk import Feeds, Shown
from plugin.web.site import Site
from plugin.web.wrong_tokens import WINDOW, WrongTokens


def feeds(site: Site) -> Blueprint:
    pages = Blueprint("feeds", __name__)
    wrong = WrongTokens(site.clock)

    @pages.get("/abo/<token>.ics")
    def read(token: str) -> Response:
        shown = site.feeds.shown(token)
        if shown is not None:
            return _answer(site.feeds, shown)
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
