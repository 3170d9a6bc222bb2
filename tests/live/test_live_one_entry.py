"""One line of YAML on a real Nextcloud, and a project's end: read back as single people find them.

Takes everything from the environment as `test_live_first_hour` does; erika.beispiel and anna.brakel are in the groups
kreis-hoexter and brakel, the outsider is somebody of nieheim.
"""

from __future__ import annotations

import os
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "journeys"))

from journeys_one_entry import Found, entry, find, may, whole

from connectors.nextcloud import NextcloudServer, connect
from network.report import Result
from plugin.assembly import open_service
from plugin.render.run import Run

pytestmark = pytest.mark.live
BERLIN = ZoneInfo("Europe/Berlin")
FIRST = datetime.now(BERLIN).date() + timedelta(days=3)
LAST = datetime.now(BERLIN).date() + timedelta(days=10)

CONFIG = """\
network:
  id: probe-{suffix}
  name: Probe {suffix}
  timezone: Europe/Berlin
  contact: {{name: Probe, mail: probe@probe.example}}
nextcloud: {{url: "{url}", username: {service}, password: env:NEXTCLOUD_SERVICE_APP_PASSWORD}}
admin_rights: {{username: {service}, password: env:NEXTCLOUD_SERVICE_PASSWORD}}
administrations:
  kreis:   {{name: Kreis {suffix}, group: kreis-hoexter}}
  brakel:  {{name: Brakel {suffix}, group: brakel}}
  nieheim: {{name: Nieheim {suffix}, group: nieheim}}
service: {{data: {data}}}
"""
PROJECT = """\
projects:
  presse-{suffix}:
    name: Presse {suffix}
    until: {last}
    access: {{read: {{administrations: [nieheim]}}, edit: {{people: [anna.brakel]}}}}
"""


@dataclass
class Probe:
    """A network with random names; its clock may be ahead of the server's."""

    folder: Path
    suffix: str = field(default_factory=lambda: uuid.uuid4().hex[:6])
    ahead: timedelta = timedelta()
    servers: dict[str, NextcloudServer] = field(default_factory=dict)

    @property
    def config(self) -> Path:
        return self.folder / "netz.yaml"

    def write(self, part: str, **more: object) -> None:
        where = {"url": os.environ["NEXTCLOUD_URL"], "service": os.environ["NEXTCLOUD_SERVICE"]}
        data = self.folder / "daten"
        self.config.write_text(CONFIG.format(suffix=self.suffix, data=data, **where) + part)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def on(self, day: date) -> None:
        """It is noon of this day."""
        self.ahead = datetime(day.year, day.month, day.day, 12, tzinfo=BERLIN) - datetime.now(UTC)

    def apply(self, **options: bool) -> Run:
        with open_service(self.config, clock=self.now) as service:
            run = service.apply(**options)
        assert run.report is not None
        assert [each.problem for each in run.report.outcomes if each.result is not Result.DONE] == []
        return run

    def take_back(self) -> None:
        with open_service(self.config, clock=self.now) as service:
            service.carry_out(service.plan_removal())

    def staff(self, account: str, password: str = "") -> NextcloudServer:
        if account not in self.servers:
            password = password or os.environ["NEXTCLOUD_STAFF_PASSWORD"]
            self.servers[account] = connect(os.environ["NEXTCLOUD_URL"], account, password)
        return self.servers[account]

    def service(self) -> NextcloudServer:
        return self.staff(os.environ["NEXTCLOUD_SERVICE"], os.environ["NEXTCLOUD_SERVICE_APP_PASSWORD"])


@pytest.fixture
def probe(tmp_path: Path) -> Iterator[Probe]:
    made = Probe(tmp_path)
    yield made
    try:
        made.take_back()
    finally:
        for each in made.servers.values():
            each.close()


@pytest.fixture
def outsider(probe: Probe) -> str:
    return min(probe.service().directory.members("nieheim"))


def test_one_entry_gives_three_people_exactly_what_it_says(probe: Probe, outsider: str) -> None:
    name = f"Austausch {probe.suffix}"
    probe.write(entry(f"e-{probe.suffix}", name, lead="erika.beispiel", administration="brakel", first=FIRST))
    probe.apply()
    assert find(probe.staff("erika.beispiel"), name) == whole(FIRST, leads=True)
    assert find(probe.staff("anna.brakel"), name) == whole(FIRST, leads=False)
    assert find(probe.staff(outsider), name) == Found.nothing()
    assert probe.apply(verify=True).plan.changes == ()


def test_a_project_that_is_over_can_only_be_read_and_is_archived_thirty_days_later_and_never_deleted(
    probe: Probe, outsider: str
) -> None:
    name = f"Presse {probe.suffix}"
    probe.write(PROJECT.format(suffix=probe.suffix, last=LAST))
    anna, dora = probe.staff("anna.brakel"), probe.staff(outsider)
    probe.apply()
    anna.files.write(f"/{name}/Mitteilung.md", b"x")
    assert (may(anna, name), may(dora, name)) == ("changes", "reads")
    probe.on(LAST)
    probe.apply()
    assert may(anna, name) == "changes"
    probe.on(LAST + timedelta(days=1))
    assert "is_over" in {each.code for each in probe.apply().problems}
    assert (may(anna, name), may(dora, name)) == ("reads", "reads")
    assert dora.files.read(f"/{name}/Mitteilung.md", max_bytes=9) == b"x"
    probe.on(LAST + timedelta(days=31))
    probe.apply()
    assert (may(anna, name), may(dora, name)) == ("nothing", "nothing")
    assert probe.service().files.read(f"/Archiv – {name}/Mitteilung.md", max_bytes=9) == b"x"
    probe.on(LAST + timedelta(days=400))
    assert probe.apply(verify=True).plan.changes == ()
    probe.write(PROJECT.format(suffix=probe.suffix, last=LAST + timedelta(days=800)))
    probe.apply()
    assert (may(anna, name), may(dora, name)) == ("changes", "reads")
    assert dora.files.read(f"/{name}/Mitteilung.md", max_bytes=9) == b"x"
    assert probe.apply().plan.changes == ()
    probe.service().files.delete(f"/{name}/Mitteilung.md")
