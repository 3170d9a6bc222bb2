"""What holds for every page, asked in the browser that shows it. Each question returns sentences; none means good."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from itertools import pairwise
from typing import Any

from playwright.sync_api import Page, Request

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
    "resultTypes": ["violations"],
}
WIDTHS = (360, 768, 1280)
ZOOMED = 640
"""A window of 1280 points at 200 % zoom."""
NARROWEST = 320
"""The same at 400 % (WCAG 1.4.10)."""
SPACED = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
"""WCAG 1.4.12; read as a sheet that a script makes, which no policy forbids."""


def unfold(page: Page) -> None:
    """Opens what is folded, so that it is looked at too."""
    page.evaluate("() => document.querySelectorAll('details').forEach(each => { each.open = true })")


def barriers(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.1 A and AA on the page as it is shown now."""
    page.evaluate(f"() => {{ if (!window.axe) {{ {AXE} }} }}")
    found: dict[str, Any] = page.evaluate("rules => axe.run(document, rules)", RULES)
    return [
        f"{each['id']}: {each['help']}: {' | '.join(node['html'] for node in each['nodes'][:3])}"
        for each in found["violations"]
    ]


def too_wide(page: Page) -> list[str]:
    """What makes the page scroll sideways at its present width."""
    return page.evaluate("""() => {
        const room = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= room) return [];
        const wide = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > room + 1);
        return [`wider than ${room}: ` + wide.slice(0, 2).map(e => e.outerHTML.slice(0, 120)).join(' | ')];
    }""")


def reflow(page: Page) -> Iterator[str]:
    """What does not find room when people enlarge the page, the text alone, or the space between letters."""
    for width in (ZOOMED, NARROWEST):
        page.set_viewport_size({"width": width, "height": 400})
        yield from (f"at {width}: {fault}" for fault in too_wide(page))
    page.evaluate(
        "css => { const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets.push(s) }", SPACED
    )
    yield from (f"with wide spacing: {fault}" for fault in too_wide(page))
    page.set_viewport_size({"width": WIDTHS[-1], "height": 800})
    page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
    yield from (f"with text of 200 %: {fault}" for fault in too_wide(page))


def frame(page: Page, language: str) -> Iterator[str]:
    """Language, one heading of the first order, headings in order, landmarks."""
    if page.get_attribute("html", "lang") != language:
        yield f"lang is not {language}"
    levels: Sequence[int] = page.evaluate(
        "() => [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(e => Number(e.tagName[1]))"
    )
    if levels.count(1) != 1 or levels[0] != 1:
        yield f"headings begin {levels[:3]}, {levels.count(1)} of them h1"
    if any(after > before + 1 for before, after in pairwise(levels)):
        yield f"headings leave out a level: {levels}"
    for landmark in ("header", "main", "footer"):
        if page.locator(landmark).count() != 1:
            yield f"not one {landmark}"


@contextmanager
def complaints(page: Page) -> Iterator[list[str]]:
    """What the browser complains about while the block runs: console, scripts, failed requests, the policy."""
    found: list[str] = []
    page.on("console", lambda said: found.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("requestfailed", lambda request: found.append(f"failed: {request.url}") if _has_failed(request) else None)
    page.on("response", lambda answer: found.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    yield found


def _has_failed(request: Request) -> bool:
    """A page that turns out to be a file to download counts as aborted."""
    return request.failure != "net::ERR_ABORTED"
