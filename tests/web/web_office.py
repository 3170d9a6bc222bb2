"""The pages of the small network, and people who log in to them through Nextcloud."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient
from journeys_town import Town
from werkzeug.test import TestResponse

from plugin.jobs.errands import Errands
from plugin.running import Running
from plugin.web.app import create_app

AT = "https://netz.probe.example"


@dataclass
class Browser:
    """One person's browser; `account` is empty until somebody logged in."""

    client: FlaskClient
    account: str = ""

    def get(self, path: str) -> TestResponse:
        return self.client.get(path, base_url=AT)

    def post(self, path: str, **fields: str) -> TestResponse:
        return self.client.post(path, base_url=AT, data=fields)

    def text(self, path: str) -> str:
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.text

    def begin_login(self) -> str:
        """The address at Nextcloud that the browser is sent to."""
        answer = self.get("/login")
        assert answer.status_code == 303
        return answer.headers["Location"]

    def log_in(self, account: str) -> TestResponse:
        """Agrees at Nextcloud, comes back, and follows no further."""
        agreed = requests.post(
            self.begin_login(),
            data={"user": account, "password": f"sandbox-{account}"},
            allow_redirects=False,
            timeout=10,
        )
        assert agreed.status_code == 303
        back = urlsplit(agreed.headers["Location"])
        self.account = account
        return self.get(f"{back.path}?{back.query}")

    def token(self) -> str:
        """The token in the forms of the page that is shown."""
        return self.text("/").split('name="token" value="')[1].split('"')[0]


@dataclass
class Office:
    town: Town
    app: Flask
    running: Running
    browsers: list[Browser] = field(default_factory=list)

    def browser(self) -> Browser:
        return Browser(self.app.test_client())

    @property
    def errands(self) -> Errands:
        return Errands(self.running)

    def person(self, account: str) -> Browser:
        """A browser in which this account is logged in."""
        browser = self.browser()
        answer = browser.log_in(account)
        assert answer.status_code == 200, answer.text
        return browser


@pytest.fixture
def office(town: Town) -> Iterator[Office]:
    """Three trainings stand in the calendar; a fourth stands in a calendar of one town alone."""
    client = town.sandbox.world.oauth2.add_client("Netzwerk", f"{AT}/login/back")
    town.swap("service:\n", "service:\n  login: {client_id: 'env:OAUTH_ID', client_secret: 'env:OAUTH_SECRET'}\n")
    town.apply()
    environment = {**town.environment, "OAUTH_ID": client.id, "OAUTH_SECRET": client.secret}
    running = Running(town.config, environment=environment, clock=town.now)
    yield Office(town, create_app(running), running)
    running.state.engine.dispose()
