"""A finding of our own checks: what is wrong with a setting, before it is known where that stands in which file."""

from __future__ import annotations

from dataclasses import dataclass

from network.document import Branch, Complaint, find
from network.text import NOTHING, Text

Location = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """`location` are the keys as they are written in YAML, list positions counted from 0."""

    code: str
    location: Location
    text: Text
    remedy: Text = NOTHING

    def complaint(self, root: Branch) -> Complaint:
        """The finding at its place in the files."""
        return Complaint(self.code, find(root, self.location), self.text, self.remedy)
