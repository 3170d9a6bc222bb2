"""Sets the stage: accounts and groups in the sandbox, the coordinator's planning folder, and the real configuration
with the few lines changed that say where the network lives.

What stands there already is left alone, so that a second demonstration goes on where the first one ended.
"""

from __future__ import annotations

import re
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from network.settings import Settings
from plugin.demo.feed import course_feed
from plugin.demo.people import staff, write_contacts, write_staff
from plugin.demo.workbook import write_programme
from plugin.sandbox import Sandbox
from plugin.sandbox.files.shares import WITH_USER, FileShare

COORDINATOR = "erika.beispiel"
ADMINISTRATOR = "it.admin"
EVERYTHING = 31
PLANNING = "Digitalnetzwerk Planung"
PASSWORD = "demo"  # noqa: S105  # everybody's in the sandbox, which listens on 127.0.0.1 alone


def write_configuration(real: Path, folder: Path, *, url: str, password: str) -> Path:
    """A copy of the real configuration below `folder` that points at the sandbox; its path."""
    target = folder / "config"
    secret = folder.resolve() / "password"
    if not secret.exists():
        secret.touch(mode=0o600)
    secret.write_text(password, encoding="utf-8")
    if target.exists():
        _point_at(target, url)
        return target
    shutil.copytree(real, target)
    changes = {
        "url: https://cloud.kreis-hoexter.example": f"url: {url}",
        "password: env:NEXTCLOUD_PASSWORD": f"password: file:{secret}",
        "data: /var/lib/digitalnetzwerk": f"data: {folder.resolve() / 'daten'}",
        "url: https://studieninstitut.example/kurse.ics": "location: ../kurse.ics",
        "  public_url: https://netzwerk.kreis-hoexter.example\n": "",
        "admin_rights: print ": f"admin_rights: {{username: digitalnetzwerk, password: 'file:{secret}'}} ",
    }
    for path in sorted(target.glob("*.yaml")):
        path.write_text(_changed(path.read_text(encoding="utf-8"), changes), encoding="utf-8")
    if changes:
        missing = ", ".join(changes)
        raise ValueError(f"the configuration no longer says: {missing}")
    return target


def _point_at(config: Path, url: str) -> None:
    """The sandbox may listen on another port than last time."""
    for path in config.glob("*.yaml"):
        before = path.read_text(encoding="utf-8")
        after = re.sub(r"url: http://127\.0\.0\.1:\d+", f"url: {url}", before)
        if after != before:
            path.write_text(after, encoding="utf-8")


def _changed(text: str, changes: dict[str, str]) -> str:
    """The text with each change made where it fits; a change that was made is taken out of `changes`."""
    for old in [each for each in changes if each in text]:
        text = text.replace(old, changes.pop(old), 1)
    return text


def people(sandbox: Sandbox, settings: Settings) -> None:
    """The invented staff with accounts, in the groups that a directory service keeps."""
    if COORDINATOR in sandbox.world.accounts.people:
        return
    for administration in settings.administrations.values():
        if administration.external:
            sandbox.add_group(administration.group, administration.name)
    for person in staff():
        home = settings.administrations[person.administration]
        groups = (home.group,) if home.external else ()
        sandbox.add_user(person.account, display_name=person.name, email=person.mail, groups=groups, password=PASSWORD)


def planning_folder(sandbox: Sandbox, folder: Path, today: date) -> None:
    """The coordinator's folder with workbook and lists, shared with the service account; the feed beside the config."""
    feed = folder / "kurse.ics"
    if feed.exists():
        return
    saved = datetime.now(UTC) - timedelta(days=1)
    writers = {
        "Schulungsplan.xlsx": lambda path: write_programme(path, today),
        "Ansprechpersonen.xlsx": write_contacts,
        "Beschaeftigte.csv": write_staff,
    }
    for name, write in writers.items():
        path = folder / name
        write(path)
        sandbox.put_file(COORDINATOR, f"{PLANNING}/{name}", path.read_bytes(), saved)
        path.unlink()
    _share(sandbox, COORDINATOR, PLANNING, sandbox.service.user)
    feed.write_bytes(course_feed(today))


def _share(sandbox: Sandbox, owner: str, folder: str, receiver: str) -> None:
    """What the coordinator does in the files app: the folder and everything in it, with the right to change it."""
    world = sandbox.world
    node = world.tree.child(world.files.home(owner), folder)
    assert node is not None  # noqa: S101  # we have just put a file into it
    number, created = world.file_shares.next_number(), int(datetime.now(UTC).timestamp())
    world.file_shares.add(
        FileShare(number, node.number, folder, f"/{folder}", owner, WITH_USER, receiver, EVERYTHING, created)
    )
