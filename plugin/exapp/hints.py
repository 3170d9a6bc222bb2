"""Nextcloud tells us that something was changed, so that we look early. Nothing else is taken from what it says.

A hint may be lost, come twice or be made up: it only brings forward a look that would have come anyway, and not more
often than every half minute. Without hints everything works, later.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta

from connectors.nextcloud.ex_app import Hook
from network.settings import Settings, TrainingTable
from network.settings.locations import CloudFile
from plugin.intervals import NEXTCLOUD

URI = "/hooks/nextcloud"
HEADER = "X-Digitalnetzwerk-Hook"
TOGETHER = timedelta(seconds=30)
"""Hints that come within this time are one look, and no look follows another sooner because of one."""
LARGEST = 256 * 1024

_ENTRY = tuple(rf"OCP\Calendar\Events\CalendarObject{each}Event" for each in ("Created", "Updated", "MovedToTrash"))
_SAVED = r"OCP\Files\Events\Node\NodeWrittenEvent"


def hooks(settings: Settings) -> tuple[Hook, ...]:
    """What we want to be told of: what people do in our calendars, and that somebody saved a table.

    Filtered by the server before it makes a message: one of over 32,000 characters would break the write of whoever
    made the change, so that only our own calendars and our own tables are listened to, and never our own writes.
    """
    return (*_of_calendars(settings.nextcloud.username), *_of_tables(settings))


def proof(secret: str) -> Mapping[str, str]:
    """The header that a hint has to carry; it opens nothing else."""
    return {HEADER: hmac.new(secret.encode(), b"hook", hashlib.sha256).hexdigest()}


def is_proven(given: str, secret: str) -> bool:
    return hmac.compare_digest(given.encode(), proof(secret)[HEADER].encode())


def looks(hint: object, settings: Settings) -> Mapping[str, timedelta]:
    """What should be looked at early, by its name in the schedule, and in how much time at the latest.

    A table has to settle first: whoever saved it may save it again. What is unclear means Nextcloud itself.
    """
    event = hint.get("event") if isinstance(hint, dict) else None
    node = event.get("node") if isinstance(event, dict) else None
    path = str(node.get("path", "")) if isinstance(node, dict) else ""
    found = {each.key: each.settle + TOGETHER for each, file in _tables(settings) if path.endswith(_end_of(file))}
    return found or {NEXTCLOUD: TOGETHER}


def _of_calendars(account: str) -> Iterator[Hook]:
    only = {"event.calendarData.principaluri": f"principals/users/{account}", "user.uid": {"$ne": account}}
    yield from (Hook(event, only) for event in _ENTRY)


def _of_tables(settings: Settings) -> Iterator[Hook]:
    for end in sorted({_end_of(file) for _, file in _tables(settings)}):
        pattern = re.escape(end).replace("/", r"\/")
        only = {"event.node.path": f"/{pattern}$/", "user.uid": {"$ne": settings.nextcloud.username}}
        yield Hook(_SAVED, only)


def _tables(settings: Settings) -> Iterator[tuple[TrainingTable, CloudFile]]:
    for each in settings.connectors.values():
        if isinstance(each, TrainingTable) and isinstance(each.location, CloudFile):
            yield each, each.location


def _end_of(file: CloudFile) -> str:
    """Folder and name: whoever saves it may see it below another path than we do."""
    return "/" + "/".join(file.path.strip("/").split("/")[-2:])
