"""POST on a calendar: sharing (with its limits) and publishing."""

from __future__ import annotations

import secrets
from dataclasses import replace
from http import HTTPStatus

from plugin.sandbox.calendars.reading import Reading
from plugin.sandbox.calendars.requests import Reply, Request
from plugin.sandbox.calendars.views import Homes, View
from plugin.sandbox.dav_error import Refusal
from plugin.sandbox.dav_xml import CS, DAV, OC
from plugin.sandbox.limits import RateLimits

MOST = 10
TOO_MANY = "OCA\\DAV\\Connector\\Sabre\\Exception\\TooManyRequests"


class Posts:
    def __init__(self, homes: Homes, reading: Reading, limits: RateLimits) -> None:
        self._homes = homes
        self._reading = reading
        self._limits = limits

    def post(self, request: Request) -> Reply:
        if len(request.parts) != 3 or "xml" not in request.header("Content-Type"):
            raise Refusal(
                501, "NotImplemented", "There was no plugin in the system that was willing to handle this POST"
            )
        view, root = self._reading.view(request), request.xml()
        kind = root.tag if root is not None else ""
        if kind == OC + "share":
            return self._share(request, view)
        if kind == CS + "publish-calendar":
            return self._publish(view)
        if kind == CS + "unpublish-calendar":
            _require_owner(view)
            self._homes.calendars.save(replace(view.calendar, published=""))
            return Reply(HTTPStatus.OK)
        raise Refusal(501, "NotImplemented", "There was no plugin in the system that was willing to handle this POST")

    def _share(self, request: Request, view: View) -> Reply:
        if not self._limits.allow_share(request.caller.uid):
            raise Refusal(429, TOO_MANY, "Too many addressbook or calendar share requests")
        root = request.xml()
        given, removed = root.findall(OC + "set"), root.findall(OC + "remove")
        if not given and not removed:
            raise Refusal(400, "BadRequest", "{http://owncloud.org/ns}share needs at least one set or remove element")
        if len(given) + len(removed) > MOST:
            message = f"{{http://owncloud.org/ns}}share is limited to {MOST} set or remove elements"
            raise Refusal(400, "BadRequest", message)
        _require_owner(view)
        for one in given:
            writes = one.find(OC + "read-write") is not None
            self._homes.shares.share(view.calendar, one.findtext(DAV + "href") or "", writes)
        for one in removed:
            self._homes.shares.remove(view.calendar, one.findtext(DAV + "href") or "")
        return Reply(HTTPStatus.OK, b"", (("X-Sabre-Status", "everything-went-well"),))

    def _publish(self, view: View) -> Reply:
        _require_owner(view)
        self._homes.calendars.save(replace(view.calendar, published=secrets.token_hex(8)))
        return Reply(HTTPStatus.ACCEPTED)


def _require_owner(view: View) -> None:
    if view.access != "own":
        raise Refusal(403, "Forbidden", "")
