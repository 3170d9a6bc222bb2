"""Joining an open exchange group on a real Nextcloud, and leaving it: what the person themselves then sees there.

Takes everything from the environment as `test_live_meetings` does; erika.beispiel leads, somebody of the group nieheim
joins.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from connectors.nextcloud import NextcloudServer, connect
from plugin.overviews.groups import Belonging, GroupShown, groups_shown
from plugin.overviews.membership import join, leave
from plugin.running import Running
from plugin.web.visitors import Visitor, introduce

pytestmark = pytest.mark.live

CONFIG = """\
network: {{id: probe-{suffix}, name: Probe {suffix}, timezone: Europe/Berlin, contact: {{name: Probe, mail: probe@probe.example}}}}
nextcloud: {{url: "{url}", allow_http: true, username: {service}, password: env:NEXTCLOUD_SERVICE_APP_PASSWORD}}
admin_rights: {{username: {service}, password: env:NEXTCLOUD_SERVICE_PASSWORD}}
administrations:
  nieheim: {{name: Nieheim {suffix}, group: nieheim}}
exchange_groups:
  offen: {{name: Offene Gruppe {suffix}, lead: [erika.beispiel], open: true, calendar: true}}
service: {{data: {data}}}
"""
SCOPE = "exchange_group:offen"


@dataclass
class Probe:
    running: Running
    person: NextcloudServer

    def apply(self) -> None:
        with self.running.service() as service:
            run = service.apply(verify=True)
        assert run.report is not None
        assert not run.report.counts["failed"], run.report.outcomes

    def visitor(self) -> Visitor:
        """As the pages know who has just logged in."""
        return introduce(self.person, self.running.settings, self.running.state)

    def group(self) -> GroupShown:
        shown = groups_shown(self.running.settings, self.running.state, self.visitor().onlooker, datetime.now(UTC))
        return next(each for each in shown if each.key == "offen")


@pytest.fixture
def probe(tmp_path: Path) -> Iterator[Probe]:
    url, service = os.environ["NEXTCLOUD_URL"], os.environ["NEXTCLOUD_SERVICE"]
    path = tmp_path / "netz.yaml"
    path.write_text(CONFIG.format(suffix=uuid.uuid4().hex[:6], url=url, service=service, data=tmp_path / "daten"))
    running = Running(path, environment=os.environ, clock=lambda: datetime.now(UTC))
    with running.as_ourselves() as server:
        account = min(server.directory.members("nieheim"))
    person = connect(url, account, os.environ["NEXTCLOUD_STAFF_PASSWORD"])
    yield Probe(running, person)
    person.close()
    with running.service() as service_of_ours:
        service_of_ours.carry_out(service_of_ours.plan_removal())
    running.state.engine.dispose()


def test_who_joins_an_open_group_sees_all_of_it_at_once_stays_and_leaves(probe: Probe) -> None:
    probe.apply()
    before = probe.visitor()
    assert SCOPE not in {*before.scopes, *dict(before.folders), *before.rooms}
    assert probe.group().may_join

    with probe.running.as_ourselves() as server:
        told = join(server, probe.running.state, probe.group(), before.account)
    after = probe.visitor()
    assert (told.is_in, told.is_in_room) == (True, True)
    assert before.after(told) == after
    assert SCOPE in after.scopes
    assert SCOPE in dict(after.folders)
    assert SCOPE in after.rooms
    assert "offen" in after.calendars

    probe.apply()
    assert probe.group().belonging is Belonging.BY_HAND
    with probe.running.as_ourselves() as server:
        told = leave(server, probe.running.state, probe.group(), before.account)
    assert (told.is_in, told.is_in_room) == (False, False)
    assert probe.visitor() == before
