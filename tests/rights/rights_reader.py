"""What each person really sees, asked of the server as that person: bare requests, none of the program's adapters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote
from xml.etree import ElementTree

import requests
from requests.adapters import BaseAdapter

_BITS = {"G": 1, "NV": 2, "CK": 4, "D": 8, "R": 16}
_D, _NC, _OC = "{DAV:}", "{http://nextcloud.org/ns}", "{http://owncloud.org/ns}"
_FILES = b"""<d:propfind xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns" xmlns:nc="http://nextcloud.org/ns"><d:prop>
<nc:mount-type/><nc:group-folder-id/><oc:permissions/></d:prop></d:propfind>"""
_CALENDARS = (
    b"""<d:propfind xmlns:d="DAV:"><d:prop><d:displayname/><d:current-user-privilege-set/></d:prop></d:propfind>"""
)
_MARK = re.compile(r"\[dnw:[^/\]]+/([^\]]+)\]")


@dataclass(frozen=True)
class Seen:
    """What one person sees. Teams and rooms by the key in their description, or by id where there is none; `inside`
    are sub-folders by the number of their Team folder and the path in it."""

    teams: Mapping[str, int]
    folders: Mapping[int, int]
    inside: Mapping[tuple[int, str], int]
    rooms: Mapping[str, bool]
    calendars: Mapping[str, bool]


def look(url: str, account: str, password: str, wire: BaseAdapter | None = None, *, places: Iterable[str] = ()) -> Seen:
    """`wire` carries the requests where nothing listens at `url`. Sub-folders are looked at in `places`, as paths in
    a Team folder, "" itself."""
    with requests.Session() as session:
        session.auth = (account, password)
        session.headers.update({"OCS-APIRequest": "true", "Accept": "application/json"})
        if wire is not None:
            session.mount(url, wire)
        teams = _ocs(session, f"{url}/ocs/v2.php/apps/circles/circles")
        rooms = _ocs(session, f"{url}/ocs/v2.php/apps/spreed/api/v4/room")
        home = f"{url}/remote.php/dav/files/{account}/"
        folders = _folders(session, home)
        return Seen(
            inside=_inside(session, home, folders, tuple(places)),
            teams={_key(each, "id"): each["initiator"]["level"] for each in teams if each["initiator"]},
            folders={number: bits for number, (_, bits) in folders.items()},
            rooms={_key(each, "token"): each["participantType"] <= 2 for each in rooms if each["type"] in (2, 3)},
            calendars=_calendars(session, f"{url}/remote.php/dav/calendars/{account}/"),
        )


def _ocs(session: requests.Session, address: str) -> list[dict[str, Any]]:
    answer = session.get(address, params={"format": "json"})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["ocs"]["data"]
    return found


def _key(row: Mapping[str, Any], otherwise: str) -> str:
    marked = _MARK.search(row["description"])
    return marked[1] if marked else str(row[otherwise])


def _folders(session: requests.Session, address: str) -> dict[int, tuple[str, int]]:
    """Number of the Team folder → its name and bits, for every one that can be read."""
    found: dict[int, tuple[str, int]] = {}
    for row in _rows(session, address, _FILES):
        if row.findtext(f".//{_NC}mount-type") == "group":
            number = int(row.findtext(f".//{_NC}group-folder-id") or 0)
            found[number] = (_last_part(row), _bits(row))
    return found


def _inside(
    session: requests.Session, home: str, folders: Mapping[int, tuple[str, int]], places: tuple[str, ...]
) -> dict[tuple[int, str], int]:
    found: dict[tuple[int, str], int] = {}
    for number, (name, _) in folders.items():
        for place in places:
            answer = _ask(session, f"{home}{quote(name)}/{quote(place)}".rstrip("/"), _FILES)
            for row in _parsed(answer)[1:] if answer.status_code == 207 else ():
                path = f"{place}/{_last_part(row)}".lstrip("/")
                if (row.findtext(f"{_D}href") or "").endswith("/"):
                    found[number, path] = _bits(row)
    return found


def _last_part(row: ElementTree.Element) -> str:
    return unquote((row.findtext(f"{_D}href") or "").rstrip("/").rpartition("/")[2])


def _bits(row: ElementTree.Element) -> int:
    letters = row.findtext(f".//{_OC}permissions") or ""
    return sum(bit for letter, bit in _BITS.items() if letter in letters)


def _calendars(session: requests.Session, address: str) -> dict[str, bool]:
    """Key of each calendar of ours that is shared with the person → whether they may write into it."""
    found: dict[str, bool] = {}
    for row in _rows(session, address, _CALENDARS):
        ours = re.search(r"/dnw-([a-z0-9.-]+)_shared_by_", row.findtext(f"{_D}href") or "")
        if ours:
            found[ours[1]] = row.find(f".//{_D}write-content") is not None or row.find(f".//{_D}write") is not None
    return found


def _rows(session: requests.Session, address: str, body: bytes) -> list[ElementTree.Element]:
    answer = _ask(session, address, body)
    assert answer.status_code == 207, answer.text
    return _parsed(answer)


def _ask(session: requests.Session, address: str, body: bytes) -> requests.Response:
    headers = {"Depth": "1", "Content-Type": "application/xml"}
    return session.request("PROPFIND", address, data=body, headers=headers)


def _parsed(answer: requests.Response) -> list[ElementTree.Element]:
    return ElementTree.fromstring(answer.content).findall(f"{_D}response")
