"""A small network that lives: its YAML changes, people come and go, and everybody edits by hand in the cloud.

The whole program runs, from the YAML file to the requests; only the wire below them is the sandbox's own.
"""

from __future__ import annotations

import copy
import csv
import os
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from rights_oracle import ByHand, Cloud, Contact, Oracle, Rights
from rights_reader import Seen, look
from rights_wire import in_process

from network.report import Result
from plugin.assembly import open_service
from plugin.render.run import Run
from plugin.sandbox import Sandbox
from plugin.sandbox.rooms import MODERATOR, USERS, Room
from plugin.sandbox.team_folders import TeamFolder
from plugin.sandbox.teams import ADMIN, GROUP, USER, Team

READING = frozenset({"GET", "HEAD", "OPTIONS", "PROPFIND", "REPORT"})
FORGIVEN = frozenset({"unknown_account", "share_refused"})
"""What may fail: the configuration names somebody who has no account."""

HEAD: dict[str, Any] = {
    "network": {
        "id": "probe",
        "name": "Probenetz",
        "timezone": "Europe/Berlin",
        "mode": "live",
        "contact": {"name": "Büro", "mail": "buero@probe.example"},
    },
    "admin_rights": {"username": "digitalnetzwerk", "password": "env:PASSWORD"},
    "connectors": {
        "beschaeftigte": {"type": "nextcloud", "provides": "people"},
        "liste": {
            "type": "table",
            "provides": "people",
            "location": "liste.csv",
            "may_be_empty": True,
            "columns": {"account": "Konto", "administration": "Verwaltung", "topics": "Themen"},
        },
        "plan": {
            "type": "table",
            "location": "plan.csv",
            "columns": {"key": "Nr.", "status": "Status", "title": "Titel", "date": "Datum"},
        },
    },
}


@dataclass
class Limbo:
    """Rights as the people themselves see them, in the oracle's words; `stray` is whatever nobody should see."""

    rights: Rights
    stray: dict[str, set[str]]


class Town:
    """`document` has the sections that tests change: administrations, exchange_groups, projects, calendars."""

    def __init__(self, groups: dict[str, tuple[str, ...]], others: tuple[str, ...] = ()) -> None:
        self._open = ExitStack()
        self.folder = Path(self._open.enter_context(tempfile.TemporaryDirectory()))
        self.sandbox = Sandbox()
        self.url, self._wire = self._open.enter_context(in_process(self.sandbox))
        for group, accounts in groups.items():
            self.sandbox.add_group(group)
            for account in accounts:
                self.sandbox.add_user(account, groups=(group,))
        for account in others:
            self.sandbox.add_user(account)
        self.document: dict[str, Any] = {}
        self.contacts: list[Contact] = []
        self.by_hand = ByHand()
        self._folders: dict[str, int] = {}
        self._granted: dict[str, set[str]] = {}
        self._known: dict[str, frozenset[str]] = {}
        self._ahead = timedelta()
        (self.folder / "leer").mkdir()
        (self.folder / "leer" / "Liesmich.md").write_text("Guten Tag", encoding="utf-8")
        (self.folder / "plan.csv").write_text("Nr.;Status;Titel;Datum\n1;Entwurf;Probe;01.02.2030\n", encoding="utf-8")
        self._an_hour_old("plan.csv")

    def close(self) -> None:
        self._open.close()

    # ------------------------------------------------------------------ runs

    def apply(self, **options: Any) -> Run:
        self._write()
        environment = {"PASSWORD": self.sandbox.service.password}
        with open_service(self.folder / "netz.yaml", environment=environment, clock=self.now) as service:
            return service.apply(**options)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    @property
    def today(self) -> date:
        return self.now().astimezone(ZoneInfo("Europe/Berlin")).date()

    def days_pass(self, days: int) -> None:
        """For us and for the server."""
        self._ahead += timedelta(days=days)
        self.sandbox.advance(timedelta(days=days))

    def writes(self, run: Callable[[], Run]) -> tuple[Run, list[str]]:
        """What the service account asked the server to change during this run."""
        before = len(self.sandbox.requests)
        done = run()
        asked = self.sandbox.requests[before:]
        return done, [f"{each.method} {each.path}" for each in asked if each.method not in READING]

    def _write(self) -> None:
        whole = copy.deepcopy({**HEAD, **self.document})
        whole["nextcloud"] = {
            "url": self.url,
            "username": "digitalnetzwerk",
            "password": "env:PASSWORD",
            "parallel": 1,  # so that an example that fails fails again
        }
        whole["service"] = {"data": str(self.folder / "daten")}
        for entry in whole["projects"].values():
            entry.setdefault("template", "./leer")
        text = yaml.safe_dump(whole, allow_unicode=True, sort_keys=False)
        (self.folder / "netz.yaml").write_text(text, encoding="utf-8")
        with (self.folder / "liste.csv").open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file, delimiter=";")
            rows.writerow(("Konto", "Verwaltung", "Themen"))
            rows.writerows((each.account, each.administration, ", ".join(each.topics)) for each in self.contacts)
        self._an_hour_old("liste.csv")

    def _an_hour_old(self, name: str) -> None:
        earlier = (datetime.now(UTC) - timedelta(hours=1)).timestamp()
        os.utime(self.folder / name, (earlier, earlier))

    # ------------------------------------------------------------------ what should be, and what is

    @property
    def accounts(self) -> list[str]:
        """Everybody but the service and the cloud's administrator."""
        return sorted(set(self.sandbox.world.accounts.people) - {"digitalnetzwerk", "admin"})

    def wanted(self) -> Rights:
        return self.oracle.rights()

    @property
    def oracle(self) -> Oracle:
        groups = {gid: frozenset(each.members) for gid, each in self.sandbox.world.accounts.groups.items()}
        known = {each["group"] for each in self.document["administrations"].values() if each.get("external", True)}
        elsewhere = frozenset[str]().union(*(groups[each] for each in known))
        former = {
            each: (self._known.get(each, frozenset()) & frozenset(self.accounts)) - elsewhere
            for each in known
            if not groups[each]
        }
        cloud = Cloud(frozenset(self.accounts), groups, former, self.today)
        return Oracle(self.document, tuple(self.contacts), cloud, self.by_hand)

    def seen(self) -> Limbo:
        """Every person looks for themselves."""
        paths = {path for each in self.document["projects"].values() for path in each.get("folders", ())}
        places = sorted({path.rpartition("/")[0] for path in paths})
        by_person = {
            account: look(self.url, account, f"sandbox-{account}", self._wire, places=places)
            for account in self.accounts
        }
        numbers = {number: scope for scope, number in self._numbers().items()}
        groups = self.sandbox.world.accounts.groups
        kept = {
            key: dict.fromkeys(groups[each["group"]].members if each["group"] in groups else (), True)
            for key, each in self.document["administrations"].items()
            if not each.get("external", True)
        }
        return _sorted(by_person, numbers, self.document, kept)

    def _numbers(self) -> dict[str, int]:
        """Scope → number of its folder: known from an earlier look, else by the name that the YAML gives it."""
        there = {each.number: each.mount_point for each in self.sandbox.world.team_folders.all.values()}
        wanted = {
            f"{kind}:{key}": entry["name"]
            for kind, section in (("exchange_group", "exchange_groups"), ("project", "projects"))
            for key, entry in self.document[section].items()
        }
        known = {scope: number for scope, number in self._folders.items() if number in there}
        for scope, name in wanted.items():
            found = [number for number, mount in there.items() if mount == name and number not in known.values()]
            if scope not in known and found:
                known[scope] = found[0]
        self._folders = known
        return {scope: number for scope, number in known.items() if scope in wanted}

    def settled(self) -> None:
        """A run has fulfilled the wish: whom it named is there by our hand now, and goes by our hand."""
        cloud = self.oracle.cloud
        self._known = dict(cloud.as_told.groups)
        for key in self.document["exchange_groups"]:
            team, alone = set(self.oracle.team_of_room(key)), self.oracle.granted_alone(key)
            self._granted[key] = team
            keeps = self.document["exchange_groups"][key].get("added_by_hand", "keep") != "remove"
            self.by_hand.teams[key] = (self.by_hand.teams.get(key, set()) - alone) if keeps else set()
            self.by_hand.rooms[key] = (self.by_hand.rooms.get(key, set()) - team) if keeps else set()
        for each in (self.by_hand.teams, self.by_hand.rooms):
            for key in set(each) - set(self.document["exchange_groups"]):
                del each[key]

    # ------------------------------------------------------------------ what people do by hand

    def team_of(self, key: str) -> Team | None:
        mark = f"[dnw:probe/exchange_group:{key}]"
        return next((each for each in self.sandbox.world.teams.all.values() if mark in each.description), None)

    def room_of(self, key: str) -> Room | None:
        mark = f"[dnw:probe/exchange_group:{key}]"
        rooms = self.sandbox.world.rooms
        return next((rooms.current(each) for each in list(rooms.all.values()) if mark in each.description), None)

    def folder_of(self, scope: str) -> TeamFolder | None:
        number = self._numbers().get(scope)
        return self.sandbox.world.team_folders.all.get(str(number))

    def take_in(self, key: str, account: str) -> None:
        """A lead takes somebody into the team, or somebody joins an open one."""
        team = self.team_of(key)
        if team is not None and account in self.accounts and team.entry(USER, account) is None:
            self.sandbox.world.teams.add(team.key, USER, account)
            self.by_hand.teams.setdefault(key, set()).add(account)

    def throw_out(self, key: str, account: str) -> None:
        team = self.team_of(key)
        row = team.entry(USER, account) if team is not None else None
        if team is not None and row is not None:
            self.sandbox.world.teams.remove(team.key, row.key)
            self.by_hand.teams.get(key, set()).discard(account)

    def promote(self, key: str, account: str) -> None:
        team = self.team_of(key)
        row = team.entry(USER, account) if team is not None else None
        if team is not None and row is not None:
            self.sandbox.world.teams.set_level(team.key, row.key, ADMIN)

    def group_into_team(self, key: str, group: str) -> None:
        team = self.team_of(key)
        if team is not None and team.entry(GROUP, group) is None:
            self.sandbox.world.teams.add(team.key, GROUP, group)
            brought = set(self.sandbox.world.accounts.groups[group].members)
            self.by_hand.rooms[key] = self.by_hand.rooms.get(key, set()) - brought  # nobody can tell them apart

    def into_room(self, key: str, account: str) -> None:
        room = self.room_of(key)
        if room is not None and account in self.accounts and room.entry(USERS, account) is None:
            self.sandbox.world.rooms.add(room, USERS, account)
            if account not in self._granted.get(key, ()):  # else it can't be told from somebody who was forgotten there
                self.by_hand.rooms.setdefault(key, set()).add(account)

    def out_of_room(self, key: str, account: str) -> None:
        room = self.room_of(key)
        row = room.entry(USERS, account) if room is not None else None
        if room is not None and row is not None and account != "digitalnetzwerk":
            self.sandbox.world.rooms.remove(room, row)
            self.by_hand.rooms.get(key, set()).discard(account)

    def moderate(self, key: str, account: str) -> None:
        room = self.room_of(key)
        row = room.entry(USERS, account) if room is not None else None
        if room is not None and row is not None:
            self.sandbox.world.rooms.set_level(room, row, MODERATOR)

    def grant(self, scope: str, group: str) -> None:
        folder = self.folder_of(scope)
        if folder is not None:
            self.sandbox.world.team_folders.grant(folder, group, 31)

    def revoke(self, scope: str) -> None:
        folder = self.folder_of(scope)
        if folder is not None:
            self.sandbox.world.team_folders.save(replace(folder, applicable={}))

    def delete_room(self, key: str) -> None:
        room = self.room_of(key)
        if room is not None:
            del self.sandbox.world.rooms.all[room.token]
            self.by_hand.rooms[key] = set()

    def rename(self, kind: str, key: str, name: str) -> None:
        """Somebody renames team, room or folder in the cloud."""
        world = self.sandbox.world
        if kind == "team" and (team := self.team_of(key)):
            world.teams.rename(team.key, name)
        if kind == "room" and (room := self.room_of(key)):
            world.rooms.save(replace(room, name=name))
        if kind == "folder" and (folder := self.folder_of(f"exchange_group:{key}")):
            world.team_folders.save(replace(folder, mount_point=name))

    def leave(self, account: str) -> None:
        """The account is deleted: the person has left."""
        self.sandbox.world.departures.account(account)
        for guests in (*self.by_hand.teams.values(), *self.by_hand.rooms.values()):
            guests.discard(account)


def failures(run: Run) -> list[str]:
    """What did not work and should have."""
    outcomes = run.report.outcomes if run.report else ()
    bad = [each for each in outcomes if each.result is not Result.DONE]
    codes = [each.problem.code if each.problem else each.result.value for each in bad]
    return [f"{code}: {each.change.line}" for code, each in zip(codes, bad, strict=True) if code not in FORGIVEN]


def _sorted(
    by_person: dict[str, Seen], numbers: dict[int, str], document: dict[str, Any], kept: dict[str, dict[str, bool]]
) -> Limbo:
    groups = document["exchange_groups"]
    limbo = Limbo(
        Rights(
            kept,
            {key: {} for key in groups},
            {scope: {} for scope in numbers.values()},
            {key: {} for key, entry in groups.items() if entry.get("room", True)},
            {
                **{key: {} for key in document["calendars"]},
                **{key: {} for key, entry in groups.items() if entry.get("calendar")},
                **{f"{key}.tasks": {} for key, entry in groups.items() if entry.get("tasks")},
            },
        ),
        {},
    )
    for account, seen in by_person.items():
        for mark, level in seen.teams.items():
            kind, _, key = mark.partition(":")
            if kind == "exchange_group":
                _put(limbo.rights.teams, key, account, level, limbo, f"team {mark}")
        for number, bits in seen.folders.items():
            _put(limbo.rights.folders, numbers.get(number, ""), account, bits, limbo, f"folder {number}")
        for (number, path), bits in seen.inside.items():
            if number in numbers and bits and path in _with_rights(numbers[number], document):
                folders: Any = limbo.rights.folders
                folders.setdefault(f"{numbers[number]}/{path}", {})[account] = bits
        for mark, moderates in seen.rooms.items():
            _put(limbo.rights.rooms, mark.partition(":")[2], account, moderates, limbo, f"room {mark}")
        for key, edits in seen.calendars.items():
            _put(limbo.rights.calendars, key, account, edits, limbo, f"calendar {key}")
    return limbo


def _with_rights(scope: str, document: dict[str, Any]) -> set[str]:
    """The paths of a project's sub-folders that have rights of their own."""
    kind, _, key = scope.partition(":")
    paths = document["projects"][key].get("folders", ()) if kind == "project" else ()
    names = [each["name"] for each in document["administrations"].values()]
    return {path.replace("{administration}", name) for path in paths for name in names}


def _put(table: Any, key: str, account: str, value: Any, limbo: Limbo, what: str) -> None:
    if key in table:
        table[key][account] = value
    else:
        limbo.stray.setdefault(what, set()).add(account)
