"""Radicale's storage interface over a person's calendar home, as far as REPORT asks for it.

Radicale brings the filters, the expansion of series and the shape of the answers; names, texts, ETags and change
numbers are ours. Collections say "not there" (a 404 entry) only for what a sync reports as deleted: a multiget leaves
out in silence what it does not find, as the server does.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from email.utils import formatdate
from typing import Any

from radicale import auth, config, pathutils, rights, storage
from radicale.item import Item

from plugin.sandbox.calendars.book import DELETED, Entry
from plugin.sandbox.calendars.properties import SYNC
from plugin.sandbox.calendars.views import Homes, View, is_visible, text_for

FOREVER = (-(2**62), 2**62)


class EntryItem(Item):
    """Remembers the time range by ETag: reading it means parsing, and a query asks every object."""

    ranges: dict[str, tuple[int, int]] = {}  # noqa: RUF012 - one cache for all items, keyed by content

    @property
    def time_range(self) -> tuple[int, int]:
        known = self.ranges.get(self.etag)
        if known is None:
            try:
                known = super().time_range
            except Exception:  # noqa: BLE001 - vobject raises anything; what it can't read may lie anywhere
                known = FOREVER
            self.ranges[self.etag] = known
        return known

    def __copy__(self) -> EntryItem:
        """A copy reads the text anew: Radicale expands a series in the copy's tree, once for each property asked."""
        fresh = object.__new__(EntryItem)
        fresh.__dict__.update(self.__dict__, _vobject_item=None)
        return fresh


class HomeCollection(storage.BaseCollection):
    """A calendar home or the root: no calendar, nothing inside that a REPORT could ask for."""

    def __init__(self, path: str) -> None:
        self._path = path

    @property
    def path(self) -> str:
        return self._path

    def get_meta(self, key: str | None = None) -> Any:
        return None if key else {}

    def get_all(self) -> Iterable[Item]:
        return ()


class CalendarCollection(HomeCollection):
    """One calendar as one person sees it."""

    def __init__(self, path: str, homes: Homes, view: View, limit: int | None) -> None:
        super().__init__(path)
        self._homes = homes
        self._view = view
        self._limit = limit
        self._deleted: set[str] = set()

    def get_meta(self, key: str | None = None) -> Any:
        meta: Mapping[str, str] = {"tag": "VCALENDAR"}
        return meta.get(key) if key else meta

    def sync(self, old_token: str = "") -> tuple[str, Iterable[str]]:
        """Raises ValueError for a token without the server's prefix, and never for one that is merely wrong."""
        calendar = self._view.calendar
        if old_token and not old_token.startswith(SYNC):
            raise ValueError("Invalid or unknown sync token")
        since = old_token.removeprefix(SYNC)
        token = f"{SYNC}{calendar.token}"
        if not since.isdigit():
            return token, [entry.uri for entry in self._homes.entries(self._view)]
        changes = self._homes.calendars.changes(calendar, int(since), self._limit)
        self._deleted = {uri for uri, operation in changes if operation == DELETED}
        return token, [uri for uri, _operation in changes]

    def get_multi(self, hrefs: Iterable[str]) -> Iterable[tuple[str, Item | None]]:
        for name in hrefs:
            if name in self._deleted:
                yield name, None
            elif entry := self._homes.entry(self._view, name):
                yield name, self.item(entry)

    def get_all(self) -> Iterable[Item]:
        return (self.item(entry) for entry in self._homes.entries(self._view))

    def get_filtered(self, filters: Iterable[ET.Element]) -> Iterable[tuple[Item, bool]]:
        for item, matched in super().get_filtered(filters):
            if matched or item.time_range != FOREVER or _readable(item):
                yield item, matched

    def item(self, entry: Entry) -> Item:
        return item_of(self, entry, entry.uri, text_for(self._view, entry))


class TrashCollection(HomeCollection):
    """All trashed objects of the calendars that this person may write to, under their numbers."""

    def __init__(self, path: str, homes: Homes, uid: str) -> None:
        super().__init__(path)
        self._entries = trashed_entries(homes, uid)

    def get_meta(self, key: str | None = None) -> Any:
        meta: Mapping[str, str] = {"tag": "VCALENDAR"}
        return meta.get(key) if key else meta

    def get_multi(self, hrefs: Iterable[str]) -> Iterable[tuple[str, Item | None]]:
        wanted = set(hrefs)
        return ((item.href or "", item) for item in self.get_all() if item.href in wanted)

    def get_all(self) -> Iterable[Item]:
        return (item_of(self, entry, f"{entry.number}.ics", entry.text) for entry in self._entries.values())


class ReportStorage(storage.BaseStorage):
    """Read-only: what changes calendars does not come this way. `limit` is the nresults of the request under way."""

    homes: Homes
    limit: int | None = None

    def discover(self, path: str, depth: str = "0", *_: Any, **__: Any) -> Iterable[storage.BaseCollection | Item]:
        parts = tuple(part for part in path.split("/") if part)
        plain = pathutils.strip_path(path)
        if len(parts) <= 2:
            yield HomeCollection(plain)
        elif parts[2:] == ("trashbin", "objects"):
            yield TrashCollection(plain, self.homes, parts[1])
        elif len(parts) >= 3 and (view := self.homes.view(parts[1], parts[2])):
            collection = CalendarCollection("/".join(parts[:3]), self.homes, view, self.limit)
            if len(parts) == 3:
                yield collection
            elif entry := self.homes.entry(view, parts[3]):
                yield collection.item(entry)

    @contextmanager
    def acquire_lock(self, mode: str, user: str = "", *_: Any, **__: Any) -> Iterator[None]:
        yield  # the sandbox answers one request at a time


class NoLogin(auth.BaseAuth):
    """The front door has asked already."""


class AllRights(rights.BaseRights):
    """Who may see what was decided before Radicale is asked."""

    def authorization(self, user: str, user_groups: set[str], path: str) -> str:
        return "RrWw"


def configuration() -> config.Configuration:
    """Radicale's configuration: our storage, no login of its own, no limits, nothing on disk."""
    settings = config.load()
    settings.update(
        {
            "storage": {"type": ReportStorage},
            "rights": {"type": AllRights},
            "auth": {"type": NoLogin},
            "web": {"type": "none"},
            "logging": {"level": "critical"},
            "reporting": {"max_expand_occurrence": "1000000"},
        },
        "sandbox",
        privileged=True,
    )
    return settings


def trashed_entries(homes: Homes, uid: str) -> dict[int, Entry]:
    """By number: what lies in the trash bin as this person sees it."""
    views = [view for view in homes.views(uid) if view.may_write]
    found: dict[int, Entry] = {}
    for view in views:
        for entry in homes.calendars.trashed([view.calendar]):
            if is_visible(view, entry):
                found[entry.number] = entry
    return found


def item_of(collection: storage.BaseCollection, entry: Entry, href: str, text: str) -> Item:
    return EntryItem(
        collection=collection,
        href=href,
        last_modified=formatdate(entry.modified, usegmt=True),
        text=text,
        etag=f'"{entry.etag}"',
        uid=entry.uid,
        name="VCALENDAR",
        component_name=entry.component,
    )


def _readable(item: Item) -> bool:
    try:
        return item.vobject_item is not None
    except Exception:  # noqa: BLE001 - whatever vobject raises: such an object matches no filter
        return False
