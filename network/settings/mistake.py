"""What pydantic found, as a value of ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ValidationError


@dataclass(frozen=True, slots=True)
class Mistake:
    """`kind` is pydantic's name of it, `value` what was written, `details` what the sentence about it is made of."""

    kind: str
    location: tuple[str | int, ...]
    value: object
    details: Mapping[str, object]


def mistakes(error: ValidationError) -> tuple[Mistake, ...]:
    """All that was found, in the order of the sections. Locations are as they are written in YAML."""
    return tuple(
        Mistake(found["type"], _as_written(found["loc"]), found["input"], found.get("ctx", {}))
        for found in error.errors(include_url=False)
    )


def _as_written(location: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Without what pydantic puts in (the kind of connector, the mark of a key) and the blank behind a key of ours."""
    kind = {"connectors": 2, "admin_rights": 1}.get(str(location[0]), len(location))
    steps = (*location[:kind], *location[kind + 1 :])
    return tuple(step.strip() if isinstance(step, str) else step for step in steps if step != "[key]")
