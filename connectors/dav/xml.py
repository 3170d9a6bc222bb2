"""The XML of WebDAV and CalDAV, both ways. Reads within bounds only: no entities, no document types.

Names are written as {namespace}name, as in RFC 4918 and ElementTree. What only one server speaks stands with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element, ParseError, SubElement, tostring  # writing only; reading is defusedxml's

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

DAV = "{DAV:}"
CALDAV = "{urn:ietf:params:xml:ns:caldav}"
CALENDARSERVER = "{http://calendarserver.org/ns/}"
OUR_MARK = "{urn:digitalnetzwerk}marker"  # set on every calendar of ours
PRIVILEGES = f"{DAV}current-user-privilege-set"
_WRITING = frozenset(f"{DAV}{name}" for name in ("all", "write", "write-content"))


class NoMultistatus(ValueError):
    """What came is something else than a 207 of RFC 4918."""


@dataclass(frozen=True, slots=True)
class Resource:
    """One response of a multi-status: decoded path, its own status if it has one, the properties that were found."""

    href: str
    status: int | None
    properties: Mapping[str, Element]

    def text(self, name: str) -> str:
        found = self.properties.get(name)
        return (found.text or "").strip() if found is not None else ""

    def children(self, name: str) -> frozenset[str]:
        """The names of the elements inside a property, for example of a resource type."""
        found = self.properties.get(name)
        return frozenset(child.tag for child in found) if found is not None else frozenset()

    @property
    def is_writable(self) -> bool | None:
        """Whether this account may write there (RFC 3744 section 5.4); None where the server doesn't say."""
        found = self.properties.get(PRIVILEGES)
        if found is None:
            return None
        return bool(_WRITING & {inner.tag for privilege in found for inner in privilege})


@dataclass(frozen=True, slots=True)
class MultiStatus:
    """`sync_token` is that of a sync-collection, else empty."""

    resources: tuple[Resource, ...]
    sync_token: str = ""


def read_multistatus(content: bytes) -> MultiStatus:
    """The content of a 207 (RFC 4918 section 13); NoMultistatus when it is something else."""
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise NoMultistatus from error
    if root.tag != f"{DAV}multistatus":
        raise NoMultistatus
    token = root.findtext(f"{DAV}sync-token") or ""
    return MultiStatus(tuple(_resource(each) for each in root.iter(f"{DAV}response")), token.strip())


def path_of(href: str) -> str:
    """The decoded path of an href: the server escapes in lower case, others in upper case, some not at all."""
    return unquote(urlsplit(href.strip()).path)


def bare(etag: str) -> str:
    """An ETag without its quotes; whether it is weak makes no difference to what we compare."""
    return etag.strip().removeprefix("W/").strip('"')


def propfind(*names: str) -> bytes:
    root = Element(f"{DAV}propfind")
    _properties(root, names)
    return written(root)


def sync_collection(token: str, *names: str) -> bytes:
    """RFC 6578 section 3.2. Never with a limit: the server would leave out changes for good."""
    root = Element(f"{DAV}sync-collection")
    SubElement(root, f"{DAV}sync-token").text = token
    SubElement(root, f"{DAV}sync-level").text = "1"
    _properties(root, names)
    return written(root)


def multiget(hrefs: Iterable[str], *names: str) -> bytes:
    """RFC 4791 section 7.9; `hrefs` are encoded."""
    root = Element(f"{CALDAV}calendar-multiget")
    _properties(root, names)
    for href in hrefs:
        SubElement(root, f"{DAV}href").text = href
    return written(root)


def calendar_query(component: str, *names: str) -> bytes:
    """RFC 4791 section 7.8: all objects of one component."""
    root = Element(f"{CALDAV}calendar-query")
    _properties(root, names)
    whole = SubElement(SubElement(root, f"{CALDAV}filter"), f"{CALDAV}comp-filter", {"name": "VCALENDAR"})
    SubElement(whole, f"{CALDAV}comp-filter", {"name": component})
    return written(root)


def written(root: Element) -> bytes:
    """The element as a body."""
    body: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return body


def _properties(root: Element, names: Iterable[str]) -> None:
    inner = SubElement(root, f"{DAV}prop")
    for name in names:
        SubElement(inner, name)


def _resource(response: Element) -> Resource:
    properties = {
        each.tag: each
        for propstat in response.iter(f"{DAV}propstat")
        if _status(propstat) == 200
        for inner in propstat.findall(f"{DAV}prop")
        for each in inner
    }
    return Resource(path_of(response.findtext(f"{DAV}href") or ""), _status(response), properties)


def _status(element: Element) -> int | None:
    """The number in "HTTP/1.1 200 OK"."""
    words = (element.findtext(f"{DAV}status") or "").split()
    return int(words[1]) if len(words) > 1 and words[1].isdigit() else None
