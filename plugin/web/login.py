"""Log in with Nextcloud (OAuth 2). Nobody types a password here, and no token outlives the look at who it is.

Nextcloud sends the browser back from another site, where a strict cookie would not be sent along: so the state of a
login that is under way has a cookie of its own, and the answer is a page that goes on by itself.
"""

from __future__ import annotations

import hmac
import logging
import threading
from http import HTTPStatus

from flask import Blueprint, Response, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from network.errors import DigitalnetzwerkError
from network.secrets import SecretMissing
from plugin.running import Running
from plugin.web.arrivals import COOKIE
from plugin.web.links import link
from plugin.web.oauth import NextcloudLogin
from plugin.web.site import Site
from plugin.web.visitors import Visitor, introduce, to_text

log = logging.getLogger(__name__)

UNDER_WAY = "dnw_login"
MINUTES = 10 * 60
AT_ONCE = 3
"""So many may wait for Nextcloud to say who they are; the other threads are left for pages."""


def login(site: Site) -> Blueprint:
    pages = Blueprint("login", __name__)
    running, sessions = site.running, site.sessions
    waiting = threading.BoundedSemaphore(AT_ONCE)

    def is_encrypted() -> bool:
        """Behind a proxy that ends TLS only the public address tells; it is always an encrypted one."""
        return request.is_secure or running.settings.service.public_url is not None

    @pages.get("/login")
    def begin() -> ResponseReturnValue:
        if running.settings.service.login is None:
            return _refused("unavailable", HTTPStatus.SERVICE_UNAVAILABLE)
        try:
            address, state = NextcloudLogin(running.settings, running.environment).begin()
        except SecretMissing as error:
            log.error("nobody can log in: %s", error.where)
            return _refused("unavailable", HTTPStatus.SERVICE_UNAVAILABLE)
        answer = redirect(address, HTTPStatus.SEE_OTHER)
        answer.set_cookie(
            UNDER_WAY, state, max_age=MINUTES, httponly=True, samesite="Lax", secure=is_encrypted(), path="/login"
        )
        return answer

    @pages.get("/login/back")
    def returned() -> ResponseReturnValue:
        under_way, state = request.cookies.get(UNDER_WAY, ""), request.args.get("state", "")
        if not under_way or not hmac.compare_digest(under_way.encode(), state.encode()):
            return _refused("not_ours", HTTPStatus.BAD_REQUEST)
        if not waiting.acquire(blocking=False):
            return _refused("failed", HTTPStatus.SERVICE_UNAVAILABLE)
        try:
            found = _look(running, request.args.get("code", ""))
        except DigitalnetzwerkError as error:
            log.warning("login failed: %s", error.code)
            return _refused("failed", HTTPStatus.BAD_GATEWAY)
        finally:
            waiting.release()
        answer = make_response(render_template("login/welcome.html", target=link("trainings.overview")))
        answer.delete_cookie(UNDER_WAY, path="/login")
        key = sessions.open(found.account, to_text(found))
        answer.set_cookie(COOKIE, key, httponly=True, samesite="Strict", secure=is_encrypted())
        return answer

    @pages.post("/logout")
    def end() -> Response:
        sessions.close(request.cookies.get(COOKIE, ""))
        answer = make_response(render_template("login/farewell.html"))
        answer.delete_cookie(COOKIE)
        return answer

    return pages


def _look(running: Running, code: str) -> Visitor:
    """Exchanges the code, looks as that person, and gives the token back."""
    granted = NextcloudLogin(running.settings, running.environment).exchange(code)
    with running.as_person(granted.account, granted.token) as server:
        found = introduce(server, running.settings, running.state)
        server.give_back_login()
    return found


def _refused(why: str, status: HTTPStatus) -> Response:
    return make_response(render_template("login/no_login.html", why=why), status)
