"""What Nextcloud has to be told about us once, by `occ`: which machine, which program, which of its addresses."""

from __future__ import annotations

from dataclasses import dataclass

USER = 1
CLOSED = ("heartbeat", "init", "enabled", "occ", "login", "logout", "healthz", "readyz", "metrics")
"""First parts of addresses that no person reaches through Nextcloud."""


@dataclass(frozen=True, slots=True)
class Route:
    """Which addresses Nextcloud passes on: `url` is matched at its start alone, hence the $."""

    url: str
    verb: str
    access_level: int


ROUTES = (Route(rf"^/(?!/|(?:{'|'.join(CLOSED)})(?:/|$)).*$", "GET,POST", USER),)
"""Everything else, for everybody who is logged in: who may open which page is decided here, not there. So a page that
a later version brings is there without registering anew."""
