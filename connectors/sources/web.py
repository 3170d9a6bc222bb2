"""A file at a web address, asked for conditionally."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from connectors.sources.asking import Login, address_mark, ask, error_of, login_mark
from connectors.sources.http import Bounds, Fetcher, WebRequest
from connectors.sources.looking import Found, Look, Settling, Unchanged
from connectors.sources.settling import is_settled
from network.ports import SourceCopy


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
        return address_mark(self._url)

    @property
    def login_mark(self) -> str:
        return login_mark(self._login)

    def look(self, known: SourceCopy | None, now: datetime) -> Look:
        request = WebRequest(self._url, headers=dict(_conditions(known)))
        answer = ask(self._fetcher, request, self._bounds, self._login)
        if answer.status == 304 and known is not None:
            return Look(Unchanged())
        if answer.status != 200:
            raise error_of(answer)
        modified = answer.headers.get("last-modified", "")
        saved_at = _moment(modified)
        if saved_at is not None and not is_settled(saved_at, now, self._settle):
            return Look(Settling(saved_at))
        return Look(Found(answer.content, answer.headers.get("etag", ""), modified))


def _conditions(known: SourceCopy | None) -> Iterator[tuple[str, str]]:
    if known is not None and known.etag:
        yield "If-None-Match", known.etag
    if known is not None and known.last_modified:
        yield "If-Modified-Since", known.last_modified


def _moment(header: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(header)
    except (ValueError, OverflowError):
        return None
    return found if found.tzinfo else None
