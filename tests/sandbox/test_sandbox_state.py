"""A sandbox with a folder goes on where the last one ended, however that one ended."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from sandbox_caller import Caller

from plugin.sandbox import Sandbox

ROOT = Path(__file__).parents[2]


def _service(sandbox: Sandbox) -> Caller:
    return Caller(sandbox.url, sandbox.service.user, sandbox.service.app_password)


def _sync(client: Caller, token: str = "") -> str:
    body = (
        '<d:sync-collection xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">'
        f"<d:sync-token>{token}</d:sync-token><d:sync-level>1</d:sync-level><d:prop><d:getetag/></d:prop></d:sync-collection>"
    )
    return client.call("REPORT", client.home("c1/"), data=body).text


def test_everything_is_there_again(tmp_path: Path, event: Callable[..., str]) -> None:
    with Sandbox(tmp_path) as first:
        first.add_user("anna", display_name="Anna", groups=("kreis",))
        first.put_file("anna", "/Planung/Plan ä.xlsx", b"inhalt")
        client = _service(first)
        client.make_calendar("c1")
        client.put_event("c1/u1.ics", event("u1"))
        client.put_event("c1/u2.ics", event("u2"))
        client.call("DELETE", client.home("c1/u2.ics"))
        before = _sync(client, "http://sabre.io/ns/sync/1")
        team = client.call("POST", "/ocs/v2.php/apps/circles/circles", json={"name": "Team"}).json()["ocs"]["data"][
            "id"
        ]
        body = {"userId": "kreis", "type": 2}
        client.call("POST", f"/ocs/v2.php/apps/circles/circles/{team}/members", json=body)
        first_logins = (first.admin, first.service)
    with Sandbox(tmp_path) as second:
        assert (second.admin, second.service) == first_logins
        client = _service(second)
        assert _sync(client, "http://sabre.io/ns/sync/1") == before
        assert client.put_event("c1/u2.ics", event("u2")).status_code == 500
        anna = Caller(second.url, "anna", "sandbox-anna")
        assert anna.call("GET", "/remote.php/dav/files/anna/Planung/Plan ä.xlsx").content == b"inhalt"
        teams = anna.call("GET", "/ocs/v2.php/apps/circles/circles").json()["ocs"]["data"]
        assert [row["id"] for row in teams] == [team]


def test_numbers_are_not_given_out_again(tmp_path: Path) -> None:
    with Sandbox(tmp_path) as first:
        client = _service(first)
        client.call("PUT", f"/remote.php/dav/files/{client.user}/a.txt", data=b"x")
        number = client.call("PUT", f"/remote.php/dav/files/{client.user}/b.txt", data=b"x").headers["OC-FileId"]
        client.call("DELETE", f"/remote.php/dav/files/{client.user}/b.txt")
    with Sandbox(tmp_path) as second:
        client = _service(second)
        again = client.call("PUT", f"/remote.php/dav/files/{client.user}/b.txt", data=b"x").headers["OC-FileId"]
    assert again > number


def test_a_half_written_last_line_is_forgotten(tmp_path: Path) -> None:
    with Sandbox(tmp_path) as first:
        _service(first).make_calendar("c1")
    with (tmp_path / "state.jsonl").open("a") as journal:
        journal.write('["calendars", "99", {"number": 99, "own')
    with Sandbox(tmp_path) as second:
        assert _service(second).call("PROPFIND", _service(second).home("c1/")).status_code == 207


def _started(folder: Path) -> tuple[subprocess.Popen[str], dict[str, dict[str, str]]]:
    command = [
        sys.executable,
        "-m",
        "plugin.sandbox",
        "--port",
        "0",
        "--data",
        str(folder),
        "--limits",
        "server",
        "--json",
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None
    return process, json.loads(process.stdout.readline())


def test_the_program_prints_one_line_and_survives_a_kill(tmp_path: Path, event: Callable[..., str]) -> None:
    process, ready = _started(tmp_path)
    try:
        assert set(ready) == {"url", "admin", "service"}
        login = ready["service"]
        client = Caller(str(ready["url"]), login["user"], login["password"])
        client.make_calendar("c1")
        assert client.put_event("c1/u1.ics", event("u1")).status_code == 201
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    process, again = _started(tmp_path)
    try:
        assert again["service"] == login
        client = Caller(str(again["url"]), login["user"], login["password"])
        assert client.call("GET", client.home("c1/u1.ics")).text == event("u1")
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
