"""Reading DAV requests and writing multistatus answers, spelled as sabre/dav spells them.

Hrefs come in lower-case percent-encoding, carriage returns as character references, so that a client gets iCalendar
back byte for byte.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import quote

from defusedxml.ElementTree import fromstring

DAV = "{DAV:}"
CAL = "{urn:ietf:params:xml:ns:caldav}"
CS = "{http://calendarserver.org/ns/}"
OC = "{http://owncloud.org/ns}"
NC = "{http://nextcloud.com/ns}"
ICAL = "{http://apple.com/ns/ical/}"
for _prefix, _namespace in (("d", DAV), ("cal", CAL), ("cs", CS), ("oc", OC), ("nc", NC), ("x1", ICAL)):
    ET.register_namespace(_prefix, _namespace[1:-1])


class BadXml(ValueError):
    """The body is no XML."""


@dataclass(slots=True)
class Answer:
    """One response of a multistatus: properties by status, or one status for the whole."""

    href: str
    properties: dict[int, list[ET.Element]] = field(default_factory=dict)
    status: int | None = None


def read_xml(body: bytes) -> ET.Element | None:
    """The request's root element, None for an empty body."""
    if not body.strip():
        return None
    try:
        root: ET.Element = fromstring(body)
    except ET.ParseError as error:
        raise BadXml(str(error)) from error
    return root


def href(path: str) -> str:
    encoded = quote(path, safe="/!$&'()*+,;=:@~-._")
    return lower_hex(encoded)


def lower_hex(encoded: str) -> str:
    return re.sub(r"%[0-9A-F]{2}", lambda found: found.group().lower(), encoded)


def element(name: str, text: str | None = None, children: Iterable[ET.Element] = ()) -> ET.Element:
    made = ET.Element(name)
    made.text = text
    made.extend(children)
    return made


def multistatus(answers: Iterable[Answer], more: Iterable[ET.Element] = ()) -> bytes:
    root = ET.Element(DAV + "multistatus")
    for answer in answers:
        response = ET.SubElement(root, DAV + "response")
        ET.SubElement(response, DAV + "href").text = answer.href
        if answer.status is not None:
            ET.SubElement(response, DAV + "status").text = status_line(answer.status)
        for status, properties in answer.properties.items():
            if properties:
                part = ET.SubElement(response, DAV + "propstat")
                ET.SubElement(part, DAV + "prop").extend(properties)
                ET.SubElement(part, DAV + "status").text = status_line(status)
    root.extend(more)
    return to_bytes(root)


def status_line(status: int) -> str:
    return f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"


def to_bytes(root: ET.Element) -> bytes:
    """As UTF-8; a carriage return as reference, or the reader's line-end rule would swallow it."""
    text: bytes = ET.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0"?>\n' + text.replace(b"\r", b"&#13;")
