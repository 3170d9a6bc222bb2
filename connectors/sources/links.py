"""The web address in a text. Refuses every other scheme than http(s): what stands here becomes a link on a page."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_BARE_ADDRESS = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[^\s<>\"]*)?", re.IGNORECASE)


def read_link(written: str) -> str:
    """The first web address, or an empty text where there is none. A bare "teams.example/x" is taken for https."""
    if found := _ADDRESS.search(written):
        return found[0].rstrip(".,;)")
    return f"https://{written}" if _BARE_ADDRESS.fullmatch(written) else ""
