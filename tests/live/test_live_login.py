"""A person logs in to our pages through a real Nextcloud: two screens there, no password here.

Takes NEXTCLOUD_URL, NEXTCLOUD_ADMIN(_PASSWORD), NEXTCLOUD_SERVICE, NEXTCLOUD_SERVICE_APP_PASSWORD and
NEXTCLOUD_STAFF_PASSWORD from the environment.
"""

import base64
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from plugin.running import Running
from plugin.web.app import create_app

pytestmark = pytest.mark.live

AT = "https://netz.probe.example"
STAFF = "anna.brakel"
OAUTH = "/index.php/apps/oauth2/clients"

CONFIG = """\
network: {{id: live-login, name: Probenetz, timezone: Europe/Berlin, contact: {{name: Büro, mail: buero@probe.example}}}}
nextcloud: {{url: "{url}", allow_http: true, username: {service}, password: env:NEXTCLOUD_SERVICE_APP_PASSWORD}}
administrations:
  brakel: {{name: Stadt Brakel Probe, group: brakel}}
roles: {{network_admins: {{people: [{staff}]}}}}
service: {{data: {data}, login: {{client_id: env:OAUTH_ID, client_secret: env:OAUTH_SECRET}}}}
"""


@dataclass(frozen=True)
class Client:
    id: str
    secret: str


@pytest.fixture
def client() -> Iterator[Client]:
    """Our pages as a client of the server's OAuth 2, taken away afterwards."""
    url, admin = os.environ["NEXTCLOUD_URL"], (os.environ["NEXTCLOUD_ADMIN"], os.environ["NEXTCLOUD_ADMIN_PASSWORD"])
    headers = {"OCS-APIRequest": "true", "Accept": "application/json"}
    body = {"name": "Netzwerk (Probe)", "redirectUri": f"{AT}/login/back"}
    made = requests.post(url + OAUTH, auth=admin, json=body, headers=headers, timeout=30)
    made.raise_for_status()
    found = made.json()
    yield Client(found["clientId"], found["clientSecret"])
    requests.delete(f"{url}{OAUTH}/{found['id']}", auth=admin, headers=headers, timeout=30).raise_for_status()


def logged_in(account: str) -> requests.Session:
    """A browser in which somebody is logged in to Nextcloud."""
    browser, url = requests.Session(), os.environ["NEXTCLOUD_URL"]
    page = browser.get(f"{url}/index.php/login", timeout=30)
    form = {
        "user": account,
        "password": os.environ["NEXTCLOUD_STAFF_PASSWORD"],
        "requesttoken": request_token(page.text),
    }
    answer = browser.post(f"{url}/index.php/login", data=form, headers={"Origin": url}, timeout=30)
    answer.raise_for_status()
    assert "login" not in urlsplit(answer.url).path.rsplit("/", 1)[-1]
    return browser


def request_token(page: str) -> str:
    found = re.search(r'data-requesttoken="([^"]+)"', page)
    assert found is not None
    return found[1]


def initial_state(page: str, name: str) -> Any:
    found = re.search(rf'id="initial-state-core-{name}" value="([^"]+)"', page)
    assert found is not None, name
    return json.loads(base64.b64decode(found[1]))


def agree(browser: requests.Session, address: str) -> str:
    """Both screens; the address that Nextcloud sends the browser to."""
    picker = browser.get(address, timeout=30)
    picker.raise_for_status()
    onward = initial_state(picker.text, "loginFlowAuth")["loginRedirectUrl"]
    grant = browser.get(_on_the_server(onward), timeout=30)
    grant.raise_for_status()
    asked = initial_state(grant.text, "loginFlowGrant")
    form = {
        "stateToken": asked["stateToken"],
        "clientIdentifier": asked["clientIdentifier"],
        "requesttoken": request_token(grant.text),
    }
    url = os.environ["NEXTCLOUD_URL"]
    answer = browser.post(f"{url}/index.php/login/flow", data=form, allow_redirects=False, timeout=30)
    assert answer.status_code == 303, answer.status_code
    return str(answer.headers["Location"])


def _on_the_server(address: str) -> str:
    """Behind an unusual port the server forgets its own in what it generates."""
    parts, base = urlsplit(address), urlsplit(os.environ["NEXTCLOUD_URL"])
    return parts._replace(scheme=base.scheme, netloc=base.netloc).geturl()


def tokens_of(browser: requests.Session) -> set[str]:
    """The names of the person's devices and programs that are logged in."""
    page = browser.get(f"{os.environ['NEXTCLOUD_URL']}/index.php/settings/user/security", timeout=30)
    found = re.search(r'id="initial-state-settings-app_tokens" value="([^"]+)"', page.text)
    assert found is not None
    return {each["name"] for each in json.loads(base64.b64decode(found[1]))}


def test_a_staff_member_logs_in_and_leaves_no_token_behind(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "netz.yaml"
    path.write_text(
        CONFIG.format(
            url=os.environ["NEXTCLOUD_URL"],
            service=os.environ["NEXTCLOUD_SERVICE"],
            staff=STAFF,
            data=tmp_path / "daten",
        )
    )
    environment = {**os.environ, "OAUTH_ID": client.id, "OAUTH_SECRET": client.secret}
    running = Running(path, environment=environment, clock=lambda: datetime.now(UTC))
    pages = create_app(running).test_client()
    begun = pages.get("/login", base_url=AT)
    at_nextcloud = logged_in(STAFF)
    back = urlsplit(agree(at_nextcloud, begun.headers["Location"]))
    answer = pages.get(f"{back.path}?{back.query}", base_url=AT)
    assert answer.status_code == 200, answer.text
    page = pages.get("/", base_url=AT)
    assert page.status_code == 200
    assert "Abmelden" in page.text
    assert not [name for name in tokens_of(at_nextcloud) if "Netzwerk (Probe)" in name]
    running.state.engine.dispose()
