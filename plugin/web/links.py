"""Links between our pages, relative to the page that holds them: so they are right below any address, also where
Nextcloud passes our pages on under an address of its own."""

from __future__ import annotations

import posixpath
from functools import lru_cache
from urllib.parse import urlsplit, urlunsplit

from flask import request, url_for


def link(endpoint: str, **values: object) -> str:
    """From the page that is asked for to that of `endpoint` (of this site)."""
    target = urlsplit(url_for(endpoint, **values))  # type: ignore[arg-type]  # Flask wants Any
    return urlunsplit(
        ("", "", relative(request.script_root + request.path, target.path), target.query, target.fragment)
    )


@lru_cache(maxsize=8192)
def relative(page: str, target: str) -> str:
    """From one absolute path to another; always begins with a dot, so that no colon in it looks like a scheme."""
    folder, _, name = target.rpartition("/")
    way = posixpath.relpath(folder or "/", posixpath.dirname(page))
    if way == ".":
        return f"./{name}"
    return f"{way}/{name}" if way.startswith("..") else f"./{way}/{name}"
