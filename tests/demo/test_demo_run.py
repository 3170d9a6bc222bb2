"""The demonstration as a stranger runs it: the real Kreis Höxter, one sync, and a second look that writes nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from plugin.assembly import open_service
from plugin.sandbox import Sandbox

WRITES = {"PUT", "POST", "DELETE", "MKCALENDAR", "MKCOL", "PROPPATCH", "MOVE", "PATCH"}


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of a demonstration that has run once, and what it printed."""
    folder = tmp_path_factory.mktemp("demo")
    command = [sys.executable, "-m", "plugin.cli", "demo", "--once", "--port", "0", "--data", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, env={**os.environ, "LANG": "C.UTF-8"})
    assert done.returncode == 0, done.stdout + done.stderr
    return folder, done.stdout


def test_the_table_tells_for_each_administration_what_its_staff_see(shown: tuple[Path, str]) -> None:
    _, said = shown
    towns = ("Bad Driburg", "Beverungen", "Borgentreich", "Brakel", "Höxter", "Marienmünster", "Nieheim", "Steinheim")
    for town in (*towns, "Warburg", "Willebadessen", "Kreis Höxter"):
        assert town in said
    assert said.count("Schulungen (64)") == 11
    assert "Mails: 0" in said
    assert "/remote.php/dav" in said


def test_straight_after_it_a_plan_changes_nothing_and_sends_no_writing_request(shown: tuple[Path, str]) -> None:
    folder, _ = shown
    port = int((folder / "config" / "1-kalender.yaml").read_text().split("http://127.0.0.1:")[1].split()[0])
    with Sandbox(folder / "nextcloud", port=port) as sandbox, open_service(folder / "config") as service:
        run = service.plan()
        sent = [each for each in sandbox.requests if each.user == sandbox.service.user]
    assert run.code == 0
    assert run.plan.changes == ()
    assert sent
    assert [each for each in sent if each.method in WRITES] == []


def test_the_sandboxs_log_on_disk_tells_every_request(shown: tuple[Path, str]) -> None:
    folder, _ = shown
    lines = (folder / "nextcloud" / "access.jsonl").read_text().splitlines()
    rows = [json.loads(line) for line in lines]
    assert len(rows) > 300
    assert set(rows[0]) == {"method", "path", "user", "status", "ms"}
    assert not [row for row in rows if row["status"] >= 500]


def test_a_second_demonstration_goes_on_where_the_first_ended(shown: tuple[Path, str]) -> None:
    folder, _ = shown
    command = [sys.executable, "-m", "plugin.cli", "demo", "--once", "--port", "0", "--json", "--data", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0
    document = json.loads(done.stdout)
    assert sum(len(scope["changes"]) for scope in document["scopes"]) == 0
    assert set(document["requests"]) <= {"PROPFIND", "GET", "REPORT"}
