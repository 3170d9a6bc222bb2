"""How many browsers the service takes in at once."""

from __future__ import annotations

import socket
import threading
from contextlib import ExitStack, suppress
from typing import Any

from waitress.server import create_server

from plugin.process import listening

PEOPLE = 120


def hello(_environ: object, start: Any) -> list[bytes]:
    start("200 OK", [("Content-Length", "5")])
    return [b"hello"]


def answered(server: Any) -> int:
    """How many of the people get an answer while all of them keep their connection."""
    threading.Thread(target=server.run, daemon=True).start()
    with ExitStack() as all_of_them:
        lines = [
            all_of_them.enter_context(socket.create_connection(("127.0.0.1", server.effective_port), 10))
            for _ in range(PEOPLE)
        ]
        for line in lines:
            line.sendall(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
        found = sum(_has_answer(line, 10 if number < 90 else 1) for number, line in enumerate(lines))
    server.close()
    return found


def _has_answer(line: socket.socket, patience: float) -> bool:
    line.settimeout(patience)
    with suppress(TimeoutError):
        return line.recv(1000).startswith(b"HTTP/1.1 200 ")
    return False
