"""A way to the real server on which a client can die: forwards every request, and kills at one write.

The server has carried the write out and answered; the client never hears of it. Listens on 127.0.0.1 alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from urllib.parse import unquote, urlsplit

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "proxy-authorization"}
METHODS = ("GET", "HEAD", "OPTIONS", "PROPFIND", "REPORT", "POST", "PUT", "PATCH", "DELETE", "MKCOL", "MKCALENDAR",
           "PROPPATCH", "MOVE", "COPY")  # fmt: skip
READS = METHODS[:5]


class KillingProxy:
    """`writes` are method and path of every writing request that the server has answered."""

    def __init__(self, target: str) -> None:
        self.target = urlsplit(target)
        self.writes: list[str] = []
        self._what = ""
        self._kill: Callable[[], None] | None = None
        self._lock = Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}{self.target.path}"

    def kill_after(self, what: str, kill: Callable[[], None]) -> None:
        """At the first write that fits `what`, once the server has answered it and before its sender knows."""
        self._what, self._kill = what, kill

    def answered(self, method: str, path: str) -> bool:
        """Whether the sender may have the answer."""
        if method in READS:
            return True
        with self._lock:
            self.writes.append(f"{method} {path}")
            if self._kill is None or not re.search(self._what, self.writes[-1]):
                return True
            kill, self._kill = self._kill, None
        kill()
        return False

    @contextmanager
    def listening(self) -> Iterator[KillingProxy]:
        thread = Thread(target=self._server.serve_forever, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join(timeout=10)

    def ask(self, method: str, path: str, headers: dict[str, str], body: bytes) -> tuple[HTTPResponse, bytes]:
        kind = HTTPSConnection if self.target.scheme == "https" else HTTPConnection
        connection = kind(self.target.netloc, timeout=120)
        try:
            connection.request(method, path, body or None, {**headers, "Host": self.target.netloc})
            answer = connection.getresponse()
            return answer, answer.read()
        finally:
            connection.close()


def _handler(proxy: KillingProxy) -> type[BaseHTTPRequestHandler]:
    def forward(self: BaseHTTPRequestHandler) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name: value for name, value in self.headers.items() if name.lower() not in {*HOP_BY_HOP, "host"}}
        if body:
            headers["Content-Length"] = str(len(body))
        answer, content = proxy.ask(self.command, self.path, headers, body)
        if not proxy.answered(self.command, unquote(urlsplit(self.path).path)):
            self.close_connection = True
            return
        self.send_response_only(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in HOP_BY_HOP:
                self.send_header(name, value)
        if answer.status not in (204, 304):
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    handlers = {f"do_{method}": forward for method in METHODS}
    quiet = {"log_message": lambda self, *_: None, "protocol_version": "HTTP/1.1"}
    return type("Handler", (BaseHTTPRequestHandler,), {**handlers, **quiet})
