"""Links from an entry to a document that may come into being in the same run: promised in the plan, kept when written.

A link is an attachment (RFC 5545 section 3.8.1.1) with the parameters that Nextcloud's calendar shows it by, and a
property of its own: whatever a person writes into the description, the link comes. What was promised and did not come
is left out; the next run adds it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from network.ical.component import Property
from network.ical.lines import line_of, parse_line

_PROMISED = "urn:digitalnetzwerk:document:"
_IS_PROMISED = f":{_PROMISED}"


@dataclass(frozen=True, slots=True)
class Document:
    """A document that is there. `path` as people see it, `id` its number for life in Nextcloud."""

    id: str
    path: str
    content_type: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a document of ours by the scope and key under which it is remembered. `server` is its address.

    Without a `document` the link is promised.
    """

    server: str
    scope: str
    key: str
    document: Document | None = None


def attachment(link: Link) -> Property:
    """The property of a link, kept or promised."""
    if link.document is None:
        return Property("ATTACH", f"{_PROMISED}{link.scope}|{link.key}|{link.server}")
    parameters = (
        ("FILENAME", (link.document.path,)),
        ("FMTTYPE", (link.document.content_type,)),
        ("X-NC-FILE-ID", (link.document.id,)),
    )
    return Property("ATTACH", f"{link.server}/index.php/f/{link.document.id}", parameters)


def is_promising(text: str) -> bool:
    """Whether the object (network.ical.canonical) holds a link that is promised."""
    return _IS_PROMISED in text


def kept(text: str, document: Callable[[str, str], Document | None]) -> str:
    """The object (network.ical.canonical) with every promised link kept, or left out where `document` knows of none.

    `document` is asked by scope and key.
    """
    return "\n".join(_kept(text, document)) if is_promising(text) else text


def _kept(text: str, document: Callable[[str, str], Document | None]) -> Iterator[str]:
    for line in text.split("\n"):
        if not (line.startswith("ATTACH") and is_promising(line)):
            yield line
            continue
        scope, _, rest = parse_line(line).value.removeprefix(_PROMISED).partition("|")
        key, _, server = rest.partition("|")
        found = document(scope, key)
        if found is not None:
            yield line_of(attachment(Link(server, scope, key, found)))
