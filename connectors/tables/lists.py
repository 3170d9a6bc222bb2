"""Reading a cell that lists several things: topics, groups."""

from __future__ import annotations

import re


def read_list(written: str) -> tuple[str, ...]:
    """The parts between commas, semicolons and line breaks, each once, as first spelled."""
    found: dict[str, str] = {}
    for part in re.split(r"[,;\n]", written):
        found.setdefault(part.strip().casefold(), part.strip())
    return tuple(filter(None, found.values()))
