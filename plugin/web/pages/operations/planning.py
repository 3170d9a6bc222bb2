"""The pending plan: computed when somebody asks, read as before and after, agreed to by exactly its fingerprint."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, abort, render_template, request

from network.errors import DigitalnetzwerkError
from network.plan import Scope
from network.state.errands import Errand
from plugin.jobs.errands import PREVIEW
from plugin.operations.overview import scope_name
from plugin.operations.preview import Preview, from_text
from plugin.undoing import scope_named
from plugin.web.access import visitor
from plugin.web.pages.operations.asking import fingerprint_written, shown
from plugin.web.pages.operations.hiding import hiding
from plugin.web.site import Site

SEEN = 10


def add(pages: Blueprint, site: Site) -> None:
    @pages.get("/betrieb/vorschau", endpoint="preview")
    def show() -> str:
        errands = site.errands.log.latest(PREVIEW, limit=SEEN)
        return render_template(
            "operations/preview.html",
            preview=newest(errands),
            waiting=next((each for each in errands if not each.is_over), None),
            failed=next((each for each in errands[:1] if each.is_over and not each.document), None),
            hide=hiding(site),
            name_of_scope=lambda scope: scope_name(scope, site.settings),
            is_preview_mode=site.settings.network.mode == "preview",
        )

    @pages.post("/betrieb/vorschau", endpoint="compute")
    def compute() -> str:
        return shown(site, site.errands.preview(visitor().account))

    @pages.post("/betrieb/vorschau/ausfuehren", endpoint="approve")
    def approve() -> str:
        fingerprint = fingerprint_written()
        if not fingerprint or site.settings.network.mode == "preview":
            abort(HTTPStatus.BAD_REQUEST)
        return shown(site, site.errands.approve(visitor().account, fingerprint))

    @pages.post("/betrieb/vorschau/freigeben", endpoint="release")
    def release() -> str:
        """Lets go of the guard of one scope; a step of its own, with a tick that somebody set."""
        fingerprint, scope = (
            fingerprint_written(),
            scope_written(request.form.get("scope", ""), site),
        )
        if not fingerprint or request.form.get("sure") != "yes" or site.settings.network.mode == "preview":
            abort(HTTPStatus.BAD_REQUEST)
        return shown(site, site.errands.approve(visitor().account, fingerprint, scope=scope, release_unsafe=True))


def newest(errands: tuple[Errand, ...]) -> Preview | None:
    return next((from_text(each.document) for each in errands if each.document), None)


def scope_written(written: str, site: Site) -> Scope:
    """A scope of the configuration, or one that the last preview stopped although it left the configuration."""
    known = newest(site.errands.log.latest(PREVIEW, limit=SEEN))
    if known is not None and any(each.scope == written for each in known.scopes):
        return Scope.parse(written)
    try:
        return scope_named(written, site.settings)
    except DigitalnetzwerkError:
        abort(HTTPStatus.BAD_REQUEST)
