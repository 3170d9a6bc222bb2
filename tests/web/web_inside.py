"""The office's pages inside of the sandbox: registered there as a program, and reached by people through its proxy."""

from __future__ import annotations

import base64
import random
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field

import pytest
import requests
from journeys_town import CONFIG, Town, a_town
from werkzeug.serving import BaseWSGIServer, make_server

from plugin.exapp.identity import APP
from plugin.exapp.occ import ROUTES
from plugin.running import Running
from plugin.sandbox import Sandbox
from plugin.sandbox.ex_apps import ExApp, ProxyRoute
from plugin.web.app import create_app

ROLES = """\
roles:
  network_admins: {people: [erika.kreis, max.kreis]}
  coordinators: {people: [carla.brakel]}
  reviewers: {people: [dora.nieheim]}
  training_offices: {people: [emil.nieheim]}
"""
SECRET = "0123456789abcdef0123456789abcdef"


@dataclass
class Inside:
    """`address` is where the service listens: Nextcloud goes there; people go to `pages`."""

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

    def post(self, account: str, path: str, **fields: str) -> requests.Response:
        return self.person(account).post(self.pages + path, data=fields, timeout=20)

    def nextcloud(self, method: str, path: str, **headers: str) -> requests.Response:
        """A request that reaches the service without any proxy."""
        return requests.request(method, self.address + path, headers=headers, allow_redirects=False, timeout=20)

    def visible_requests(self, since: int, account: str) -> int:
        return sum(each.user == account and "/proxy/" not in each.path for each in self.town.sandbox.requests[since:])


def signed(account: str, secret: str = SECRET, app: str = APP) -> dict[str, str]:
    """The headers with which Nextcloud passes on a request of this person; of its own without one."""
    proof = base64.b64encode(f"{account}:{secret}".encode()).decode()
    return {"EX-APP-ID": app, "EX-APP-VERSION": "0.1.0", "AA-VERSION": "34.0.0", "AUTHORIZATION-APP-API": proof}


def token_in(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


@dataclass
class Listening:
    running: Running
    server: BaseWSGIServer
    address: str

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.running.state.engine.dispose()


def low_port() -> int:
    """A free one that Nextcloud can keep (AppAPI's database column ends at 32767)."""
    while True:
        port = random.randrange(20_000, 32_767)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


def listen(town: Town) -> Listening:
    """The service of this network, with the pages inside Nextcloud switched on."""
    town.swap("service:\n", "service:\n  exapp: {secret: env:EXAPP_SECRET, address: 'http://127.0.0.1:8080'}\n")
    running = Running(town.config, environment={**town.environment, "EXAPP_SECRET": SECRET}, clock=town.now)
    server = make_server("127.0.0.1", low_port(), create_app(running), threaded=True)
    threading.Thread(target=server.serve_forever, name="inside", daemon=True).start()
    return Listening(running, server, f"http://127.0.0.1:{server.port}")


def described(address: str) -> ExApp:
    """What `occ app_api:app:register` is told."""
    return ExApp(APP, SECRET, address, [ProxyRoute(**asdict(each)) for each in ROUTES])


@contextmanager
def enabled(town: Town) -> Iterator[Inside]:
    """Three trainings stand in the calendar; somebody is there for each role; the pages are enabled in Nextcloud."""
    town.swap("service:\n", ROLES + "service:\n")
    town.apply()
    listening = listen(town)
    app = described(listening.address)
    town.sandbox.world.ex_apps.register(app)
    found = Inside(town, listening.running, listening.address, app)
    yield found
    for each in found.sessions:
        each.close()
    listening.close()


@pytest.fixture
def inside(town: Town) -> Iterator[Inside]:
    with enabled(town) as found:
        yield found


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inside]:
    """One for all tests of a module that leave it as it is."""
    with a_town(Sandbox(), tmp_path_factory.mktemp("standing"), CONFIG) as town, enabled(town) as found:
        yield found
