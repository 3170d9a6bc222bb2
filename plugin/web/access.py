"""Who may do what: one table for all pages. What does not stand in it does not exist for anybody.

A visitor without a login is sent to it, where there is one; a visitor without the role gets 404, like for a page that
does not exist.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections.abc import Mapping
from http import HTTPStatus

from flask import Flask, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.errors import DigitalnetzwerkError
from plugin.exapp.identity import Forged
from plugin.web.arrivals import Arrival, Arrivals
from plugin.web.visitors import Role, Visitor

log = logging.getLogger(__name__)

EVERYBODY: frozenset[Role] = frozenset()
STAFF = frozenset({Role.STAFF})
ADMINS = frozenset({Role.NETWORK_ADMIN})
HEADER = "X-Token"
OPERATIONS = frozenset({Role.NETWORK_ADMIN, Role.REVIEWER})
PROGRAMME = frozenset({Role.NETWORK_ADMIN, Role.COORDINATOR})
CANCELLING = PROGRAMME | {Role.TRAINING_OFFICE}

ALLOWED: Mapping[str, frozenset[Role]] = {
    "health.lives": EVERYBODY,
    "health.is_ready": EVERYBODY,
    "metrics.show": EVERYBODY,  # asks for a token of its own
    "looks.static": EVERYBODY,
    "exapp.lives": EVERYBODY,  # the protocol proves by itself that Nextcloud is asking, and nobody else may
    "exapp.begin": EVERYBODY,
    "exapp.switch": EVERYBODY,
    "exapp.sync": EVERYBODY,
    "exapp.hint": EVERYBODY,
    "accessibility.statement": EVERYBODY,
    "feeds.read": EVERYBODY,  # the address is the secret
    "login.begin": EVERYBODY,
    "login.returned": EVERYBODY,
    "login.end": STAFF,
    "trainings.overview": STAFF,
    "trainings.month": STAFF,
    "trainings.one": STAFF,
    "trainings.as_calendar": STAFF,
    "trainings.all_concepts": STAFF,
    "trainings.concept": STAFF,
    "mine.overview": STAFF,
    "mine.bring_back": STAFF,
    "groups.overview": STAFF,
    "groups.one": STAFF,
    "groups.enter": STAFF,
    "groups.quit": STAFF,
    "projects.overview": STAFF,
    "subscriptions.overview": STAFF,
    "subscriptions.make": STAFF,
    "subscriptions.renew": STAFF,
    "subscriptions.revoke": STAFF,
    "cancelling.today": CANCELLING,
    "cancelling.say": CANCELLING,
    "cancelling.answer": CANCELLING,
    "operations.overview": OPERATIONS,
    "operations.run_now": ADMINS,
    "operations.errand": OPERATIONS,
    "operations.preview": ADMINS,
    "operations.compute": ADMINS,
    "operations.approve": ADMINS,
    "operations.release": ADMINS,
    "operations.taking_back": ADMINS,
    "operations.take_back": ADMINS,
    "operations.go_on": ADMINS,
    "operations.questions": PROGRAMME,
    "operations.answer": PROGRAMME,
    "operations.runs": OPERATIONS,
    "operations.run": OPERATIONS,
    "operations.changes": OPERATIONS,
    "operations.pictures": OPERATIONS | PROGRAMME,
    "operations.settings": OPERATIONS,
    "operations.log": OPERATIONS,
    "operations.support": ADMINS,
    "operations.download": ADMINS,
    "api.document": EVERYBODY,
    "api.me": STAFF,
    "api.trainings": STAFF,
    "api.training": STAFF,
    "api.concepts": STAFF,
    "api.concept": STAFF,
    "api.mine": STAFF,
    "api.bring_back": STAFF,
    "api.groups": STAFF,
    "api.group": STAFF,
    "api.join": STAFF,
    "api.leave": STAFF,
    "api.projects": STAFF,
    "api.subscriptions": STAFF,
    "api.offers": STAFF,
    "api.subscribe": STAFF,
    "api.renew": STAFF,
    "api.unsubscribe": STAFF,
    "api.planned_for": CANCELLING,
    "api.cancel": CANCELLING,
    "api.state": OPERATIONS,
    "api.preview": ADMINS,
    "api.compute": ADMINS,
    "api.approve": ADMINS,
    "api.taking_back": ADMINS,
    "api.take_back": ADMINS,
    "api.go_on": ADMINS,
    "api.figures": OPERATIONS | PROGRAMME,
    "api.errand": OPERATIONS,
    "api.questions": PROGRAMME,
    "api.answer": PROGRAMME,
    "api.runs": OPERATIONS,
    "api.run": OPERATIONS,
    "api.run_now": ADMINS,
    "api.changes": OPERATIONS,
    "api.settings": OPERATIONS,
    "api.log": OPERATIONS,
    "api.bundle": ADMINS,
}

API = "api"
"""The part that programs of people ask: refusals are JSON, nobody is sent to a login."""
MACHINES = frozenset({"health", "exapp", "metrics", "feeds"})
"""Parts that no person looks at."""


def guard(app: Flask, arrivals: Arrivals) -> None:
    """Asks before each request who it is and whether they may."""

    @app.before_request
    def may_enter() -> ResponseReturnValue | None:
        g.arrival = None
        try:
            g.arrival = arrivals.arrival(request)
        except Forged:
            abort(HTTPStatus.UNAUTHORIZED)
        except DigitalnetzwerkError as error:
            log.error("nobody can come through Nextcloud: %s", error.code)
            abort(HTTPStatus.SERVICE_UNAVAILABLE)
        allowed = ALLOWED.get(request.endpoint or "")
        if allowed is None or (is_embedded() and request.blueprint == "login"):
            abort(HTTPStatus.NOT_FOUND)
        if request.blueprint in MACHINES or request.endpoint == "looks.static":
            return None
        if _holds_nul():
            abort(HTTPStatus.BAD_REQUEST)
        try:
            g.visitor = arrivals.visitor(g.arrival)
        except DigitalnetzwerkError as error:
            log.warning("who asks could not be looked up: %s", error.code)
            return render_template("login/unknown.html"), HTTPStatus.SERVICE_UNAVAILABLE
        if is_embedded() and g.visitor is not None and g.visitor.language:
            g.language = "de" if g.visitor.language.startswith("de") else "en"
        if allowed is EVERYBODY:
            return None
        if g.visitor is None:
            if request.blueprint == API:
                abort(HTTPStatus.UNAUTHORIZED)
            if is_embedded():
                abort(HTTPStatus.NOT_FOUND)
            return redirect(url_for("login.begin"), HTTPStatus.SEE_OTHER)
        if not g.visitor.is_one_of(allowed):
            abort(HTTPStatus.NOT_FOUND)
        if request.method not in ("GET", "HEAD") and not _is_ours():
            abort(HTTPStatus.FORBIDDEN)
        return None


def is_embedded() -> bool:
    """Whether the page is shown inside of Nextcloud, which passed the request on."""
    arrival = g.get("arrival")
    return isinstance(arrival, Arrival) and arrival.caller is not None


def visitor() -> Visitor:
    """Who is asking, on a page that nobody sees without a login."""
    found = g.visitor
    assert isinstance(found, Visitor)  # noqa: S101  # the guard lets nobody else pass
    return found


def remember(arrivals: Arrivals, changed: Visitor) -> None:
    """What the visitor sees from now on, after something that they did here."""
    g.visitor = changed
    arrivals.change(g.arrival, changed)


def look_again(arrivals: Arrivals) -> Visitor:
    """Who asks, as Nextcloud shows them after `remember`; who logged in here left us no way to look as them."""
    g.visitor = arrivals.visitor(g.arrival) or g.visitor
    return visitor()


def form_token() -> str:
    """What a form of ours carries and a form of somebody else can't know."""
    arrival = g.get("arrival")
    key = arrival.key if isinstance(arrival, Arrival) else ""
    return hashlib.sha256(f"form {key}".encode()).hexdigest()


def _holds_nul() -> bool:
    """Nobody types it, and PostgreSQL takes no text that holds it."""
    written = (*request.args.values(), *request.form.values(), *(request.view_args or {}).values())
    return any("\x00" in str(each) for each in written)


def _is_ours() -> bool:
    """A form carries the token as a field, a call of the API as a header: another site can send neither."""
    carried = request.headers.get(HEADER, "") if request.blueprint == API else request.form.get("token", "")
    return hmac.compare_digest(carried.encode(), form_token().encode())
