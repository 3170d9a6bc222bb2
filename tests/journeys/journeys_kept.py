"""A coordinator who plans in a calendar: on Radicale, on Xandikos, or in the network's own Nextcloud."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from journeys_feed import event, feed_of
from journeys_town import FAR, Town

from network.errors import UidInTrash
from network.ports import CalendarWish, ShareRow

sys.path.insert(0, str(Path(__file__).parents[1] / "connectors" / "caldav"))

from caldav_servers import LOGIN, SERVERS, CaldavServer  # beside the tests of this source

PLACES = ("radicale", "xandikos", "nextcloud")
CALENDAR = "  geplant: {name: Geplant, from: [planung], share: {administrations: all}EDIT}\n"
EDITOR = "max.kreis"
BOTH_WAYS = ", mode: two-way"


@dataclass
class Coordinator:
    """A town with a calendar that `put(name, content)` and `delete(name)` keep; `stored` reads it: name → content."""

    town: Town
    put: Callable[[str, bytes], None]
    delete: Callable[[str], None]
    stored: Callable[[], Mapping[str, bytes]]

    def titles(self) -> list[str]:
        return self.town.titles(calendar="Geplant")

    def planned(self) -> list[str]:
        """The titles in the coordinator's own calendar."""
        found = (re.search(rb"^SUMMARY[^:]*:(.*)\r?$", each, re.MULTILINE) for each in self.stored().values())
        return sorted(each[1].decode().strip() for each in found if each)

    def plan(self, title: str, day: date = FAR, hour: int = 9) -> None:
        self.put(f"{title}.ics", feed_of(event(f"{title}@hand.example", title, day=day, hour=hour)))

    def uid(self, title: str) -> str:
        found = re.search(rb"^UID:(\S+)", self.town.entry(f"SUMMARY:{title}").data, re.MULTILINE)
        assert found
        return found[1].decode()


@contextmanager
def coordinator_on(
    place: str, town: Town, folder: Path, *, more: str = "", rights: bool = False
) -> Iterator[Coordinator]:
    """`more` keys of the connector; `rights`: what is shared inside Nextcloud may be written."""
    if place == "nextcloud":
        yield _in_nextcloud(town, more, may_write=rights)
        return
    with SERVERS[place](folder / "caldav") as server:
        yield _on_caldav(town, server, folder, more)


def _swap(town: Town, connector: str, more: str) -> None:
    edit = f", edit: {{people: [{EDITOR}]}}" if BOTH_WAYS in more else ""
    town.swap("calendars:\n", f"  planung: {connector}\ncalendars:\n{CALENDAR.replace('EDIT', edit)}")


def _on_caldav(town: Town, server: CaldavServer, folder: Path, more: str) -> Coordinator:
    secret = folder / "kennwort"
    secret.write_text(LOGIN[1])
    server.make()
    login = f"username: {LOGIN[0]}, password: 'file:{secret}'"
    _swap(town, f"{{type: caldav, url: '{server.url}/', calendar: Planung, {login}{more}}}", more)
    return Coordinator(town, server.put_raw, server.delete, server.stored)


def _in_nextcloud(town: Town, more: str, *, may_write: bool) -> Coordinator:
    erika = town.as_staff("erika.kreis").calendars
    href = erika.create_calendar("planung", CalendarWish("Planung", "#00679e", "Europe/Berlin", ""))
    erika.share(href, [ShareRow("users/digitalnetzwerk", may_write)], [])

    def listed() -> dict[str, str]:
        return dict(erika.changes(href, "").changed)

    def put(name: str, content: bytes) -> None:
        try:
            erika.put(href + name, content, if_match=listed().get(href + name, ""))
        except UidInTrash:  # she takes it out of the trash bin again
            [trashed] = erika.trashed_objects()
            erika.restore_object(trashed)

    def stored() -> dict[str, bytes]:
        return {each.href.removeprefix(href): each.data for each in erika.objects(href, list(listed()))}

    _swap(town, f"{{type: nextcloud-calendar, calendar: erika.kreis/planung{more}}}", more)
    return Coordinator(town, put, lambda name: erika.delete(href + name, if_match=listed()[href + name]), stored)
