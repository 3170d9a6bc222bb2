"""How one row says what is unclear in it."""

from __future__ import annotations

from network.errors import BadInput
from network.text import NOTHING, Text


class Unclear(BadInput):
    """One cell can't be understood: costs its row. `read` is what stands there, `remedy` what to write instead."""

    def __init__(self, code: str, message: Text, *, read: str = "", remedy: Text = NOTHING) -> None:
        super().__init__(message, remedy=remedy, code=code)
        self.read = read
