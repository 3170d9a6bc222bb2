"""Bar charts as SVG, drawn on the server.

Readable in black and white: a bar that misses its target is hatched, every number can stand above its bar, and colours
come from the text around. Each chart has a title and a description; the page gives the same numbers as a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from markupsafe import Markup

WIDTH, HEIGHT = 260.0, 96.0
LEFT, TOP, BOTTOM = 2.0, 16.0, 16.0
SHOWN_LABELS = 5
ROOM_FOR_NUMBERS = 14
NARROW = 12.0


@dataclass(frozen=True, slots=True)
class Bar:
    """`value` None: nothing was measured. `text` stands above it where there is room; `misses` its target."""

    label: str
    value: float | None
    text: str = ""
    misses: bool = False


def bar_chart(
    name: str, title: str, description: str, bars: Sequence[Bar], *, top: float, target: float | None = None
) -> Markup:
    """`name` is unique on its page. `top` is the value that fills the height; `target` gets a dashed line."""
    svg = Element(
        "svg",
        {
            "class": "chart",
            "viewBox": f"0 0 {WIDTH:g} {HEIGHT:g}",
            "role": "img",
            "aria-labelledby": f"{name}-title {name}-description",
        },
    )
    SubElement(svg, "title", {"id": f"{name}-title"}).text = title
    SubElement(svg, "desc", {"id": f"{name}-description"}).text = description
    _hatching(svg, name)
    floor = HEIGHT - BOTTOM
    _line(svg, floor, "axis")
    if target is not None:
        _line(svg, _height(target, top), "target")
    for number, bar in enumerate(bars):
        _bar(svg, bar, number, len(bars), top=top, hatching=f"{name}-hatching")
    return Markup(tostring(svg, encoding="unicode"))  # noqa: S704  # ElementTree has escaped every text


def _bar(svg: Element, bar: Bar, number: int, count: int, *, top: float, hatching: str) -> None:
    step = (WIDTH - 2 * LEFT) / max(count, 1)
    x, middle = LEFT + number * step + step * 0.12, LEFT + (number + 0.5) * step
    if bar.value is not None:
        y = _height(bar.value, top)
        shape = {"x": f"{x:.1f}", "y": f"{y:.1f}", "width": f"{step * 0.76:.1f}"}
        shape |= {"height": f"{HEIGHT - BOTTOM - y:.1f}", "class": "missed" if bar.misses else "bar"}
        SubElement(svg, "rect", shape | ({"fill": f"url(#{hatching})"} if bar.misses else {}))
        if bar.text and count <= ROOM_FOR_NUMBERS:
            _text(svg, bar.text, middle, y - 3)
    if number % max(1, -(-count // SHOWN_LABELS)) == 0:
        _text(svg, bar.label, middle, HEIGHT - 4, is_first=number == 0 and step < NARROW)


def _height(value: float, top: float) -> float:
    floor = HEIGHT - BOTTOM
    return floor - (floor - TOP) * min(1.0, value / top if top else 0.0)


def _line(svg: Element, y: float, kind: str) -> None:
    ends = {"x1": f"{LEFT:g}", "x2": f"{WIDTH - LEFT:g}", "y1": f"{y:.1f}", "y2": f"{y:.1f}", "class": kind}
    SubElement(svg, "line", ends)


def _text(svg: Element, words: str, x: float, y: float, *, is_first: bool = False) -> None:
    """In the middle of `x`; the label of a narrow first bar begins at the edge, so that nothing is cut off."""
    place = {"x": f"{LEFT:g}", "text-anchor": "start"} if is_first else {"x": f"{x:.1f}", "text-anchor": "middle"}
    SubElement(svg, "text", {**place, "y": f"{y:.1f}"}).text = words


def _hatching(svg: Element, name: str) -> None:
    size = {"width": "5", "height": "5", "patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    pattern = SubElement(SubElement(svg, "defs"), "pattern", {"id": f"{name}-hatching", **size})
    SubElement(pattern, "line", {"x1": "0", "x2": "0", "y1": "0", "y2": "5", "class": "hatching"})
