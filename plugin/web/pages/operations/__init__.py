"""Betrieb: how things stand, what is about to change, what is asked, what happened. A module for each kind."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, g

from network.text import Text
from plugin.web.access import ALLOWED
from plugin.web.navigation import Section
from plugin.web.pages.operations import (
    asking,
    looking_back,
    picturing,
    planning,
    questioning,
    reviewing,
    standing,
    taking_back,
)
from plugin.web.site import Site
from plugin.web.visitors import Visitor

PAGES = (
    Section("operations.overview", Text("Stand", "State")),
    Section("operations.preview", Text("Vorschau", "Preview")),
    Section("operations.questions", Text("Offene Fragen", "Open questions")),
    Section("operations.runs", Text("Läufe", "Runs")),
    Section("operations.changes", Text("Änderungen", "Changes")),
    Section("operations.pictures", Text("Bilder", "Pictures")),
    Section("operations.taking_back", Text("Zurücknehmen", "Take back")),
    Section("operations.settings", Text("Einstellungen", "Settings")),
    Section("operations.log", Text("Protokoll", "Log")),
    Section("operations.support", Text("Hilfepaket", "Support bundle")),
)
"""The pages below *Betrieb*, in the order in which they are shown, each for whoever may open it."""


def operations(site: Site) -> Blueprint:
    pages = Blueprint("operations", __name__)
    for part in (standing, planning, asking, questioning, looking_back, taking_back, picturing, reviewing):
        part.add(pages, site)

    @pages.app_context_processor
    def beside() -> dict[str, object]:
        return {"operations_pages": tuple(_pages(g.visitor)) if g.get("visitor") else ()}

    return pages


def _pages(visitor: Visitor) -> Iterator[Section]:
    yield from (each for each in PAGES if visitor.is_one_of(ALLOWED[each.endpoint]))
