"""The canonical form: two objects that say the same are equal in it (promise 2), and nothing else is.

What does not count: DTSTAMP, CREATED, LAST-MODIFIED, SEQUENCE, PRODID, the order of properties and of list values,
folding, default parameters and values, escapes that mean the same. Our own marker is no content and stands apart. The
canonical form is for comparing; what is written comes from the object itself.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

from network.ical.component import CalendarObject, Component, Property
from network.ical.lines import lines_of, parse_components
from network.ical.values import escape, split_list, unescape

MARKER = "X-DIGITALNETZWERK-"

_VOLATILE = frozenset(
    ("DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "PRODID", "UID", "X-LIC-ERROR", "X-MOZ-LASTACK")
)
_TEXTS = frozenset(("SUMMARY", "DESCRIPTION", "LOCATION", "COMMENT", "CONTACT"))
_TEXT_LISTS = frozenset(("CATEGORIES", "RESOURCES"))
_MOMENT_LISTS = frozenset(("EXDATE", "RDATE"))
_DEFAULTS = frozenset(
    (
        ("TRANSP", "OPAQUE"),
        ("CLASS", "PUBLIC"),
        ("PRIORITY", "0"),
        ("STATUS", ""),
        ("X-MICROSOFT-CDO-BUSYSTATUS", "BUSY"),
    )
)
_TELLING_VALUES = frozenset(("DATE", "PERIOD", "BINARY"))
_DEFAULT_PARAMETERS = frozenset(
    (("CUTYPE", "INDIVIDUAL"), ("ROLE", "REQ-PARTICIPANT"), ("PARTSTAT", "NEEDS-ACTION"), ("RSVP", "FALSE"))
)


def canonical(item: CalendarObject) -> CalendarObject:
    """The object in the form in which equal content is equal; without our marker."""
    return replace(item, components=tuple(canonical_component(each) for each in item.components))


def canonical_component(component: Component) -> Component:
    properties = (each for item in component.properties for each in canonical_properties(item))
    inside = (canonical_component(each) for each in component.components)
    return Component(
        component.name,
        tuple(sorted(set(properties))),
        tuple(sorted(inside, key=lambda each: (each.name, each.properties))),
    )


def canonical_properties(item: Property) -> tuple[Property, ...]:
    """The property as compared: none where it does not count, several where it is a list."""
    if item.name in _VOLATILE or is_marker(item):
        return ()
    if item.name in _TEXT_LISTS or item.name in _MOMENT_LISTS:
        return tuple(each for value in split_list(item.value) if (each := _plain(item, value)) is not None)
    plain = _plain(item, item.value)
    return () if plain is None else (plain,)


def is_marker(item: Property) -> bool:
    """Whether the property belongs to our marker."""
    return item.name.startswith(MARKER)


def digest(item: CalendarObject) -> str:
    """32 hexadecimal digits that are equal for equal content, whatever the UID."""
    text = "\n".join(lines_of(canonical(item).components))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def to_text(item: CalendarObject) -> str:
    """The whole object as unfolded lines, nothing left out; `from_text` reads it back."""
    return "\n".join((item.uid, *lines_of(item.components)))


def from_text(text: str) -> CalendarObject:
    """The object that `to_text` wrote down."""
    uid, _, lines = text.partition("\n")
    return CalendarObject(uid, parse_components(lines))


def _plain(item: Property, value: str) -> Property | None:
    value = _plain_value(item.name, value)
    if not value or (item.name, value) in _DEFAULTS:
        return None
    return Property(item.name, value, tuple(each for each in item.parameters if _counts(*each)))


def _plain_value(name: str, value: str) -> str:
    if name in _TEXTS or name in _TEXT_LISTS:
        return escape(unescape(value).strip())
    if name in ("RRULE", "EXRULE"):
        parts = (part.strip().upper() for part in value.split(";"))
        return ";".join(sorted(part for part in parts if part and part != "INTERVAL=1"))
    if name in ("STATUS", "TRANSP", "CLASS"):
        return value.strip().upper()
    return value.strip()


def _counts(name: str, values: tuple[str, ...]) -> bool:
    if name == "VALUE":
        return values[0].upper() in _TELLING_VALUES if values else False
    return bool(values) and (name, values[0].upper()) not in _DEFAULT_PARAMETERS
