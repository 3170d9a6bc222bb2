"""What may be read without seeing anybody: settings, the log, and the bundle for who helps from outside."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from plugin.group_whitelist import whitelist_line
from plugin.operations import configuration
from plugin.operations.bundle import CONTENTS, NAME, bundle, log_lines
from plugin.operations.redaction import people_known
from plugin.web.site import Site


def add(pages: Blueprint, site: Site) -> None:
    @pages.get("/betrieb/einstellungen", endpoint="settings")
    def show_settings() -> str:
        people = people_known(site.settings, site.state)
        found = tuple((path, people.text(value)) for path, value in configuration.lines(site.settings))
        return render_template(
            "operations/settings.html",
            lines=found,
            explained=configuration.EXPLAINED,
            whitelist=whitelist_line(site.settings),
        )

    @pages.get("/betrieb/protokoll", endpoint="log")
    def show_log() -> str:
        return render_template("operations/log.html", lines=log_lines(site.running))

    @pages.get("/betrieb/hilfepaket", endpoint="support")
    def show_support() -> str:
        return render_template("operations/support.html", contents=CONTENTS)

    @pages.get("/betrieb/hilfepaket/herunterladen", endpoint="download")
    def download() -> Response:
        answer = Response(bundle(site.running), content_type="application/zip")
        answer.headers["Content-Disposition"] = f'attachment; filename="{NAME}"'
        return answer
