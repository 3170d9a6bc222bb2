"""Our pages inside a real Nextcloud: registered, opened through its proxy, commanded, disabled, enabled, taken away.

What Nextcloud tells us (hints), and what we tell coordinators inside it (notifications).

Takes NEXTCLOUD_URL, NEXTCLOUD_ADMIN(_PASSWORD), NEXTCLOUD_SERVICE, NEXTCLOUD_SERVICE_APP_PASSWORD and
NEXTCLOUD_STAFF_PASSWORD from the environment, and NEXTCLOUD_OCC: how occ is called here. The server has to reach this
machine; at which address says NEXTCLOUD_REACHES_US (default 127.0.0.1).
"""

import base64
import json
import os
import random
import re
import secrets
import shlex
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from test_live_login import initial_state, logged_in
from werkzeug.serving import make_server

from network.model import Question
from network.state.notices import NoticeLog
from network.state.schedule import Schedule
from network.state.sources import SourceLog
from network.text import Text
from plugin.alerts.notices import Notices, way
from plugin.cli.main import run as command_line
from plugin.exapp import hints
from plugin.intervals import NEXTCLOUD
from plugin.running import Running
from plugin.web.app import create_app

pytestmark = [
    pytest.mark.live,
    pytest.mark.skipif("NEXTCLOUD_OCC" not in os.environ, reason="needs occ: set NEXTCLOUD_OCC to how it is called"),
]

STAFF, OTHER = "anna.brakel", "bernd.brakel"
APP = "digitalnetzwerk"

CONFIG = """\
network: {{id: live-exapp, name: Probenetz, timezone: Europe/Berlin, mode: preview, contact: {{name: Büro, mail: buero@probe.example}}}}
nextcloud: {{url: "{url}", allow_http: true, username: {service}, password: env:NEXTCLOUD_SERVICE_APP_PASSWORD}}
administrations:
  brakel: {{name: Stadt Brakel Probe, group: brakel}}
roles: {{network_admins: {{people: [{staff}]}}}}
service: {{data: {data}, exapp: {{secret: env:EXAPP_SECRET, address: "{address}"}}}}
"""

FOLDER, TABLE = "Probe-Planung", "Schulungsplan.xlsx"
LIVE = (
    CONFIG.replace("mode: preview", "mode: live").replace(
        "roles: {{", f"roles: {{{{coordinators: {{{{people: [{STAFF}]}}}}, "
    )
    + f"""\
connectors:
  plan:
    type: table
    location: nextcloud:/{FOLDER}/{TABLE}
    columns: {{{{key: Nr., title: Titel, date: Datum}}}}
"""
)
CALENDAR = "dnw-probe-hinweise"
EVENT = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//probe.example//Probe//DE
BEGIN:VEVENT
UID:UID-OF-IT
DTSTAMP:20300101T080000Z
DTSTART:20300101T090000Z
DTEND:20300101T100000Z
SUMMARY:Probe
END:VEVENT
END:VCALENDAR
"""


@dataclass(frozen=True)
class Registered:
    """The service is running and registered."""

    running: Running
    config: Path
    said: str

    @property
    def pages(self) -> str:
        return f"{os.environ['NEXTCLOUD_URL']}/index.php/apps/app_api/proxy/{APP}"

    @property
    def entry(self) -> str:
        return f"{os.environ['NEXTCLOUD_URL']}/index.php/apps/app_api/embedded/{APP}/netzwerk"


def occ(*words: str) -> str:
    """What occ prints; it has to succeed."""
    command = [*shlex.split(os.environ["NEXTCLOUD_OCC"]), *words]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


@pytest.fixture(params=[CONFIG], ids=["registered"])
def registered(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Registered]:
    """With another configuration where a test names one as the parameter."""
    monkeypatch.setenv("EXAPP_SECRET", secrets.token_hex(32))
    reached = os.environ.get("NEXTCLOUD_REACHES_US", "127.0.0.1")
    path = tmp_path / "netz.yaml"

    def write(port: int) -> None:
        path.write_text(
            str(request.param).format(
                url=os.environ["NEXTCLOUD_URL"],
                service=os.environ["NEXTCLOUD_SERVICE"],
                staff=STAFF,
                data=tmp_path / "daten",
                address=f"http://{reached}:{port}",
            )
        )

    write(1)
    running = Running(path, environment=os.environ, clock=lambda: datetime.now(UTC))
    host, port = "127.0.0.1" if reached == "127.0.0.1" else "0.0.0.0", low_port()
    server = make_server(host, port, create_app(running), threaded=True)
    write(port)
    assert running.reload()
    threading.Thread(target=server.serve_forever, name="pages", daemon=True).start()
    before = occ("app_api:app:list"), occ("app_api:daemon:list")
    with_occ = ["--occ", os.environ["NEXTCLOUD_OCC"]]
    try:
        assert command_line(["-c", str(path), "exapp", "register", *with_occ]) == 0
        yield Registered(running, path, capsys.readouterr().out)
    finally:
        gone = command_line(["-c", str(path), "exapp", "unregister", *with_occ])
        server.shutdown()
        server.server_close()
        running.state.engine.dispose()
    assert gone == 0
    assert (occ("app_api:app:list"), occ("app_api:daemon:list")) == before
    assert "digitalnetzwerk:sync" not in occ("list", "--raw")


def low_port() -> int:
    """A free one that Nextcloud can keep (AppAPI's database column ends at 32767)."""
    while True:
        port = random.randrange(20_000, 32_767)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


def top_bar(page: str) -> list[dict[str, Any]]:
    apps = initial_state(page, "apps")
    return list(apps.values()) if isinstance(apps, dict) else apps


def own_headers(account: str) -> dict[str, str]:
    proof = base64.b64encode(f"{account}:{os.environ['EXAPP_SECRET']}".encode()).decode()
    return {"EX-APP-ID": APP, "EX-APP-VERSION": "0.1.0", "AUTHORIZATION-APP-API": proof, "OCS-APIRequest": "true"}


def token_in(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_staff_open_our_pages_in_nextclouds_own_bar_and_an_administrator_takes_them_away(
    registered: Registered, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "„Netzwerk“ steht in der oberen Leiste" in registered.said
    anna, bernd = logged_in(STAFF), logged_in(OTHER)

    # the entry, and the page that a script of ours fills
    embedded = bernd.get(f"{registered.entry}/betrieb?x=1", timeout=30)
    assert embedded.status_code == 200
    (entry,) = [each for each in top_bar(embedded.text) if each["name"] == "Netzwerk"]
    assert entry["href"].endswith(f"/apps/app_api/embedded/{APP}/netzwerk")
    icon = bernd.get(os.environ["NEXTCLOUD_URL"] + entry["icon"], timeout=30)
    assert (icon.status_code, icon.headers["Content-Type"]) == (200, "image/svg+xml")
    script = re.search(r'<script[^>]+src="([^"]+/static/embed\.js[^"]*)"', embedded.text)
    assert script is not None
    assert "createElement" in bernd.get(os.environ["NEXTCLOUD_URL"] + script[1], timeout=30).text

    # pages through the proxy, as whom Nextcloud says
    page = bernd.get(f"{registered.pages}/", timeout=30)
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
    assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]
    assert bernd.get(f"{registered.pages}/betrieb", timeout=30).status_code == 404
    health = anna.get(f"{registered.pages}/betrieb", timeout=30)
    assert health.status_code == 200
    assert requests.get(f"{registered.pages}/", timeout=30).status_code == 404
    for path in ("/init", "//init", "/%2569nit", "/heartbeat", "/login"):
        assert anna.get(registered.pages + path, timeout=30).status_code == 404, path
    for path in ("/occ/sync", "//occ/sync", "/%256fcc/sync"):
        assert anna.post(registered.pages + path, timeout=30).status_code == 404, path

    # forms
    token = token_in(health.text)
    assert anna.post(f"{registered.pages}/betrieb/lauf", data={"token": token}, timeout=30).status_code == 200
    assert anna.post(f"{registered.pages}/betrieb/lauf", data={}, timeout=30).status_code == 403
    assert anna.post(f"{registered.pages}/betrieb/lauf", data={"token": "0" * 64}, timeout=30).status_code == 403

    # the command, and what the administrator's settings say
    said = occ("digitalnetzwerk:sync")
    assert said.startswith("Der Abgleich läuft …\n")
    assert "Vorschau (mode: preview): nirgends wurde etwas geändert." in said
    (form,) = [each for each in forms() if each["app"] == APP]
    assert "Probenetz" in form["title"] and "http://" in form["description"]

    # twice is once
    capsys.readouterr()
    arguments = ["-c", str(registered.config), "exapp", "register", "--occ", os.environ["NEXTCLOUD_OCC"]]
    assert command_line(arguments) == 0
    assert "Der Dienst war schon eingetragen." in capsys.readouterr().out

    # disabled, nothing is left, and we may do nothing any more; enabled, all is back
    occ("app_api:app:disable", APP)
    assert bernd.get(f"{registered.pages}/", timeout=30).status_code == 404
    assert bernd.get(registered.entry, timeout=30).status_code == 404
    assert acting(OTHER) == 401
    assert [each for each in forms() if each["app"] == APP] == []
    assert command_line(arguments) == 0
    assert "wieder eingeschaltet" in capsys.readouterr().out
    assert bernd.get(f"{registered.pages}/", timeout=30).status_code == 200
    assert acting(OTHER) == 200


def acting(account: str) -> int:
    """Whether we may act as this person."""
    url = f"{os.environ['NEXTCLOUD_URL']}/ocs/v2.php/cloud/user"
    return requests.get(url, headers=own_headers(account), timeout=30).status_code


def forms() -> list[dict[str, Any]]:
    """The forms that an administrator sees."""
    answer = requests.get(
        f"{os.environ['NEXTCLOUD_URL']}/ocs/v2.php/settings/api/declarative/forms",
        auth=(os.environ["NEXTCLOUD_ADMIN"], os.environ["NEXTCLOUD_ADMIN_PASSWORD"]),
        headers={"OCS-APIRequest": "true", "Accept": "application/json"},
        timeout=30,
    )
    found: list[dict[str, Any]] = json.loads(answer.text)["ocs"]["data"]
    return found


# ---------------------------------------------------------------------- what Nextcloud tells us, and we tell there


def ocs(method: str, path: str, login: tuple[str, str], **more: Any) -> Any:
    answer = requests.request(
        method,
        f"{os.environ['NEXTCLOUD_URL']}/ocs/v2.php/{path}",
        auth=login,
        headers={"OCS-APIRequest": "true", "Accept": "application/json"},
        timeout=30,
        **more,
    )
    assert answer.status_code == 200, answer.text
    return answer.json()["ocs"]["data"]


def dav(method: str, path: str, login: tuple[str, str], body: str | bytes = "", **headers: str) -> int:
    given = {"Content-Type": "application/xml; charset=utf-8", **headers}
    url = f"{os.environ['NEXTCLOUD_URL']}/remote.php/dav/{path}"
    return requests.request(method, url, auth=login, data=body, headers=given, timeout=30).status_code


def ourselves() -> tuple[str, str]:
    return os.environ["NEXTCLOUD_SERVICE"], os.environ["NEXTCLOUD_SERVICE_APP_PASSWORD"]


def staff(account: str = STAFF) -> tuple[str, str]:
    return account, os.environ["NEXTCLOUD_STAFF_PASSWORD"]


@pytest.fixture
def shared() -> Iterator[None]:
    """A calendar and a folder of the service account, in which a person may write."""
    ours = ourselves()
    calendar, folder = f"calendars/{ours[0]}/{CALENDAR}", f"files/{ours[0]}/{FOLDER}"
    share = (
        '<oc:share xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><oc:set>'
        f"<d:href>principal:principals/users/{STAFF}</d:href><oc:read-write/></oc:set></oc:share>"
    )
    try:
        assert dav("MKCALENDAR", calendar, ours) == 201
        assert dav("POST", calendar, ours, share) == 200
        assert dav("MKCOL", folder, ours) == 201
        ocs(
            "POST",
            "apps/files_sharing/api/v1/shares",
            ours,
            data={"path": f"/{FOLDER}", "shareType": 0, "shareWith": STAFF, "permissions": 15},
        )
        yield
    finally:
        dav("DELETE", folder, ours)
        dav("DELETE", calendar, ours, **{"X-NC-CalDAV-No-Trashbin": "1"})


def look_is_due(registered: Registered) -> set[str]:
    """What is looked at early, after Nextcloud has told what it has to tell."""
    occ("background-job:worker", "-t", "8s", r"OCA\WebhookListeners\BackgroundJobs\WebhookCall")
    times = plan_of(registered).times()
    return {name for name, at in times.items() if at - datetime.now(UTC) <= timedelta(minutes=11)}


def plan_of(registered: Registered) -> Schedule:
    return Schedule(registered.running.state.engine, clock=registered.running.clock, random=lambda: 0.0)


def rest(registered: Registered) -> None:
    """Nothing is to be looked at for hours."""
    plan = plan_of(registered)
    plan.keep({NEXTCLOUD: timedelta(hours=5), "plan": timedelta(hours=5)})
    plan.hasten((NEXTCLOUD, "plan"))
    plan.claim()


@pytest.mark.parametrize("registered", [LIVE], indirect=True, ids=["live"])
def test_what_a_person_edits_or_saves_is_looked_at_early_and_what_we_write_is_not(
    registered: Registered, shared: None
) -> None:
    known = ocs("GET", "apps/webhook_listeners/api/v1/webhooks", admin())
    ours = [each for each in known if each["appId"] == APP]
    assert {each["uri"] for each in ours} == {hints.URI}
    assert len(ours) == 4

    # what we write ourselves
    rest(registered)
    by_us = f"calendars/{ourselves()[0]}/{CALENDAR}"
    text_calendar = {"Content-Type": "text/calendar; charset=utf-8"}
    assert dav("PUT", f"{by_us}/a.ics", ourselves(), EVENT.replace("UID-OF-IT", "a"), **text_calendar) == 201
    assert dav("PUT", f"files/{ourselves()[0]}/{FOLDER}/{TABLE}", ourselves(), b"one") == 201
    assert look_is_due(registered) == set()

    # an entry that somebody changes
    by_staff = f"calendars/{STAFF}/{CALENDAR}_shared_by_{ourselves()[0]}"
    changed = EVENT.replace("UID-OF-IT", "a").replace("SUMMARY:Probe", "SUMMARY:Anders")
    assert dav("PUT", f"{by_staff}/a.ics", staff(), changed, **text_calendar) == 204
    assert look_is_due(registered) == {NEXTCLOUD}

    # a table that somebody saves, and another file beside it
    rest(registered)
    assert dav("PUT", f"files/{STAFF}/{FOLDER}/Liste.xlsx", staff(), b"x") == 201
    assert look_is_due(registered) == set()
    assert dav("PUT", f"files/{STAFF}/{FOLDER}/{TABLE}", staff(), b"two") == 204
    assert look_is_due(registered) == {"plan"}


def admin() -> tuple[str, str]:
    return os.environ["NEXTCLOUD_ADMIN"], os.environ["NEXTCLOUD_ADMIN_PASSWORD"]


@pytest.mark.parametrize("registered", [LIVE], indirect=True, ids=["live"])
def test_a_coordinator_reads_among_their_notifications_that_a_source_asks(registered: Registered) -> None:
    running = registered.running
    asked = [Question("training_missing", key, "", Text(f"{key}: fehlt", key)) for key in ("1", "2")]
    SourceLog(running.state.engine).ask("plan", asked)
    for _ in range(2):
        Notices(running.settings, running.state, way(running.settings, os.environ)).after(running.clock())
    path = "apps/notifications/api/v2/notifications"
    (found,) = [each for each in ocs("GET", path, staff()) if each["app"] == APP]
    ocs("DELETE", f"{path}/{found['notification_id']}", staff())
    assert found["subject"] == "2 Fragen warten auf Ihre Antwort"
    assert found["message"] == "1: fehlt"
    assert found["link"] == f"{registered.entry}/betrieb/fragen"
    assert [each for each in ocs("GET", path, staff(OTHER)) if each["app"] == APP] == []
    page = logged_in(STAFF).get(found["link"], timeout=30)
    assert page.status_code == 200 and "/static/embed" in page.text


@pytest.mark.parametrize("registered", [LIVE], indirect=True, ids=["live"])
def test_an_account_that_is_gone_costs_the_others_nothing_and_capitals_do_not_matter(registered: Registered) -> None:
    running = registered.running
    text = registered.config.read_text()
    registered.config.write_text(text.replace(f"people: [{STAFF}]", f"people: [aaron.fort, {STAFF.upper()}]"))
    assert running.reload()
    SourceLog(running.state.engine).ask("plan", [Question("training_missing", "1", "", Text("1: fehlt", "1"))])
    Notices(running.settings, running.state, way(running.settings, os.environ)).after(running.clock())
    path = "apps/notifications/api/v2/notifications"
    (found,) = [each for each in ocs("GET", path, staff()) if each["app"] == APP]
    ocs("DELETE", f"{path}/{found['notification_id']}", staff())
    assert NoticeLog(running.state.engine).untold("aaron.fort", SourceLog(running.state.engine).questions()) == ()
