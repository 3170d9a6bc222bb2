"""Decoded JSON as typed values. What is missing or of another kind becomes empty, never an exception."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

Row: TypeAlias = Mapping[str, object]


def row(value: object) -> Row:
    return value if isinstance(value, dict) else {}


def rows(value: object) -> tuple[Row, ...]:
    """Dicts out of a list, or out of an object keyed by id (PHP sends an empty object as [])."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return tuple(each for each in inner if isinstance(each, dict))


def texts(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, list) else ()


def text(source: Row, key: str) -> str:
    value = source.get(key)
    return value if isinstance(value, str) else str(value) if isinstance(value, int | float) else ""


def number(source: Row, key: str, default: int = 0) -> int:
    value = source.get(key)
    if isinstance(value, bool | int | float):
        return int(value)
    return int(value) if isinstance(value, str) and value.lstrip("-").isdigit() else default


def inner(source: Row, *keys: str) -> Row:
    """A dict inside of dicts, or an empty one."""
    for key in keys:
        source = row(source.get(key))
    return source
