"""Programs that this Nextcloud knows (app app_api, manual-install): what each registered, and who may act through it.

Registering, enabling and disabling stand for what `occ` does. They call the program, so they run without the lock of
the gateway: the program calls back while it is being asked.
"""

from __future__ import annotations

import base64
import binascii
import secrets
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import requests

from plugin.sandbox.accounts import Account, Accounts

VERSION = "34.0.0"
PATIENCE = 60.0
PUBLIC, USER, ADMIN = 0, 1, 2


@dataclass(frozen=True, slots=True)
class ProxyRoute:
    """`url` is a regular expression, `verb` a list of methods with commas between."""

    url: str
    verb: str
    access_level: int
    headers_to_exclude: tuple[str, ...] = ()


@dataclass(slots=True)
class ExApp:
    """One program. `shown` holds what it registered: ("top-menu", "netzwerk") → the fields that it gave."""

    id: str
    secret: str
    address: str
    routes: Sequence[ProxyRoute]
    version: str = "0.0.0"
    enabled: bool = False
    progress: int = 0
    error: str = ""
    shown: dict[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)


class ExApps:
    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts
        self._known: dict[str, ExApp] = {}
        self._lock = threading.Lock()

    def find(self, name: str) -> ExApp | None:
        return self._known.get(name)

    def add(self, app: ExApp) -> None:
        """One that nobody asks anything."""
        self._known[app.id] = app

    def register(self, app: ExApp, wait: float = 20.0) -> None:
        """`occ app_api:app:register --wait-finish`; RuntimeError when the program does not get ready."""
        self.add(app)
        self._heartbeat(app)
        app.enabled = True
        requests.post(f"{app.address}/init", headers=headers(app, ""), timeout=PATIENCE).raise_for_status()
        until = time.monotonic() + wait
        while app.progress < 100 and not app.error:
            if time.monotonic() > until:
                raise RuntimeError("the program did not get ready")
            time.sleep(0.02)
        if app.error:
            raise RuntimeError(app.error)

    def report(self, app: ExApp, progress: int, error: str) -> None:
        """The program says how far it is. At 100 it is called back before it gets its answer."""
        if progress == 100 and not error:
            self.enable(app)
        app.error, app.progress = error, progress

    def enable(self, app: ExApp) -> None:
        app.enabled = True
        self._heartbeat(app)
        answer = requests.put(f"{app.address}/enabled?enabled=1", headers=headers(app, ""), timeout=PATIENCE)
        app.enabled = not answer.json()["error"]

    def disable(self, app: ExApp) -> None:
        requests.put(f"{app.address}/enabled?enabled=0", headers=headers(app, ""), timeout=PATIENCE)
        app.enabled = False

    def unregister(self, app: ExApp) -> None:
        if app.enabled:
            self.disable(app)
        del self._known[app.id]

    def run(self, app: ExApp, command: str, **options: bool) -> str:
        """`occ COMMAND`: what it prints."""
        handler = app.shown["occ_command", command]["execute_handler"]
        answer = requests.post(
            f"{app.address}/{handler}",
            json={"occ": {"arguments": None, "options": options}},
            headers=headers(app, ""),
            timeout=PATIENCE,
        )
        return answer.text if answer.status_code == 200 else f"[{command}] command executeHandler failed"

    def acting(self, get: Callable[[str], str | None]) -> Account | ExApp | None:
        """Who acts by the headers of a program: a person, or the program itself; None when they don't fit."""
        app = self._known.get(get("EX-APP-ID") or "")
        try:
            uid, _, secret = base64.b64decode(get("AUTHORIZATION-APP-API") or "").decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None
        if app is None or not get("EX-APP-VERSION") or not secrets.compare_digest(app.secret, secret):
            return None
        if not uid:
            return app
        return self._accounts.find(uid) if app.enabled else None

    def _heartbeat(self, app: ExApp) -> None:
        answer = requests.get(f"{app.address}/heartbeat", headers={"Accept": "application/json"}, timeout=PATIENCE)
        if answer.status_code != 200 or answer.json().get("status") != "ok":
            raise RuntimeError("the program is not there")


def headers(app: ExApp, uid: str) -> dict[str, str]:
    """What every request to a program carries."""
    return {
        "AA-VERSION": VERSION,
        "EX-APP-ID": app.id,
        "EX-APP-VERSION": app.version,
        "AUTHORIZATION-APP-API": base64.b64encode(f"{uid}:{app.secret}".encode()).decode(),
        "AA-REQUEST-ID": "CLI",
    }
