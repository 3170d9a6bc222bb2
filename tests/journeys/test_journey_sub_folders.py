"""A project with a folder for each town, from its YAML lines to what staff really read and write over WebDAV.

On the sandbox, and unchanged on a real Nextcloud when the environment names one: with NEXTCLOUD_STAFF_PASSWORD for
anna.brakel (group brakel), carsten.warburg (group warburg), presse.kreis, erika.beispiel, max.beispiel, olga.hoexter.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from connectors.nextcloud import AdminLogin, NextcloudServer, connect
from network.errors import DigitalnetzwerkError
from network.ports import Principal, Rule
from plugin.assembly import open_service
from plugin.render.run import Run
from plugin.sandbox import Sandbox
from plugin.service import Service

T = TypeVar("T")
STAFF: Mapping[str, tuple[str, ...]] = {
    "anna.brakel": ("brakel",),
    "carsten.warburg": ("warburg",),
    "presse.kreis": (),
    "erika.beispiel": (),
    "max.beispiel": (),
    "olga.hoexter": (),
}
CONFIG = """\
network:
  id: probe-{suffix}
  name: Probe {suffix}
  timezone: Europe/Berlin
  contact: {{name: Probe, mail: probe@probe.example}}
nextcloud: {{url: "{url}", username: {service}, password: env:SERVICE_APP_PASSWORD}}
admin_rights: {{username: {service}, password: env:SERVICE_PASSWORD}}
administrations:
  brakel:  {{name: Brakel {suffix}, group: brakel}}
  warburg: {{name: Warburg {suffix}, group: warburg}}
exchange_groups:
  gs-{suffix}: {{name: Geschäftsstelle {suffix}, lead: [erika.beispiel], folder: false, room: false}}
projects:
  haushalt-{suffix}:
    name: Haushalt {suffix}
    quota: 1 GB
    access:
      read: {{administrations: all}}
      comment: {{people: [max.beispiel]}}
      edit: {{people: [presse.kreis]}}
      manage: {{exchange_groups: [gs-{suffix}]}}
    folders:
      "Verwaltungen/{{administration}}": {{edit: own}}                # jede schreibt in ihrem, alle lesen
      "Vertraulich/{{administration}}": {{read: own, comment: none, edit: own}}
      "05 Intern": {{read: none, comment: none, edit: none}}
service: {{data: {data}}}
"""
NOTHING, READS, CHANGES, SHARES = "-", "reads", "changes", "shares"


@dataclass
class Place:
    """A Nextcloud with one network of ours on it."""

    url: str
    service: tuple[str, str, str]
    passwords: Mapping[str, str]
    folder: Path
    sandbox: Sandbox | None = None
    suffix: str = field(default_factory=lambda: uuid.uuid4().hex[:6])
    days: int = 0
    open: dict[str, NextcloudServer] = field(default_factory=dict)

    @property
    def config(self) -> Path:
        return self.folder / "netz.yaml"

    @property
    def name(self) -> str:
        return f"Haushalt {self.suffix}"

    def write(self, config: str = CONFIG) -> None:
        values = {"suffix": self.suffix, "url": self.url, "service": self.service[0], "data": self.folder / "daten"}
        self.config.write_text(config.format(**values))

    def do(self, work: Callable[[Service], T]) -> T:
        secrets = {"SERVICE_PASSWORD": self.service[1], "SERVICE_APP_PASSWORD": self.service[2]}
        with open_service(self.config, environment=secrets, clock=self.now) as service:
            return work(service)

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(days=self.days)

    def apply(self) -> Run:
        """What the guard holds back is let go: a person has looked at it."""
        return self.do(lambda service: service.apply(verify=True, release_unsafe=True))

    def swap(self, old: str, new: str) -> None:
        text = self.config.read_text()
        assert old in text
        self.config.write_text(text.replace(old, new))

    def as_service(self) -> NextcloudServer:
        user, password, app_password = self.service
        if user not in self.open:
            self.open[user] = connect(self.url, user, app_password, rights=AdminLogin(user, password))
        return self.open[user]

    def as_staff(self, account: str) -> NextcloudServer:
        if account not in self.open:
            self.open[account] = connect(self.url, account, self.passwords[account])
        return self.open[account]

    def may(self, account: str, path: str) -> str:
        """What this person really manages to do: look, put a file, change it, delete it; share as the server says."""
        staff, file = self.as_staff(account), f"{path}/{account}.txt"
        if staff.files.stat(path) is None:
            return NOTHING
        staff.files.list(path)
        try:
            etag = staff.files.write(file, b"eins")
        except DigitalnetzwerkError:
            return READS
        staff.files.write(file, b"zwei", if_match=etag)
        staff.files.delete(file)
        return SHARES if "R" in self.letters(account, path) else CHANGES

    def letters(self, account: str, path: str) -> str:
        """What Nextcloud's own pages show as possible."""
        body = b'<d:propfind xmlns:d="DAV:" xmlns:o="http://owncloud.org/ns"><d:prop><o:permissions/></d:prop></d:propfind>'
        answer = self.as_staff(account).files.send("PROPFIND", path, headers={"Depth": "0"}, data=body)
        return answer.text.partition("permissions>")[2].partition("<")[0]

    def table(self, *paths: str) -> dict[str, tuple[str, ...]]:
        """Person → what she may do in the whole folder and in each of these."""
        places = [f"/{self.name}", *(f"/{self.name}/{path}" for path in paths)]
        return {account: tuple(self.may(account, path) for path in places) for account in STAFF}

    def take_back(self) -> None:
        """Everything that carries our suffix goes, whatever became of the test."""
        server = self.as_service()
        for folder in server.folders.folders():
            if self.suffix in folder.name:
                server.folders.delete_folder(folder.id)
        for team in server.teams.teams():
            if self.suffix in team.name or self.suffix in team.description:
                server.teams.delete_team(team.id)
        for each in self.open.values():
            each.close()


@pytest.fixture(params=["sandbox", pytest.param("live", marks=pytest.mark.live)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    if request.param == "sandbox":
        with Sandbox(limits="lifted") as sandbox:
            logins = [sandbox.add_user(account, groups=groups) for account, groups in STAFF.items()]
            service = (sandbox.service.user, sandbox.service.password, sandbox.service.app_password)
            made = Place(sandbox.url, service, {each.user: each.password for each in logins}, tmp_path, sandbox)
            made.write()
            yield made
            made.take_back()
        return
    env = os.environ
    if "NEXTCLOUD_URL" not in env:
        pytest.skip("no real Nextcloud named in the environment")
    service = (env["NEXTCLOUD_SERVICE"], env["NEXTCLOUD_SERVICE_PASSWORD"], env["NEXTCLOUD_SERVICE_APP_PASSWORD"])
    passwords = dict.fromkeys(STAFF, env["NEXTCLOUD_STAFF_PASSWORD"])
    made = Place(env["NEXTCLOUD_URL"].rstrip("/"), service, passwords, tmp_path)
    made.write()
    yield made
    made.take_back()


def test_staff_of_two_towns_read_and_write_what_the_table_says(place: Place) -> None:
    run = place.apply()
    assert [problem for outcome in run.report.outcomes if (problem := outcome.problem)] == []
    towns = [
        f"{kind}/{town} {place.suffix}" for kind in ("Verwaltungen", "Vertraulich") for town in ("Brakel", "Warburg")
    ]
    assert place.table(*towns, "05 Intern", "Verwaltungen") == {
        #                  whole    towns: Brakel, Warburg   confidential: Brakel, Warburg  intern   in between
        "anna.brakel":     (READS,   CHANGES, READS,         CHANGES, NOTHING,              NOTHING, READS),
        "carsten.warburg": (READS,   READS,   CHANGES,       NOTHING, CHANGES,              NOTHING, READS),
        "presse.kreis":    (CHANGES, READS,   READS,         NOTHING, NOTHING,              NOTHING, CHANGES),
        "erika.beispiel":  (SHARES,  SHARES,  SHARES,        SHARES,  SHARES,               SHARES,  SHARES),
        "max.beispiel":    (READS,   READS,   READS,         NOTHING, NOTHING,              NOTHING, READS),
        "olga.hoexter":    (NOTHING,) * 7,
    }  # fmt: skip
    again = place.apply()
    assert [change.line for change in again.plan.changes] == []


def test_rules_by_hand_are_taken_back_and_what_a_town_put_in_stays(place: Place) -> None:
    place.apply()
    own, others = (
        f"/{place.name}/Verwaltungen/Brakel {place.suffix}",
        f"/{place.name}/Verwaltungen/Warburg {place.suffix}",
    )
    place.as_staff("anna.brakel").files.write(f"{own}/Meldung.md", b"x")
    server = place.as_service()
    before = {each.path: each.rules for each in server.folder_rules.rules(f"/{place.name}/Verwaltungen")}
    for path in (others, f"/{place.name}/Verwaltungen"):
        server.folder_rules.set_rules(path, [*before.get(path, ()), Rule(Principal("group", "brakel"), 15)])
    assert place.may("anna.brakel", others) == CHANGES
    place.apply()
    assert place.may("anna.brakel", others) == READS
    after = {each.path: each.rules for each in server.folder_rules.rules(f"/{place.name}/Verwaltungen")}
    assert after == before
    assert place.as_staff("carsten.warburg").files.read(f"{own}/Meldung.md", max_bytes=10) == b"x"


def test_a_project_that_ends_is_read_then_archived_and_comes_back_with_all_its_rights(place: Place) -> None:
    town, confidential = (f"{kind}/Brakel {place.suffix}" for kind in ("Verwaltungen", "Vertraulich"))
    today = datetime.now(UTC).date()
    place.swap("quota: 1 GB", f"quota: 1 GB\n    until: {today}")
    place.apply()
    place.as_staff("anna.brakel").files.write(f"/{place.name}/{town}/Meldung.md", b"x")
    place.days = 2
    place.apply()
    assert [place.may("anna.brakel", f"/{place.name}/{path}") for path in (town, confidential)] == [READS, READS]
    assert place.may("carsten.warburg", f"/{place.name}/{confidential}") == NOTHING
    place.days = 40
    place.apply()
    assert place.as_staff("anna.brakel").files.stat(f"/{place.name}") is None
    assert place.as_service().files.stat(f"/Archiv – {place.name}/{town}/Meldung.md") is not None
    place.swap(f"until: {today}", f"until: {today + timedelta(days=400)}")
    place.apply()
    assert place.may("anna.brakel", f"/{place.name}/{town}") == CHANGES
    assert place.may("carsten.warburg", f"/{place.name}/{town}") == READS
    assert place.may("carsten.warburg", f"/{place.name}/{confidential}") == NOTHING
    assert place.apply().plan.changes == ()
