"""The last run taken back in calendars: shown first, carried out by its fingerprint, released by a person."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from network.errors import ConfigurationError, DigitalnetzwerkError
from network.plan import Scope
from network.problems import Problem
from network.text import Text
from plugin.operations.overview import scope_name
from plugin.operations.preview import Preview, preview_of
from plugin.taking_back import release, waiting
from plugin.web.access import visitor
from plugin.web.pages.operations.asking import fingerprint_written, shown
from plugin.web.pages.operations.hiding import hiding
from plugin.web.site import Site


def add(pages: Blueprint, site: Site) -> None:
    def page(said: Text | None = None) -> str:
        found, problem = looked(site)
        return render_template(
            "operations/taking_back.html",
            preview=found,
            problem=problem,
            said=said,
            waiting=waiting(site.state),
            hide=hiding(site),
            moment_of=datetime.fromisoformat,
            name_of_scope=lambda scope: scope_name(scope, site.settings),
            is_preview_mode=site.settings.network.mode == "preview",
        )

    @pages.get("/betrieb/zuruecknehmen", endpoint="taking_back")
    def show() -> str:
        return page()

    @pages.post("/betrieb/zuruecknehmen", endpoint="take_back")
    def take_back() -> str:
        fingerprint = fingerprint_written()
        if not fingerprint or site.settings.network.mode == "preview":
            abort(HTTPStatus.BAD_REQUEST)
        return shown(site, site.errands.undo(visitor().account, fingerprint))

    @pages.post("/betrieb/zuruecknehmen/freigeben", endpoint="go_on")
    def go_on() -> ResponseReturnValue:
        written = request.form.get("scope", "")
        scope = resting(site, written)
        if scope is None or request.form.get("sure") != "yes":
            abort(HTTPStatus.BAD_REQUEST)
        release(scope, site.state)
        return page(scope_name(str(scope), site.settings))


def resting(site: Site, written: str) -> Scope | None:
    """The calendar of this name, if it rests since its last run was taken back."""
    return next((each for each in waiting(site.state) if str(each) == written), None)


def looked(site: Site) -> tuple[Preview | None, Problem | None]:
    """What would be taken back; nothing where there is nothing, or Nextcloud can't be asked."""
    try:
        with site.running.service() as service:
            run = service.plan_undo()
            return preview_of(run, service.state, service.now, service.settings.network.timezone), None
    except ConfigurationError as error:
        return None, error.problems[0]
    except DigitalnetzwerkError as error:
        return None, error.problem()
