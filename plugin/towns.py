"""In which town a place lies: by the town's name in it. Refuses to guess where no name stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from network.settings import Settings

_WHAT_IT_IS = re.compile(
    r"(?:(?:Hanse|Kreis|Groß|Samt|Bundes)?(?:stadt|gemeinde)|(?:Land)?kreis|Flecken|Markt)\s+", re.I
)


def towns(settings: Settings) -> tuple[str, ...]:
    """The names of the members without what they are ("Brakel" for "Stadt Brakel"), each once, by the alphabet."""
    names = {_WHAT_IT_IS.sub("", each.name, count=1).strip() for each in settings.administrations.values()}
    return tuple(sorted(filter(None, names), key=str.casefold))


def towns_of(place: str, names: Iterable[str]) -> tuple[str, ...]:
    """Those of the names that stand in the place as whole words."""
    return _towns_of(place, tuple(names))


@lru_cache(maxsize=4096)
def _towns_of(place: str, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(each for each in names if re.search(rf"(?<!\w){re.escape(each)}(?!\w)", place, re.IGNORECASE))
