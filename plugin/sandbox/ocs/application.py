"""The Flask program behind /ocs, /index.php and /status.php: turns routes into URL rules and failures into envelopes.

Refuses to know any interface itself: each hands in its routes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, abort, request

from plugin.sandbox.logins import Caller, Logins
from plugin.sandbox.ocs.calls import Call, Done, Route, parameters
from plugin.sandbox.ocs.capabilities import Apps
from plugin.sandbox.ocs.envelope import NOT_FOUND, UNAUTHORISED, OcsFailure, Version, http_status, render

CALLER = "sandbox.caller"
NOT_CONFIRMED = "Password confirmation is required"
CSRF = "CSRF check failed"
OCS: tuple[tuple[str, Version], ...] = (("/ocs/v1.php", 1), ("/ocs/v2.php", 2))
INDEX: tuple[tuple[str, Version], ...] = (("/index.php", 1), ("", 1))


def create_application(logins: Logins, routes: Iterable[Route], apps: Apps) -> Flask:
    application = Flask("plugin.sandbox.ocs", static_folder=None, template_folder=None)
    application.url_map.merge_slashes = False
    application.json.sort_keys = False  # type: ignore[attr-defined]
    for route in routes:
        for prefix, version in INDEX if route.index else OCS:
            application.add_url_rule(
                prefix + route.path,
                endpoint=f"{route.method} {prefix}{route.path}",
                view_func=_handler(logins, route, version, apps),
                methods=[route.method],
                provide_automatic_options=False,
            )
    for status in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED):
        application.register_error_handler(status, _unknown)
    return application


def caller_of() -> Caller | None:
    caller = request.environ.get(CALLER)
    return caller if isinstance(caller, Caller) else None


def passes_csrf_check() -> bool:
    """OCS wants its header; a bearer token is proof enough."""
    if request.headers.get("OCS-APIRequest", "").lower() == "true":
        return True
    return request.headers.get("Authorization", "").lower().startswith("bearer ")


def ocs_response(version: Version, code: int, message: str = "", data: object = ()) -> Response:
    as_json = request.args.get("format") == "json" or "json" in request.headers.get("Accept", "")
    if request.args.get("format") == "xml":
        as_json = False
    body = render(version, as_json, code, message, data)
    kind = "application/json; charset=utf-8" if as_json else "application/xml; charset=utf-8"
    return Response(body, http_status(version, code), content_type=kind)


def _handler(logins: Logins, route: Route, version: Version, apps: Apps) -> Any:
    def handle(**parts: str) -> Response:
        if route.app and route.app not in apps.enabled:
            abort(HTTPStatus.NOT_FOUND)
        caller = caller_of()
        if not passes_csrf_check():
            return _bare(HTTPStatus.PRECONDITION_FAILED, CSRF)
        if caller is None and not route.public:
            return ocs_response(version, UNAUTHORISED, "Current user is not logged in")
        if route.confirmed and caller is not None and not logins.confirmed(caller):
            return ocs_response(version, HTTPStatus.FORBIDDEN, NOT_CONFIRMED)
        try:
            data = route.view(Call(request, caller, parts, parameters(request), version))
        except OcsFailure as failure:
            if route.index and failure.code != HTTPStatus.FORBIDDEN:
                return _bare(failure.code, failure.message)
            return ocs_response(version, failure.code, failure.message, failure.data)
        if isinstance(data, Response):
            return data
        done = data if isinstance(data, Done) else Done(HTTPStatus.OK, data)
        return ocs_response(version, done.code, "", done.data)

    return handle


def _bare(status: int, message: str) -> Response:
    """A message without envelope, in JSON whatever was asked for."""
    return Response(json.dumps({"message": message}), status, content_type="application/json; charset=utf-8")


def _unknown(error: Exception) -> Response:
    status = getattr(error, "code", HTTPStatus.NOT_FOUND)
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        return Response("", status)
    if request.path.startswith("/ocs/"):
        version: Version = 1 if request.path.startswith("/ocs/v1.php") else 2
        return ocs_response(
            version,
            NOT_FOUND,
            "Invalid query, please check the syntax. API specifications are here: "
            "http://www.freedesktop.org/wiki/Specifications/open-collaboration-services.",
        )
    return Response("", status, content_type="text/html; charset=utf-8")
