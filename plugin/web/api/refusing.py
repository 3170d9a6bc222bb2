"""How the API says no: with a status, a stable code, and a sentence where there is more to say (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response
from pydantic import TypeAdapter

from network.problems import Problem
from plugin.web.api import shapes

PREFIX = "/api/v1"
PROBLEM = "application/problem+json"


class Refused(Exception):
    """A call that was understood and is not carried out. `problem` says more to people, where there is more to say."""

    def __init__(self, status: HTTPStatus, code: str, problem: Problem | None = None) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.problem = problem


def refusal(status: HTTPStatus, *, code: str = "", detail: str = "") -> Response:
    """RFC 9457."""
    said = shapes.Refusal("about:blank", status.phrase, status.value, code or status.name.lower(), detail)
    answer = Response(TypeAdapter(shapes.Refusal).dump_json(said), status.value, content_type=PROBLEM)
    if status is HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = 'Cookie realm="digitalnetzwerk"'
    return answer
