"""The JSON Schema of the configuration, for editors.

It is milder than `load` where one file can't tell: what is required may stand in another file, or in the defaults. It
knows no empty values, and shows defaults only where they are written as people write them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from network.settings.section import Entry
from network.settings.settings import Settings

_UNITS = ((timedelta(days=1), "days"), (timedelta(hours=1), "hours"), (timedelta(minutes=1), "minutes"))


def json_schema() -> dict[str, object]:
    """A JSON Schema (draft 2020-12) of one file of a configuration."""
    schema = Settings.model_json_schema(by_alias=True, schema_generator=_ForEditors, mode="validation")
    schema["title"] = "Digitalnetzwerk"
    return {"$schema": _ForEditors.schema_dialect, **schema}


class _ForEditors(GenerateJsonSchema):
    """What pydantic hands in are its core schemas, whose types it doesn't publish: Any stops at this class."""

    def model_schema(self, schema: Any) -> JsonSchemaValue:
        described = super().model_schema(schema)
        described.pop("title", None)
        if issubclass(schema["cls"], Entry | Settings):
            described.pop("required", None)
        return described

    def field_title_should_be_set(self, schema: object) -> bool:
        return False

    def nullable_schema(self, schema: Any) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def tagged_union_schema(self, schema: Any) -> JsonSchemaValue:
        # An entry that is continued in another file may leave out what tells the kinds apart.
        return {"anyOf": [self.generate_inner(choice) for choice in schema["choices"].values()]}

    def dict_schema(self, schema: Any) -> JsonSchemaValue:
        return {**super().dict_schema(schema), "additionalProperties": False}

    def default_schema(self, schema: Any) -> JsonSchemaValue:
        described = self.generate_inner(schema["schema"])
        default = schema.get("default")
        if isinstance(default, timedelta):
            return {**described, "default": _written(default)}
        if isinstance(default, str | bool) and default != "":
            return {**described, "default": default}
        if isinstance(default, int) and described.get("type") == "integer":
            return {**described, "default": default}
        return described


def _written(span: timedelta) -> str:
    for unit, name in _UNITS:
        if span % unit == timedelta(0):
            return f"{span // unit} {name}"
    return f"{int(span.total_seconds())} seconds"
