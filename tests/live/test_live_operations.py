"""What an administrator asks for on a page, carried out against a real Nextcloud: exactly what was shown."""

import os
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from network.state.errands import Errand
from plugin.jobs.errands import Errands
from plugin.operations.preview import Preview, from_text
from plugin.running import Running

pytestmark = pytest.mark.live

CONFIG = """\
network:
  id: probe-{suffix}
  name: Probe Betrieb {suffix}
  timezone: Europe/Berlin
  mode: live
  contact: {{name: Geschäftsstelle, mail: buero@probe.example}}
nextcloud: {{url: "{url}", allow_http: yes, username: {service}, password: env:NEXTCLOUD_SERVICE_PASSWORD}}
administrations:
  nieheim: {{name: Stadt Nieheim, group: nieheim}}
connectors:
  plan:
    type: table
    location: plan.csv
    every: 15 minutes
    settle: 0 minutes
    columns: {{key: Nr., status: Status, title: Titel, date: Datum, start: Beginn, end: Ende}}
calendars:
  probe: {{name: Probe {suffix}, from: [plan], share: {{administrations: [nieheim]}}}}
service: {{data: {data}}}
"""


class Probe:
    def __init__(self, running: Running, table: Path) -> None:
        self.errands = Errands(running)
        self._table = table

    def save(self, *titles: str) -> None:
        day = datetime.now(UTC).date() + timedelta(days=60)
        rows = [f"{number};veröffentlicht;{title};{day:%d.%m.%Y};9:00;12:00" for number, title in enumerate(titles, 1)]
        self._table.write_text("\n".join(("Nr.;Status;Titel;Datum;Beginn;Ende", *rows)) + "\n", encoding="utf-8")

    def previewed(self) -> Preview:
        self.errands.preview("verwaltung")
        return from_text(self._ended().document)

    def approved(self, fingerprint: str) -> Errand:
        self.errands.approve("verwaltung", fingerprint)
        return self._ended()

    def _ended(self) -> Errand:
        found = self.errands.go()
        assert found is not None and found.is_over
        return found


@pytest.fixture
def probe(tmp_path: Path) -> Iterator[Probe]:
    path = tmp_path / "netz.yaml"
    url, service = os.environ["NEXTCLOUD_URL"], os.environ["NEXTCLOUD_SERVICE"]
    path.write_text(CONFIG.format(suffix=uuid.uuid4().hex[:6], url=url, service=service, data=tmp_path / "daten"))
    running = Running(path, environment=os.environ, clock=lambda: datetime.now(UTC))
    made = Probe(running, tmp_path / "plan.csv")
    made.save("OZG", "E-Akte", "Vergaberecht", "IT-Sicherheit")
    yield made
    with running.service() as ours:
        ours.carry_out(ours.plan_removal())
    running.state.engine.dispose()


def test_what_was_shown_is_carried_out_and_nothing_else(probe: Probe) -> None:
    shown = probe.previewed()
    assert (shown.mails, shown.has_changes) == (0, True)
    assert probe.approved(shown.fingerprint).exit_code == 0
    assert not probe.previewed().has_changes

    probe.save("OZG Aufbau", "E-Akte", "Vergaberecht", "IT-Sicherheit")
    renamed = probe.previewed()
    (scope,) = renamed.scopes
    assert [(each.before, each.after) for each in scope.changes[0].differences] == [("OZG", "OZG Aufbau")]
    probe.save("OZG Aufbau", "E-Akte", "Vergaberecht", "Datenschutz")
    stale = probe.approved(renamed.fingerprint)
    assert stale.problem is not None and stale.problem.code == "plan_changed"
    assert probe.errands.go() is not None  # the new preview, for whoever agreed to the old one
    assert probe.approved(probe.previewed().fingerprint).exit_code == 0
