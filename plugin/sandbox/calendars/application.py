"""The CalDAV program: Radicale's Application, subclassed.

REPORT is Radicale's own (filters, expansion of series, multiget, sync) over our storage. The other methods are ours:
Radicale stores a re-serialised text where the server keeps the received bytes, refuses moves and deletes that it
answers otherwise (a taken name, a trash bin, a restored calendar), and has no room for the properties of shares. Each
would have been a translation of its answer longer than the method itself.
"""

from __future__ import annotations

import io
import logging
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, cast

from radicale.app import Application

from plugin.sandbox.accounts import Accounts
from plugin.sandbox.calendars.making import Making
from plugin.sandbox.calendars.posts import Posts
from plugin.sandbox.calendars.properties import BASE, Properties
from plugin.sandbox.calendars.reading import Reading
from plugin.sandbox.calendars.report_storage import ReportStorage, configuration, trashed_entries
from plugin.sandbox.calendars.requests import XML, Reply, Request
from plugin.sandbox.calendars.scheduling import Scheduling
from plugin.sandbox.calendars.views import Homes
from plugin.sandbox.calendars.writing import Writing
from plugin.sandbox.clock import Clock
from plugin.sandbox.dav_error import Refusal, error_response, not_found
from plugin.sandbox.dav_xml import CAL, DAV, NC, element, lower_hex, to_bytes
from plugin.sandbox.limits import RateLimits
from plugin.sandbox.logins import Caller

FEATURES = ("1, 3, extended-mkcol, access-control, calendarserver-principal-property-search, oc-resource-sharing, "
            "calendar-access, calendar-proxy, calendar-auto-schedule, calendar-availability, nc-calendar-trashbin, "
            "nc-calendar-webcal-cache, calendarserver-subscribed, oc-calendar-publishing, nc-paginate")  # fmt: skip
ALLOWED = "OPTIONS, GET, HEAD, DELETE, PROPFIND, PUT, PROPPATCH, COPY, MOVE, REPORT, POST, MKCALENDAR, MKCOL"
PRODUCT_ERRORS = {403: "Forbidden", 404: "NotFound", 400: "BadRequest"}
QUERY = CAL + "calendar-query"
SYNC_COLLECTION = DAV + "sync-collection"


class CalendarApplication(Application):
    """Expects PATH_INFO below /remote.php/dav and the caller in `sandbox.caller`."""

    def __init__(
        self,
        accounts: Accounts,
        homes: Homes,
        properties: Properties,
        limits: RateLimits,
        scheduling: Scheduling,
        clock: Clock,
    ) -> None:
        super().__init__(configuration())
        self._reports = cast(ReportStorage, self._storage)  # Radicale made it as our configuration says
        self._reports.homes = homes
        self._homes = homes
        self._reading = Reading(accounts, homes, properties)
        self._writing = Writing(homes, self._reading, properties, scheduling, clock)
        self._making = Making(homes, self._reading, properties, limits)
        self._posts = Posts(homes, self._reading, limits)

    def __call__(self, environ: Mapping[str, Any], start_response: Any) -> Iterable[bytes]:
        try:
            reply = self._answer(dict(environ))
        except Refusal as refusal:
            return error_response(start_response, refusal.status, refusal.body(), refusal.headers)
        except Exception:  # the outermost loop of this program
            logging.getLogger(__name__).exception("calendars: %s", environ.get("PATH_INFO"))
            return error_response(start_response, 500, Refusal(500, "InternalServerError", "").body())
        headers = [*reply.headers, ("Content-Length", str(len(reply.body)))]
        start_response(f"{reply.status} {HTTPStatus(reply.status).phrase}", headers)
        return [reply.body] if environ["REQUEST_METHOD"] != "HEAD" else []

    def _answer(self, environ: dict[str, Any]) -> Reply:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        parts = tuple(part for part in path.split("/") if part)
        if parts[:1] == ("public-calendars",):
            return self._public(parts)
        caller = environ["sandbox.caller"]
        if not isinstance(caller, Caller):
            raise Refusal(401, "NotAuthenticated", "No public access to this resource.")
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        request = Request(environ["REQUEST_METHOD"], parts, environ, body, caller)
        return self._dispatch(request)

    def _dispatch(self, request: Request) -> Reply:
        method, inside = request.method, request.parts[:1] == ("calendars",) and len(request.parts) >= 3
        if method == "PROPFIND":
            return self._reading.propfind(request)
        if method == "OPTIONS":
            return Reply(HTTPStatus.OK, b"", (("DAV", FEATURES), ("Allow", ALLOWED)))
        if method in ("MKCALENDAR", "MKCOL"):
            return self._making.make(request)
        if method == "REPORT":
            return self._report(request)
        if not inside:
            raise Refusal(405, "MethodNotAllowed", f"{method} is not allowed here")
        if request.parts[1] != request.caller.uid:
            raise not_found(f"Principal with name {request.parts[1]} not found")
        answer = {
            "GET": self._reading.get,
            "HEAD": self._reading.get,
            "PUT": self._writing.put,
            "DELETE": self._writing.delete,
            "MOVE": self._writing.move,
            "PROPPATCH": self._making.proppatch,
            "POST": self._posts.post,
        }.get(method)
        if answer is None:
            raise Refusal(501, "NotImplemented", "There was no plugin in the system that was willing to handle this")
        return answer(request)

    def _report(self, request: Request) -> Reply:
        root = request.xml()
        if root is None:
            raise Refusal(400, "BadRequest", "REPORT without a body")
        if request.parts[:1] != ("calendars",) or request.parts[1:2] != (request.caller.uid,):
            raise not_found("Node not found")
        if root.tag == SYNC_COLLECTION and len(request.parts) != 3:
            message = f"The {root.tag} REPORT is not supported on this url."
            raise Refusal(415, "ReportNotSupported", message, "<d:supported-report/>")
        if root.tag == QUERY and request.header("Depth") not in ("1", "infinity"):
            raise Refusal(
                400, "BadRequest", "A calendar-query REPORT on a calendar with a Depth: 0 is undefined. Set Depth to 1"
            )
        limit = root.findtext(f"{DAV}limit/{DAV}nresults")
        if limit and root.tag == SYNC_COLLECTION and not (root.findtext(DAV + "sync-token") or "").strip():
            raise Refusal(507, "InsufficientStorage", "", "<d:number-of-matches-within-limits/>")
        self._reports.limit = int(limit) if limit and limit.isdigit() else None
        environ = {**request.environ, "wsgi.input": io.BytesIO(request.body)}
        path = "/" + "/".join(request.parts) + ("/" if len(request.parts) == 3 else "")
        status, _headers, body, _ = self.do_REPORT(environ, BASE, path, request.caller.uid, set(), _log_fields(request))
        if status == HTTPStatus.FORBIDDEN:
            raise Refusal(403, "InvalidSyncToken", "Invalid or unknown sync token", "<d:valid-sync-token/>")
        if status >= HTTPStatus.BAD_REQUEST or not isinstance(body, bytes):
            raise Refusal(status, PRODUCT_ERRORS.get(status, "BadRequest"), "")
        content = body
        if request.parts[2:] == ("trashbin", "objects"):
            content = self._with_trash_properties(content, request)
        return Reply(status, content, (("Content-Type", XML),))

    def _xml_response(self, xml_content: ET.Element, request_info: dict[str, str]) -> bytes:
        """As Radicale calls it; here with the server's spelling of hrefs and its bare line feeds."""
        for found in xml_content.iter(DAV + "href"):
            found.text = lower_hex(found.text or "")
        for found in xml_content.iter(CAL + "calendar-data"):
            found.text = (found.text or "").replace("\r", "")  # so does the server, in reports only
        token = xml_content.find(DAV + "sync-token")
        if token is not None:  # the server puts it last
            xml_content.remove(token)
            xml_content.append(token)
        return to_bytes(xml_content)

    def _with_trash_properties(self, body: bytes, request: Request) -> bytes:
        """Radicale knows nothing of where a trashed object came from; the server tells on request."""
        entries = trashed_entries(self._homes, request.caller.uid)
        root = ET.fromstring(body)  # noqa: S314 - our own answer
        for response in root.iter(DAV + "response"):
            number = int((response.findtext(DAV + "href") or "").rpartition("/")[2].removesuffix(".ics"))
            calendar = self._homes.calendars.get(entries[number].calendar)
            deleted = datetime.fromtimestamp(entries[number].deleted_at or 0, UTC).isoformat()
            found = response.find(f"{DAV}propstat/{DAV}prop")
            if found is not None:
                found.append(element(NC + "calendar-uri", calendar.uri))
                found.append(element(NC + "deleted-at", deleted))
        return to_bytes(root)

    def _public(self, parts: tuple[str, ...]) -> Reply:
        calendar = next(
            (c for c in self._homes.calendars.all.values() if c.published and parts[1:] == (c.published,)), None
        )
        if calendar is None:
            raise not_found("Node not found")
        return self._reading.public_export(calendar)


def _log_fields(request: Request) -> dict[str, str]:
    return {"method": "REPORT", "login": request.caller.uid, "path": "", "useragent": "", "host": ""}
