"""An administrator's first hour and the whole network against a real Nextcloud; takes everything from the environment.

NEXTCLOUD_URL, NEXTCLOUD_SERVICE, NEXTCLOUD_SERVICE_PASSWORD, NEXTCLOUD_SERVICE_APP_PASSWORD, NEXTCLOUD_STAFF_PASSWORD;
the groups kreis-hoexter, brakel, nieheim and dnw-test exist, with anna.brakel and erika.beispiel in theirs. Names and
the network's id are random, and everything is taken back at the end.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from connectors.nextcloud import NextcloudServer, connect
from network.report import Result
from plugin.assembly import open_service
from plugin.render.run import Run
from plugin.service import Service

pytestmark = pytest.mark.live
HEADINGS = ("Nr.", "Status", "Titel", "Datum", "Beginn", "Ende", "Ort")
DAY = datetime.now(UTC).date() + timedelta(days=60)

LEVEL_1 = """\
network:
  id: probe-{suffix}
  name: Probe {suffix}
  timezone: Europe/Berlin
  mode: live
  contact: {{name: Probe, mail: probe@probe.example}}
nextcloud: {{url: "{url}", username: {service}, password: env:NEXTCLOUD_SERVICE_APP_PASSWORD}}
administrations:
  kreis:   {{name: Kreis {suffix}, group: kreis-hoexter}}
  brakel:  {{name: Brakel {suffix}, group: brakel}}
  nieheim: {{name: Nieheim {suffix}, group: nieheim}}
connectors:
  plan:
    type: table
    location: "nextcloud:/Probe {suffix}/Plan.xlsx"
    settle: 10 minutes
    notes: true
    columns: {{key: Nr., status: Status, title: Titel, date: Datum, start: Beginn, end: Ende, place: Ort}}
calendars:
  plan-{suffix}: {{name: "Plan {suffix}", from: [plan], share: {{administrations: all}}}}
service: {{data: {data}}}
"""
LEVEL_3 = """\
admin_rights: {rights}
exchange_groups:
  ozg-{suffix}: {{name: Austausch {suffix}, lead: [erika.beispiel], members: {{administrations: [brakel]}}}}
projects:
  presse-{suffix}: {{name: Presse {suffix}, template: presse, quota: 5 GB, access: {{read: {{administrations: all}}}}}}
"""
CREDENTIAL = "{{username: {service}, password: env:NEXTCLOUD_SERVICE_PASSWORD}}"


@dataclass
class Probe:
    """One network with random names on the real server."""

    suffix: str
    folder: Path
    server: NextcloudServer

    @property
    def config(self) -> Path:
        return self.folder / "netz.yaml"

    def write(self, *parts: str, rights: str = "print") -> None:
        values = {
            "suffix": self.suffix,
            "url": os.environ["NEXTCLOUD_URL"],
            "service": os.environ["NEXTCLOUD_SERVICE"],
            "data": self.folder / "daten",
            "rights": rights.format(service=os.environ["NEXTCLOUD_SERVICE"]),
        }
        self.config.write_text("".join(parts).format(**values))

    def save(self, rows: Sequence[Sequence[Any]]) -> None:
        """The coordinator's table, last saved an hour ago."""
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        for row in (HEADINGS, *rows):
            sheet.append(list(row))
        held = BytesIO()
        book.save(held)
        self.server.files.make_folder(f"/Probe {self.suffix}")
        path = f"/remote.php/dav/files/{self.server.account}/Probe {self.suffix}/Plan.xlsx"
        an_hour_ago = str(int((datetime.now(UTC) - timedelta(hours=1)).timestamp()))
        answer = self.server._account.session.put(
            os.environ["NEXTCLOUD_URL"] + path, data=held.getvalue(), headers={"X-OC-Mtime": an_hour_ago}
        )
        assert answer.status_code in (201, 204)

    def do(self, work: Callable[[Service], Run]) -> Run:
        with open_service(self.config) as service:
            return work(service)

    def apply(self) -> Run:
        return self.do(lambda service: service.apply())

    def titles(self, account: str = "anna.brakel") -> list[str]:
        """What stands in the shared calendar, read by a staff member."""
        staff = connect(os.environ["NEXTCLOUD_URL"], account, os.environ["NEXTCLOUD_STAFF_PASSWORD"])
        found = [each for each in staff.calendars.calendars() if each.name.startswith(f"Plan {self.suffix} (")]
        if not found:
            return []
        hrefs = [href for href, _ in staff.calendars.changes(found[0].href, "").changed]
        texts = [each.data.decode() for each in staff.calendars.objects(found[0].href, hrefs)] if hrefs else []
        lines = (line for text in texts for line in text.splitlines() if line.startswith("SUMMARY"))
        return sorted(line.partition(":")[2] for line in lines)


@pytest.fixture
def probe(tmp_path: Path) -> Iterator[Probe]:
    server = connect(
        os.environ["NEXTCLOUD_URL"], os.environ["NEXTCLOUD_SERVICE"], os.environ["NEXTCLOUD_SERVICE_APP_PASSWORD"]
    )
    made = Probe(uuid.uuid4().hex[:6], tmp_path, server)
    made.write(LEVEL_1)
    made.save([row(1, "OZG"), row(2, "E-Akte"), row(3, "Datenschutz")])
    yield made
    made.write(LEVEL_1, LEVEL_3, rights=CREDENTIAL)
    made.do(lambda service: service.carry_out(service.plan_removal()))
    server.files.delete(f"/Probe {made.suffix}")
    server.close()


def row(key: int, title: str, *, status: str = "veröffentlicht", start: str = "9:00") -> list[Any]:
    return [key, status, title, DAY, start, "12:00", "Kreishaus"]


def test_three_rows_reach_staff_and_follow_the_table_and_the_way_back_leaves_nothing(probe: Probe) -> None:
    planned = probe.do(lambda service: service.plan())
    assert planned.code == 10
    assert probe.titles() == []
    assert probe.apply().code == 0
    assert probe.titles() == ["Datenschutz", "E-Akte", "OZG"]
    assert probe.do(lambda service: service.plan()).code == 0
    probe.save([row(1, "OZG", start="10:00"), row(2, "E-Akte", status="fällt aus")])
    assert probe.apply().code == 0
    assert probe.titles() == ["Datenschutz", "Fällt aus: E-Akte", "OZG"]
    again = probe.apply()
    assert not set(again.requests) & {"PUT", "POST", "DELETE", "MKCALENDAR", "PROPPATCH", "MOVE"}
    assert probe.do(lambda service: service.carry_out(service.plan_removal())).code == 0
    assert probe.titles() == []
    assert not [each for each in probe.server.teams.teams() if probe.suffix in each.name]


def test_a_pilot_is_seen_by_its_group_alone(probe: Probe) -> None:
    probe.config.write_text(probe.config.read_text().replace("  mode: live", "  mode: live\n  pilot: dnw-test"))
    assert probe.apply().code == 0
    assert probe.titles("anna.test") == ["Datenschutz", "E-Akte", "OZG"]
    assert probe.titles("anna.brakel") == []


def test_losing_the_state_database_writes_no_entry_twice(probe: Probe) -> None:
    assert probe.apply().code == 0
    for path in (probe.folder / "daten").iterdir():
        path.unlink()
    again = probe.apply()
    assert again.code == 0
    assert again.requests.get("PUT", 0) <= 1  # the notes file alone
    assert probe.titles() == ["Datenschutz", "E-Akte", "OZG"]


def test_a_training_removed_by_hand_comes_back_out_of_the_trash_bin(probe: Probe) -> None:
    assert probe.apply().code == 0
    (calendar,) = [each for each in probe.server.calendars.calendars() if each.name == f"Plan {probe.suffix}"]
    href, etag = probe.server.calendars.changes(calendar.href, "").changed[0]
    probe.server.calendars.delete(href, if_match=etag)
    assert len(probe.titles()) == 2
    assert probe.apply().code == 0
    assert probe.titles() == ["Datenschutz", "E-Akte", "OZG"]


def test_team_folder_and_room_stand_and_a_second_run_writes_nothing(probe: Probe) -> None:
    probe.write(LEVEL_1, LEVEL_3, rights=CREDENTIAL)
    run = probe.apply()
    assert [outcome.problem for outcome in run.report.outcomes if outcome.result is not Result.DONE] == []
    staff = connect(os.environ["NEXTCLOUD_URL"], "anna.brakel", os.environ["NEXTCLOUD_STAFF_PASSWORD"])
    names = {each.path.strip("/") for each in staff.files.list("/")}
    assert {f"Austausch {probe.suffix}", f"Presse {probe.suffix}"} <= names
    assert f"Austausch {probe.suffix}" in {each.name for each in staff.teams.teams()}
    if staff.features().rooms:
        assert f"Austausch {probe.suffix}" in {each.name for each in staff.rooms.rooms()}
    again = probe.do(lambda service: service.apply(verify=True))
    assert again.plan.changes == ()


def test_the_printed_commands_do_what_the_privileged_account_would_have_done(probe: Probe) -> None:
    occ = os.environ.get("OCC")
    if not occ:
        pytest.skip("OCC is not set: the printed commands can't be run here")
    probe.write(LEVEL_1, LEVEL_3)
    for _ in range(4):
        run = probe.apply()
        assert run.report is not None
        commands = list(dict.fromkeys(line for outcome in run.report.outcomes for line in outcome.commands))
        if not commands:
            break
        for line in commands:
            subprocess.run([occ, *shlex.split(line)[1:]], check=True, capture_output=True)
    assert run.code == 0
    staff = connect(os.environ["NEXTCLOUD_URL"], "anna.brakel", os.environ["NEXTCLOUD_STAFF_PASSWORD"])
    assert f"Presse {probe.suffix}" in {each.path.strip("/") for each in staff.files.list("/")}


def test_a_user_name_in_other_capitals_is_the_same_account(probe: Probe) -> None:
    name = os.environ["NEXTCLOUD_SERVICE"]
    other = connect(os.environ["NEXTCLOUD_URL"], name.title(), os.environ["NEXTCLOUD_SERVICE_APP_PASSWORD"])
    assert other.account == name
    assert {each.uri for each in other.calendars.calendars()} == {
        each.uri for each in probe.server.calendars.calendars()
    }
    other.close()
