"""What the pages of *Betrieb* show of people: names to administrators, none to who only reviews."""

from __future__ import annotations

from collections.abc import Callable

from plugin.operations.redaction import people_known
from plugin.web.access import visitor
from plugin.web.site import Site
from plugin.web.visitors import Role

SEES_NAMES = frozenset({Role.NETWORK_ADMIN, Role.COORDINATOR})

Hide = Callable[[str], str]


def hides_names() -> bool:
    """Whether who is asking may read no names: a reviewer who is nothing else besides."""
    return not visitor().is_one_of(SEES_NAMES)


def hiding(site: Site) -> Hide:
    """For every text that may name somebody."""
    return people_known(site.settings, site.state).text if hides_names() else str
