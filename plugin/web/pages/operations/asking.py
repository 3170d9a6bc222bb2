"""Run now, and what became of something that somebody asked for."""

from __future__ import annotations

import re
from http import HTTPStatus

from flask import Blueprint, abort, render_template, request

from network.state.errands import Errand
from network.text import Text
from plugin.jobs.errands import APPROVE, PREVIEW, RUN_NOW, UNDO
from plugin.operations.overview import end_of
from plugin.web.access import ADMINS, visitor
from plugin.web.pages.operations.hiding import hiding
from plugin.web.site import Site

FINGERPRINT = re.compile(r"[0-9A-Za-z]{1,32}")
NAMES = {
    RUN_NOW: Text("Lauf sofort", "Run now"),
    APPROVE: Text("Änderungen ausführen", "Carry out changes"),
    UNDO: Text("Letzten Lauf zurücknehmen", "Take the last run back"),
    PREVIEW: Text("Vorschau berechnen", "Compute the preview"),
}


def add(pages: Blueprint, site: Site) -> None:
    @pages.post("/betrieb/lauf")
    def run_now() -> str:
        connector = request.form.get("connector", "")
        if connector and connector not in site.settings.connectors:
            abort(HTTPStatus.NOT_FOUND)
        return shown(site, site.errands.run_now(visitor().account, [connector] if connector else None))

    @pages.get("/betrieb/auftrag/<int(max=2147483647):number>")
    def errand(number: int) -> str:
        found = site.errands.log.one(number)
        if found is None:
            abort(HTTPStatus.NOT_FOUND)
        return shown(site, found)


def shown(site: Site, errand: Errand) -> str:
    """The page of one errand; the answer to whoever asked for it."""
    return render_template(
        "operations/errand.html",
        errand=errand,
        name=name_of(errand),
        subject=subject_of(errand),
        hide=hiding(site),
        is_admin=visitor().is_one_of(ADMINS),
        end_of=end_of,
    )


def name_of(errand: Errand) -> Text:
    return NAMES.get(errand.what, Text(errand.what, errand.what))


def subject_of(errand: Errand) -> str:
    """What it is about: connectors, a scope or a fingerprint."""
    arguments = errand.arguments
    connectors = arguments.get("connectors")
    listed = ", ".join(map(str, connectors)) if isinstance(connectors, list) else ""
    return listed or " ".join(str(arguments[name]) for name in ("scope", "fingerprint") if arguments.get(name))


def fingerprint_written() -> str:
    """The fingerprint that the form carries; empty for what can't be one."""
    written = request.form.get("fingerprint", "").strip()
    return written if FINGERPRINT.fullmatch(written) else ""
