"""Files of the account over WebDAV. Paths are those that the person sees: "/Folder/File.xlsx".

Below nextcloud-api-wrapper, because it creates folders while reading them, takes an overwritten file for a failure,
sends uploads as forms, has no conditions, and holds whole files in memory without a bound.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime

from requests import Response

from connectors.dav.xml import DAV, Resource, bare, propfind
from connectors.nextcloud.account import Account
from connectors.nextcloud.dav_xml import OWNCLOUD, multistatus
from connectors.nextcloud.own_account import OwnAccount
from network.errors import AlreadyThere, NotThere, PreconditionFailed, Refused
from network.ports import FileSeen
from network.text import Text

FILE_ID = f"{OWNCLOUD}fileid"
WANTED = (f"{DAV}resourcetype", f"{DAV}getetag", f"{DAV}getlastmodified", f"{DAV}getcontentlength", FILE_ID)


class NextcloudFiles:
    def __init__(self, account: Account, own: OwnAccount) -> None:
        self._account = account
        self._own = own
        self._mounted: set[str] = set()  # what stands in the home, as far as it was reached

    def list(self, path: str) -> tuple[FileSeen, ...]:
        here = clean(path)
        found = self._propfind(here, depth="1")
        return tuple(seen for each in found if (seen := self._seen(each)).path != (here or "/"))

    def stat(self, path: str) -> FileSeen | None:
        try:
            found = self._propfind(clean(path), depth="0")
        except NotThere:
            return None
        return self._seen(found[0]) if found else None

    def read(self, path: str, *, max_bytes: int) -> bytes:
        return self.send("GET", clean(path), most_bytes=max_bytes).content

    def write(
        self, path: str, data: bytes, *, content_type: str = "application/octet-stream", if_match: str = ""
    ) -> str:
        condition = {"If-Match": f'"{if_match}"'} if if_match else {"If-None-Match": "*"}
        headers = {"Content-Type": content_type, **condition}
        answer = self.send("PUT", clean(path), headers=headers, data=data)
        return etag_of(answer) or self._etag(path)

    def make_folder(self, path: str) -> bool:
        try:
            self.send("MKCOL", clean(path))
        except AlreadyThere:
            return False
        return True

    def move(self, path: str, to: str) -> None:
        headers = {"Destination": self._account.address(self.home + clean(to)), "Overwrite": "F"}
        try:
            self.send("MOVE", clean(path), headers=headers)
        except PreconditionFailed as error:
            raise AlreadyThere(error.message, where=to) from error

    def delete(self, path: str) -> None:
        if not clean(path):
            raise Refused(Text("Das ganze Konto wird nicht gelöscht.", "The whole account is not deleted."))
        self.send("DELETE", clean(path))

    @property
    def home(self) -> str:
        """The path of the account's files on the server, not encoded."""
        return self._account.dav("files", self._own.id)

    def _etag(self, path: str) -> str:
        seen = self.stat(path)
        return seen.etag if seen else ""

    def _propfind(self, path: str, depth: str) -> tuple[Resource, ...]:
        headers = {"Depth": depth, "Content-Type": "application/xml"}
        answer = self.send("PROPFIND", path, headers=headers, data=propfind(*WANTED))
        return multistatus(answer).resources

    def send(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        data: bytes | None = None,
        most_bytes: int | None = None,
    ) -> Response:
        """Whatever else WebDAV says about files. `path` as `clean` makes it.

        A new Team folder is "not there" for up to five minutes, until somebody looks at the whole home."""
        top = path[1:].partition("/")[0]

        def send() -> Response:
            return self._account.send(method, self.home + path, headers=headers, data=data, most_bytes=most_bytes)

        try:
            answer = send()
        except NotThere:
            if not top or top in self._mounted or f"/{top}" not in {each.path for each in self.list("/")}:
                raise
            answer = send()  # the refused one was not carried out
        self._mounted.add(top)
        return answer

    def _seen(self, found: Resource) -> FileSeen:
        return FileSeen(
            path=found.href.removeprefix(self.home).rstrip("/") or "/",
            is_folder=f"{DAV}collection" in found.children(f"{DAV}resourcetype"),
            etag=bare(found.text(f"{DAV}getetag")),
            modified=_moment(found.text(f"{DAV}getlastmodified")),
            size=int(found.text(f"{DAV}getcontentlength") or 0),
            id=found.text(FILE_ID),
        )


def etag_of(answer: Response) -> str:
    """The ETag that a write answered with, or "". OC-ETag first: a proxy may weaken the other one."""
    return bare(answer.headers.get("OC-ETag") or answer.headers.get("ETag") or "")


def clean(path: str) -> str:
    """A path as requests want it: begins with "/", no "/" at the end; "" is the account's home itself."""
    parts = [part for part in path.split("/") if part]
    if any(part in (".", "..") for part in parts):
        raise Refused(Text(f"Der Pfad „{path}“ ist nicht erlaubt.", f'The path "{path}" is not allowed.'), where=path)
    return "".join(f"/{part}" for part in parts)


def _moment(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text) if text else None
    except ValueError:
        return None
