"""A calendar in the same Nextcloud that people keep by hand, as the service account sees it. Only read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from connectors.caldav.choosing import Named, choose
from connectors.sources.refusal import unreadable
from network.ports import CalendarDelta, CalendarSeen, CalendarTarget, ObjectSeen
from network.text import Text


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
            raise unreadable(
                "own_calendar",
                "diesen Kalender schreiben wir selbst; er kann nicht zugleich eine Quelle sein",
                "we write this calendar ourselves; it can't be a source at the same time",
                remedy=Text("Einen anderen Kalender nennen.", "Name another calendar."),
            )
        return CloudCalendar(self._target, seen)


class CloudCalendar:
    """Satisfies `connectors.caldav.place.Calendar`."""

    def __init__(self, target: CalendarTarget, seen: CalendarSeen) -> None:
        self._target = target
        self.href = seen.href
        self.state = seen.sync_token

    def changes(self, state: str) -> CalendarDelta:
        return self._target.changes(self.href, state)

    def objects(self, hrefs: Sequence[str]) -> Iterator[ObjectSeen]:
        return self._target.objects(self.href, hrefs)


def _names(seen: CalendarSeen) -> tuple[str, ...]:
    """What a person may call it: with and without the owner that Nextcloud puts behind the name; OWNER/URI last."""
    account = seen.href.rstrip("/").split("/")[-2]
    uri, _, owner = seen.uri.rpartition("_shared_by_")
    plain = seen.name.rpartition(" (")[0] if owner and seen.name.endswith(")") else ""
    return tuple(filter(None, (seen.name, plain, f"{owner}/{uri}" if owner and uri else f"{account}/{seen.uri}")))
