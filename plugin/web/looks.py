"""What all pages share: language, dates, the frame around them, and the headers that keep others out."""

from __future__ import annotations

from datetime import date, datetime
from http import HTTPStatus
from importlib.resources import files

from flask import Blueprint, Flask, Response, abort, g, request

from network.text import Language, Text
from plugin.web.access import form_token, is_embedded
from plugin.web.dates import written
from plugin.web.links import link
from plugin.web.navigation import sections
from plugin.web.site import Site

LANGUAGES: tuple[Language, ...] = ("de", "en")
KINDS = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors "
)
ALONE, EMBEDDED = POLICY + "'none'", POLICY + "'self'"


def looks(app: Flask, site: Site) -> Blueprint:
    """Hangs the shared parts into the program; the blueprint serves the files of `static`, and nothing else."""
    pages = Blueprint("looks", __name__)
    static = {each.name: each.read_bytes() for each in files("plugin.web").joinpath("static").iterdir()}

    @pages.get("/static/<name>", endpoint="static")
    def serve(name: str) -> Response:
        if name not in static:
            abort(HTTPStatus.NOT_FOUND)
        answer = Response(static[name], content_type=KINDS[name.rpartition(".")[2]])
        answer.headers["Cache-Control"] = "no-cache"
        answer.add_etag()
        answer.make_conditional(request)
        return answer

    @app.before_request
    def choose_language() -> None:
        asked = request.accept_languages.best_match(LANGUAGES, site.settings.network.language)
        g.language = "en" if asked == "en" else "de"

    @app.after_request
    def keep_others_out(answer: Response) -> Response:
        answer.headers.setdefault("Cache-Control", "no-store")
        answer.headers["Content-Security-Policy"] = EMBEDDED if is_embedded() else ALONE
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["Referrer-Policy"] = "no-referrer"
        return answer

    @app.context_processor
    def words() -> dict[str, object]:
        language: Language = g.language
        return {
            "t": lambda german, english: Text(german, english).language(language),
            "language": language,
            "link": link,
            "embedded": is_embedded(),
            "network": site.settings.network,
            "legal": site.settings.service,
            "sections": tuple(sections(g.visitor)) if g.get("visitor") else (),
            "visitor": g.get("visitor"),
            "form_token": form_token(),
        }

    app.jinja_env.filters["day"] = _day
    app.jinja_env.filters["clock"] = _clock
    app.jinja_env.filters["moment"] = lambda moment: _moment(moment, site.now)
    return pages


def _day(moment: date) -> str:
    """Mo., 8. Dez. 2026"""
    return written(moment, "EEE, d. MMM y" if g.language == "de" else "EEE, d MMM y", g.language)


def _clock(moment: datetime) -> str:
    """10:00"""
    return f"{moment:%H:%M}"


def _moment(moment: datetime | None, now: datetime) -> str:
    """10:42 for today, with the day for any other, in the network's zone; a dash for never."""
    if moment is None:
        return "–"
    local = moment.astimezone(now.tzinfo)
    return _clock(local) if local.date() == now.date() else f"{_day(local)}, {_clock(local)}"
