"""Both sides are calendars of a real Nextcloud: ours, and one of a coordinator, who shares it or lends us her login.

Takes NEXTCLOUD_URL, NEXTCLOUD_SERVICE, NEXTCLOUD_SERVICE_APP_PASSWORD and NEXTCLOUD_STAFF_PASSWORD from the environment;
erika.beispiel plans, anna.brakel edits by hand. Names are random, and everything is taken back at the end.
"""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connectors.nextcloud import NextcloudServer, connect
from network.errors import NotThere
from network.ports import CalendarWish, ShareRow
from plugin.assembly import open_service
from plugin.render.run import Run

pytestmark = pytest.mark.live
PLANNER, EDITOR = "erika.beispiel", "anna.brakel"
DAY = datetime.now(UTC) + timedelta(days=60)
WRITES = {"PUT", "POST", "DELETE", "MKCALENDAR", "PROPPATCH", "MOVE"}

CONFIG = """\
network:
  id: zwei-{suffix}
  name: Zwei {suffix}
  timezone: Europe/Berlin
  mode: live
  contact: {{name: Probe, mail: probe@probe.example}}
nextcloud: {{url: "{url}", username: {service}, password: env:NEXTCLOUD_SERVICE_APP_PASSWORD}}
administrations:
  kreis: {{name: Kreis {suffix}, group: kreis-hoexter}}
connectors:
  planung: {{{connector}, mode: two-way}}
calendars:
  zwei-{suffix}: {{name: "Zwei {suffix}", from: [planung], share: {{people: [{planner}]}}, edit: {{people: [{editor}]}}}}
service: {{data: {data}}}
"""
SHARED = "type: nextcloud-calendar, calendar: {planner}/planung-{suffix}"
LENT = (
    'type: caldav, url: "{url}/remote.php/dav/calendars/{planner}/planung-{suffix}/", allow_http: true, '
    "username: {planner}, password: env:NEXTCLOUD_STAFF_PASSWORD"
)


@dataclass
class Calendar:
    """One of the two, as a person with a calendar program sees it."""

    server: NextcloudServer
    href: str

    def texts(self) -> dict[str, str]:
        """Title → the object."""
        hrefs = [each for each, _ in self.server.calendars.changes(self.href, "").changed]
        read = [each.data.decode() for each in self.server.calendars.objects(self.href, hrefs)] if hrefs else []
        return {found[1].strip(): text for text in read if (found := re.search(r"^SUMMARY:(.*)$", text, re.MULTILINE))}

    def titles(self) -> list[str]:
        return sorted(self.texts())

    def add(self, title: str, *lines: str) -> None:
        head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Hand//DE", "BEGIN:VEVENT", f"UID:{uuid.uuid4()}")
        times = ("DTSTAMP:20260101T000000Z", f"DTSTART:{DAY:%Y%m%d}T080000Z", f"DTEND:{DAY:%Y%m%d}T100000Z")
        text = "\r\n".join((*head, *times, f"SUMMARY:{title}", *lines, "END:VEVENT", "END:VCALENDAR", ""))
        self.server.calendars.put(f"{self.href}{uuid.uuid4()}.ics", text.encode(), if_match="")

    def edit(self, title: str, line: str) -> None:
        """Puts the line in the place of the property of its name."""
        href, etag = self._find(title)
        name = line.partition(":")[0]
        kept = re.sub(rf"^{name}[:;].*\r?\n(?: .*\r?\n)*", "", self.texts()[title], flags=re.MULTILINE)
        changed = kept.replace("END:VEVENT", f"{line}\r\nEND:VEVENT", 1)
        self.server.calendars.put(href, changed.encode(), if_match=etag)

    def delete(self, title: str) -> None:
        href, etag = self._find(title)
        self.server.calendars.delete(href, if_match=etag)

    def _find(self, title: str) -> tuple[str, str]:
        hrefs = [each for each, _ in self.server.calendars.changes(self.href, "").changed]
        found = self.server.calendars.objects(self.href, hrefs)
        return next((each.href, each.etag) for each in found if f"SUMMARY:{title}".encode() in each.data)


@dataclass
class Two:
    """The coordinator's calendar, ours as an editor sees it, and the network between them."""

    config: Path
    there: Calendar
    editor: NextcloudServer
    name: str

    def apply(self) -> Run:
        with open_service(self.config) as service:
            return service.apply()

    @property
    def here(self) -> Calendar:
        seen = next(each for each in self.editor.calendars.calendars() if each.name.startswith(self.name))
        return Calendar(self.editor, seen.href)


def staff(account: str) -> NextcloudServer:
    return connect(os.environ["NEXTCLOUD_URL"], account, os.environ["NEXTCLOUD_STAFF_PASSWORD"])


@pytest.fixture(params=(SHARED, LENT), ids=("shared", "lent"))
def two(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Two]:
    suffix, url, service = uuid.uuid4().hex[:6], os.environ["NEXTCLOUD_URL"], os.environ["NEXTCLOUD_SERVICE"]
    planner, editor = staff(PLANNER), staff(EDITOR)
    href = planner.calendars.create_calendar(
        f"planung-{suffix}", CalendarWish("Planung", "#00679e", "Europe/Berlin", "")
    )
    if request.param == SHARED:
        planner.calendars.share(href, [ShareRow(f"users/{service}", True)], [])
    connector = request.param.format(suffix=suffix, planner=PLANNER, url=url)
    values = {"suffix": suffix, "url": url, "service": service, "connector": connector, "data": tmp_path / "daten"}
    config = tmp_path / "netz.yaml"
    config.write_text(CONFIG.format(**values, planner=PLANNER, editor=EDITOR))
    made = Two(config, Calendar(planner, href), editor, f"Zwei {suffix}")
    for title in ("Datenschutz", "Haushalt", "Rhetorik", "Vergabe"):
        made.there.add(title)
    assert made.apply().code == 0
    yield made
    with open_service(config) as open_one:
        before = made.there.titles()
        open_one.carry_out(open_one.plan_removal())
        assert made.there.titles() == before  # the way back takes nothing from the source
        for seen in open_one.server.calendars.calendars():
            if seen.uri == f"dnw-zwei-{suffix}":  # what people entered in it has kept it standing
                open_one.server.calendars.delete_calendar(seen.href, purge=True)
    with suppress(NotThere):
        planner.calendars.delete_calendar(href, purge=True)
    planner.close()
    editor.close()


def test_both_sides_follow_each_other_and_a_second_run_writes_nothing(two: Two) -> None:
    assert two.here.titles() == two.there.titles() == ["Datenschutz", "Haushalt", "Rhetorik", "Vergabe"]
    two.here.edit("Rhetorik", "LOCATION:Brakel")
    two.here.add("Erste Hilfe")
    two.there.edit("Vergabe", "DESCRIPTION:Neu")
    run = two.apply()
    assert run.code == 0, run.problems
    assert "LOCATION:Brakel" in two.there.texts()["Rhetorik"]
    assert "DESCRIPTION:Neu" in two.here.texts()["Vergabe"]
    assert two.here.titles() == two.there.titles() == ["Datenschutz", "Erste Hilfe", "Haushalt", "Rhetorik", "Vergabe"]
    for _ in range(2):
        again = two.apply()
        assert (again.code, again.plan.changes, set(again.requests) & WRITES) == (0, (), set())
    two.here.delete("Datenschutz")
    assert two.apply().code == 0
    two.there.delete("Erste Hilfe")
    assert two.apply().code == 0
    assert two.here.titles() == two.there.titles() == ["Haushalt", "Rhetorik", "Vergabe"]
    assert two.apply().plan.changes == ()


def test_guests_stay_on_their_side_and_nobody_is_written_to(two: Two) -> None:
    guest = f"ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:{EDITOR}@example.org"
    two.there.add("Mit Gast", f"ORGANIZER:mailto:{PLANNER}@example.org", guest)
    assert two.apply().code == 0
    assert "ATTENDEE" not in two.here.texts()["Mit Gast"]
    two.here.edit("Mit Gast", "LOCATION:Brakel")
    run = two.apply()
    assert (run.code, run.mails) == (0, 0)
    text = two.there.texts()["Mit Gast"]
    assert "LOCATION:Brakel" in text and f"mailto:{EDITOR}@example.org" in text.replace("\r\n ", "")


def test_a_lost_state_writes_nothing_twice(two: Two) -> None:
    two.here.add("Erste Hilfe")
    two.here.edit("Rhetorik", "LOCATION:Brakel")
    assert two.apply().code == 0
    for path in (two.config.parent / "daten").iterdir():
        path.unlink()
    run = two.apply()
    assert (run.code, set(run.requests) & {"PUT", "DELETE"}) == (0, set())
    assert two.here.titles() == two.there.titles() == ["Datenschutz", "Erste Hilfe", "Haushalt", "Rhetorik", "Vergabe"]
