"""How many browsers the service takes in at once, and how much of each."""

from __future__ import annotations

import socket
import threading
from contextlib import ExitStack, suppress
from itertools import takewhile
from typing import Any

from waitress.server import create_server

from plugin.process import listening

PEOPLE = 120


def hello(_environ: object, start: Any) -> list[bytes]:
    start("200 OK", [("Content-Length", "5")])
    return [b"hello"]


def answered(server: Any, *, patience: float) -> int:
    """How many of the people get an answer, one after the other, while all of them keep their connection."""
    place = ("127.0.0.1", server.effective_port)
    threading.Thread(target=server.run, daemon=True).start()
    with ExitStack() as open_ones:
        open_ones.callback(server.close)
        lines = [open_ones.enter_context(socket.create_connection(place, patience)) for _ in range(PEOPLE)]
        for line in lines:
            line.sendall(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
        return sum(1 for _ in takewhile(has_answer, lines))


def has_answer(line: socket.socket) -> bool:
    with suppress(TimeoutError):
        return line.recv(1000).startswith(b"HTTP/1.1 200 ")
    return False


def test_more_browsers_are_taken_in_than_waitress_would_by_itself() -> None:
    assert answered(listening(hello, host="127.0.0.1", port=0), patience=30) == PEOPLE
    control = create_server(hello, host="127.0.0.1", port=0)  # type: ignore[no-untyped-call]
    assert answered(control, patience=1) < PEOPLE


def refused(server: Any, request: bytes, *, patience: float) -> bool:
    """Whether it says no before it was sent a body that nobody wants."""
    threading.Thread(target=server.run, daemon=True).start()
    with ExitStack() as open_ones:
        open_ones.callback(server.close)
        line = open_ones.enter_context(socket.create_connection(("127.0.0.1", server.effective_port), patience))
        with suppress(OSError):
            line.sendall(request)
            return line.recv(1000).startswith((b"HTTP/1.1 413 ", b"HTTP/1.1 431 ", b"HTTP/1.0 413 ", b"HTTP/1.0 431 "))
    return False


HUGE = b"POST /login HTTP/1.1\r\nHost: here\r\nContent-Length: 900000000\r\n\r\n"
WORDY = b"GET / HTTP/1.1\r\nHost: here\r\nX: " + b"x" * 100_000 + b"\r\n\r\n"


def test_nobody_fills_the_disk_with_a_body() -> None:
    assert refused(listening(hello, host="127.0.0.1", port=0), HUGE, patience=30)
    control = create_server(hello, host="127.0.0.1", port=0, asyncore_use_poll=True)  # type: ignore[no-untyped-call]
    assert not refused(control, HUGE, patience=1)


def test_nor_the_memory_with_headers() -> None:
    assert refused(listening(hello, host="127.0.0.1", port=0), WORDY, patience=30)
    control = create_server(hello, host="127.0.0.1", port=0, asyncore_use_poll=True)  # type: ignore[no-untyped-call]
    assert not refused(control, WORDY, patience=1)
