"""The first page: how things stand, and a run at once."""

from __future__ import annotations

from flask import Blueprint, g, render_template

from plugin.operations.overview import end_of, overview
from plugin.render.freshness import duration
from plugin.web.access import ADMINS, PROGRAMME, visitor
from plugin.web.pages.operations.asking import name_of
from plugin.web.pages.operations.hiding import hiding
from plugin.web.site import Site

LATEST_ERRANDS = 5


def add(pages: Blueprint, site: Site) -> None:
    @pages.get("/betrieb", endpoint="overview")
    def show() -> str:
        return render_template(
            "operations/overview.html",
            found=overview(site.running),
            known_connectors=site.settings.connectors,
            errand_name=name_of,
            errands=site.errands.log.latest(limit=LATEST_ERRANDS),
            hide=hiding(site),
            is_admin=visitor().is_one_of(ADMINS),
            may_answer=visitor().is_one_of(PROGRAMME),
            end_of=end_of,
            span=lambda length: duration(length).language(g.language),
        )
