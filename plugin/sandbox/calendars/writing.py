"""PUT, DELETE and MOVE of calendar objects and calendars, with the trash bin and its quirks."""

from __future__ import annotations

from http import HTTPStatus

from plugin.sandbox.calendars.book import Calendars
from plugin.sandbox.calendars.properties import Properties
from plugin.sandbox.calendars.reading import Reading
from plugin.sandbox.calendars.requests import Reply, Request, check_conditions
from plugin.sandbox.calendars.scheduling import Scheduling
from plugin.sandbox.calendars.validation import check
from plugin.sandbox.calendars.views import Homes, View
from plugin.sandbox.clock import Clock
from plugin.sandbox.dav_error import Refusal, database_fault, not_found

NO_TRASH = "X-NC-CalDAV-No-Trashbin"
LONGEST_NAME = 255


class Writing:
    def __init__(
        self, homes: Homes, reading: Reading, properties: Properties, scheduling: Scheduling, clock: Clock
    ) -> None:
        self._homes = homes
        self._reading = reading
        self._properties = properties
        self._scheduling = scheduling
        self._clock = clock

    @property
    def _calendars(self) -> Calendars:
        return self._homes.calendars

    def put(self, request: Request) -> Reply:
        if len(request.parts) != 4:
            raise not_found("Node not found")
        view, name = self._reading.view(request), request.parts[3]
        known = self._homes.entry(view, name)
        _require_write(view)
        if len(name) > LONGEST_NAME:
            raise database_fault("22001]: String data, right truncated: 7 ERROR:  value too long")
        check_conditions(request, known.etag if known else None)
        strict = "handling=strict" in request.header("Prefer")
        checked = check(request.body, view.calendar.components, self._clock.now(), strict)
        delivery = self._scheduling.prepare(request, view, checked, known)
        entry = self._calendars.put(view.calendar, name, checked, delivery.text)
        delivery.carry_out()
        tag = f'"{entry.etag}"'
        is_calendar_type = request.header("Content-Type").startswith(("text/calendar", "application/calendar"))
        untouched = not checked.repaired and delivery.text is None and is_calendar_type
        headers = (("ETag", tag), ("OC-ETag", tag)) if untouched else ()
        return Reply(HTTPStatus.NO_CONTENT if known else HTTPStatus.CREATED, b"", headers)

    def delete(self, request: Request) -> Reply:
        if len(request.parts) == 3:
            return self._delete_calendar(request)
        if request.parts[2] == "trashbin":
            self._calendars.purge_entry(self._reading.trashed(request))
            return Reply(HTTPStatus.NO_CONTENT)
        view, entry = self._reading.entry(request)
        _require_write(view)
        check_conditions(request, entry.etag)
        delivery = self._scheduling.prepare(request, view, None, entry)
        self._calendars.delete(entry)
        delivery.carry_out()
        return Reply(HTTPStatus.NO_CONTENT)

    def _delete_calendar(self, request: Request) -> Reply:
        view = self._reading.view(request)
        if view.access != "own":
            self._homes.shares.unshare(view.calendar, request.caller.uid)
        elif request.header(NO_TRASH) or view.calendar.deleted_at is not None:
            self._calendars.purge(view.calendar)
            self._homes.shares.forget_calendar(view.calendar)
            self._properties.forget(request.caller.uid, view.uri)
        else:
            self._calendars.trash(view.calendar)
        return Reply(HTTPStatus.NO_CONTENT)

    def move(self, request: Request) -> Reply:
        """An object between names and calendars, an object or a calendar out of the trash bin."""
        target = request.destination()
        if len(target) < 3 or target[:2] != ("calendars", request.caller.uid):
            raise Refusal(403, "Forbidden", "Destination is not writable")
        restores = target[2:4] == ("trashbin", "restore")
        if len(request.parts) == 3:
            return self._move_calendar(request, restores)
        if request.parts[2] == "trashbin":
            return self._restore_entry(request, restores)
        view, entry = self._reading.entry(request)
        _require_write(view)
        into = self._homes.view(request.caller.uid, target[2])
        if into is None or len(target) != 4:
            raise Refusal(409, "Conflict", "The destination node is not found")
        _require_write(into)
        standing = self._homes.entry(into, target[3])
        if standing and standing.number != entry.number:
            if request.header("Overwrite").upper() == "F":
                raise Refusal(412, "PreconditionFailed", "The destination node already exists, and the overwrite "
                              "header is set to false", "<d:overwrite-header/>")  # fmt: skip
            self._calendars.delete(standing)
        moved = self._calendars.move(entry, into.calendar, target[3])
        tag = f'"{moved.etag}"'
        status = HTTPStatus.NO_CONTENT if standing else HTTPStatus.CREATED
        return Reply(status, b"", (("ETag", tag), ("OC-ETag", tag)))

    def _move_calendar(self, request: Request, restores: bool) -> Reply:
        view = self._reading.view(request)
        if not restores:
            raise Refusal(405, "MethodNotAllowed", "Renaming calendars is not yet supported")
        self._calendars.restore(view.calendar)
        return Reply(HTTPStatus.CREATED)

    def _restore_entry(self, request: Request, restores: bool) -> Reply:
        entry = self._reading.trashed(request)
        if not restores:
            raise Refusal(403, "Forbidden", "Trashed objects can only be restored")
        self._calendars.restore_entry(entry)
        return Reply(HTTPStatus.CREATED)


def _require_write(view: View) -> None:
    if not view.may_write:
        raise not_found(f"Node with name '{view.uri}' could not be found")  # 404, as measured, not 403
