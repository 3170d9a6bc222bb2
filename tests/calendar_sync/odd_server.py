"""A Nextcloud in memory with a bad past: it believes any token, forgets what changed, and comes back from a backup.

Nothing in here is an answer with an error; `faulty_target` is for those.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence

from connectors.memory.calendars import TOKEN, MemoryCalendars
from network.ports import CalendarDelta, ObjectSeen


class OddServer(MemoryCalendars):
    """`withheld` are objects that are listed and not delivered; with `keeps_etags` off no PUT answers with one."""

    def __init__(self) -> None:
        super().__init__(most_share_posts=1_000_000)
        self.withheld: frozenset[str] = frozenset()
        self.tells_etags = True

    def changes(self, href: str, token: str) -> CalendarDelta:
        """A number from the future is answered with "nothing new", as the real server does."""
        since = re.fullmatch(re.escape(TOKEN) + r"(\d+)", token)
        now = self._at(href).token
        if since is not None and int(since[1]) > now:
            self.requests["changes"] += 1
            return CalendarDelta(f"{TOKEN}{now}", ())
        return super().changes(href, token)

    def objects(self, href: str, hrefs: Sequence[str]) -> Iterator[ObjectSeen]:
        return super().objects(href, [each for each in hrefs if each not in self.withheld])

    def put(self, href: str, data: bytes, *, if_match: str) -> str:
        etag = super().put(href, data, if_match=if_match)
        return etag if self.tells_etags else ""

    # ------------------------------------------------------------------ what happens to it

    def forget_changes(self, href: str) -> None:
        """A clean-up of its log of changes: older tokens are answered without them."""
        self._at(href).log.clear()

    def rewrite(self, href: str) -> None:
        """A repair job stores the same event in other words: another ETag, nothing else."""
        parent, _, name = href.rpartition("/")
        calendar = self._at(parent + "/")
        stored = calendar.objects[name]
        stored.data = stored.data.replace(b"PRODID:", b"PRODID:x")
        calendar.note(name, 2)

    def backup(self, href: str) -> object:
        return copy.deepcopy(self._at(href))

    def restore_backup(self, href: str, backup: object) -> None:
        uri = href.rstrip("/").rsplit("/", 1)[1]
        self._calendars[uri] = copy.deepcopy(backup)  # type: ignore[assignment]
        self._trash = {name: each for name, each in self._trash.items() if each.uri != uri}

    def make_anew(self, href: str) -> None:
        """Somebody purges the calendar and makes it again; by now its number is the one that it had."""
        uri = href.rstrip("/").rsplit("/", 1)[1]
        before = self._at(href)
        self.delete_calendar(href, purge=True)
        self._trash = {name: each for name, each in self._trash.items() if each.uri != uri}
        self.create_calendar(uri, before.wish)
        self._at(href).token = before.token
