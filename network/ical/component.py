"""iCalendar as plain values: properties, components, and the one object that a calendar stores under one UID."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Property:
    """One content line. `parameters` are sorted (NAME, values); `value` is the raw text as on the wire (unfolded)."""

    name: str
    value: str
    parameters: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def parameter(self, name: str) -> str:
        """The first value of a parameter, or an empty text."""
        return next((values[0] for key, values in self.parameters if key == name and values), "")


@dataclass(frozen=True, slots=True)
class Component:
    """A VEVENT (or VTODO, VALARM, VTIMEZONE) with its properties in order of arrival and the components inside."""

    name: str
    properties: tuple[Property, ...]
    components: tuple[Component, ...] = ()

    def first(self, name: str) -> Property | None:
        return next((each for each in self.properties if each.name == name), None)

    def value(self, name: str) -> str:
        found = self.first(name)
        return found.value if found else ""

    def all(self, name: str) -> tuple[Property, ...]:
        return tuple(each for each in self.properties if each.name == name)


@dataclass(frozen=True, slots=True)
class CalendarObject:
    """What a calendar stores at one href: one UID, the main component first, then its exceptions by RECURRENCE-ID."""

    uid: str
    components: tuple[Component, ...]

    @property
    def main(self) -> Component:
        return self.components[0]
