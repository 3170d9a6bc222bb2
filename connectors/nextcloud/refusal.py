"""What a server said when it said no, read from any of the five shapes in which Nextcloud says it.

An OCS envelope (whose code counts even under HTTP 200), a bare {"message"}, a Sabre exception in XML, an empty body
with a status, and an HTML page. Which error it stands for is decided in `faults.py`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import ParseError  # only the name; reading is defusedxml's

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from requests import Response

from connectors.nextcloud.json_data import inner, number, row, text
from network.text import Text

OCS_PATHS = r"/ocs/v\d\.php/|/apps/groupfolders/"
SABRE = "{http://sabredav.org/ns}"


@dataclass(frozen=True, slots=True)
class Refusal:
    """What the server said. `code` is that of the OCS envelope (0 without one), `kind` the Sabre exception's name.

    `is_page`: it said it to a browser.
    """

    method: str
    path: str
    status: int
    code: int = 0
    kind: str = ""
    message: str = ""
    creates: bool = False
    is_page: bool = False

    @property
    def where(self) -> str:
        return f"{self.method} {self.path}"

    def says(self, pattern: str) -> bool:
        return re.search(pattern, self.message, re.IGNORECASE) is not None

    @property
    def speaks_ocs(self) -> bool:
        """The path belongs to an interface that answers with an OCS envelope."""
        return "/remote.php/" not in self.path and re.search(OCS_PATHS, self.path) is not None

    def said(self, german: str, english: str) -> Text:
        """Our sentence with the server's own words, or else its code."""
        words = short(self.message) or (f"Code {self.code}" if self.code else f"HTTP {self.status}")
        return Text(f"{german} ({words}).", f"{english} ({words}).")


def refusal_of(answer: Response) -> Refusal:
    """What an answer says. The body of a success is read only where an envelope may hold a refusal."""
    request = answer.request
    path = unquote(urlsplit(request.url or "").path)
    seen = Refusal(
        request.method or "",
        path,
        answer.status_code,
        creates="If-None-Match" in request.headers or request.method == "MOVE",
    )
    if answer.status_code < 400 and not seen.speaks_ocs:
        return seen
    code, kind, message = _detail(answer.content)
    is_page = answer.headers.get("Content-Type", "").startswith("text/html")
    return Refusal(seen.method, path, seen.status, code, kind, message, seen.creates, is_page)


def _detail(body: bytes) -> tuple[int, str, str]:
    """The OCS code, the Sabre exception's name, the message: what of it there is."""
    start = body[:200].lstrip()
    if start.startswith(b"{"):
        return _json_detail(body)
    if start.startswith(b"<") and b"<html" not in body[:1000].lower():
        return _xml_detail(body)
    return 0, "", ""


def _json_detail(body: bytes) -> tuple[int, str, str]:
    try:
        content = row(json.loads(body))
    except (ValueError, RecursionError):
        return 0, "", ""
    meta = inner(content, "ocs", "meta")
    message = text(meta, "message") or text(content, "message") or text(inner(content, "ocs", "data"), "error")
    return number(meta, "statuscode"), "", message


def _xml_detail(body: bytes) -> tuple[int, str, str]:
    try:
        root = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        return 0, "", ""
    code = root.findtext("meta/statuscode") or ""
    kind = (root.findtext(f"{SABRE}exception") or "").rpartition("\\")[2]
    message = root.findtext(f"{SABRE}message") or root.findtext("meta/message") or ""
    return int(code) if code.isdigit() else 0, kind, message


def short(message: str) -> str:
    return " ".join(message.split())[:300]
