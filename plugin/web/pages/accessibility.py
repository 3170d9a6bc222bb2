"""The statement about accessibility that authorities owe (§ 10b BGG NRW, model of Decision (EU) 2018/1523).

A draft: what only the operating authority can say comes from `service.accessibility`.
"""

from __future__ import annotations

from flask import Blueprint, g, render_template

from plugin.web.site import Site


def accessibility(site: Site) -> Blueprint:
    pages = Blueprint("accessibility", __name__)

    @pages.get("/barrierefreiheit")
    def statement() -> str:
        written = site.settings.service.accessibility
        contact = site.settings.network.contact
        return render_template(
            f"accessibility/{g.language}.html",
            written=written,
            authority=written.authority or contact.name,
            state=site.settings.network.state,
        )

    return pages
