"""Text, lists and mappings that know where they were written.

They are plain `str`, `list` and `dict` to whoever reads them; the place rides along. Every scalar is text: whether
`NO` is a word, a country or a refusal is for the setting to say, not for YAML.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file. `file` is the name shown to people, `folder` what relative paths there are relative to,
    `path` the keys that lead to the value as it was written."""

    file: str
    folder: Path
    line: int
    path: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        return f"{self.file}:{self.line}"

    @property
    def dotted(self) -> str:
        return ".".join(self.path)

    def below(self, key: str) -> Spot:
        """The place of a key that isn't written: the line of its mapping."""
        return replace(self, path=(*self.path, key))


class Scalar(str):
    """One value as text."""

    spot: Spot

    def __new__(cls, text: str, spot: Spot) -> Scalar:
        scalar = super().__new__(cls, text)
        scalar.spot = spot
        return scalar


class Listing(list["Value"]):
    """A list; its place is that of its key."""

    def __init__(self, values: list[Value], spot: Spot) -> None:
        super().__init__(values)
        self.spot = spot


class Branch(dict[str, "Value"]):
    """A mapping; its place is that of its key, `key_spots` holds the place of each key in it."""

    def __init__(self, values: dict[str, Value], spot: Spot, key_spots: dict[str, Spot]) -> None:
        super().__init__(values)
        self.spot = spot
        self.key_spots = key_spots


Value = Scalar | Listing | Branch


def below(value: Value, step: str | int) -> Value | None:
    """What stands under a key or a list position; None where there is nothing."""
    if isinstance(value, Branch) and isinstance(step, str):
        return value.get(step)
    if isinstance(value, Listing) and isinstance(step, int) and step < len(value):
        return value[step]
    return None


def find(root: Branch, location: tuple[str | int, ...]) -> Spot:
    """The place of `location`, or of what is nearest above it.

    Steps that name nothing written are passed over; only a last one that is a key is kept, as what is missing there.
    """
    current: Value = root
    for step in location:
        deeper = below(current, step)
        current = current if deeper is None else deeper
    last = location[-1] if location else None
    if isinstance(current, Branch) and isinstance(last, str) and current.spot.path[-1:] != (last,):
        return current.key_spots.get(last) or current.spot.below(last)
    return current.spot
