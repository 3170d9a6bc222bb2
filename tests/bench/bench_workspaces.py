"""What exchange groups and projects cost at the size of a large network: requests, CPU, memory, and one person leaving.

The world is written by numbers, so that everybody can count beforehand who is where: `places` says it, and knows
nothing of how the program plans.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench_world import probe

from plugin.sandbox import Sandbox

TOWNS = 11
LISTS = 20  # what a verifying run may ask beside each team and room
WRITING = ("PUT", "POST", "DELETE", "MKCOL", "PROPPATCH", "MOVE")
LARGE_TOPIC = 500

CONFIG = """\
network: {{id: messnetz, name: Messnetz, timezone: Europe/Berlin, mode: live, contact: {{name: Büro, mail: buero@bench.example}}}}
nextcloud: {{url: '{url}', username: digitalnetzwerk, password: env:NEXTCLOUD_PASSWORD}}
admin_rights: {{username: digitalnetzwerk, password: env:NEXTCLOUD_PASSWORD}}
administrations:
{administrations}
connectors:
  beschaeftigte: {{type: nextcloud, provides: people, every: 1 hour}}
  ansprechpersonen:
    type: table
    provides: people
    location: ansprechpersonen.csv
    columns: {{account: Konto, administration: Verwaltung, topics: Themen}}
exchange_groups:
{groups}
projects:
{projects}
service: {{data: {data}}}
"""


@dataclass(frozen=True, slots=True)
class Size:
    """How many of each; half of the workspaces are exchange groups, half are projects."""

    people: int = 3_000
    workspaces: int = 60

    @property
    def groups(self) -> int:
        return self.workspaces // 2

    @property
    def projects(self) -> int:
        return self.workspaces - self.groups


def account(number: int) -> str:
    return f"person.{number}"


def town(number: int) -> str:
    return f"stadt-{number % TOWNS}"


def topics(number: int, size: Size) -> tuple[str, ...]:
    """Every fourth person looks after two topics; the first 500 stand beside the large one."""
    of_groups = (number // 4 % size.groups, (number // 4 + 1) % size.groups) if number % 4 == 0 else ()
    return (*(f"thema-{each}" for each in of_groups), *(("viele",) if number < LARGE_TOPIC else ()))


def write_network(folder: Path, url: str, size: Size, *, without: int | None = None) -> Path:
    """The configuration and its list of contacts, `without` one person's topics."""
    folder.mkdir(parents=True, exist_ok=True)
    contacts = folder / "ansprechpersonen.csv"
    with contacts.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, delimiter=";")
        rows.writerow(("Konto", "Verwaltung", "Themen"))
        for number in range(size.people):
            held = () if number == without else topics(number, size)
            rows.writerow((account(number), town(number), ", ".join(held)))
    an_hour_ago = time.time() - 3600
    os.utime(contacts, (an_hour_ago, an_hour_ago))  # nobody is at work in it any more
    path = folder / "netz.yaml"
    path.write_text(
        CONFIG.format(
            url=url,
            data=folder / "daten",
            administrations="\n".join(f"  {town(n)}: {{name: Stadt {n}, group: {town(n)}}}" for n in range(TOWNS)),
            groups="\n".join(_group(number, size) for number in range(size.groups)),
            projects="\n".join(_project(number, size) for number in range(size.projects)),
        ),
        encoding="utf-8",
    )
    return path


def _group(number: int, size: Size) -> str:
    topic = "viele" if number == size.groups - 1 else f"thema-{number}"
    return f"  gruppe-{number}: {{name: Gruppe {number}, lead: [{account(1)}], members: {{topic: {topic}}}}}"


def _project(number: int, size: Size) -> str:
    edit = f"[{{exchange_groups: [gruppe-{number % size.groups}]}}, {{people: [{account(2)}]}}]"
    return f"  projekt-{number}: {{name: Projekt {number}, access: {{read: {{administrations: all}}, edit: {edit}}}}}"


def places(number: int, size: Size) -> int:
    """Teams and rooms in which this person has a row for a topic of theirs."""
    of_groups = {each for each in topics(number, size) if each.startswith("thema-")} - {f"thema-{size.groups - 1}"}
    return 2 * (len(of_groups) + ("viele" in topics(number, size)))


def looked_at(size: Size) -> int:
    """Teams and rooms of the whole network: what a verifying run may ask about one by one."""
    return TOWNS + 2 * size.groups + size.projects


def fill(sandbox: Sandbox, size: Size) -> None:
    for number in range(size.people):
        sandbox.add_user(account(number), email=f"{account(number)}@{town(number)}.example", groups=(town(number),))


@contextmanager
def large_sandbox(folder: Path, size: Size) -> Iterator[tuple[str, str]]:
    """The address of a stand-in in a process of its own that knows all these people, and its service's password."""
    with Sandbox(folder) as filled:
        fill(filled, size)
    command = (sys.executable, "-m", "plugin.sandbox", "--json", "--data", str(folder))
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        yield ready["url"], ready["service"]["password"]
    finally:
        process.terminate()
        process.wait()


def costs(folder: Path, size: Size = Size()) -> Iterator[tuple[str, float, float, str]]:
    """What is measured, its value, the most allowed, its unit."""
    config_folder = folder / "network"
    with large_sandbox(folder / "server", size) as (url, password):
        config = write_network(config_folder, url, size)
        first = probe(config, "apply", password)
        assert first["exit_code"] == 0, first
        yield (
            f"making {size.workspaces} workspaces: requests",
            sum(first["requests"].values()),
            60 * size.workspaces,
            "",
        )
        yield "… CPU", first["cpu"], 60, "s"
        same = probe(config, "apply", password)
        yield "nothing changed: requests to Nextcloud", sum(same["requests"].values()), 1, ""
        yield "… CPU after imports", same["cpu"], 1, "s"
        verified = probe(config, "verify", password)
        beside = sum(verified["requests"].values()) - looked_at(size)
        yield f"verifying: requests beside one for each of {looked_at(size)} teams and rooms", beside, LISTS, ""
        yield "… CPU after imports", verified["cpu"], 10, "s"
        yield "… peak memory", verified["megabytes"], 150, "MB"
        gone = probe(write_network(config_folder, url, size, without=0), "apply", password)
        writes = sum(count for method, count in gone["requests"].items() if method in WRITING)
        yield f"one person leaves {places(0, size)} places: writes", writes, places(0, size), ""
        yield "… requests in all", sum(gone["requests"].values()), LISTS + 2 * places(0, size), ""
