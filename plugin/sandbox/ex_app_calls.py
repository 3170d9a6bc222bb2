"""What programs that this Nextcloud knows ask of it (OCS of app app_api), by their headers and for nobody."""

from __future__ import annotations

import base64
from typing import Any

from werkzeug.wrappers import Request, Response

from plugin.sandbox.accounts import Account
from plugin.sandbox.ex_apps import ExApp, ExApps
from plugin.sandbox.notifications import Notifications
from plugin.sandbox.ocs.envelope import Version, http_status, render

KEYS = {"api/v1/ui/top-menu": "name", "api/v1/occ_command": "name", "api/v1/ui/settings": "formId"}
SCRIPT = "api/v1/ui/script"
NOTIFY = "api/v1/notification"


def answer(apps: ExApps, notifications: Notifications, request: Request, path: str, version: Version) -> Response:
    """`path` is what follows /apps/app_api/."""
    acting = apps.acting(request.headers.get)
    if path == NOTIFY and isinstance(acting, Account) and request.method == "POST":
        return _notified(notifications, request, version)
    if acting is None or isinstance(acting, Account):
        return said(request, version, 401, "AppAPI authentication failed")
    if path == "ex-app/state" and request.method == "GET":
        return said(request, version, 200, data=int(acting.enabled))
    if not acting.enabled:
        return said(request, version, 401, "AppAPI authentication failed")
    if path == NOTIFY:
        return said(request, version, 500)  # there is nobody to notify
    given: dict[str, Any] = request.get_json(silent=True) or {}
    if path == "ex-app/status" and request.method == "PUT":
        apps.report(acting, int(given["progress"]), str(given.get("error", "")))
        return said(request, version, 200)
    return _shown(acting, request, version, path, given)


def _notified(notifications: Notifications, request: Request, version: Version) -> Response:
    """Kept for the account as the header spells it: in other capitals nobody ever sees it."""
    uid = base64.b64decode(request.headers["AUTHORIZATION-APP-API"]).decode().partition(":")[0]
    given: dict[str, Any] = (request.get_json(silent=True) or {})["params"]
    texts: dict[str, Any] = given["subject_params"]
    app, about = request.headers["EX-APP-ID"], (str(given["object"]), str(given["object_id"]))
    words = str(texts["rich_subject"]), str(texts["rich_message"])
    notifications.push_of_program(app, uid, about, words, str(texts.get("link", "")))
    return said(request, version, 200)


def _shown(app: ExApp, request: Request, version: Version, path: str, given: dict[str, Any]) -> Response:
    if path not in KEYS and path != SCRIPT:
        return said(request, version, 998, "Invalid query, please check the syntax.")
    kind = path.rpartition("/")[2]
    if request.method == "POST":
        scheme = given.get("formScheme", given)
        name = str(scheme["id"] if kind == "settings" else scheme["path"] if path == SCRIPT else scheme["name"])
        app.shown[kind, name] = scheme
        return said(request, version, 200)
    name = request.args.get("path" if path == SCRIPT else KEYS[path], "")
    if app.shown.pop((kind, name), None) is None:
        return said(request, version, 404, "")
    return said(request, version, 200)


def said(request: Request, version: Version, code: int, message: str = "", data: object = ()) -> Response:
    """In the form that the request asks for."""
    as_json = "json" in request.headers.get("Accept", "") or request.args.get("format") == "json"
    body = render(version, as_json, code, message, data)
    kind = "application/json; charset=utf-8" if as_json else "application/xml; charset=utf-8"
    return Response(body, http_status(version, code), content_type=kind)
