"""How a cell, and the row that it costs, says what is unclear."""

from __future__ import annotations

from network.errors import BadInput
from network.text import NOTHING, Text
from network.written.refusal import NotUnderstood, shortened


class Unclear(BadInput):
    """One cell can't be understood: costs its row. `read` is what stands there, `remedy` what to write instead."""

    def __init__(self, code: str, message: Text, *, read: str = "", remedy: Text = NOTHING) -> None:
        super().__init__(message, remedy=remedy, code=code)
        self.read = read


def no(what: Text, written: str) -> NotUnderstood:
    """„12.3.“ is not `what`. What to write instead is said once, by who knows the column."""
    return NotUnderstood(Text(f"„{shortened(written)}“ ist {what.de}", f"“{shortened(written)}” is {what.en}"))
