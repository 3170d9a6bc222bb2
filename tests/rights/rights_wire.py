"""A stand-in server that is asked without sockets: the program's own client, every byte of HTTP, one process.

Only the wire is replaced. The client's sessions with their cookies, time-outs and error table work as they always do.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from itertools import count
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch
from urllib.parse import unquote_to_bytes, urlsplit

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from urllib3 import HTTPHeaderDict, HTTPResponse

from connectors.nextcloud import account
from plugin.sandbox import Sandbox
from plugin.sandbox.gateway import Gateway

_PORTS = count(1)
_OWN_HEADERS = ("content-type", "content-length")


@contextmanager
def in_process(sandbox: Sandbox) -> Iterator[tuple[str, HTTPAdapter]]:
    """The address under which every Nextcloud session of this process reaches this sandbox, and what carries requests
    there; nothing listens."""
    for name in ("radicale", "wsgidav"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    url = f"http://127.0.0.1:{next(_PORTS)}"
    wire = _Wire(Gateway(sandbox.world))

    class Session(account.NextcloudSession):
        def __init__(self, line: Any) -> None:
            super().__init__(line)
            self.mount(url, wire)

    with patch.object(account, "NextcloudSession", Session):
        yield url, wire
    sandbox.stop()


class _Wire(HTTPAdapter):
    def __init__(self, gateway: Gateway) -> None:
        super().__init__()
        self._gateway = gateway

    def send(self, request: PreparedRequest, *_: Any, **__: Any) -> Response:
        parts = urlsplit(request.url or "")
        body = request.body or b""
        data = body.encode() if isinstance(body, str) else bytes(body)  # type: ignore[arg-type]
        environ: dict[str, Any] = {
            "REQUEST_METHOD": request.method,
            "PATH_INFO": unquote_to_bytes(parts.path).decode("latin-1"),
            "QUERY_STRING": parts.query,
            "SCRIPT_NAME": "",
            "SERVER_NAME": parts.hostname,
            "SERVER_PORT": str(parts.port),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_LENGTH": str(len(data)),
            "wsgi.input": io.BytesIO(data),
            "wsgi.url_scheme": parts.scheme,
            "wsgi.errors": io.StringIO(),
            "wsgi.version": (1, 0),
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        for name, value in request.headers.items():
            key = name.upper().replace("-", "_")
            environ[key if name.lower() in _OWN_HEADERS else f"HTTP_{key}"] = _text(value)
        answered: list[Any] = []
        content = b"".join(self._gateway(environ, lambda *head: answered.extend(head)))
        status, headers = answered[:2]
        return self.build_response(request, _answer(int(status.split()[0]), headers, content))


def _answer(status: int, headers: list[tuple[str, str]], content: bytes) -> HTTPResponse:
    """With what the jar of cookies looks at."""
    message = Message()
    for name, value in headers:
        message.add_header(name, value)
    original: Any = SimpleNamespace(msg=message, isclosed=lambda: True, close=lambda: None)
    body = io.BytesIO(content)
    return HTTPResponse(body, HTTPHeaderDict(headers), status, preload_content=False, original_response=original)


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value
