"""Austauschgruppen: what exists in the network, who leads, when they meet next, and the ways in."""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from connectors.nextcloud import NextcloudServer
from network.errors import DigitalnetzwerkError
from plugin.overviews.groups import GroupShown, groups_shown
from plugin.overviews.membership import Standing, join, leave, may_leave
from plugin.web.access import remember, visitor
from plugin.web.site import Site

log = logging.getLogger(__name__)


def groups(site: Site) -> Blueprint:
    pages = Blueprint("groups", __name__)

    @pages.get("/austauschgruppen")
    def overview() -> str:
        return render_template("groups/overview.html", groups=_shown())

    @pages.get("/austauschgruppen/<key>")
    def one(key: str) -> str:
        return render_template("groups/one.html", group=_seen(key))

    @pages.post("/austauschgruppen/<key>/beitritt")
    def enter(key: str) -> ResponseReturnValue:
        group = _seen(key)
        if not group.may_join:
            return _told(key, "no_join", HTTPStatus.CONFLICT)
        return _carried_out(key, lambda server: join(server, site.state, group, visitor().account))

    @pages.post("/austauschgruppen/<key>/austritt")
    def quit(key: str) -> ResponseReturnValue:
        group = _seen(key)
        if not may_leave(group):
            return _told(key, "no_leave", HTTPStatus.CONFLICT)
        return _carried_out(key, lambda server: leave(server, site.state, group, visitor().account))

    def _carried_out(key: str, work: Callable[[NextcloudServer], Standing]) -> ResponseReturnValue:
        try:
            with site.running.as_ourselves() as server:
                standing = work(server)
        except DigitalnetzwerkError as error:
            log.warning("the team of %s could not be changed: %s", key, error.code)
            return _told(key, "failed", HTTPStatus.BAD_GATEWAY)
        remember(site.arrivals, visitor().after(standing))
        return _told(key, "joined" if standing.is_in else "left", HTTPStatus.OK, standing)

    def _told(key: str, what: str, status: HTTPStatus, standing: Standing | None = None) -> ResponseReturnValue:
        """The group's page with what happened on top; it may be out of sight for who just left it."""
        group = next((each for each in _shown() if each.key == key), None)
        page = render_template("groups/one.html" if group else "groups/left.html", group=group, told=what, now=standing)
        return page, status

    def _shown() -> tuple[GroupShown, ...]:
        return groups_shown(site.settings, site.state, visitor().onlooker, site.now)

    def _seen(key: str) -> GroupShown:
        found = next((each for each in _shown() if each.key == key), None)
        if found is None:
            abort(HTTPStatus.NOT_FOUND)
        return found

    return pages
