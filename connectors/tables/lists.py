"""Small readings of text cells: lists of topics, and the address in a cell for a link."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_BARE_ADDRESS = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[^\s<>\"]*)?", re.IGNORECASE)


def read_list(written: str) -> tuple[str, ...]:
    """The parts between commas, semicolons and line breaks, each once, as first spelled."""
    found: dict[str, str] = {}
    for part in re.split(r"[,;\n]", written):
        found.setdefault(part.strip().casefold(), part.strip())
    return tuple(filter(None, found.values()))


def read_link(written: str) -> str:
    """The first web address in the cell; an empty text where there is none. Other schemes than http(s) are none."""
    if found := _ADDRESS.search(written):
        return found[0].rstrip(".,;)")
    return f"https://{written}" if _BARE_ADDRESS.fullmatch(written) else ""
