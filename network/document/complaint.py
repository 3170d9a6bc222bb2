"""What is wrong at one spot, before it becomes a problem on somebody's screen."""

from __future__ import annotations

from dataclasses import dataclass

from network.document.values import Spot
from network.problems import Problem
from network.text import NOTHING, Text


@dataclass(frozen=True, slots=True)
class Complaint:
    """`text` says what is wrong and what is allowed, without the place."""

    code: str
    spot: Spot
    text: Text
    remedy: Text = NOTHING

    @property
    def order(self) -> tuple[str, int, tuple[str, ...], str]:
        """By file, line and path."""
        return (self.spot.file, self.spot.line, self.spot.path, self.text.de)

    def problem(self) -> Problem:
        """As `file:line` and `path: sentence`."""
        path = f"{self.spot.dotted}: " if self.spot.path else ""
        return Problem(self.code, self.spot.where, Text(path + self.text.de, path + self.text.en), self.remedy)
