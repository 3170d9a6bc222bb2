"""What the contract tests speak with: raw `requests` against a sandbox or, unchanged, against a real Nextcloud."""

from __future__ import annotations

import json as json_module
import os
import secrets
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import quote, unquote

import requests

D = "{DAV:}"
C = "{urn:ietf:params:xml:ns:caldav}"
CS = "{http://calendarserver.org/ns/}"
OC = "{http://owncloud.org/ns}"
NC = "{http://nextcloud.com/ns}"
NCORG = "{http://nextcloud.org/ns}"
NAMESPACES = (
    'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:cs="http://calendarserver.org/ns/" '
    'xmlns:oc="http://owncloud.org/ns" xmlns:nc="http://nextcloud.com/ns" xmlns:ical="http://apple.com/ns/ical/" '
    'xmlns:ncorg="http://nextcloud.org/ns" xmlns:own="https://digitalnetzwerk.example/ns"'
)
OWN = "{https://digitalnetzwerk.example/ns}"
SYNC = "http://sabre.io/ns/sync/"
TIMEOUT = 60


@dataclass(frozen=True)
class Login:
    user: str
    password: str
    app_password: str = ""


@dataclass(frozen=True)
class Ocs:
    """An OCS answer: HTTP status, the envelope's code and message, the data; `bare` is a body without envelope."""

    status: int
    code: int
    message: str
    data: Any
    bare: Any
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Found:
    """One response of a multistatus."""

    href: str
    status: int
    properties: dict[str, ET.Element]

    def text(self, name: str) -> str:
        element = self.properties.get(name)
        return "" if element is None else (element.text or "")

    def kinds(self, name: str = D + "resourcetype") -> set[str]:
        return {child.tag for child in self.properties[name]}

    @property
    def name(self) -> str:
        return unquote(self.href.rstrip("/").rpartition("/")[2])


class Client(requests.Session):
    """One account. Without cookies unless asked for, as the server's limits depend on them."""

    def __init__(self, url: str, user: str, secret: str, *, cookies: bool = False) -> None:
        super().__init__()
        self.url = url
        self.user = user
        self.auth = (user, secret) if user else None
        self.headers["OCS-APIRequest"] = "true"
        self.trust_env = False
        if not cookies:
            self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    def ocs(self, method: str, path: str, *, version: int = 2, **given: Any) -> Ocs:
        headers = {"Accept": "application/json", **given.pop("headers", {})}
        base = "" if path.startswith(("/index.php", "/apps/groupfolders")) else f"/ocs/v{version}.php"
        response = self.request(method, self.url + base + path, headers=headers, timeout=TIMEOUT, **given)
        return _ocs(response)

    def dav(self, method: str, path: str, body: str | bytes = b"", **headers: str) -> requests.Response:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        data = body.encode() if isinstance(body, str) else body
        if data and "Content-Type" not in sent:
            sent["Content-Type"] = "application/xml; charset=utf-8"
        return self.request(method, self.url + "/remote.php/dav" + path, data=data, headers=sent, timeout=TIMEOUT)

    def propfind(self, path: str, *properties: str, depth: str = "0") -> list[Found]:
        names = "".join(f"<{name}/>" for name in properties)
        response = self.dav(
            "PROPFIND", path, f"<d:propfind {NAMESPACES}><d:prop>{names}</d:prop></d:propfind>", Depth=depth
        )
        assert response.status_code == 207, response.text
        return multistatus(response)

    def proppatch(self, path: str, inner: str) -> requests.Response:
        body = f"<d:propertyupdate {NAMESPACES}><d:set><d:prop>{inner}</d:prop></d:set></d:propertyupdate>"
        return self.dav("PROPPATCH", path, body)

    # calendars

    def home(self, rest: str = "") -> str:
        return f"/calendars/{quote(self.user)}/{rest}"

    def make_calendar(self, uri: str, inner: str = "<d:displayname>Schulungen</d:displayname>") -> requests.Response:
        body = f"<c:mkcalendar {NAMESPACES}><d:set><d:prop>{inner}</d:prop></d:set></c:mkcalendar>"
        return self.dav("MKCALENDAR", self.home(uri), body)

    def put_event(self, path: str, text: str | bytes, **headers: str) -> requests.Response:
        given = {"Content_Type": "text/calendar; charset=utf-8", "x_nc_scheduling": "false", **headers}
        return self.dav("PUT", path, text, **given)

    def sync(self, path: str, token: str = "", more: str = "") -> requests.Response:
        body = (
            f"<d:sync-collection {NAMESPACES}><d:sync-token>{token}</d:sync-token><d:sync-level>1</d:sync-level>{more}"
            "<d:prop><d:getetag/><c:calendar-data/></d:prop></d:sync-collection>"
        )
        return self.dav("REPORT", path, body)

    def token(self, path: str) -> int:
        return int(self.propfind(path, "cs:getctag")[0].text(CS + "getctag").removeprefix(SYNC))

    def share(self, path: str, *sets: str, remove: tuple[str, ...] = (), write: bool = False) -> requests.Response:
        access = "<oc:read-write/>" if write else ""
        rows = "".join(f"<oc:set><d:href>{one}</d:href>{access}</oc:set>" for one in sets)
        rows += "".join(f"<oc:remove><d:href>{one}</d:href></oc:remove>" for one in remove)
        return self.dav("POST", path, f"<oc:share {NAMESPACES}>{rows}</oc:share>")

    def calendar_names(self) -> dict[str, str]:
        """Display names of the living calendars in this home, by URI."""
        rows = self.propfind(self.home(), "d:displayname", "d:resourcetype", depth="1")
        return {row.name: row.text(D + "displayname") for row in rows if C + "calendar" in row.kinds()}

    def trash(self) -> list[Found]:
        body = (
            f"<c:calendar-query {NAMESPACES}><d:prop><d:getetag/><c:calendar-data/><nc:calendar-uri/><nc:deleted-at/>"
            '</d:prop><c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"/></c:comp-filter></c:filter>'
            "</c:calendar-query>"
        )
        response = self.dav("REPORT", self.home("trashbin/objects/"), body, Depth="1")
        assert response.status_code == 207, response.text
        return multistatus(response)

    def trashed(self, uid: str) -> str:
        """The path of the trashed object with this UID below /remote.php/dav."""
        for row in self.trash():
            if f"UID:{uid}" in row.text(C + "calendar-data"):
                return row.href.removeprefix("/remote.php/dav")
        raise AssertionError(f"{uid} is not in the trash bin")

    # files

    def files(self, rest: str = "") -> str:
        return f"/files/{quote(self.user)}/{quote(rest)}"


@dataclass(frozen=True)
class Server:
    url: str
    admin: Login
    service: Login
    live: bool

    def client(self, user: str = "", secret: str = "", *, cookies: bool = False) -> Client:
        return Client(self.url, user, secret, cookies=cookies)


@dataclass(frozen=True)
class Person:
    """A fresh ordinary account; `client` uses an app password and no cookies."""

    uid: str
    password: str
    client: Client
    display_name: str
    mail: str


def real_server() -> Server | None:
    """The Nextcloud that the environment names."""
    given = os.environ.get
    if not given("NEXTCLOUD_URL"):
        return None
    admin = Login(given("NEXTCLOUD_ADMIN", ""), given("NEXTCLOUD_ADMIN_PASSWORD", ""))
    service = Login(
        given("NEXTCLOUD_SERVICE", ""),
        given("NEXTCLOUD_SERVICE_PASSWORD", ""),
        given("NEXTCLOUD_SERVICE_APP_PASSWORD", ""),
    )
    return Server(given("NEXTCLOUD_URL", "").rstrip("/"), admin, service, live=True)


def unique(stem: str) -> str:
    return f"{stem}-{secrets.token_hex(4)}"


@contextmanager
def privileged(server: Server, login: Login) -> Iterator[Client]:
    """A client with the real password and its own cookie jar: what it writes is confirmed for half an hour."""
    with server.client(login.user, login.password, cookies=True) as client:
        yield client


def fresh_person(server: Server, admin: Client, name: str, groups: tuple[str, ...] = ()) -> Iterator[Person]:
    """Make an account and take it away again afterwards."""
    uid, password = unique(name.lower()), unique("Geheim-34-Wort")
    display_name, mail = f"{name} Vertrag", f"{uid}@vertrag.example"
    body = {"userid": uid, "password": password, "displayName": display_name, "email": mail, "groups": list(groups)}
    made = admin.ocs("POST", "/cloud/users", json=body)
    assert made.code == 200, made
    secret = server.client(uid, password).ocs("GET", "/core/getapppassword").data["apppassword"]
    yield Person(uid, password, server.client(uid, secret), display_name, mail)
    admin.ocs("DELETE", f"/cloud/users/{uid}")


def event(uid: str, summary: str = "Grundlagen", more: str = "", start: str = "20300110T090000Z") -> str:
    return (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Digitalnetzwerk//Vertrag//DE\r\nBEGIN:VEVENT\r\n"
        f"UID:{uid}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:{start}\r\nDURATION:PT1H\r\nSUMMARY:{summary}\r\n"
        f"{more}END:VEVENT\r\nEND:VCALENDAR\r\n"
    )


def multistatus(response: requests.Response) -> list[Found]:
    rows = []
    for element in ET.fromstring(response.content).iter(D + "response"):
        properties = {}
        for part in element.iter(D + "propstat"):
            if " 200 " in (part.findtext(D + "status") or ""):
                properties |= {one.tag: one for one in part.iterfind(f"{D}prop/*")}
        status = int((element.findtext(D + "status") or "HTTP/1.1 200 OK").split()[1])
        rows.append(Found(element.findtext(D + "href") or "", status, properties))
    return rows


def sync_token(response: requests.Response) -> str:
    return ET.fromstring(response.content).findtext(D + "sync-token") or ""


def exception(response: requests.Response) -> str:
    """The short name of the exception in a DAV error body."""
    name = ET.fromstring(response.content).findtext("{http://sabredav.org/ns}exception") or ""
    return name.rpartition("\\")[2]


def error_message(response: requests.Response) -> str:
    return ET.fromstring(response.content).findtext("{http://sabredav.org/ns}message") or ""


def _ocs(response: requests.Response) -> Ocs:
    try:
        body = response.json()
    except json_module.JSONDecodeError:
        return Ocs(response.status_code, -1, "", None, response.text, response.headers)
    if not isinstance(body, dict) or "ocs" not in body:
        return Ocs(response.status_code, -1, "", None, body, response.headers)
    meta = body["ocs"]["meta"]
    code, message = meta["statuscode"], meta.get("message") or ""
    return Ocs(response.status_code, code, message, body["ocs"]["data"], None, response.headers)
