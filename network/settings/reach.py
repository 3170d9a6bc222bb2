"""How far a member's own file reaches: its people, its connectors, and what the network's file grants beyond."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from network.settings.finding import Finding, Location
from network.settings.selections import selections
from network.settings.selectors import ALL, Selection, Selector
from network.settings.settings import Settings
from network.text import NOTHING, Text


def reaching_further(settings: Settings) -> Iterator[Finding]:
    """Where an entry of a member's own file shares with more people, or takes from more connectors, than it may."""
    bounds = {
        owner: _Bounds(owner, include.may_share, _own_groups(settings, owner))
        for include in settings.include
        if (owner := include.administration)
    }
    for location, selection, owner in selections(settings):
        if owner in bounds:
            for number, selector in enumerate(selection):
                if not bounds[owner].hold(selector):
                    yield _shares_further((*location, number), owner)
    for key, group in settings.exchange_groups.items():
        if group.open and group.owner in bounds and not bounds[group.owner].grant_all:
            yield _shares_further(("exchange_groups", key, "open"), group.owner)
    for key, calendar in settings.calendars.items():
        for number, source in enumerate(calendar.sources):
            connector = settings.connectors.get(source)
            if calendar.owner and connector and connector.owner != calendar.owner:
                yield _takes_further(("calendars", key, "from", number), calendar.owner)


@dataclass(frozen=True, slots=True)
class _Bounds:
    owner: str
    may_share: Selection
    own_groups: frozenset[str]

    @property
    def grant_all(self) -> bool:
        return Selector(administrations=ALL) in self.may_share

    def hold(self, selector: Selector) -> bool:
        """Whether one key keeps the selector within the member or what was granted: further keys only narrow."""
        if self.grant_all or selector in self.may_share:
            return True
        named = selector.administrations
        if named and named != ALL and set(named) <= {self.owner, *self._granted("administrations")}:
            return True
        groups = set(selector.exchange_groups)
        if groups and groups <= self.own_groups | self._granted("exchange_groups"):
            return True
        return bool(selector.people) and set(selector.people) <= self._granted("people")

    def _granted(self, kind: str) -> set[str]:
        """Names that are granted as such, not only together with another key."""
        alone = (one for one in self.may_share if one.model_fields_set == {kind})
        return {name for selector in alone for name in getattr(selector, kind)}


def _own_groups(settings: Settings, owner: str) -> frozenset[str]:
    return frozenset(key for key, group in settings.exchange_groups.items() if group.owner == owner)


def _shares_further(location: Location, owner: str) -> Finding:
    return Finding(
        "shares_further",
        location,
        Text(
            f"reicht über {owner} hinaus; erlaubt ist {{administrations: [{owner}]}}",
            f"reaches beyond {owner}; allowed is {{administrations: [{owner}]}}",
        ),
        Text(
            "Mehr erlaubt die Datei des Netzwerks mit may_share neben dem include",
            "The network's file grants more by may_share beside its include",
        ),
    )


def _takes_further(location: Location, owner: str) -> Finding:
    return Finding(
        "takes_further",
        location,
        Text(
            f"ein Kalender aus der Datei von {owner} nimmt nur eigene Anbindungen",
            f"a calendar in the file of {owner} takes from its own connectors only",
        ),
        NOTHING,
    )
