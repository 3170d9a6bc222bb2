"""The proxy through which people reach a program that this Nextcloud knows, with the habits of the real one.

Routes are matched at their start only, the first that fits decides; redirects are followed here; the query is built
anew, so that of a repeated name the last value stays; of a repeated header the first does; what says nothing about
caching or content security gets the server's own word; the browser's cookies are sent along.
"""

from __future__ import annotations

import html
import re
from http import HTTPStatus
from urllib.parse import quote, urlencode

import requests
from werkzeug.wrappers import Request, Response

from plugin.sandbox.accounts import ADMIN_GROUP, Account, Accounts
from plugin.sandbox.ex_apps import ADMIN, PUBLIC, ExApp, ProxyRoute, headers

VERBS = frozenset({"GET", "POST", "PUT", "DELETE"})
UPWARDS = re.compile(r"(?:^|/|%2f)(?:\.|%2e){2}(?:/|%2f|$)", re.IGNORECASE)
KEPT_BACK = frozenset({"aa-version", "ex-app-id", "authorization-app-api", "ex-app-version", "aa-request-id"})
HOP = frozenset({"connection", "transfer-encoding", "content-encoding", "content-length", "server", "date"})
NOT_SENT_ON = frozenset({"x-origin-ip", "content-length", "authorization-app-api", "cookie"})
CLOSED = "default-src 'none'; frame-ancestors 'none'"
FRAME = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; frame-src 'self'; frame-ancestors 'self'"
)
PAGE = """<!doctype html><html lang="de"><meta charset="utf-8"><title>{title}</title><link rel="icon" href="data:,">
<style>body {{ margin: 0; {theme} }} #header {{ height: 50px; background: #00679e; }}
#content {{ position: fixed; inset: 58px 8px 8px; }}</style>
<body><header id="header"><a href="#content">{title}</a></header><div id="content"></div>
<script defer src="{script}"></script></body></html>"""
LIGHT = {
    "--background-invert-if-dark": "no",
    "--color-main-text": "#222222",
    "--color-text-maxcontrast": "#6b6b6b",
    "--color-main-background": "#ffffff",
    "--color-border-dark": "#dbdbdb",
    "--color-primary-element": "#00679e",
    "--color-primary-element-text": "#ffffff",
}
DARK = {
    "--background-invert-if-dark": "invert(100%)",
    "--color-main-text": "#EBEBEB",
    "--color-text-maxcontrast": "#999999",
    "--color-main-background": "#171717",
    "--color-border-dark": "#3b3b3b",
    "--color-primary-element": "#0091f2",
    "--color-primary-element-text": "#000000",
}


def proxied(app: ExApp | None, request: Request, other: str, account: Account | None, accounts: Accounts) -> Response:
    """What the browser gets for /proxy/APP/OTHER."""
    if request.method not in VERBS or (request.method != "GET" and not other):
        return Response("", HTTPStatus.NOT_FOUND if request.method == "HEAD" else HTTPStatus.METHOD_NOT_ALLOWED)
    route = _route(app, request.method, other) if app is not None and app.enabled else None
    if app is None or route is None or UPWARDS.search(other) or not _may(route, account, accounts):
        return Response("", HTTPStatus.NOT_FOUND, content_type="text/html; charset=utf-8")
    try:
        answer = requests.request(
            request.method,
            f"{app.address}/{quote(other)}{_query(request)}",
            data=request.get_data() or None,
            headers={**_sent_on(request, route), **headers(app, account.uid if account else "")},
            cookies=request.cookies.to_dict(),
            timeout=60,
        )
    except requests.RequestException:
        return Response("", HTTPStatus.INTERNAL_SERVER_ERROR)
    back = Response(answer.content, answer.status_code)
    back.headers.clear()
    for name in answer.headers:
        if name.lower() not in KEPT_BACK | HOP:
            back.headers[name] = answer.raw.headers.getlist(name)[0]
    if "Cache-Control" not in answer.headers and answer.headers.get("Content-Type") != "application/json":
        back.headers["Cache-Control"] = "private, max-age=3600, must-revalidate"
    back.headers.setdefault("Content-Security-Policy", CLOSED)
    return back


def embedded(app: ExApp | None, name: str, account: Account | None, *, is_dark: bool) -> Response:
    """The page of a menu entry, which a script of the program fills."""
    entry = app.shown.get(("top-menu", name)) if app is not None and app.enabled else None
    if app is None or entry is None or account is None:
        return Response("", HTTPStatus.NOT_FOUND, content_type="text/html; charset=utf-8")
    script = next(path for kind, path in app.shown if kind == "script")
    theme = "; ".join(f"{name}: {value}" for name, value in (DARK if is_dark else LIGHT).items())
    page = PAGE.format(
        title=html.escape(f"{entry['displayName']} - Nextcloud"),
        script=f"/index.php/apps/app_api/proxy/{app.id}/{script}.js",
        theme=theme,
    )
    return Response(page, content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": FRAME})


def _route(app: ExApp, method: str, other: str) -> ProxyRoute | None:
    for route in app.routes:
        pattern = re.compile(f"(?:{route.url})", re.IGNORECASE)
        if (pattern.match("/" + other) or pattern.match(other)) and method.lower() in route.verb.lower():
            return route
    return None


def _may(route: ProxyRoute, account: Account | None, accounts: Accounts) -> bool:
    if route.access_level == PUBLIC:
        return True
    return account is not None and (route.access_level != ADMIN or account.uid in accounts.groups[ADMIN_GROUP].members)


def _query(request: Request) -> str:
    given: dict[str, str] = {}
    for name, values in request.args.lists():
        if name.endswith("[]"):
            given |= {f"{name[:-2]}[{number}]": value for number, value in enumerate(values)}
        else:
            given[name] = values[-1]
    return f"?{urlencode(given)}" if given else ""


def _sent_on(request: Request, route: ProxyRoute) -> dict[str, str]:
    left_out = NOT_SENT_ON | {each.lower() for each in route.headers_to_exclude}
    found = {name: value for name, value in request.headers if name.lower() not in left_out}
    return {**found, "x-origin-ip": request.remote_addr or ""}
