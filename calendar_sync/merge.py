"""Three-way merge of one entry, property by property: what we meant, what we mean now, what stands there. Pure.

A property that only one side moved follows that side, so a room or a remark that somebody added stays when the source
changes the time. Where both moved it, the connector's `on_conflict` decides, and the value that gave way is handed back
for the history. Alarms and other inner components come from Nextcloud alone: a source has none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from calendar_sync.wish import OnConflict
from network.ical.canonical import canonical_properties, is_marker
from network.ical.component import CalendarObject, Component, Property
from network.ical.lines import line_of

_TOGETHER = {"DTEND": "DTSTART", "DURATION": "DTSTART"}
"""Start and length are one statement about time: half of each side would be an event that nobody meant."""
_SETS = frozenset(("ATTACH",))
"""Properties of which each side may have its own: a file that somebody attached stands beside the minutes."""
_OWN_STAMPS = frozenset(("CREATED", "LAST-MODIFIED", "SEQUENCE", "DTSTAMP"))


@dataclass(frozen=True, slots=True)
class Lost:
    """A value that gave way to the other side's."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Merged:
    """`asks` names properties that both sides moved and that a person has to decide; Nextcloud's value stands."""

    item: CalendarObject
    lost: tuple[Lost, ...] = ()
    asks: tuple[str, ...] = ()


def merge(
    meant: CalendarObject | None, wish: CalendarObject, actual: CalendarObject, on_conflict: OnConflict
) -> Merged:
    """The object that should stand there. `meant` is None when it was lost: then the wish wins where both
    speak, unless Nextcloud wins conflicts."""
    merging = _Merging(_newest(on_conflict, wish, actual))
    before = by_recurrence(meant.components) if meant else None
    wanted, standing = by_recurrence(wish.components), by_recurrence(actual.components)
    parts = [
        merging.component(None if before is None else before.get(at), wanted.get(at), standing.get(at), before is None)
        for at in dict.fromkeys((*wanted, *standing))
    ]
    components = tuple(each for each in parts if each is not None)
    return Merged(CalendarObject(wish.uid, components), tuple(merging.lost), tuple(merging.asks))


class _Merging:
    def __init__(self, on_conflict: OnConflict) -> None:
        self.on_conflict = on_conflict
        self.lost: list[Lost] = []
        self.asks: list[str] = []

    def component(
        self, meant: Component | None, wish: Component | None, actual: Component | None, is_meant_lost: bool
    ) -> Component | None:
        if actual is None:
            # The source's exception: new, or taken out in Nextcloud while the source still has it.
            return wish if meant is None or wish is None or _says(meant) != _says(wish) else None
        if wish is None:
            # The source dropped its exception, or a person made this one.
            return None if meant is not None and _says(meant) == _says(actual) else actual
        return self._properties(meant, wish, actual, is_meant_lost)

    def _properties(self, meant: Component | None, wish: Component, actual: Component, is_lost: bool) -> Component:
        before, wanted, standing = groups(meant), groups(wish), groups(actual)
        kept: list[Property] = [each for each in actual.properties if each.name in _OWN_STAMPS]
        for name in dict.fromkeys((*wanted, *standing)):
            old = before.get(name, ())
            if is_lost or meant is None:
                kept += self._overrule(name, wanted.get(name, ()), standing.get(name, ()))
            else:
                kept += self._decide(name, old, wanted.get(name, ()), standing.get(name, ()))
        return replace(actual, properties=tuple(kept))

    def _overrule(self, name: str, wish: tuple[Property, ...], actual: tuple[Property, ...]) -> tuple[Property, ...]:
        """What we meant is unknown: the wish wins where it speaks, everything else is somebody's.

        Where Nextcloud wins conflicts it wins here too: a person may have moved what differs.
        """
        if name in _SETS:
            return _joined((), wish, actual)
        if not wish or said(wish) == said(actual):
            return actual
        if not actual:
            return wish
        winner, loser = (actual, wish) if self.on_conflict is OnConflict.NEXTCLOUD else (wish, actual)
        self._give_way(name, loser)
        return winner

    def _decide(
        self, name: str, old: tuple[Property, ...], wish: tuple[Property, ...], actual: tuple[Property, ...]
    ) -> tuple[Property, ...]:
        said_before, said_by_wish, said_there = said(old), said(wish), said(actual)
        if said_by_wish in (said_before, said_there):
            return actual
        if name in _SETS:
            return _joined(old, wish, actual)
        if said_there == said_before:
            return wish
        winner, loser = (wish, actual) if self.on_conflict is OnConflict.SOURCE else (actual, wish)
        if self.on_conflict is OnConflict.ASK:
            self.asks.append(name)
        else:
            self._give_way(name, loser)
        return winner

    def _give_way(self, name: str, values: tuple[Property, ...]) -> None:
        self.lost.append(Lost(name, "\n".join(map(line_of, values))))


def _joined(
    old: tuple[Property, ...], wish: tuple[Property, ...], actual: tuple[Property, ...]
) -> tuple[Property, ...]:
    """What stands there without what we gave up, and what is new in the wish."""
    given_up, there = said(old) - said(wish), said(actual)
    stays = (each for each in actual if not said((each,)) & given_up)
    return (*stays, *(each for each in wish if not said((each,)) & (said(old) | there)))


def _newest(on_conflict: OnConflict, wish: CalendarObject, actual: CalendarObject) -> OnConflict:
    """The side that was changed last, where both say when; otherwise the source."""
    if on_conflict is not OnConflict.NEWEST:
        return on_conflict
    ours, theirs = wish.main.value("LAST-MODIFIED"), actual.main.value("LAST-MODIFIED")
    return OnConflict.NEXTCLOUD if ours and theirs > ours else OnConflict.SOURCE


def by_recurrence(components: Iterable[Component]) -> dict[str, Component]:
    """RECURRENCE-ID → component; the main one has none."""
    return {each.value("RECURRENCE-ID"): each for each in components}


def groups(component: Component | None) -> dict[str, tuple[Property, ...]]:
    """Properties that are decided together, by name; neither stamps nor our marker."""
    groups: dict[str, tuple[Property, ...]] = {}
    for item in component.properties if component else ():
        if item.name not in _OWN_STAMPS and not is_marker(item):
            name = _TOGETHER.get(item.name, item.name)
            groups[name] = (*groups.get(name, ()), item)
    return groups


def said(items: Iterable[Property]) -> frozenset[Property]:
    """What these properties say, however they say it."""
    return frozenset(each for item in items for each in canonical_properties(item))


def _says(component: Component) -> frozenset[Property]:
    return said(component.properties)
