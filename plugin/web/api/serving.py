"""The calls as a part of the WSGI program: what comes in is checked before anybody acts on it, JSON goes out."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, cast

from flask import Blueprint, Response, abort, g, jsonify, request
from pydantic import TypeAdapter, ValidationError
from werkzeug.exceptions import HTTPException

from network.problems import Problem
from network.text import Text
from plugin.operations.bundle import NAME
from plugin.web.api.asked import Nothing
from plugin.web.api.calls import CALLS, Call
from plugin.web.api.document import JSON, LARGEST_NUMBER, VARIABLE, ZIP, document
from plugin.web.api.refusing import PREFIX, Refused, refusal
from plugin.web.site import Site

LARGEST = 64 * 1024


def api(site: Site) -> Blueprint:
    pages = Blueprint("api", __name__, url_prefix=PREFIX)

    @pages.get("/openapi.json", endpoint="document")
    def describe() -> Response:
        return jsonify(document(site.settings.network.name))

    for call in CALLS:
        pages.add_url_rule(_rule(call), call.name, _view(call, site), methods=[call.method])

    @pages.errorhandler(Refused)
    def refused(error: Refused) -> Response:
        detail = error.problem.line(g.language) if error.problem else ""
        return refusal(error.status, code=error.code, detail=detail)

    @pages.errorhandler(HTTPException)
    def not_done(error: HTTPException) -> Response:
        return refusal(HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR))

    return pages


def _rule(call: Call) -> str:
    """The path as Flask writes it."""
    return VARIABLE.sub(
        lambda each: f"<int(max={LARGEST_NUMBER}):{each[1]}>" if each[1] in call.numbers else f"<{each[1]}>", call.path
    )


def _view(call: Call, site: Site) -> Callable[..., Response]:
    takes = TypeAdapter[Any](call.takes)
    answers = TypeAdapter[Any](cast("Any", call.answers)) if call.answers not in (None, bytes) else None

    def view(**variables: object) -> Response:
        found = call.carry_out(site, _taken(call, takes), **variables)
        if isinstance(found, bytes):
            answer = Response(found, content_type=ZIP)
            answer.headers["Content-Disposition"] = f'attachment; filename="{NAME}"'
            return answer
        if answers is None:
            return Response(status=HTTPStatus.NO_CONTENT)
        return Response(answers.dump_json(found), content_type=JSON)

    return view


def _taken(call: Call, takes: TypeAdapter[Any]) -> object:
    if call.takes is Nothing:
        return Nothing()
    try:
        if call.method == "GET":
            return takes.validate_python(request.args.to_dict())
        if request.mimetype != JSON:
            abort(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        if (request.content_length or 0) > LARGEST:
            abort(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return takes.validate_json(request.get_data(cache=False))
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(str(each) for each in first["loc"])
        status = HTTPStatus.BAD_REQUEST if call.method == "GET" else HTTPStatus.UNPROCESSABLE_ENTITY
        raise Refused(
            status, "not_understood", Problem("not_understood", where, Text(first["msg"], first["msg"]))
        ) from error
