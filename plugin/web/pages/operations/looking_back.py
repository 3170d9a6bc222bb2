"""The history: runs, and what changed where and why."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, abort, render_template, request

from network.state.runs import PastChange, RunLog
from plugin.operations import history
from plugin.operations.overview import end_of, overview, scope_name
from plugin.operations.redaction import PERSON
from plugin.web.pages.operations.hiding import Hide, hides_names, hiding, scope_shown
from plugin.web.site import Site

DEEPEST = 1000


def add(pages: Blueprint, site: Site) -> None:
    def log() -> RunLog:
        return RunLog(site.state.engine)

    def words(hide: Hide) -> dict[str, object]:
        """What the templates of the history need."""
        return {
            "hide": hide,
            "title_of": lambda change: _title(change, hide),
            "deed_of": history.deed_of,
            "result_of": history.result_of,
            "command_of": history.command_of,
            "end_of": end_of,
            "name_of_scope": lambda scope: scope_name(scope_shown(scope), site.settings),
            "most": history.PAGE,
        }

    @pages.get("/betrieb/laeufe", endpoint="runs")
    def show_runs() -> str:
        page = _page()
        return render_template(
            "operations/runs.html", runs=history.runs(log(), page=page), page=page, **words(hiding(site))
        )

    @pages.get("/betrieb/laeufe/<int(max=2147483647):number>", endpoint="run")
    def show_run(number: int) -> str:
        page = _page()
        found = history.one_run(log(), number, page=page)
        if found is None:
            abort(HTTPStatus.NOT_FOUND)
        return render_template("operations/run.html", found=found, page=page, **words(hiding(site)))

    @pages.get("/betrieb/aenderungen", endpoint="changes")
    def show_changes() -> str:
        page, scope, text = _page(), request.args.get("scope", ""), request.args.get("q", "").strip()
        found = history.changes(log(), scope=scope, words=text, page=page, hides_names=hides_names())
        return render_template(
            "operations/changes.html",
            changes=found,
            scopes=overview(site.running).scopes,
            scope=scope,
            text=text,
            page=page,
            **words(hiding(site)),
        )


def _title(change: PastChange, hide: Hide) -> str:
    return PERSON.de if hides_names() and history.is_about_a_person(change) else hide(change.title)


def _page() -> int:
    return min(max(request.args.get("page", 0, type=int), 0), DEEPEST)
