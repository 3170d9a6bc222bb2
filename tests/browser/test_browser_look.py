"""The looking itself: each fault that the other tests look for is seen where it is."""

from collections.abc import Iterator

import pytest
from browser_keys import skip_link, tab_through
from browser_look import barriers, complaints, frame, reflow, too_wide, unfold
from playwright.sync_api import Browser, Page

GOOD = """<!doctype html><html lang="de"><title>Probe</title><style>:focus {{ outline: 3px solid }} {style}</style>
<a href="#main">Zum Inhalt</a><header></header><main id="main" tabindex="-1"><h1>Probe</h1>{main}</main>
<footer></footer></html>"""


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 360, "height": 800})
    yield context.new_page()
    context.close()


def filled(page: Page, main: str = "", style: str = "") -> Page:
    page.set_content(GOOD.format(main=main, style=style))
    return page


def test_a_page_without_faults_has_none(page: Page) -> None:
    filled(page, "<h2>Mehr</h2><button>Weiter</button>")
    assert [barriers(page), too_wide(page), list(frame(page, "de")), list(tab_through(page).faults)] == [[]] * 4
    filled(page)
    assert skip_link(page) == []


@pytest.mark.parametrize(
    ("main", "style", "rule"),
    [
        ("<input>", "", "label"),
        ("<img src='data:,'>", "", "image-alt"),
        ("<p>Blass</p>", "p { color: #aaa }", "color-contrast"),
        (
            "<p>Blass im Dunkeln</p>",
            "@media (prefers-color-scheme: dark) { p { color: #222; background: #111 } }",
            "color",
        ),
    ],
)
def test_a_barrier_is_found(page: Page, main: str, style: str, rule: str) -> None:
    page.emulate_media(color_scheme="dark")
    assert [each.startswith(rule) for each in barriers(filled(page, main, style))] == [True]


def test_what_is_too_wide_is_named(page: Page) -> None:
    assert "<table" in too_wide(filled(page, "<table style='width: 400px'><tr><td>breit</table>"))[0]


@pytest.mark.parametrize(
    ("main", "where"),
    [
        ("<div style='width: 340px'>fest</div>", "at 320"),
        ("<p style='white-space: nowrap'>Eine Zeile, die gerade noch passt.</p>", "with wide spacing"),
        ("<p style='white-space: nowrap'>Eine Zeile, die bei doppelter Schrift nicht mehr in den Rand passt, auch nicht auf einem Schirm.</p>",
         "with text of 200 %"),
    ],
)  # fmt: skip
def test_what_finds_no_room_when_it_grows_is_told(page: Page, main: str, where: str) -> None:
    filled(page, main, "p { font: 1.1rem monospace; max-width: 0 }")
    assert any(each.startswith(where) for each in reflow(page))


def test_what_is_folded_is_unfolded(page: Page) -> None:
    filled(page, "<details><summary>Mehr</summary><input></details>")
    assert barriers(page) == []
    unfold(page)
    assert barriers(page) != []


@pytest.mark.parametrize("main", ["<h1>Noch eine</h1>", "<h3>Zu tief</h3>", "<footer></footer>"])
def test_a_broken_frame_is_told(page: Page, main: str) -> None:
    assert list(frame(filled(page, main), "de"))


def test_another_language_is_told(page: Page) -> None:
    assert list(frame(filled(page), "en")) == ["lang is not en"]


@pytest.mark.parametrize(
    ("main", "style"),
    [
        ("<button>Unsichtbar</button>", "button:focus { outline: none }"),
        ("<button>Erst</button><button tabindex='1'>Dann</button>", ""),
        ("<button onkeydown='event.preventDefault()'>Falle</button><button>Unerreichbar</button>", ""),
    ],
)
def test_a_fault_of_the_keyboard_is_told(page: Page, main: str, style: str) -> None:
    assert tab_through(filled(page, main, style)).faults


def test_a_skip_link_that_leads_nowhere_is_told(page: Page) -> None:
    page.set_content("<a href='#main'>Zum Inhalt</a><main id='other'></main>")
    assert skip_link(page)
    page.set_content("<button>Zuerst</button><main id='main'></main>")
    assert skip_link(page)


def test_a_complaint_of_the_browser_is_heard(page: Page) -> None:
    with complaints(page) as heard:
        filled(page, "<script>console.warn('Vorsicht'); throw new Error('kaputt')</script>")
        page.wait_for_timeout(50)
    assert heard == ["Vorsicht", "kaputt"]
