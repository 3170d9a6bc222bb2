"""The table for content: what we wrote, what is there now, what is wanted. One decision, visible in one place."""

from __future__ import annotations

from enum import Enum, auto
from typing import TypeVar

Value = TypeVar("Value", str, int)


class Verdict(Enum):
    RIGHT = auto()
    UPDATE = auto()  # only the wish moved, or we never wrote it
    KEEP = auto()  # only the object moved: a person did it
    CONFLICT = auto()  # both moved: the wish wins, the other value goes into the history


def compare(wrote: Value | None, there: Value, wanted: Value) -> Verdict:
    if there == wanted:
        return Verdict.RIGHT
    if wrote is None or wrote == there:
        return Verdict.UPDATE
    return Verdict.KEEP if wrote == wanted else Verdict.CONFLICT
