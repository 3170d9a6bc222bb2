"""Content lines to components and back (RFC 5545 section 3.1), without knowing what any property means.

Works on unfolded text; `network.ical.feed.unfold` and `network.ical.writing` deal with bytes and folding. Nothing is
lost on the way: values stay raw, so that what a person added survives a round trip.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from network.errors import BadInput
from network.ical.component import Component, Property
from network.text import Text

_NAME = re.compile(r"[A-Za-z0-9-]+")
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)')
_PARAMETER_VALUE = re.compile(r'"([^"]*)"|([^",]+)')
_MUST_BE_QUOTED = re.compile(r"[;:,]")
_DEEPEST = 20
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def parse_components(text: str) -> tuple[Component, ...]:
    """The components of unfolded lines, one inside the other as BEGIN and END say.

    BadInput `broken_line` names a line that is no content line, or a BEGIN without its END.
    """
    lines = iter(text.split("\n"))
    return tuple(_component(_opened(line), lines) for line in lines if line.strip())


def parse_line(line: str) -> Property:
    """One content line as a property; BadInput `broken_line` when it is none."""
    name = _NAME.match(line)
    if name is None:
        raise _broken(line)
    position = name.end()
    parameters: list[tuple[str, tuple[str, ...]]] = []
    while (found := _PARAMETER.match(line, position)) is not None:
        values = tuple(quoted or plain for quoted, plain in _PARAMETER_VALUE.findall(found[2]))
        parameters.append((found[1].upper(), values))
        position = found.end()
    if line[position : position + 1] != ":":
        raise _broken(line)
    # Control characters are forbidden by RFC 5545 and refused by PostgreSQL below Nextcloud.
    value = _CONTROL.sub("", line[position + 1 :])
    return Property(name[0].upper(), value, tuple(sorted(parameters)))


def line_of(item: Property) -> str:
    """The property as one unfolded content line."""
    parameters = "".join(f";{name}={','.join(map(_quoted, values))}" for name, values in item.parameters)
    return f"{item.name}{parameters}:{item.value}"


def lines_of(components: Iterable[Component]) -> Iterator[str]:
    """The unfolded content lines of components."""
    for component in components:
        yield f"BEGIN:{component.name}"
        yield from map(line_of, component.properties)
        yield from lines_of(component.components)
        yield f"END:{component.name}"


def _component(name: str, lines: Iterator[str], depth: int = 1) -> Component:
    if depth > _DEEPEST:
        raise _broken(f"BEGIN:{name} ({depth})")
    properties: list[Property] = []
    inside: list[Component] = []
    for line in lines:
        marker, _, what = line.rstrip().upper().partition(":")
        if marker == "END" and what == name:
            return Component(name, tuple(properties), tuple(inside))
        if marker == "BEGIN":
            inside.append(_component(what, lines, depth + 1))
        else:
            properties.append(parse_line(line))
    raise _broken(f"BEGIN:{name} … (END:{name} fehlt)")


def _opened(line: str) -> str:
    marker, _, name = line.rstrip().upper().partition(":")
    if marker != "BEGIN" or not name:
        raise _broken(line)
    return name


def _quoted(value: str) -> str:
    value = value.replace('"', "'")
    return f'"{value}"' if _MUST_BE_QUOTED.search(value) else value


def _broken(line: str) -> BadInput:
    shown = line.strip()[:60]
    return BadInput(
        Text(f"diese Zeile ist keine iCalendar-Zeile: „{shown}“", f"this line is no iCalendar line: “{shown}”"),
        code="broken_line",
    )
