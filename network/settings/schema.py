"""The JSON Schema of the configuration, for editors."""

from __future__ import annotations

from network.settings.settings import Settings


def json_schema() -> dict[str, object]:
    """A JSON Schema (draft 2020-12) of one file of a configuration."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Settings.model_json_schema(by_alias=True, mode="validation"),
    }
