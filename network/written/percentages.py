"""Percentages: "30%", "30 %", "12,5 %". A bare number is refused: 0.3 and 30 would both be guesses."""

from __future__ import annotations

import re

from network.text import Text
from network.written.refusal import not_understood

_PERCENTAGE = re.compile(r"(?P<number>\d{1,3}(?:[.,]\d{1,3})?)\s*(?:%|percent|prozent)", re.IGNORECASE | re.ASCII)


def percentage(written: str) -> float:
    """A fraction between 0 and 1: "30 %" is 0.3. Raises NotUnderstood."""
    found = _PERCENTAGE.fullmatch(written.strip())
    fraction = float(found["number"].replace(",", ".")) / 100 if found else -1.0
    if not 0 <= fraction <= 1:
        raise not_understood(written, Text("kein Anteil", "no percentage"), "30 %, 12,5 %")
    return fraction
