"""The office's pages inside of the sandbox: registered there as a program, and reached by people through its proxy."""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
import requests
from journeys_town import Town
from waitress.server import create_server

from plugin.exapp.identity import APP
from plugin.exapp.occ import ROUTES
from plugin.running import Running
from plugin.sandbox.ex_apps import ExApp, ProxyRoute
from plugin.web.app import create_app

SECRET = "0123456789abcdef0123456789abcdef"


@dataclass
class Inside:
    """`address` is where the program listens. People come to it through the sandbox only, unless a test goes there."""

    town: Town
    running: Running
    address: str
    app: ExApp
    sessions: list[requests.Session] = field(default_factory=list)

    @property
    def pages(self) -> str:
        return f"{self.town.sandbox.url}/index.php/apps/app_api/proxy/{APP}"

    def person(self, account: str) -> requests.Session:
        """Somebody who is logged in to Nextcloud."""
        session = requests.Session()
        session.auth = (account, f"sandbox-{account}")
        session.headers["Accept-Language"] = "de"
        self.sessions.append(session)
        return session

    def get(self, account: str, path: str = "/") -> requests.Response:
        return self.person(account).get(self.pages + path, timeout=20)


def signed(account: str, secret: str = SECRET, app: str = APP) -> dict[str, str]:
    """The headers with which Nextcloud passes on a request of this person; of its own without one."""
    proof = base64.b64encode(f"{account}:{secret}".encode()).decode()
    return {"EX-APP-ID": app, "EX-APP-VERSION": "0.1.0", "AA-VERSION": "34.0.0", "AUTHORIZATION-APP-API": proof}


@pytest.fixture
def inside(town: Town) -> Iterator[Inside]:
    """Three trainings stand in the calendar; the pages are enabled in Nextcloud."""
    town.apply()
    running, server, address = begun(town)
    app = ExApp(APP, SECRET, address, [ProxyRoute(each.url, each.verb, each.access_level) for each in ROUTES])
    town.sandbox.world.ex_apps.register(app)
    found = Inside(town, running, address, app)
    yield found
    for each in found.sessions:
        each.close()
    server.close()
    running.state.engine.dispose()


def begun(town: Town) -> tuple[Running, object, str]:
    """The service of this network, listening; its port is chosen before its configuration is read."""
    town.swap("service:\n", "service:\n  exapp: {secret: env:EXAPP_SECRET, address: 'http://127.0.0.1:8080'}\n")
    running = Running(town.config, environment={**town.environment, "EXAPP_SECRET": SECRET}, clock=town.now)
    server = create_server(create_app(running), host="127.0.0.1", port=0, threads=8)
    threading.Thread(target=server.run, name="inside", daemon=True).start()
    return running, server, f"http://127.0.0.1:{server.effective_port}"
