"""A person takes a calendar of ours out of a real Nextcloud, and gets it back with the button's own way.

Takes NEXTCLOUD_URL, NEXTCLOUD_SERVICE, NEXTCLOUD_SERVICE_APP_PASSWORD and NEXTCLOUD_STAFF_PASSWORD from the environment.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connectors.nextcloud import NextcloudServer, connect
from plugin.assembly import open_service
from plugin.bringing_back import granted
from plugin.overviews.meant import as_meant
from plugin.service import Service

pytestmark = pytest.mark.live

STAFF, OTHER = "anna.brakel", "erika.beispiel"
CONFIG = """\
network: {{id: live-zurueck, name: Netz zurueck, timezone: Europe/Berlin, contact: {{name: Büro, mail: buero@probe.example}}}}
nextcloud: {{url: "{url}", allow_http: true, username: {service}, password: env:NEXTCLOUD_SERVICE_APP_PASSWORD}}
administrations:
  brakel: {{name: Stadt Brakel zurueck, group: brakel}}
connectors:
  kurse: {{type: ics, location: kurse.ics, every: 1 hour}}
calendars:
  probe-zurueck: {{name: Probe zurueck, from: [kurse], share: {{administrations: [brakel]}}}}
service: {{data: {data}}}
"""


def feed() -> str:
    start = datetime.now(UTC) + timedelta(days=30)
    lines = (
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//probe//DE", "BEGIN:VEVENT", "UID:zurueck-1@probe.example",
        "DTSTAMP:20260101T000000Z", f"DTSTART:{start:%Y%m%dT%H0000Z}", "SUMMARY:Probe", "END:VEVENT", "END:VCALENDAR", "",
    )  # fmt: skip
    return "\r\n".join(lines)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    path = tmp_path / "netz.yaml"
    (tmp_path / "kurse.ics").write_text(feed(), newline="")
    path.write_text(
        CONFIG.format(url=os.environ["NEXTCLOUD_URL"], service=os.environ["NEXTCLOUD_SERVICE"], data=tmp_path / "daten")
    )
    with open_service(path, environment=os.environ, clock=lambda: datetime.now(UTC)) as opened:
        yield opened
        opened.carry_out(opened.plan_removal())


def seen(server: NextcloudServer) -> list[str]:
    found = (each for each in server.calendars.calendars() if not each.trashed)
    return [each.href for each in found if "dnw-probe-zurueck" in each.uri]


def test_a_calendar_taken_out_by_accident_comes_back(service: Service) -> None:
    for _ in range(2):
        service.apply()
    password = os.environ["NEXTCLOUD_STAFF_PASSWORD"]
    person, stranger = (connect(os.environ["NEXTCLOUD_URL"], each, password) for each in (STAFF, OTHER))
    [mine] = seen(person)
    person.calendars.delete_calendar(mine, purge=False)
    assert seen(person) == []
    service.apply(verify=True)
    assert seen(person) == []
    settings, people = as_meant(service.settings, service.state)
    [wanted] = granted(settings, people, STAFF, ("administration:brakel",), is_pilot=False)
    service.bring_back(wanted, STAFF)
    assert seen(person) == [mine]
    assert seen(stranger) == []
    assert service.apply(verify=True).plan.changes == ()
    assert granted(settings, people, OTHER, ("administration:kreis",), is_pilot=False) == ()
    person.close()
    stranger.close()
