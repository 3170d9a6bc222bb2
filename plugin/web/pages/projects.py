"""Projekte: what there is, in what state, who may do what in its folder, and the way in."""

from __future__ import annotations

from flask import Blueprint, g, render_template

from plugin.overviews.projects import projects_shown
from plugin.render.folders import size
from plugin.web.access import visitor
from plugin.web.site import Site


def projects(site: Site) -> Blueprint:
    pages = Blueprint("projects", __name__)

    @pages.get("/projekte")
    def overview() -> str:
        shown = projects_shown(site.settings, site.state, visitor().onlooker, site.now)
        return render_template("projects/overview.html", projects=shown, size=lambda number: size(number, g.language))

    return pages
