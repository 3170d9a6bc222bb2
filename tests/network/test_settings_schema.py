"""The JSON Schema that editors are given."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from network.settings import json_schema
from network.written import duration

CONFIG = Path(__file__).parents[2] / "config"


def properties(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, definition in {"": schema, **schema["$defs"]}.items():
        for key, value in definition.get("properties", {}).items():
            yield f"{name}.{key}", value


def accepts(schema: dict[str, Any], value: object, whole: dict[str, Any]) -> bool:
    """As much of JSON Schema as ours uses."""
    if "$ref" in schema:
        return accepts(whole["$defs"][schema["$ref"].rpartition("/")[2]], value, whole)
    if "anyOf" in schema:
        return any(accepts(choice, value, whole) for choice in schema["anyOf"])
    if "const" in schema or "enum" in schema:
        return value in schema.get("enum", [schema.get("const")])
    kinds = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int}
    if not isinstance(value, kinds[schema["type"]]):
        return False
    if isinstance(value, list):
        return all(accepts(schema["items"], one, whole) for one in value)
    if isinstance(value, dict):
        known = schema.get("properties", {})
        pattern, others = next(iter(schema.get("patternProperties", {"^$": {}}).items()))
        return set(schema.get("required", ())) <= set(value) and all(
            accepts(known[key], one, whole)
            if key in known
            else re.search(pattern, key) is not None and accepts(others, one, whole)
            for key, one in value.items()
        )
    return True


def test_it_is_json_of_draft_2020_12() -> None:
    schema = json.loads(json.dumps(json_schema()))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "network" in schema["properties"]


def test_every_key_is_described() -> None:
    schema: dict[str, Any] = json_schema()
    for name, value in properties(schema):
        section = schema["$defs"][value["$ref"].rpartition("/")[2]] if "$ref" in value else {}
        assert value.get("description") or section.get("description"), name


def test_no_key_of_ours_is_offered_and_none_may_be_empty() -> None:
    assert not [name for name, _ in properties(json_schema()) if name.endswith((".source", ".owner"))]
    assert '"null"' not in json.dumps(json_schema())


def test_defaults_are_written_as_people_write_them() -> None:
    found = dict(properties(json_schema()))
    assert found["Calendar.keep_past"]["default"] == "400 days"
    assert duration(found["IcsFeed.every"]["default"]).total_seconds() == 3600


def test_each_file_of_the_examples_is_valid_by_itself() -> None:
    schema: dict[str, Any] = json_schema()
    files = sorted(CONFIG.rglob("*.yaml"))
    assert len(files) >= 4
    for path in files:
        value = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        assert accepts(schema, typed(value), schema), path.name


def test_what_load_refuses_for_an_unknown_key_the_schema_refuses_too() -> None:
    schema: dict[str, Any] = json_schema()
    assert accepts(schema, {"projects": {"ozg": {"name": "OZG"}}}, schema)
    assert not accepts(schema, {"projects": {"ozg": {"nam": "OZG"}}}, schema)
    assert not accepts(schema, {"projects": {"../ozg": {"name": "OZG"}}}, schema)
    assert not accepts(schema, {"project": {}}, schema)


def typed(value: object) -> object:
    """Booleans and numbers as an editor's parser (YAML 1.2) sees them; everything else is text there too."""
    if isinstance(value, dict):
        return {key: typed(one) for key, one in value.items()}
    if isinstance(value, list):
        return [typed(one) for one in value]
    if value in ("true", "false"):
        return value == "true"
    return int(value) if isinstance(value, str) and value.isdigit() else value
