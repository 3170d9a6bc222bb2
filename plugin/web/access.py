"""Who may do what: one table for all pages. What does not stand in it does not exist for anybody.

A visitor without a login is sent to it, where there is one; a visitor without the role gets 404, like for a page that
does not exist.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict
from http import HTTPStatus

from flask import Flask, abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from network.state.sessions import Sessions
from plugin.web.visitors import Role, Visitor

COOKIE = "dnw_session"
EVERYBODY: frozenset[Role] = frozenset()
STAFF = frozenset({Role.STAFF})
ADMINS = frozenset({Role.NETWORK_ADMIN})
OPERATIONS = frozenset({Role.NETWORK_ADMIN, Role.REVIEWER})
PROGRAMME = frozenset({Role.NETWORK_ADMIN, Role.COORDINATOR})

ALLOWED: Mapping[str, frozenset[Role]] = {
    "health.lives": EVERYBODY,
    "health.is_ready": EVERYBODY,
    "looks.static": EVERYBODY,
    "login.begin": EVERYBODY,
    "login.returned": EVERYBODY,
    "login.end": STAFF,
    "trainings.overview": STAFF,
    "trainings.one": STAFF,
    "trainings.as_calendar": STAFF,
    "groups.overview": STAFF,
    "groups.one": STAFF,
    "operations.overview": OPERATIONS,
    "operations.run_now": ADMINS,
    "operations.errand": OPERATIONS,
}


def guard(app: Flask, sessions: Sessions) -> None:
    """Asks before each request who it is and whether they may."""

    @app.before_request
    def may_enter() -> ResponseReturnValue | None:
        allowed = ALLOWED.get(request.endpoint or "")
        if allowed is None:
            abort(HTTPStatus.NOT_FOUND)
        g.visitor = known(sessions)
        if allowed is EVERYBODY:
            return None
        if g.visitor is None:
            return redirect(url_for("login.begin"), HTTPStatus.SEE_OTHER)
        if not g.visitor.is_one_of(allowed):
            abort(HTTPStatus.NOT_FOUND)
        if request.method not in ("GET", "HEAD") and not _is_ours():
            abort(HTTPStatus.FORBIDDEN)
        return None


def known(sessions: Sessions) -> Visitor | None:
    """Who the browser's key stands for."""
    found = sessions.visitor(request.cookies.get(COOKIE, ""))
    return from_text(found) if found is not None else None


def visitor() -> Visitor:
    """Who is asking, on a page that nobody sees without a login."""
    found = g.visitor
    assert isinstance(found, Visitor)  # noqa: S101  # the guard lets nobody else pass
    return found


def form_token() -> str:
    """What a form of ours carries and a form of somebody else can't know."""
    key = request.cookies.get(COOKIE, "")
    return hashlib.sha256(f"form {key}".encode()).hexdigest()


def to_text(found: Visitor) -> str:
    return json.dumps(asdict(found), ensure_ascii=False)


def from_text(text: str) -> Visitor:
    kept = json.loads(text)
    lists = {name: tuple(kept.get(name, ())) for name in ("administrations", "scopes", "calendars", "rooms", "apps")}
    return Visitor(
        kept["account"],
        kept["name"],
        **lists,
        roles=tuple(Role(each) for each in kept["roles"]),
        folders=tuple((scope, file) for scope, file in kept.get("folders", ())),
    )


def _is_ours() -> bool:
    return hmac.compare_digest(request.form.get("token", ""), form_token())
