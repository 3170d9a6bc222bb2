"""Two questions that machines ask: does the process live (`/healthz`), and can it do its work (`/readyz`).

Both answer without a login and say nothing about anybody.
"""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, jsonify

from plugin.web.site import Site


def health(site: Site) -> Blueprint:
    pages = Blueprint("health", __name__)
    running = site.running

    @pages.get("/healthz")
    def lives() -> Response:
        return _answer({"status": "ok"}, HTTPStatus.OK)

    @pages.get("/readyz")
    def is_ready() -> Response:
        """503 while the state database can't be used; a broken configuration file is told and is no reason."""
        found = {"database": running.remembers, "configuration": not running.broken}
        return _answer(found, HTTPStatus.OK if found["database"] else HTTPStatus.SERVICE_UNAVAILABLE)

    return pages


def _answer(found: dict[str, object] | dict[str, str] | dict[str, bool], status: HTTPStatus) -> Response:
    response = jsonify(found)
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response
