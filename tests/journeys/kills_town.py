"""The smallest network that has everything: three administrations, an exchange group with folder and room, a project,
a calendar, three trainings. And the moments at which somebody kills the program that makes it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Literal

from journeys_town import WORKBOOK, row, workbook
from kills_client import Client, Prepare, Said, apply_here
from kills_picture import Picture, picture

from plugin.sandbox import Sandbox

READS = ("GET", "HEAD", "PROPFIND", "REPORT", "OPTIONS")
SERVICE = "digitalnetzwerk"
LOOKERS = ("bernd.brakel",)
When = Literal["before", "after"]

CONFIG = """\
network:
  id: probe
  name: Probenetz
  timezone: Europe/Berlin
  mode: live
  contact: {{name: Geschäftsstelle, mail: buero@probe.example}}
nextcloud:
  url: {url}
  username: digitalnetzwerk
  password: env:NEXTCLOUD_PASSWORD
  parallel: {parallel}
admin_rights: {{username: digitalnetzwerk, password: env:NEXTCLOUD_PASSWORD}}
administrations:
  kreis:     {{name: Kreis Probe, group: kreis, external: true}}
  brakel:    {{name: Stadt Brakel, group: brakel, external: true}}
  steinheim: {{name: Stadt Steinheim, group: steinheim, external: false}}
connectors:
  beschaeftigte: {{type: nextcloud, provides: people, every: 1 hour}}
  neue:
    type: table
    provides: people
    location: leute.csv
    columns: {{account: Konto, administration: Verwaltung}}
  plan:
    type: table
    location: nextcloud:/Digitalnetzwerk Planung/Schulungsplan.xlsx
    notes: true
    columns: {{key: Nr., status: Status, title: Titel, description: Inhalt, date: Datum, start: Beginn, end: Ende, place: Ort, tags: Themen}}
calendars:
  schulungen: {{name: Schulungen, color: "#00679e", from: [plan], share: {{administrations: all}}}}
exchange_groups:
  ozg: {{name: Austausch OZG, lead: [erika.kreis], members: {{administrations: [brakel]}}}}
projects:
  presse: {{name: Presse, template: ./vorlage, quota: 5 GB, access: {{read: {{administrations: [brakel]}}, edit: {{exchange_groups: [ozg]}}}}}}
service:
  data: daten
"""

STAFF = {
    "kreis": ("erika.kreis",),
    "brakel": ("anna.brakel", "bernd.brakel"),
    "": ("greta.steinheim", "hans.steinheim"),
}


@dataclass
class Killing:
    """Counts the writes of a client and kills it at one of them. `hit` names the write."""

    sandbox: Sandbox
    when: When
    number: int = 0
    what: str = ""
    seen: list[str] = field(default_factory=list)
    hit: str = ""
    _client: Client | None = None
    _is_there: Event = field(default_factory=Event)

    @contextmanager
    def watching(self) -> Iterator[Killing]:
        faults = self.sandbox.world.faults
        nothing = faults.before_write
        faults.before_write = self._before
        faults.after_write = self._after
        try:
            yield self
        finally:
            faults.before_write = faults.after_write = nothing

    def of(self, client: Client) -> Client:
        self._client = client
        self._is_there.set()
        return client

    def _before(self, method: str, path: str) -> None:
        self.seen.append(f"{method} {path}")
        if self.when == "before" and self._is_it():
            self._kill()
            self.sandbox.fail_next(method, re.escape(path), 503)  # the dead one's request is not carried out

    def _after(self, method: str, path: str) -> None:
        if self.when == "after" and self._is_it():
            self._kill()

    def _is_it(self) -> bool:
        if self.hit:
            return False
        of_kind = [each for each in self.seen if re.search(self.what, each)]
        return bool(re.search(self.what, self.seen[-1])) and len(of_kind) == self.number

    def _kill(self) -> None:
        assert self._is_there.wait(10)
        assert self._client is not None
        self.hit = self.seen[-1]
        self._client.kill()


@dataclass
class Town:
    """A network before its first run."""

    sandbox: Sandbox
    folder: Path
    clients: list[Client] = field(default_factory=list)

    @property
    def config(self) -> Path:
        return self.folder / "netz.yaml"

    @property
    def password(self) -> str:
        return self.sandbox.service.password

    def apply(self, prepare: Prepare | None = None, *, later: timedelta = timedelta()) -> Said:
        return apply_here(self.config, self.password, prepare, later=later)

    def start(self, prepare: Prepare | None = None, *, verify: bool = False) -> Client:
        self.clients.append(Client(self.config, self.password, prepare, verify=verify))
        return self.clients[-1]

    def apply_and_kill(
        self, when: When, number: int = 1, what: str = "", prepare: Prepare | None = None, *, verify: bool = False
    ) -> str:
        """Kills a client at its `number`-th write that fits `what`; tells which one that was."""
        with Killing(self.sandbox, when, number, what).watching() as killing:
            client = killing.of(self.start(prepare, verify=verify))
            assert client.was_killed(), f"there was no such write: {client.said()}"
        self.sandbox.world.faults.clear()
        return killing.hit

    def lose_state(self) -> None:
        for path in (self.folder / "daten").glob("state.sqlite*"):
            path.unlink()

    def picture(self, lookers: Iterable[str] = LOOKERS) -> Picture:
        return picture(self.sandbox, lookers)

    def writes(self, since: int = 0) -> list[str]:
        """Writing requests that were answered with success."""
        return [
            f"{each.method} {each.path}"
            for each in self.sandbox.requests[since:]
            if each.user == SERVICE and each.method not in READS
        ]

    def writes_of_another_run(self) -> list[str]:
        before = len(self.sandbox.requests)
        assert self.apply().code == 0
        return self.writes(before)


@contextmanager
def new_town(folder: Path, *, parallel: int = 1, config: str = CONFIG) -> Iterator[Town]:
    """Staff, their groups and the coordinator's table are there, nothing of ours. One write after the other unless
    `parallel` says more."""
    with Sandbox() as sandbox:
        for group, accounts in STAFF.items():
            for account in accounts:
                sandbox.add_user(account, email=f"{account}@probe.example", groups=(group,) if group else ())
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "netz.yaml").write_text(config.format(url=sandbox.url, parallel=parallel))
        people = folder / "leute.csv"
        people.write_text("Konto;Verwaltung\ngreta.steinheim;steinheim\nhans.steinheim;steinheim\n")
        os.utime(people, (0, 0))  # saved long ago: it has settled
        (folder / "vorlage" / "Texte").mkdir(parents=True, exist_ok=True)
        (folder / "vorlage" / "Readme.md").write_text("# {name}\n")
        rows = [row(1, "OZG Grundlagen"), row(2, "E-Akte"), row(3, "IT-Sicherheit")]
        sandbox.put_file(SERVICE, WORKBOOK, workbook(rows), datetime.now(UTC) - timedelta(hours=1))
        town = Town(sandbox, folder)
        try:
            yield town
        finally:
            for client in town.clients:
                client.kill()
