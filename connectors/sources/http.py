"""One bounded HTTP request over `requests`: bounded in bytes (also unpacked) and in time, whatever the server does.

Follows no redirect, keeps no cookie, reads no environment (no .netrc, no proxy variables), decides nothing about a
status. `Fetcher` is the replaceable transport of `connectors.sources.asking`.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotDoneInTime
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from threading import Thread
from typing import Protocol, TypeVar

import requests
import urllib3

from connectors.sources.refusal import too_large, unreadable
from network.errors import InsecureTransport, SourceUnreadable, Unreachable
from network.text import Text

T = TypeVar("T")

_CHUNK = 64 * 1024
_CONNECT_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Bounds:
    """`seconds` for everything together, name resolution included; `max_bytes` counts unpacked."""

    seconds: float = 60.0
    max_bytes: int = 20 * 1024**2


@dataclass(frozen=True, slots=True)
class WebRequest:
    """`ca_file` names certificates that count in place of the usual ones; empty: the usual ones."""

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    ca_file: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """`headers` by lower-case name."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b""


class Fetcher(Protocol):
    def send(self, request: WebRequest, bounds: Bounds) -> Answer:
        """Unreachable (`timed_out` when time ran out), InsecureTransport, SourceUnreadable `too_large` or `truncated`.

        The content of anything but 200 and 207 may be left out.
        """
        ...


class RequestsFetcher:
    """`ca_file` and `proxy` as the configuration gives them, empty for none."""

    def __init__(self, *, ca_file: str = "", proxy: str = "") -> None:
        self._ca_file = ca_file
        self._proxy = proxy

    def send(self, request: WebRequest, bounds: Bounds) -> Answer:
        # In a thread of its own: no socket time-out covers name resolution, or a header that drips byte by byte.
        return _within(bounds.seconds, lambda: self._send(request, bounds, time.monotonic() + bounds.seconds))

    def _send(self, request: WebRequest, bounds: Bounds, deadline: float) -> Answer:
        with requests.Session() as session:
            session.trust_env = False
            session.verify = request.ca_file or self._ca_file or True
            session.proxies = {"http": self._proxy, "https": self._proxy} if self._proxy else {}
            wait = (min(_CONNECT_SECONDS, bounds.seconds), bounds.seconds)
            ask = partial(session.request, headers=dict(request.headers), data=request.body or None)
            try:
                with ask(request.method, request.url, timeout=wait, stream=True, allow_redirects=False) as answer:
                    named = {name.lower(): value for name, value in answer.headers.items()}
                    is_wanted = answer.status_code in (200, 207)
                    content = _whole(answer, named, bounds, deadline) if is_wanted else b""
                    return Answer(answer.status_code, named, content)
            except requests.exceptions.SSLError as error:
                raise _insecure() from error
            except requests.exceptions.ConnectTimeout as error:
                raise _unreachable() from error
            except (requests.exceptions.Timeout, urllib3.exceptions.TimeoutError) as error:
                raise _timed_out(bounds.seconds) from error
            except (urllib3.exceptions.ProtocolError, requests.exceptions.ChunkedEncodingError) as error:
                raise _cut_off() from error
            except (requests.exceptions.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
                raise _unreachable() from error
            except ValueError as error:  # a Location or a host name that requests can't take apart
                raise unreadable(
                    "unexpected_answer", "eine unverständliche Antwort", "an answer without sense"
                ) from error


def _whole(answer: requests.Response, headers: Mapping[str, str], bounds: Bounds, deadline: float) -> bytes:
    """The body, for which room is made once where its length is told: what grows leaves memory in pieces behind."""
    expected = _length(headers)
    if expected is not None and expected > bounds.max_bytes:
        raise too_large(bounds.max_bytes)
    content = BytesIO()
    content.seek(expected or 0)
    content.write(b"\0")
    content.seek(0)
    for piece in _body(answer, headers, bounds, deadline):
        content.write(piece)
    content.truncate()
    return content.getvalue()


def _length(headers: Mapping[str, str]) -> int | None:
    """What the server says."""
    length = headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() else None


def _body(answer: requests.Response, headers: Mapping[str, str], bounds: Bounds, deadline: float) -> Iterator[bytes]:
    expected = _length(headers)
    unpacking = _unpacking(headers.get("content-encoding", ""))
    received = size = 0
    while raw := answer.raw.read1(_CHUNK, decode_content=False):
        received += len(raw)
        for piece in _unpacked(unpacking, raw):
            size += len(piece)
            if size > bounds.max_bytes:
                raise too_large(bounds.max_bytes)
            yield piece
        if time.monotonic() > deadline:
            raise _timed_out(bounds.seconds)
    if (expected is not None and received < expected) or (unpacking is not None and not unpacking.eof):
        raise _cut_off()


def _unpacking(encoding: str) -> zlib._Decompress | None:
    match encoding.strip().lower():
        case "" | "identity":
            return None
        case "gzip" | "x-gzip" | "deflate":
            return zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
        case _:
            raise unreadable("encoding", f"unbekannte Verpackung „{encoding}“", f'unknown encoding "{encoding}"')


def _unpacked(unpacking: zlib._Decompress | None, raw: bytes) -> Iterator[bytes]:
    """In small pieces, so that a bomb is noticed before it has gone off."""
    if unpacking is None:
        yield raw
        return
    try:
        while raw:
            yield unpacking.decompress(raw, _CHUNK)
            raw = unpacking.unconsumed_tail
    except zlib.error as error:
        raise _cut_off() from error


def _within(seconds: float, work: Callable[[], T]) -> T:
    """What `work` gives, or `timed_out`; a thread that hangs is left behind and ends by its socket's time-out."""
    result: Future[T] = Future()

    def run() -> None:
        try:
            result.set_result(work())
        except BaseException as error:  # noqa: BLE001 it is raised again in the thread that waits
            result.set_exception(error)

    Thread(target=run, name="fetch", daemon=True).start()
    try:
        return result.result(timeout=seconds + 1)
    except NotDoneInTime as error:
        raise _timed_out(seconds) from error


def _timed_out(seconds: float) -> Unreachable:
    return Unreachable(
        Text(f"keine vollständige Antwort in {seconds:g} Sekunden", f"no complete answer in {seconds:g} seconds"),
        code="timed_out",
    )


def _cut_off() -> SourceUnreadable:
    return unreadable("truncated", "die Übertragung brach mittendrin ab", "the transfer broke off in the middle")


def _unreachable() -> Unreachable:
    return Unreachable(Text("keine Verbindung", "no connection"))


def _insecure() -> InsecureTransport:
    return InsecureTransport(
        Text("das Zertifikat des Servers ist nicht gültig", "the server's certificate is not valid"),
        remedy=Text("Bei eigenen Zertifikaten: ca_file angeben.", "With certificates of your own: set ca_file."),
    )
