"""A running stand-in for a Nextcloud, as a context manager for tests and for the demo.

Listens on 127.0.0.1 only. With a directory everything is kept there and a later sandbox goes on with it; without one
it lives in memory. The methods set up people and files without HTTP, move the clock, and order failures.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType

from waitress.server import create_server

from plugin.sandbox.access_log import Request
from plugin.sandbox.accounts import ADMIN_GROUP, TEAM_FOLDERS, USERS
from plugin.sandbox.app_config import Limits
from plugin.sandbox.clock import Clock, real_time
from plugin.sandbox.faults import Fault
from plugin.sandbox.files.tree import new_etag
from plugin.sandbox.gateway import Gateway
from plugin.sandbox.mails import Mail
from plugin.sandbox.ocs.capabilities import Apps
from plugin.sandbox.version import Version
from plugin.sandbox.world import World

THREADS = 8
SERVICE_GROUP = "digitalnetzwerk-dienst"


@dataclass(frozen=True, slots=True)
class Login:
    """`password` is the login password, `app_password` one made for this account."""

    user: str
    password: str
    app_password: str


class Sandbox:
    def __init__(
        self,
        directory: Path | None = None,
        *,
        limits: Limits = "lifted",
        clock: Callable[[], datetime] = real_time,
        talk: bool = True,
        teams: bool = True,
        team_folders: bool = True,
        version: tuple[int, int, int] = (34, 0, 1),
        port: int = 0,
    ) -> None:
        if directory is not None:
            directory.mkdir(parents=True, exist_ok=True)
        self._directory = directory
        self._port = port
        apps = Apps(talk, teams, team_folders)
        self.world = World(directory, Clock(clock), limits, apps, Version(*version))
        self.admin, self.service = self._logins()
        self.url = ""
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Sandbox:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Listen; `url` is known afterwards."""
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # more clients than threads are no news
        logging.getLogger("radicale").setLevel(logging.CRITICAL)
        logging.getLogger("wsgidav").setLevel(logging.CRITICAL)
        self._server = create_server(  # type: ignore[no-untyped-call]
            Gateway(self.world),
            host="127.0.0.1",
            port=self._port,
            threads=THREADS,
            clear_untrusted_proxy_headers=True,
            max_request_body_size=2**30,
        )
        self.url = f"http://127.0.0.1:{self._server.effective_port}"
        self._thread = threading.Thread(target=self._serve, name="sandbox", daemon=True)
        self._thread.start()

    def wait(self) -> None:
        """Serve until interrupted."""
        while self._thread is not None and self._thread.is_alive():
            self._thread.join(timeout=0.5)

    def stop(self) -> None:
        if self._thread is not None:
            with suppress(OSError):  # woken by a request, the loop may hang up before the bell has rung
                self._server.trigger.pull_trigger(self._hang_up)
            self._thread.join(timeout=5)
            self._server.trigger.close()
            self._server.task_dispatcher.shutdown()
            self._thread = None
        self.world.close()

    @property
    def requests(self) -> list[Request]:
        """Every request answered so far."""
        return self.world.access_log.requests

    @property
    def mails(self) -> list[Mail]:
        return self.world.mails.sent

    def switch_apps(
        self, *, talk: bool | None = None, teams: bool | None = None, team_folders: bool | None = None
    ) -> None:
        """An administrator enables or disables optional apps; what they hold stays."""
        apps = self.world.apps
        apps.talk = apps.talk if talk is None else talk
        apps.teams = apps.teams if teams is None else teams
        apps.team_folders = apps.team_folders if team_folders is None else team_folders

    def update(self, version: tuple[int, int, int]) -> None:
        """The server becomes another version; what it holds stays."""
        here = self.world.version
        here.major, here.minor, here.micro = version

    # people, groups, files without HTTP

    def add_group(self, gid: str, display_name: str = "") -> None:
        if gid not in self.world.accounts.groups:
            self.world.accounts.add_group(gid, display_name)

    def add_user(
        self,
        uid: str,
        *,
        display_name: str = "",
        email: str = "",
        groups: tuple[str, ...] = (),
        password: str = "",
    ) -> Login:
        """An account that may log in at once, with its own calendar; groups that are missing are made.

        One that an earlier run left in the folder is kept and only joins the groups.
        """
        password = password or f"sandbox-{uid}"
        if uid not in self.world.accounts.people:
            self.world.accounts.add(uid, password, display_name, email)
        self.world.homes.ensure_personal(uid)
        for gid in groups:
            self.add_group(gid)
            self.world.accounts.join(uid, gid)
        return Login(uid, password, self.world.logins.create_app_password(uid, "tests"))

    def put_file(self, uid: str, path: str, data: bytes, modified: datetime | None = None) -> None:
        """A file in this person's files, always with a new ETag; missing folders are made."""
        node = self.world.files.home(uid)
        *folders, name = [part for part in path.split("/") if part]
        for part in folders:
            node = self.world.tree.child(node, part) or self.world.tree.add_folder(node, part)
        stamp = int(modified.timestamp()) if modified else None
        self.world.tree.write(node, name, data, stamp, etag=new_etag())

    # time and failures

    def advance(self, by: timedelta) -> None:
        self.world.clock.advance(by)

    def fail_next(
        self,
        method: str,
        path_regex: str,
        status: int,
        count: int = 1,
        headers: tuple[tuple[str, str], ...] = (),
        body: bytes = b"",
    ) -> None:
        """The next `count` requests that fit are answered with `status` and not carried out. Method `*` is any.

        `path_regex` is searched in the percent-decoded path without its query.
        """
        fault = Fault("refuse", method, re.compile(path_regex), count, status, headers=headers, body=body)
        self.world.faults.order(fault)

    def fail_after(self, method: str, path_regex: str, status: int, count: int = 1) -> None:
        """The next request that fits is carried out, and answered with `status` all the same."""
        self.world.faults.order(Fault("deny", method, re.compile(path_regex), count, status))

    def drop_after(self, method: str, path_regex: str, count: int = 1) -> None:
        """The next request that fits is carried out, and the connection breaks before the answer."""
        self.world.faults.order(Fault("drop", method, re.compile(path_regex), count))

    def delay_next(self, method: str, path_regex: str, seconds: float, count: int = 1) -> None:
        """The next `count` requests that fit are carried out so many seconds later; others are not held up."""
        self.world.faults.order(Fault("late", method, re.compile(path_regex), count, wait=seconds))

    def clear_faults(self) -> None:
        self.world.faults.clear()

    def _hang_up(self) -> None:
        """Runs in the server's own loop, which ends when nothing is listed any more.

        The trigger that wakes the loop is closed later: who pulled it may not be done with it yet.
        """
        for open_one in list(self._server._map.values()):
            if open_one is not self._server.trigger:
                open_one.close()
        self._server._map.clear()

    def _serve(self) -> None:
        try:
            self._server.run()
        except OSError:
            logging.getLogger(__name__).debug("the sandbox stopped listening", exc_info=True)

    def _logins(self) -> tuple[Login, Login]:
        """The two accounts that every sandbox has; with a directory their passwords are found there again."""
        kept = self._directory / "logins.json" if self._directory else None
        if kept is not None and kept.exists():
            rows = json.loads(kept.read_text())
            return Login(**rows["admin"]), Login(**rows["service"])
        accounts = self.world.accounts
        accounts.add_group(ADMIN_GROUP)
        accounts.groups[SERVICE_GROUP] = replace(accounts.add_group(SERVICE_GROUP), delegations=(USERS, TEAM_FOLDERS))
        admin = self._first_login("admin", "Administration", "admin@cloud.example", ADMIN_GROUP)
        service = self._first_login(
            "digitalnetzwerk", "Digitalnetzwerk", "digitalnetzwerk@cloud.example", SERVICE_GROUP
        )
        if kept is not None:
            rows = {name: {"user": one.user, "password": one.password, "app_password": one.app_password}
                    for name, one in (("admin", admin), ("service", service))}  # fmt: skip
            kept.write_text(json.dumps(rows))
            kept.chmod(0o600)
        return admin, service

    def _first_login(self, uid: str, name: str, mail: str, gid: str) -> Login:
        password = secrets.token_urlsafe(18)
        self.world.accounts.add(uid, password, name, mail)
        self.world.accounts.join(uid, gid)
        return Login(uid, password, self.world.logins.create_app_password(uid, "sandbox"))


def run(port: int, data: Path | None, limits: Limits, json_line: bool) -> None:
    """Serve until interrupted. With `json_line` one line of JSON says that it is ready, else a sentence does."""
    with Sandbox(data, limits=limits, port=port) as sandbox:
        if json_line:
            ready = {
                "url": sandbox.url,
                "admin": {"user": sandbox.admin.user, "password": sandbox.admin.password},
                "service": {"user": sandbox.service.user, "password": sandbox.service.password},
            }
            print(json.dumps(ready), flush=True)
        else:
            print(f"{sandbox.url}  {sandbox.admin.user} / {sandbox.admin.password}", flush=True)
        try:
            sandbox.wait()
        except KeyboardInterrupt:
            return
