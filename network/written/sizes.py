"""Sizes: "50 GB", "500 MB", "1,5 TB". Units count as Nextcloud shows them: 1 GB is 1024 · 1024 · 1024 bytes."""

from __future__ import annotations

import re

from network.text import Text
from network.written.refusal import not_understood

_UNITS = {"b": 0, "kb": 1, "kib": 1, "mb": 2, "mib": 2, "gb": 3, "gib": 3, "tb": 4, "tib": 4}
_SIZE = re.compile(r"(?P<number>\d{1,9}(?:[.,]\d{1,3})?)\s*(?P<unit>[kmgt]?i?b)", re.IGNORECASE | re.ASCII)


def size(written: str) -> int:
    """Bytes. Raises NotUnderstood."""
    found = _SIZE.fullmatch(written.strip())
    power = _UNITS.get(found["unit"].casefold()) if found else None
    if found is None or power is None:
        raise not_understood(written, Text("keine Größe", "no size"), "500 MB, 50 GB, 1,5 TB")
    return round(float(found["number"].replace(",", ".")) * int(1024**power))
