"""Austauschgruppen: what exists in the network, who leads, when they meet next, and the ways in."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, abort, render_template

from plugin.overviews.groups import GroupShown, groups_shown
from plugin.web.access import visitor
from plugin.web.site import Site


def groups(site: Site) -> Blueprint:
    pages = Blueprint("groups", __name__)

    @pages.get("/austauschgruppen")
    def overview() -> str:
        return render_template("groups/overview.html", groups=_shown())

    @pages.get("/austauschgruppen/<key>")
    def one(key: str) -> str:
        return render_template("groups/one.html", group=_seen(key))

    def _shown() -> tuple[GroupShown, ...]:
        return groups_shown(site.settings, site.state, visitor().onlooker, site.now)

    def _seen(key: str) -> GroupShown:
        found = next((each for each in _shown() if each.key == key), None)
        if found is None:
            abort(HTTPStatus.NOT_FOUND)
        return found

    return pages
