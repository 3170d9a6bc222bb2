"""The calls as an OpenAPI 3.1 document, made from the code that carries them out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields
from importlib.metadata import version
from typing import Any, cast

from pydantic import TypeAdapter

from plugin.web.access import ALLOWED
from plugin.web.api import shapes
from plugin.web.api.asked import Nothing
from plugin.web.api.calls import CALLS, Call
from plugin.web.api.refusing import PROBLEM
from plugin.web.visitors import Role

VARIABLE = re.compile(r"{(\w+)}")
LARGEST_NUMBER = 2**31 - 1
"""That a database counts to."""
JSON, ZIP = "application/json", "application/zip"
Schema = dict[str, Any]


def document(title: str) -> Schema:
    """`title` is the network's name. What a role may not call answers 404 for it."""
    inputs = [(each.takes, "validation", TypeAdapter(each.takes)) for each in CALLS if each.takes is not Nothing]
    answers = [*(each.answers for each in CALLS if _is_json(each)), shapes.Refusal]
    outputs = [(str(each), "serialization", TypeAdapter(cast("Any", each))) for each in answers]
    schemas, shared = TypeAdapter.json_schemas(
        cast("Any", [*inputs, *outputs]), ref_template="#/components/schemas/{model}"
    )
    known: Mapping[object, Schema] = {key: dict(schema) for (key, _), schema in schemas.items()}
    paths: dict[str, Schema] = {}
    for each in CALLS:
        paths.setdefault(each.path, {})[each.method.lower()] = _operation(each, known, shared.get("$defs", {}))
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": version("digitalnetzwerk"),
            "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
        },
        "servers": [{"url": "."}],
        "paths": paths,
        "components": {
            "schemas": shared.get("$defs", {}),
            "securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": "dnw_session"}},
        },
        "security": [{"session": []}],
    }


def _operation(call: Call, known: Mapping[object, Schema], shared: Mapping[str, Schema]) -> Schema:
    roles = sorted(ALLOWED[f"api.{call.name}"] & set(Role))
    found: Schema = {
        "operationId": call.name,
        "summary": call.says,
        "description": f"For: {', '.join(roles)}.",
        "parameters": [*_variables(call), *_query(call, known, shared), *_token(call)],
        "responses": dict(_responses(call, known)),
    }
    if call.method != "GET" and call.takes is not Nothing:
        found["requestBody"] = {"required": True, "content": {JSON: {"schema": known[call.takes]}}}
    return found


def _variables(call: Call) -> Iterator[Schema]:
    for name in VARIABLE.findall(call.path):
        number = {"type": "integer", "minimum": 0, "maximum": LARGEST_NUMBER}
        kind = number if name in call.numbers else {"type": "string", "minLength": 1}
        yield {"name": name, "in": "path", "required": True, "schema": kind}


def _query(call: Call, known: Mapping[object, Schema], shared: Mapping[str, Schema]) -> Iterator[Schema]:
    if call.method != "GET" or call.takes is Nothing:
        return
    schema = known[call.takes]
    if "$ref" in schema:
        schema = shared[schema["$ref"].rpartition("/")[2]]
    optional = {each.name for each in fields(cast("Any", call.takes)) if each.default is not MISSING}
    for name, kind in schema["properties"].items():
        yield {"name": name, "in": "query", "required": name not in optional, "schema": kind}


def _token(call: Call) -> Iterator[Schema]:
    if call.method != "GET":
        yield {"name": "X-Token", "in": "header", "required": True, "schema": {"type": "string"}}


def _responses(call: Call, known: Mapping[object, Schema]) -> Iterator[tuple[str, Schema]]:
    if call.answers is None:
        yield "204", {"description": "Done."}
    elif call.answers is bytes:
        yield "200", {"description": "A file.", "content": {ZIP: {"schema": {"type": "string", "format": "binary"}}}}
    else:
        yield "200", {"description": "Done.", "content": {JSON: {"schema": known[str(call.answers)]}}}
    refusals = (
        ["400", "401", "404", "406"]
        if call.method == "GET"
        else ["400", "401", "403", "404", "409", "415", "422", "502"]
    )
    for status in refusals:
        yield status, {"description": "Refused.", "content": {PROBLEM: {"schema": known[str(shapes.Refusal)]}}}


def _is_json(call: Call) -> bool:
    return call.answers is not None and call.answers is not bytes
