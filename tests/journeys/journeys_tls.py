"""The sandbox behind an encrypted front whose certificate nobody vouches for."""

from __future__ import annotations

import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

CERTIFICATE = Path(__file__).parents[1] / "connectors" / "nextcloud" / "self_signed.pem"


@contextmanager
def encrypted(url: str) -> Iterator[str]:
    """The https address of a server that hands everything on to `url`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    behind = (urlsplit(url).hostname, urlsplit(url).port)

    class Front(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with (
                suppress(OSError),
                context.wrap_socket(self.request, server_side=True) as outside,
                socket.create_connection(behind) as inside,
            ):
                threading.Thread(target=hand_on, args=(inside, outside), daemon=True).start()
                hand_on(outside, inside)

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Front)
    server.daemon_threads, server.block_on_close = True, False
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"https://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def hand_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_RDWR)
