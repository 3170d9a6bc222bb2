"""One DAV request on calendars, and the reply to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from plugin.sandbox.dav_error import Refusal
from plugin.sandbox.dav_xml import BadXml, read_xml
from plugin.sandbox.logins import Caller

XML = "application/xml; charset=utf-8"
ICS = "text/calendar; charset=utf-8"
HTML = "text/html; charset=UTF-8"
WEBDAV_INTERFACE = (
    b"This is the WebDAV interface. "
    b"It can only be accessed by WebDAV clients such as the Nextcloud desktop sync client."
)


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """`parts` is the decoded path below /remote.php/dav, without empty segments."""

    method: str
    parts: tuple[str, ...]
    environ: dict[str, Any]
    body: bytes
    caller: Caller
    options: dict[str, str] = field(default_factory=dict)

    def header(self, name: str) -> str:
        if name == "Content-Type":
            return str(self.environ.get("CONTENT_TYPE") or "")
        return str(self.environ.get("HTTP_" + name.upper().replace("-", "_")) or "")

    @property
    def scheduling(self) -> bool:
        """Whether this request may send invitations."""
        return self.header("x-nc-scheduling").lower() != "false" and self.header("Schedule-Reply").upper() != "F"

    def xml(self) -> Any:
        """The root of the body, None if it is empty; raises Refusal for what is no XML."""
        try:
            return read_xml(self.body)
        except BadXml as error:
            raise Refusal(400, "BadRequest", f"Invalid XML: {error}") from error

    def destination(self) -> tuple[str, ...]:
        """The decoded parts of the Destination header below /remote.php/dav."""
        given = self.header("Destination")
        if not given:
            raise Refusal(400, "BadRequest", "The destination header was not supplied")
        path = unquote(urlsplit(given).path)
        return tuple(part for part in path.partition("/remote.php/dav")[2].split("/") if part)


def check_conditions(request: Request, etag: str | None) -> None:
    """If-Match and If-None-Match of a write; `etag` None: nothing is there. Raises Refusal (412)."""
    wanted, unwanted = request.header("If-Match"), request.header("If-None-Match")
    known = {f'"{etag}"'} if etag else set()
    current = (("ETag", f'"{etag}"'),) if etag else ()
    if wanted and not (known if wanted.strip() == "*" else known & _tags(wanted)):
        message = "An If-Match header was specified, but none of the specified ETags matched."
        raise Refusal(412, "PreconditionFailed", message, "<d:if-match-header/>", current)
    if unwanted and (known if unwanted.strip() == "*" else known & _tags(unwanted)):
        message = "An If-None-Match header was specified, but the ETag matched (or * was specified)."
        raise Refusal(412, "PreconditionFailed", message, "", current)


def is_unmodified(request: Request, etag: str) -> bool:
    """Whether a read may be answered with 304."""
    return f'"{etag}"' in _tags(request.header("If-None-Match"))


def _tags(header: str) -> set[str]:
    return {tag.strip() for tag in header.split(",")}
