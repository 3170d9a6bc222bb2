"""Schulungen: what stands in the calendars that the visitor sees in Nextcloud, each training on a page of its own."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, Response, abort, render_template, request

from network.ical.canonical import from_text
from network.ical.writing import serialise
from plugin.catalogue import Catalogue, Listed
from plugin.web.access import visitor
from plugin.web.site import Site


def trainings(site: Site) -> Blueprint:
    pages = Blueprint("trainings", __name__)

    @pages.get("/")
    def overview() -> str:
        words = request.args.get("q", "").strip()
        shown = [each for each in _visible(site.catalogue) if each.ends_at > site.now and _fits(each, words)]
        return render_template("trainings/overview.html", trainings=shown, words=words)

    @pages.get("/schulung/<uid>")
    def one(uid: str) -> str:
        return render_template("trainings/one.html", training=_seen(uid))

    @pages.get("/schulung/<uid>.ics")
    def as_calendar(uid: str) -> Response:
        found = _seen(uid)
        answer = Response(
            serialise(replace(from_text(found.text), uid=found.uid), now=site.now),
            content_type="text/calendar; charset=utf-8",
        )
        answer.headers["Content-Disposition"] = 'attachment; filename="schulung.ics"'
        return answer

    def _seen(uid: str) -> Listed:
        found = next((each for each in _visible(site.catalogue) if each.uid == uid), None)
        if found is None:
            abort(HTTPStatus.NOT_FOUND)
        return found

    return pages


def _visible(catalogue: Catalogue) -> list[Listed]:
    calendars = visitor().calendars
    return [each for each in catalogue.listed() if each.calendar in calendars]


def _fits(each: Listed, words: str) -> bool:
    """Every word stands somewhere in title, place, tags or description."""
    text = " ".join((each.title, each.place, *each.tags, each.description)).casefold()
    return all(word in text for word in words.casefold().split())
