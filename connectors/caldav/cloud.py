"""A calendar in the same Nextcloud that people keep by hand, as the service account sees it.

Written only where its connector says `mode: two-way`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from connectors.caldav.choosing import Named, choose, own_calendar
from network.ports import CalendarDelta, CalendarSeen, CalendarTarget, ObjectSeen


class CloudCalendars:
    """Satisfies `connectors.caldav.place.Finder`. `calendar` is a display name, or OWNER/URI."""

    def __init__(self, target: CalendarTarget, calendar: str) -> None:
        self._target = target
        self._calendar = calendar

    @property
    def name(self) -> str:
        return f"nextcloud:{self._calendar}"

    @property
    def identity(self) -> str:
        return self.name

    @property
    def login_mark(self) -> str:
        return ""

    def find(self, href: str) -> CloudCalendar:
        there = [each for each in self._target.calendars() if not each.trashed and "VEVENT" in each.components]
        same = [each for each in there if each.href == href]
        seen = same[0] if same else choose(self._calendar, [Named(each, _names(each)) for each in there])
        if seen.marker:
            raise own_calendar()
        return CloudCalendar(self._target, seen)


class CloudCalendar:
    """Satisfies `connectors.caldav.place.Calendar`."""

    def __init__(self, target: CalendarTarget, seen: CalendarSeen) -> None:
        self._target = target
        self.href = seen.href
        self.state = seen.sync_token
        self.is_writable = seen.is_writable
        self.invites = False  # every write of this account says that it shall not

    def changes(self, state: str) -> CalendarDelta:
        return self._target.changes(self.href, state)

    def objects(self, hrefs: Sequence[str]) -> Iterator[ObjectSeen]:
        return self._target.objects(self.href, hrefs)

    def put(self, href: str, data: bytes, *, if_match: str) -> None:
        self._target.put(href, data, if_match=if_match)

    def delete(self, href: str, *, if_match: str) -> None:
        self._target.delete(href, if_match=if_match)


def _names(seen: CalendarSeen) -> tuple[str, ...]:
    """What a person may call it: with and without the owner that Nextcloud puts behind the name; OWNER/URI last."""
    account = seen.href.rstrip("/").split("/")[-2]
    uri, _, owner = seen.uri.rpartition("_shared_by_")
    plain = seen.name.rpartition(" (")[0] if owner and seen.name.endswith(")") else ""
    return tuple(filter(None, (seen.name, plain, f"{owner}/{uri}" if owner and uri else f"{account}/{seen.uri}")))
