"""`kill -9` of a client of a real Nextcloud, right after the server made something and before the client heard of it.

NEXTCLOUD_URL, NEXTCLOUD_SERVICE, NEXTCLOUD_SERVICE_PASSWORD, NEXTCLOUD_STAFF_PASSWORD; the groups kreis-hoexter and
brakel exist, erika.beispiel in the first, anna.brakel in the second. Names are random; everything is taken back.
"""

from __future__ import annotations

import os
import re
import sys
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeAlias

import pytest
from live_killing_proxy import KillingProxy
from openpyxl import Workbook

from connectors.nextcloud import AdminLogin, NextcloudServer, connect
from network.errors import NotThere
from network.ical.canonical import to_text
from network.ical.reading import parse_object
from network.ports import FileSeen, Principal
from plugin.assembly import open_service

sys.path.insert(0, str(Path(__file__).parents[1] / "journeys"))

from kills_client import Client, Said, apply_here  # a client in a process of its own
from kills_moments import MOMENTS

pytestmark = [
    pytest.mark.live,
    pytest.mark.skipif("NEXTCLOUD_URL" not in os.environ, reason="no real Nextcloud named in the environment"),
]
Picture: TypeAlias = dict[str, list[str]]
STAFF = "anna.brakel"
KILLS = ("team", "folder", "room", "calendar", "entry", "calendar_share")
MAKING = {**MOMENTS, "calendar_share": r"POST .*/calendars/.*/dnw-k"}

CONFIG = """\
network:
  id: k{suffix}
  name: Netz {suffix}
  timezone: Europe/Berlin
  mode: live
  contact: {{name: Probe, mail: probe@probe.example}}
nextcloud: {{url: "{url}", username: {service}, password: env:NEXTCLOUD_PASSWORD}}
admin_rights: {{username: {service}, password: env:NEXTCLOUD_PASSWORD}}
administrations:
  kreis:  {{name: Kreis {suffix}, group: kreis-hoexter, external: true}}
  brakel: {{name: Brakel {suffix}, group: brakel, external: true}}
connectors:
  plan:
    type: table
    location: plan.xlsx
    columns: {{key: Nr., status: Status, title: Titel, date: Datum, start: Beginn, end: Ende}}
calendars:
  k{suffix}: {{name: Plan {suffix}, from: [plan], share: {{administrations: all}}}}
exchange_groups:
  ozg-{suffix}: {{name: Austausch {suffix}, lead: [erika.beispiel], members: {{administrations: [brakel]}}}}
service: {{data: daten}}
"""


@dataclass
class Net:
    """A small network with random names on the real server."""

    suffix: str
    folder: Path
    proxy: KillingProxy
    server: NextcloudServer

    @property
    def config(self) -> Path:
        return self.folder / "netz.yaml"

    @property
    def password(self) -> str:
        return os.environ["NEXTCLOUD_SERVICE_PASSWORD"]

    def apply(self) -> Said:
        return apply_here(self.config, self.password)

    def apply_and_kill(self, what: str) -> None:
        client = Client(self.config, self.password)
        self.proxy.kill_after(what, client.kill)
        assert client.was_killed(), client.said()

    def lose_state(self) -> None:
        for path in (self.folder / "daten").glob("state.sqlite*"):
            path.unlink()

    def picture(self) -> Picture:
        """What the service account and a member of staff see of this network, in words without ids and moments."""
        found = {**self._seen_by_us(), STAFF: self._seen_by_staff()}
        return {kind: sorted(self._plain(line) for line in lines) for kind, lines in found.items()}

    def _plain(self, line: str) -> str:
        uid = r"[0-9a-f-]{36}@digitalnetzwerk"
        return re.sub("DTSTAMP.*", "", re.sub(uid, "UID", line)).replace(self.suffix, "SUFFIX")

    def _seen_by_us(self) -> Picture:
        teams = {each.id: each for each in self.server.teams.teams() if self.suffix in each.name + each.description}
        names = {id: team.name for id, team in teams.items()}

        def name(who: Principal) -> str:
            return f"{who.kind}:{names.get(who.id, who.id)}"

        folders = [each for each in self.server.folders.folders() if self.suffix in each.name]
        rooms = [each for each in self.server.rooms.rooms() if self.suffix in each.name]
        calendars = [each for each in self.server.calendars.calendars() if self.suffix in each.uri]
        return {
            "teams": [
                f"{each.name} {each.config} {each.description!r} "
                + str(sorted(f"{name(row.who)}={row.level}" for row in self.server.teams.members(each.id)))
                for each in teams.values()
            ],
            "folders": [
                f"{each.name} {each.quota} {sorted(f'{name(who)}={bits}' for who, bits in each.grants)} "
                f"{sorted(map(name, each.managers))}"
                for each in folders
            ],
            "files": [line for each in folders for line in _below(self.server, f"/{each.name}")],
            "rooms": [
                f"{each.name} {each.description!r} "
                + str(sorted(f"{name(row.who)}={row.is_moderator}" for row in self.server.rooms.attendees(each.token)))
                for each in rooms
            ],
            "calendars": [
                f"{each.uri} {each.name} {each.color} {each.description} {each.has_timezone} {each.marker} "
                f"{each.trashed} "
                + str(sorted(f"{names.get(row.principal.rpartition('/')[2], '?')}={row.read_write}"
                             for row in each.shares))
                for each in calendars
            ],
            "entries": [
                f"{each.href.rpartition('/')[2]} {to_text(parse_object(each.data))}"
                for calendar in calendars
                for each in self.server.calendars.objects(calendar.href, _hrefs(self.server, calendar.href))
            ],
        }  # fmt: skip

    def _seen_by_staff(self) -> list[str]:
        staff = connect(os.environ["NEXTCLOUD_URL"], STAFF, os.environ["NEXTCLOUD_STAFF_PASSWORD"])
        calendars = [each for each in staff.calendars.calendars() if self.suffix in each.name]
        lines = [f"calendar {each.name} {len(_hrefs(staff, each.href))}" for each in calendars]
        lines += [f"file {each.path}" for each in staff.files.list("/") if self.suffix in each.path]
        lines += [f"room {each.name}" for each in staff.rooms.rooms() if self.suffix in each.name]
        lines += [f"team {each.name}" for each in staff.teams.teams() if self.suffix in each.name]
        staff.close()
        return lines

    def take_away(self) -> None:
        """First the program's own way back, then whatever a failed test has left."""
        with open_service(self.config, environment={"NEXTCLOUD_PASSWORD": self.password}) as service:
            service.carry_out(service.plan_removal())
        for calendar in self.server.calendars.calendars():
            if self.suffix in calendar.uri:
                self.server.calendars.delete_calendar(calendar.href, purge=True)
        for room in self.server.rooms.rooms():
            if self.suffix in room.name:
                self.server.rooms.delete_room(room.token)
        for folder in self.server.folders.folders():
            if self.suffix in folder.name:
                self.server.folders.delete_folder(folder.id)
        for team in self.server.teams.teams():
            if self.suffix in team.name + team.description:
                self.server.teams.delete_team(team.id)


def _below(server: NextcloudServer, path: str) -> Iterable[str]:
    found: tuple[FileSeen, ...] = ()
    with suppress(NotThere):
        found = server.files.list(path)
    for each in found:
        yield f"{each.path} {'' if each.is_folder else each.size}"
        if each.is_folder:
            yield from _below(server, each.path)


def _hrefs(server: NextcloudServer, calendar: str) -> list[str]:
    return [href for href, _ in server.calendars.changes(calendar, "").changed]


@contextmanager
def new_net(folder: Path) -> Iterator[Net]:
    env = os.environ
    service, password = env["NEXTCLOUD_SERVICE"], env["NEXTCLOUD_SERVICE_PASSWORD"]
    suffix = uuid.uuid4().hex[:6]
    server = connect(env["NEXTCLOUD_URL"], service, password, rights=AdminLogin(service, password))
    with KillingProxy(env["NEXTCLOUD_URL"]).listening() as proxy:
        net = Net(suffix, folder, proxy, server)
        net.config.write_text(CONFIG.format(suffix=suffix, url=proxy.url, service=service))
        _table(folder / "plan.xlsx")
        try:
            yield net
        finally:
            net.take_away()
            server.close()


def _table(path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    day = datetime.now(UTC).date() + timedelta(days=60)
    sheet.append(("Nr.", "Status", "Titel", "Datum", "Beginn", "Ende"))
    for number, title in enumerate(("OZG", "E-Akte", "Datenschutz"), 1):
        sheet.append((number, "veröffentlicht", title, day, "9:00", "12:00"))
    book.save(path)
    os.utime(path, (0, 0))  # saved long ago: it has settled


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Picture:
    with new_net(tmp_path_factory.mktemp("undisturbed")) as net:
        assert net.apply() == Said(0, ())
        found = net.picture()
        assert all(found.values())
        before = len(net.proxy.writes)
        assert net.apply().code == 0
        assert net.proxy.writes[before:] == []
        return found


@pytest.fixture
def net(tmp_path: Path) -> Iterator[Net]:
    with new_net(tmp_path) as made:
        yield made


def converges(net: Net, wanted: Picture) -> None:
    said = net.apply()
    assert net.picture() == wanted
    assert said.code == 0, said
    before = len(net.proxy.writes)
    assert net.apply().code == 0
    assert net.proxy.writes[before:] == []


@pytest.mark.parametrize("name", KILLS)
def test_killed_right_after_the_server_made_it_the_next_run_reaches_the_same_end(
    name: str, net: Net, undisturbed: Picture
) -> None:
    net.apply_and_kill(MAKING[name])
    converges(net, undisturbed)


@pytest.mark.parametrize("name", ("team", "room", "calendar", "entry"))
def test_killed_and_its_state_deleted_it_reaches_the_same_end(name: str, net: Net, undisturbed: Picture) -> None:
    net.apply_and_kill(MAKING[name])
    net.lose_state()
    converges(net, undisturbed)


def test_the_way_back_leaves_nothing(net: Net) -> None:
    assert net.apply().code == 0
    net.take_away()
    assert not any(net.picture().values())
