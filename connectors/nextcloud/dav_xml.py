"""What only Nextcloud says and understands in XML, beside what every CalDAV server does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element, SubElement  # writing only; reading is defusedxml's

from requests import Response

from connectors.dav.xml import CALDAV, DAV, MultiStatus, NoMultistatus, read_multistatus, written
from connectors.nextcloud.transport_faults import unreadable

APPLE = "{http://apple.com/ns/ical/}"
OWNCLOUD = "{http://owncloud.org/ns}"
NEXTCLOUD = "{http://nextcloud.com/ns}"


def multistatus(answer: Response) -> MultiStatus:
    """The content of a 207; ServerFault when it is something else."""
    try:
        return read_multistatus(answer.content)
    except NoMultistatus as error:
        raise unreadable(answer) from error


def mkcalendar(properties: Mapping[str, str], components: Iterable[str]) -> bytes:
    """RFC 4791 section 5.3.1."""
    root = Element(f"{CALDAV}mkcalendar")
    inner = SubElement(SubElement(root, f"{DAV}set"), f"{DAV}prop")
    for name, value in properties.items():
        SubElement(inner, name).text = value
    allowed = SubElement(inner, f"{CALDAV}supported-calendar-component-set")
    for component in components:
        SubElement(allowed, f"{CALDAV}comp", {"name": component})
    return written(root)


def share(grant: Iterable[tuple[str, bool]], revoke: Iterable[str]) -> bytes:
    """The server's own sharing request: (principal href, read-write) to set, principal hrefs to remove."""
    root = Element(f"{OWNCLOUD}share")
    for href, read_write in grant:
        row = SubElement(root, f"{OWNCLOUD}set")
        SubElement(row, f"{DAV}href").text = href
        if read_write:
            SubElement(row, f"{OWNCLOUD}read-write")
    for href in revoke:
        SubElement(SubElement(root, f"{OWNCLOUD}remove"), f"{DAV}href").text = href
    return written(root)
