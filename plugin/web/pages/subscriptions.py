"""Kalender abonnieren: one's own feeds, and those of an administration for whom looks after it.

Everybody subscribes to what they see in Nextcloud themselves: all of it, one calendar, or one topic. A feed of a whole
administration is made by its training office, by coordinators and by the network's administrators.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from network.settings import all_calendars
from network.state.feeds import Feed, FeedKind
from plugin.feeds.desk import MOST_FEEDS, Subscriber
from plugin.web.access import is_embedded, visitor
from plugin.web.site import Site
from plugin.web.visitors import Role

EVERYWHERE = frozenset({Role.COORDINATOR, Role.NETWORK_ADMIN})


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to subscribe to. `value` is what the form sends back."""

    value: str
    kind: FeedKind
    name: str


def subscriptions(site: Site) -> Blueprint:
    pages = Blueprint("subscriptions", __name__)

    @pages.get("/abonnements")
    def overview() -> ResponseReturnValue:
        return _page()

    @pages.post("/abonnements")
    def make() -> ResponseReturnValue:
        kind, _, subject = request.form.get("what", "").partition(":")
        if kind not in list(FeedKind):
            abort(HTTPStatus.NOT_FOUND)
        token = site.feeds.make(FeedKind(kind), subject, subscriber(site))
        return _page(token, "made") if token else _page(told="refused", status=HTTPStatus.CONFLICT)

    @pages.post("/abonnements/<id>/neu")
    def renew(id: str) -> ResponseReturnValue:
        token = site.feeds.renew(id, subscriber(site))
        if token is None:
            abort(HTTPStatus.NOT_FOUND)
        return _page(token, "renewed")

    @pages.post("/abonnements/<id>/ende")
    def revoke(id: str) -> ResponseReturnValue:
        if not site.feeds.revoke(id, subscriber(site)):
            abort(HTTPStatus.NOT_FOUND)
        return _page(told="revoked")

    def _page(token: str = "", told: str = "", status: HTTPStatus = HTTPStatus.OK) -> ResponseReturnValue:
        asks, base = subscriber(site), _base()
        page = render_template(
            "subscriptions/overview.html",
            feeds=[(each, _what(each)) for each in site.feeds.of(asks)],
            choices=list(_choices(asks)),
            address=f"{base}/abo/{token}.ics" if token and base else "",
            has_address=bool(base),
            may_have_any=site.feeds.may_have_any(asks.account),
            told=told,
            most=MOST_FEEDS,
        )
        return page, status

    def _base() -> str:
        """Where programs outside of Nextcloud reach us; empty where nobody said so."""
        public = site.settings.service.public_url
        return public.rstrip("/") if public else "" if is_embedded() else request.host_url.rstrip("/")

    def _choices(asks: Subscriber) -> list[Choice]:
        found = []
        for kind in FeedKind:
            for subject in site.feeds.offered(kind, asks):
                found.append(Choice(f"{kind}:{subject}", kind, _name(kind, subject)))
        return found

    def _what(feed: Feed) -> str:
        return _name(feed.kind, feed.subject)

    def _name(kind: FeedKind, subject: str) -> str:
        if kind is FeedKind.CALENDAR:
            calendar = all_calendars(site.settings).get(subject)
            return calendar.name if calendar is not None else subject
        if kind is FeedKind.ADMINISTRATION:
            administration = site.settings.administrations.get(subject)
            return administration.name if administration is not None else subject
        return subject

    return pages


def subscriber(site: Site) -> Subscriber:
    """Who is asking, with what they may subscribe to."""
    asks = visitor()
    everywhere = tuple(site.settings.administrations) if asks.is_one_of(EVERYWHERE) else ()
    own = asks.administrations if Role.TRAINING_OFFICE in asks.roles else ()
    return Subscriber(asks.account, asks.calendars, tuple(dict.fromkeys((*everywhere, *own))))
