"""Schulungskonzepte: which steps there are in which order, when each takes place next, and where the material lies."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, abort, render_template

from network.settings import TrainingConcept
from plugin.concepts import Step, steps
from plugin.web import outside
from plugin.web.access import visitor
from plugin.web.pages.listing import visible
from plugin.web.site import Site

DATES_OF_A_STEP = 6


def concepts(pages: Blueprint, site: Site) -> None:
    """Adds the pages of the concepts to those of the trainings."""

    @pages.get("/konzepte")
    def all_concepts() -> str:
        shown = [(each, _steps(each, site)) for each in site.settings.concepts.values()]
        return render_template(
            "trainings/concepts.html", concepts=[(each, found) for each, found in shown if _is_for(found)]
        )

    @pages.get("/konzept/<key>")
    def concept(key: str) -> str:
        wanted = site.settings.concepts.get(key)
        found = _steps(wanted, site) if wanted else ()
        if wanted is None or not _is_for(found):
            abort(HTTPStatus.NOT_FOUND)
        material = outside.folder(site.settings.nextcloud.url, wanted.folder) if wanted.folder else ""
        return render_template(
            "trainings/concept.html", concept=wanted, steps=found, material=material, most=DATES_OF_A_STEP
        )


def _steps(wanted: TrainingConcept, site: Site) -> tuple[Step, ...]:
    return steps(wanted, visible(site), site.settings, site.now)


def _is_for(found: tuple[Step, ...]) -> bool:
    """Who belongs to the network, or sees one of its trainings: others learn not even its name."""
    return bool(visitor().administrations or found)
