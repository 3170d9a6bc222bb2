"""Open questions of the sources, answered with one click. An answer takes effect in the next run."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from network.errors import ConfigurationError
from network.problems import Problem
from network.state.sources import SourceLog
from plugin.answering import answer, choices, remedy
from plugin.web.site import Site


def add(pages: Blueprint, site: Site) -> None:
    def log() -> SourceLog:
        return SourceLog(site.state.engine, clock=site.clock)

    def shown(said: str = "", problem: Problem | None = None) -> str:
        questions = log().questions()
        return render_template(
            "operations/questions.html",
            open=[each for each in questions if not each.answer],
            answered=[each for each in questions if each.answer],
            choices=choices,
            remedy=remedy,
            said=said,
            problem=problem,
        )

    @pages.get("/betrieb/fragen", endpoint="questions")
    def show() -> str:
        return shown()

    @pages.post("/betrieb/fragen", endpoint="answer")
    def take() -> ResponseReturnValue:
        key = request.form.get("key", "")
        try:
            answer(log(), request.form.get("connector", ""), key, request.form.get("words", ""))
        except ConfigurationError as error:
            return shown(problem=error.problems[0]), HTTPStatus.CONFLICT
        return shown(said=key)
