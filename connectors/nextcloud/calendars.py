"""The calendars of the account: `network.ports.CalendarTarget` over Nextcloud.

Every write is conditional where the server lets it be, silent towards attendees, and sent once. Nothing here decides
what to write.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote_plus, unquote_plus

from connectors.dav.reports import ETAG, XML
from connectors.dav.silence import SILENT
from connectors.dav.xml import bare, propfind
from connectors.nextcloud import calendar_changes, calendar_trash
from connectors.nextcloud.account import Account
from connectors.nextcloud.calendar_list import MARKER, PREFIX, WANTED, calendars
from connectors.nextcloud.calendar_properties import marker_element, wish_elements, wish_properties
from connectors.nextcloud.dav_xml import mkcalendar, multistatus, share
from connectors.nextcloud.discovery import Discovery
from connectors.nextcloud.files import etag_of
from connectors.nextcloud.own_account import OwnAccount
from network.errors import AlreadyThere, NotThere, PreconditionFailed
from network.ports import CalendarDelta, CalendarSeen, CalendarWish, ObjectSeen, ShareRow, TrashedObject
from network.text import Text

ROWS_A_REQUEST = 10


class NextcloudCalendars:
    def __init__(self, account: Account, own: OwnAccount) -> None:
        self._account = account
        self._own = own
        self._discovery = Discovery(account)
        self._found = ""

    @property
    def home(self) -> str:
        """The decoded path of the calendar home: where Nextcloud has it, unless it had to be searched for."""
        return self._found or self._account.dav("calendars", self._own.id, "")

    def calendars(self) -> tuple[CalendarSeen, ...]:
        try:
            return self._list()
        except NotThere:
            home = self._discovery.home()
            if home == self.home:
                raise
            self._found = home
            return self._list()

    def create_calendar(self, uri: str, wish: CalendarWish) -> str:
        href = f"{self.home}{uri}/"
        body = mkcalendar(wish_properties(wish), (wish.component,))
        self._account.send("MKCALENDAR", href, headers=XML, data=body)
        return href

    def change_calendar(self, href: str, wish: CalendarWish) -> None:
        self._discovery.set_properties(href, wish_elements(wish))

    def mark_calendar(self, href: str, marker: str) -> None:
        self._discovery.set_properties(href, [marker_element(MARKER, marker)])

    def share(self, href: str, grant: Sequence[ShareRow], revoke: Sequence[str]) -> None:
        rows: list[ShareRow | str] = [*revoke, *grant]
        for start in range(0, len(rows), ROWS_A_REQUEST):
            some = rows[start : start + ROWS_A_REQUEST]
            body = share(
                [(PREFIX + spelled(row.principal), row.read_write) for row in some if isinstance(row, ShareRow)],
                [PREFIX + spelled(row) for row in some if isinstance(row, str)],
            )
            self._account.send("POST", href, headers=XML, data=body)

    def delete_calendar(self, href: str, *, purge: bool) -> None:
        self._account.send("DELETE", href, headers={"X-NC-CalDAV-No-Trashbin": "1"} if purge else {})

    def restore_calendar(self, uri: str) -> str:
        href = f"{self.home}{uri}/"
        calendar_trash.restore(self._account, self.home, href)
        return href

    def changes(self, href: str, token: str) -> CalendarDelta:
        return calendar_changes.changes(self._account, href, token)

    def objects(self, href: str, hrefs: Sequence[str]) -> Iterator[ObjectSeen]:
        return calendar_changes.objects(self._account, href, hrefs)

    def put(self, href: str, data: bytes, *, if_match: str) -> str:
        condition = {"If-Match": f'"{if_match}"'} if if_match else {"If-None-Match": "*"}
        headers = {"Content-Type": "text/calendar; charset=utf-8", **SILENT, **condition}
        answer = self._account.send("PUT", href, headers=headers, data=data)
        return etag_of(answer) or self._etag(href)  # none when the server changed what it stored

    def delete(self, href: str, *, if_match: str) -> None:
        condition = {"If-Match": f'"{if_match}"'} if if_match else {}
        self._account.send("DELETE", href, headers={**SILENT, **condition})

    def move(self, href: str, destination: str) -> None:
        headers = {"Destination": self._account.address(destination), "Overwrite": "F", **SILENT}
        try:
            self._account.send("MOVE", href, headers=headers)
        except PreconditionFailed as error:
            raise AlreadyThere(
                Text("Am Ziel steht schon ein Eintrag.", "There is an entry at the destination already."),
                where=destination,
            ) from error

    def trashed_objects(self) -> tuple[TrashedObject, ...]:
        return calendar_trash.trashed_objects(self._account, self.home)

    def restore_object(self, trashed: TrashedObject) -> None:
        calendar_trash.restore(self._account, self.home, trashed.href)

    def purge_object(self, trashed: TrashedObject) -> None:
        calendar_trash.purge(self._account, trashed.href)

    def _list(self) -> tuple[CalendarSeen, ...]:
        headers = {**XML, "Depth": "1"}
        answer = self._account.send("PROPFIND", self.home, headers=headers, data=propfind(*WANTED))
        return calendars(self.home, multistatus(answer).resources)

    def _etag(self, href: str) -> str:
        headers = {**XML, "Depth": "0"}
        answer = self._account.send("PROPFIND", href, headers=headers, data=propfind(ETAG))
        found = multistatus(answer).resources
        return bare(found[0].text(ETAG)) if found else ""


def spelled(principal: str) -> str:
    """A principal as the server must be told it. Any other spelling of a group is stored and reaches nobody."""
    kind, _, id = principal.partition("/")
    return f"groups/{quote_plus(unquote_plus(id))}" if kind == "groups" else principal
