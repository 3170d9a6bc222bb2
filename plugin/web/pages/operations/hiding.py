"""What the pages of *Betrieb* show of people: names to administrators, none to who only reviews."""

from __future__ import annotations

from collections.abc import Callable

from network.plan import ScopeKind
from plugin.operations.redaction import PERSON, people_known
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


def scope_shown(scope: str) -> str:
    """The scope of one person is nobody's for who may read no names, also where we know them no longer."""
    is_hidden = hides_names() and scope.startswith(f"{ScopeKind.ACCOUNT}:")
    return f"{ScopeKind.ACCOUNT}:{PERSON.de}" if is_hidden else scope
