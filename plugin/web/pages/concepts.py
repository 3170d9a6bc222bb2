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
        return render_template("trainings/concepts.html", concepts=concepts_shown(site))

    @pages.get("/konzept/<key>")
    def concept(key: str) -> str:
        wanted, found = next((each for each in concepts_shown(site) if each[0].key == key), (None, ()))
        if wanted is None:
            abort(HTTPStatus.NOT_FOUND)
        return render_template(
            "trainings/concept.html",
            concept=wanted,
            steps=found,
            material=material_of(wanted, site),
            most=DATES_OF_A_STEP,
        )


def concepts_shown(site: Site) -> list[tuple[TrainingConcept, tuple[Step, ...]]]:
    """Those that the visitor may know of, in the order of the configuration, with the steps that they see."""
    dates, now = visible(site), site.now
    every = ((each, steps(each, dates, site.settings, now)) for each in site.settings.concepts.values())
    return [(each, found) for each, found in every if _is_for(found)]


def material_of(concept: TrainingConcept, site: Site) -> str:
    """The address of its folder; empty where it has none."""
    return outside.folder(site.settings.nextcloud.url, concept.folder) if concept.folder else ""


def _is_for(found: tuple[Step, ...]) -> bool:
    """Who belongs to the network, or sees one of its trainings: others learn not even its name."""
    return bool(visitor().administrations or found)
