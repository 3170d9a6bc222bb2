"""A page by keyboard alone: where Tab leads, and whether one sees where one is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

WATCH = """() => {
    window.dnwVisited = [];
    document.addEventListener('focusin', event => {
        const look = getComputedStyle(event.target), box = event.target.getBoundingClientRect();
        window.dnwVisited.push([
            window.dnwStops.indexOf(event.target), event.target.outerHTML.slice(0, 100),
            look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2 && box.width > 0 && box.height > 0,
        ]);
    });
    const first = new Set();
    window.dnwStops = [...document.querySelectorAll(
        'a[href], button, input, select, textarea, summary, iframe, [tabindex="0"]')].filter(e => {
        if (e.disabled || e.type === 'hidden' || e.tabIndex < 0 || !e.checkVisibility({visibilityProperty: true}))
            return false;
        if (e.type !== 'radio') return true;
        const group = `${e.form?.id} ${e.name}`;
        const chosen = [...document.getElementsByName(e.name)].find(other => other.checked);
        if (chosen ? e !== chosen : first.has(group)) return false;
        first.add(group);
        return true;
    });
    return window.dnwStops.length;
}"""

NAME = """() => {
    const here = document.activeElement;
    if (here === document.body) return '';
    const described = (here.getAttribute('aria-describedby') ?? '').split(' ').map(id => document.getElementById(id));
    const parts = [here, ...(here.labels ?? []), ...described].map(each => each?.innerText ?? each?.textContent ?? '');
    return [here.getAttribute('aria-label') ?? '', ...parts].join(' ').replace(/\\s+/g, ' ').trim();
}"""
FAR_ENOUGH = 80
WITHIN = 5
"""A field for a date has stops of its own inside: so many times as many presses may be needed."""


@dataclass(frozen=True, slots=True)
class Tabbed:
    """`stops` is how many there are to be, `faults` what is wrong with the way through them."""

    stops: int
    faults: tuple[str, ...]


def tab_through(page: Page) -> Tabbed:
    """From the top of the page to its end."""
    stops: int = page.evaluate(WATCH)
    visited: list[list[Any]] = []
    for _ in range(WITHIN):
        for _ in range(stops - len(visited)):
            page.keyboard.press("Tab")
        visited = page.evaluate("() => window.dnwVisited")
        if len(visited) >= stops:
            break
    order = [place for place, _, _ in visited]
    faults = [] if order == list(range(stops)) else [f"Tab leads to {order} of {stops} stops"]
    faults += [f"one does not see the focus on {element}" for _, element, is_seen in visited if not is_seen]
    return Tabbed(stops, tuple(faults))


def skip_link(page: Page) -> list[str]:
    """The first stop leads past the navigation into the main part."""
    page.keyboard.press("Tab")
    if not page.evaluate("""() => {
        const box = document.activeElement.getBoundingClientRect();
        return document.activeElement.hash === '#main' && box.left >= 0 && box.top >= 0 && box.width > 0;
    }"""):
        return ["the first stop is no visible link to the content"]
    page.keyboard.press("Enter")
    return [] if page.evaluate("() => document.activeElement.id") == "main" else ["the skip link leads nowhere"]


def tab_to(page: Page, words: str) -> None:
    """Presses Tab until the focus is on what is called like this: its text, its label, or what describes it."""
    seen = []
    for _ in range(FAR_ENOUGH):
        page.keyboard.press("Tab")
        name: str = page.evaluate(NAME)
        if words in name:
            return
        seen.append(name)
    raise AssertionError(f"Tab never leads to {words!r}, only to {seen}")


def press(page: Page, words: str) -> None:
    """Goes to what is called like this and presses Enter; the page that comes is there afterwards."""
    tab_to(page, words)
    with page.expect_navigation():
        page.keyboard.press("Enter")
