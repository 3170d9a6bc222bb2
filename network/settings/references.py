"""Names that one entry uses for another: every one has to be known."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from network.document import Branch
from network.settings.finding import Finding, Location
from network.settings.selections import selections
from network.settings.selectors import ALL, Selector
from network.settings.settings import Settings
from network.text import Text
from network.written.nearest import did_you_mean

_MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class Known:
    """The keys that are written, also those of entries that were refused for something else."""

    administrations: tuple[str, ...]
    connectors: tuple[str, ...]
    exchange_groups: tuple[str, ...]

    @classmethod
    def of(cls, root: Branch) -> Known:
        def keys(section: str) -> tuple[str, ...]:
            entries = root.get(section)
            return tuple(entries) if isinstance(entries, Branch) else ()

        return cls(keys("administrations"), keys("connectors"), keys("exchange_groups"))


def unknown_names(settings: Settings, known: Known) -> Iterator[Finding]:
    """Every name that refers to nothing, or to what it can't be used for."""
    for number, include in enumerate(settings.include):
        if include.administration and include.administration not in known.administrations:
            yield _unknown(
                ("include", number, "administration"), include.administration, _ADMINISTRATION, known.administrations
            )
    for key, calendar in settings.calendars.items():
        for number, name in enumerate(calendar.sources):
            yield from _source(("calendars", key, "from", number), name, settings, known)
    for location, selection, _ in selections(settings):
        for number, selector in enumerate(selection):
            yield from _selector((*location, number), selector, known)
    yield from _circles(settings)


_ADMINISTRATION = Text("keine Verwaltung heißt", "no administration is called")
_CONNECTOR = Text("keine Anbindung heißt", "no connector is called")
_EXCHANGE_GROUP = Text("keine Austauschgruppe heißt", "no exchange group is called")


def _source(location: Location, name: str, settings: Settings, known: Known) -> Iterator[Finding]:
    if name not in known.connectors:
        yield _unknown(location, name, _CONNECTOR, known.connectors)
    elif name in settings.connectors and settings.connectors[name].provides != "trainings":
        yield Finding(
            "no_trainings",
            location,
            Text(
                f"die Anbindung {name} liefert Personen, keine Schulungen",
                f"the connector {name} provides people, not trainings",
            ),
        )


def _selector(location: Location, selector: Selector, known: Known) -> Iterator[Finding]:
    if selector.administrations != ALL:
        for number, name in enumerate(selector.administrations):
            if name not in known.administrations:
                yield _unknown((*location, "administrations", number), name, _ADMINISTRATION, known.administrations)
    for number, name in enumerate(selector.exchange_groups):
        if name not in known.exchange_groups:
            yield _unknown((*location, "exchange_groups", number), name, _EXCHANGE_GROUP, known.exchange_groups)


def _unknown(location: Location, name: str, nothing: Text, known: Collection[str]) -> Finding:
    guess = did_you_mean(name, known)
    listed = ", ".join(list(known)[:_MOST_LISTED]) + (", …" if len(known) > _MOST_LISTED else "")
    return Finding(
        "unknown_name",
        location,
        Text(
            f"{nothing.de} „{name}“{guess.de}; vorhanden: {listed or 'nichts'}",
            f'{nothing.en} "{name}"{guess.en}; known: {listed or "none"}',
        ),
    )


def _circles(settings: Settings) -> Iterator[Finding]:
    """Exchange groups whose members are each other's members have no members at all."""
    reported: set[str] = set()
    for start in settings.exchange_groups:
        circle = _way_back(start, settings)
        if circle and not reported & set(circle):
            reported |= set(circle)
            way = " → ".join((*circle, start))
            yield Finding(
                "members_circle",
                ("exchange_groups", start, "members"),
                Text(f"Austauschgruppen bestehen im Kreis auseinander: {way}", f"exchange groups form a circle: {way}"),
            )


def _way_back(start: str, settings: Settings) -> tuple[str, ...]:
    """The groups from `start` over their members back to it; () where there is no such way."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        group = settings.exchange_groups.get(way[-1])
        for name in [name for one in (group.members if group else ()) for name in one.exchange_groups]:
            if name == start:
                return way
            if name not in seen:
                seen.add(name)
                ways.append((*way, name))
    return ()
