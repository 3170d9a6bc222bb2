"""Yes and no, and whole numbers, as YAML files in two languages hold them."""

from __future__ import annotations

import re

from network.text import Text
from network.written.refusal import not_understood

_YES = frozenset({"true", "yes", "on", "ja", "an"})
_NO = frozenset({"false", "no", "off", "nein", "aus"})
_NUMBER = re.compile(r"[+-]?\d{1,12}", re.ASCII)


def yes_or_no(written: str) -> bool:
    """Raises NotUnderstood for anything but a clear yes or no."""
    word = written.strip().casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise not_understood(written, Text("weder ja noch nein", "neither yes nor no"), "true, false, ja, nein")


def whole_number(written: str) -> int:
    """Raises NotUnderstood."""
    if _NUMBER.fullmatch(written.strip()):
        return int(written)
    raise not_understood(written, Text("keine ganze Zahl", "no whole number"), "3, 500")
