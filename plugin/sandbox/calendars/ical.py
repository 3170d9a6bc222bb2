"""Reading and writing iCalendar as the server's library does it: forgiving about line ends, folding and unknown names.

Keeps every property line as it came, so that what is changed in one place stays byte for byte the same in others.
icalendar and vobject both normalise what they read and refuse other things than the server; that's why this exists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

FOLD_AT = 75
LINE = re.compile(
    r'^(?P<name>[A-Za-z0-9_.-]+)(?P<parameters>(?:;[^":;]*(?:"[^"]*"[^":;]*)*)*):(?P<value>.*)$', re.DOTALL
)
PARAMETER = re.compile(r';([A-Za-z0-9-]+)(?:=((?:"[^"]*"|[^";])*))?')


class Unreadable(ValueError):
    """The text is no iCalendar; the message says what is wrong."""


@dataclass(slots=True)
class Property:
    """`name` in capitals; `parameters` values without quotes; `line` the unfolded line."""

    name: str
    parameters: dict[str, str]
    value: str
    line: str


@dataclass(slots=True)
class Component:
    name: str
    properties: list[Property] = field(default_factory=list)
    children: list[Component] = field(default_factory=list)

    def all(self, name: str) -> list[Property]:
        return [found for found in self.properties if found.name == name]

    def first(self, name: str) -> Property | None:
        return next((found for found in self.properties if found.name == name), None)

    def value(self, name: str) -> str:
        found = self.first(name)
        return found.value if found else ""

    def main(self) -> list[Component]:
        """The events, tasks and journal entries directly inside."""
        return [child for child in self.children if child.name in ("VEVENT", "VTODO", "VJOURNAL")]


def read(text: str) -> Component:
    """The one outer component; raises Unreadable."""
    stack: list[Component] = []
    root: Component | None = None
    for line in unfold(text):
        if not line.strip():
            continue
        found = property_of(line)
        if found.name == "BEGIN":
            component = Component(found.value.strip().upper())
            if stack:
                stack[-1].children.append(component)
            elif root is not None:
                break  # what follows the first object is not looked at
            else:
                root = component
            stack.append(component)
        elif found.name == "END":
            if not stack or stack[-1].name != found.value.strip().upper():
                raise Unreadable(f"Invalid MimeDir file. expected: END:{stack[-1].name if stack else ''}")
            stack.pop()
        elif stack:
            stack[-1].properties.append(found)
        else:
            raise Unreadable("This parser only supports VCARD and VCALENDAR files")
    if root is None or stack:
        raise Unreadable("End of document reached prematurely")
    return root


def unfold(text: str) -> Iterator[str]:
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    current: str | None = None
    for line in lines:
        if line[:1] in (" ", "\t") and current is not None:
            current += line[1:]
            continue
        if current is not None:
            yield current
        current = line
    if current:
        yield current


def property_of(line: str) -> Property:
    matched = LINE.match(line)
    if matched is None:
        raise Unreadable(
            f"Invalid Mimedir file. Line starting at 1 did not follow iCalendar/vCard conventions: {line[:60]}"
        )
    parameters = {
        name.upper(): (value or "").replace('"', "") for name, value in PARAMETER.findall(matched["parameters"])
    }
    return Property(matched["name"].rsplit(".", 1)[-1].upper(), parameters, matched["value"], line)


def write(component: Component) -> str:
    """The component as text with CRLF, lines folded at 75 octets."""
    return "".join(fold(line) + "\r\n" for line in _lines(component))


def _lines(component: Component) -> Iterator[str]:
    yield f"BEGIN:{component.name}"
    for found in component.properties:
        yield found.line
    for child in component.children:
        yield from _lines(child)
    yield f"END:{component.name}"


def fold(line: str) -> str:
    if len(line.encode()) <= FOLD_AT:
        return line
    parts, current, length, limit = [], "", 0, FOLD_AT
    for letter in line:
        size = len(letter.encode())
        if length + size > limit:
            parts.append(current)
            current, length, limit = "", 0, FOLD_AT - 1
        current += letter
        length += size
    parts.append(current)
    return "\r\n ".join(parts)


def with_parameter(found: Property, name: str, value: str | None) -> Property:
    """The property with this parameter set, or taken away when `value` is None."""
    parameters = {key: known for key, known in found.parameters.items() if key != name}
    if value is not None:
        parameters[name] = value
    return build(found.name, found.value, parameters)


def build(name: str, value: str, parameters: dict[str, str] | None = None) -> Property:
    given = parameters or {}
    text = "".join(f";{key}={_quoted(known)}" for key, known in given.items())
    return Property(name, given, value, f"{name}{text}:{value}")


def _quoted(value: str) -> str:
    return f'"{value}"' if re.search(r"[:;,]", value) else value
