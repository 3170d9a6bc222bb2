"""Open questions of the sources, answered with one click. An answer takes effect in the next run."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from network.errors import ConfigurationError
from network.model import Question
from network.problems import Problem
from plugin.answering import choices, remedy
from plugin.operations.questions import questions, remedies, take_answer, titles
from plugin.web.access import visitor
from plugin.web.site import Site


def add(pages: Blueprint, site: Site) -> None:
    def shown(said: str = "", problem: Problem | None = None) -> str:
        asked, noted = questions(site.running), remedies(site.running)

        def instead(question: Question) -> str:
            told = noted.get((question.code, question.where), "")
            return told if g.language == site.settings.network.language and told else _remedy(question)

        return render_template(
            "operations/questions.html",
            open=[each for each in asked if not each.answer],
            answered=[each for each in asked if each.answer],
            choices=choices,
            titles=titles(site.running),
            remedy=instead,
            said=said,
            problem=problem,
        )

    @pages.get("/betrieb/fragen", endpoint="questions")
    def show() -> str:
        return shown()

    @pages.post("/betrieb/fragen", endpoint="answer")
    def take() -> ResponseReturnValue:
        connector, key, words = (request.form.get(name, "") for name in ("connector", "key", "words"))
        try:
            take_answer(site.running, connector, key, words, by=visitor().account)
        except ConfigurationError as error:
            return shown(problem=error.problems[0]), HTTPStatus.CONFLICT
        return shown(said=key)


def _remedy(question: Question) -> str:
    return remedy(question.code).language(g.language)
