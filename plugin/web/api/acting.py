"""The calls that change something: the same acts as on the pages, by the same rules."""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus

from flask import abort

from connectors.nextcloud import NextcloudServer
from network.errors import ConfigurationError, DigitalnetzwerkError, Locked
from network.state.feeds import FeedKind
from plugin.operations.questions import take_answer
from plugin.overviews.membership import Standing, may_leave
from plugin.overviews.membership import join as join_team
from plugin.overviews.membership import leave as leave_team
from plugin.taking_back import release
from plugin.web.access import remember, visitor
from plugin.web.api import asked, shapes
from plugin.web.api.asked import Nothing
from plugin.web.api.overseeing import shown_errand
from plugin.web.api.reading import known_group, theirs
from plugin.web.api.refusing import Refused
from plugin.web.pages.cancelling import tell
from plugin.web.pages.mine import come_back, missed
from plugin.web.pages.operations.planning import scope_written
from plugin.web.pages.operations.taking_back import resting
from plugin.web.pages.subscriptions import subscriber
from plugin.web.site import Site

log = logging.getLogger(__name__)

# ---------------------------------------------------------------------- groups


def join(site: Site, _nothing: Nothing, key: str) -> shapes.Membership:
    group = known_group(site, key)
    if not group.may_join:
        raise Refused(HTTPStatus.CONFLICT, "may_not_join")
    return _as_owner(site, key, lambda server: join_team(server, site.state, group, visitor().account))


def leave(site: Site, _nothing: Nothing, key: str) -> shapes.Membership:
    group = known_group(site, key)
    if not may_leave(group):
        raise Refused(HTTPStatus.CONFLICT, "may_not_leave")
    return _as_owner(site, key, lambda server: leave_team(server, site.state, group, visitor().account))


def _as_owner(site: Site, key: str, work: Callable[[NextcloudServer], Standing]) -> shapes.Membership:
    try:
        with site.running.as_ourselves() as server:
            standing = work(server)
    except DigitalnetzwerkError as error:
        log.warning("the team of %s could not be changed: %s", key, error.code)
        raise Refused(HTTPStatus.BAD_GATEWAY, error.code, error.problem()) from error
    remember(site.arrivals, visitor().after(standing))
    return shapes.Membership(key, standing.is_in)


# ---------------------------------------------------------------------- one's own calendars


def bring_back(site: Site, _nothing: Nothing, key: str) -> shapes.Returned:
    """A calendar that GET /mine names as missed; asked twice, it is there."""
    wanted = next((each for each in missed(site) if each.key == key), None)
    if wanted is None:
        if key in visitor().calendars:
            return shapes.Returned(key, seen=True)
        abort(HTTPStatus.NOT_FOUND)
    try:
        return shapes.Returned(key, come_back(site, wanted))
    except DigitalnetzwerkError as error:
        log.warning("calendar %s could not be brought back: %s", key, error.code)
        who_works = isinstance(error, Locked)  # which machine is at work is nobody's business here
        raise Refused(HTTPStatus.CONFLICT, error.code, None if who_works else error.problem()) from error


# ---------------------------------------------------------------------- subscriptions


def subscribe(site: Site, wanted: asked.NewSubscription) -> shapes.NewSubscription:
    token = site.feeds.make(FeedKind(wanted.kind), wanted.subject, subscriber(site))
    if token is None:
        raise Refused(HTTPStatus.CONFLICT, "may_not_subscribe")
    return _new(token)


def renew(site: Site, _nothing: Nothing, id: str) -> shapes.NewSubscription:
    token = site.feeds.renew(id, subscriber(site))
    if token is None:
        abort(HTTPStatus.NOT_FOUND)
    return _new(token)


def unsubscribe(site: Site, _nothing: Nothing, id: str) -> None:
    if not site.feeds.revoke(id, subscriber(site)):
        abort(HTTPStatus.NOT_FOUND)


def _new(token: str) -> shapes.NewSubscription:
    return shapes.NewSubscription(f"/abo/{token}.ics")


# ---------------------------------------------------------------------- operations


def cancel(site: Site, wanted: asked.Cancellation) -> shapes.Cancelled:
    """Of a training that GET /happenings shows for that day."""
    happening = next((each for each in theirs(site, asked.Days(wanted.day)) if each.key == wanted.key), None)
    if happening is None:
        abort(HTTPStatus.NOT_FOUND)
    if not wanted.back and not wanted.reason.strip():
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, "reason_missing")
    try:
        said = tell(site, happening, wanted.reason.strip(), by=visitor().account, is_back=wanted.back)
    except ConfigurationError as error:
        raise Refused(HTTPStatus.CONFLICT, error.problems[0].code, error.problems[0]) from error
    return shapes.Cancelled(said.is_shown, [shapes.Trouble.of(each) for each in said.problems])


def run_now(site: Site, wanted: asked.NewRun) -> shapes.Errand:
    if wanted.connector and wanted.connector not in site.settings.connectors:
        abort(HTTPStatus.NOT_FOUND)
    return shown_errand(site, site.errands.run_now(visitor().account, [wanted.connector] if wanted.connector else None))


def compute(site: Site, _nothing: Nothing) -> shapes.Errand:
    return shown_errand(site, site.errands.preview(visitor().account))


def approve(site: Site, wanted: asked.Approval) -> shapes.Errand:
    """Carried out only when the plan is still the same; else the errand ends with `plan_changed`."""
    _changes_something(site)
    if wanted.release and not wanted.scope:
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, "scope_missing")
    scope = scope_written(wanted.scope, site) if wanted.scope else None
    return shown_errand(
        site,
        site.errands.approve(visitor().account, wanted.fingerprint, scope=scope, release_unsafe=wanted.release),
    )


def take_back(site: Site, wanted: asked.TakingBack) -> shapes.Errand:
    """Carried out only when GET /taking-back would still show the same; else the errand ends with `plan_changed`."""
    _changes_something(site)
    return shown_errand(site, site.errands.undo(visitor().account, wanted.fingerprint))


def go_on(site: Site, wanted: asked.GoingOn) -> None:
    """The calendar rests no more: the next run does what its sources say."""
    scope = resting(site, wanted.scope)
    if scope is None:
        abort(HTTPStatus.NOT_FOUND)
    release(scope, site.state)


def _changes_something(site: Site) -> None:
    if site.settings.network.mode == "preview":
        raise Refused(HTTPStatus.CONFLICT, "preview_mode")


def answer(site: Site, wanted: asked.NewAnswer) -> None:
    """Takes effect in the next run."""
    try:
        take_answer(site.running, wanted.connector, wanted.key, wanted.words, by=visitor().account)
    except ConfigurationError as error:
        raise Refused(HTTPStatus.CONFLICT, error.problems[0].code, error.problems[0]) from error
