"""Our pages in the frame that Nextcloud shows, in a real browser: colours, title, address, forms, ways out."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from browser_look import barriers, complaints, too_wide
from journeys_town import CONFIG, Town, a_town
from playwright.sync_api import Browser, Frame, Page
from web_inside import described, listen

from plugin.sandbox import Sandbox

HOME = "/index.php/apps/app_api/embedded/digitalnetzwerk/netzwerk"
DARK, LIGHT = "rgb(23, 23, 23)", "rgb(255, 255, 255)"


@dataclass
class Cloud:
    town: Town
    chromium: Browser

    @contextmanager
    def page(self, account: str, **options: Any) -> Iterator[Page]:
        """A browser in which somebody is logged in to Nextcloud."""
        login = b64encode(f"{account}:sandbox-{account}".encode()).decode()
        context = self.chromium.new_context(
            base_url=self.town.sandbox.url,
            extra_http_headers={"Authorization": f"Basic {login}"},
            locale="de-DE",
            **options,
        )
        yield context.new_page()
        context.close()


@pytest.fixture(scope="module")
def cloud(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    roles = "roles: {{network_admins: {{people: [max.kreis, erika.kreis]}}}}\n"
    with a_town(Sandbox(), tmp_path_factory.mktemp("cloud"), CONFIG + roles) as town:
        town.apply()
        listening = listen(town)
        town.sandbox.world.ex_apps.register(described(listening.address))
        yield Cloud(town, chromium)
        listening.close()


def opened(page: Page, path: str = HOME) -> Frame:
    """The page of the menu entry; what stands in its frame."""
    page.goto(path)
    return shown(page)


def shown(page: Page) -> Frame:
    frame = page.frames[1]
    frame.wait_for_selector("h1")
    return frame


def ground(frame: Frame) -> str:
    return str(frame.evaluate("() => getComputedStyle(document.querySelector('main')).backgroundColor"))


def test_the_page_is_filled_and_the_browser_complains_about_nothing(cloud: Cloud) -> None:
    with cloud.page("anna.brakel", viewport={"width": 1280, "height": 800}) as page, complaints(page) as found:
        frame = opened(page)
        assert "OZG Grundlagen" in frame.inner_text("main")
        box = page.locator("iframe").bounding_box()
        assert box is not None and (box["width"], box["height"]) == (1264, 734)
        assert page.locator("iframe").get_attribute("title") == page.title() == frame.title()
        assert "Schulungen" in page.title()
    assert found == []


def test_every_page_has_an_address_of_its_own_that_can_be_sent_to_others(cloud: Cloud) -> None:
    with cloud.page("anna.brakel") as page:
        frame = opened(page)
        frame.click("text=OZG Grundlagen")
        page.wait_for_url(re.compile(re.escape(HOME) + "/schulung/.+"))
        link = page.url
        page.go_back()
        page.wait_for_url(re.compile(re.escape(HOME) + "$"))
        with cloud.page("bernd.brakel") as other:
            assert opened(other, link).inner_text("h1") == "OZG Grundlagen"
        frame = opened(page, f"{HOME}/?q=E-Akte")
        assert frame.input_value("input[type=search]") == "E-Akte"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_colours_are_those_of_nextcloud_whatever_the_computer_prefers(cloud: Cloud, scheme: Any) -> None:
    program = cloud.town.sandbox.world.ex_app_program
    with cloud.page("anna.brakel", color_scheme=scheme) as page:
        for is_dark, colour in ((False, LIGHT), (True, DARK)):
            program.is_dark = is_dark
            try:
                frame = opened(page)
                assert ground(frame) == colour
                assert barriers(frame) == []
                assert barriers(opened(page, f"{HOME}/?q=ozg")) == []
            finally:
                program.is_dark = False


def test_after_a_form_the_address_stays_one_that_can_be_opened(cloud: Cloud) -> None:
    with cloud.page("max.kreis") as page:
        frame = opened(page, f"{HOME}/betrieb")
        frame.click("form[action*='lauf'] button >> nth=0")
        frame.wait_for_url(re.compile("/betrieb/lauf$"))
        assert page.url.endswith(f"{HOME}/betrieb")
        page.reload()
        assert shown(page).inner_text("h1")


def test_a_link_to_elsewhere_leaves_the_frame(cloud: Cloud) -> None:
    with cloud.page("anna.brakel") as page:
        frame = opened(page)
        frame.evaluate(
            "() => document.querySelector('main').insertAdjacentHTML('beforeend', '<a href=\"/status.php\">da</a>')"
        )
        frame.click("text=da >> nth=-1")
        page.wait_for_url(re.compile("/status.php$"))


def test_it_fits_a_phone(cloud: Cloud) -> None:
    with cloud.page("anna.brakel", viewport={"width": 360, "height": 640}) as page:
        assert too_wide(opened(page)) == []


def test_the_page_at_the_proxy_itself_works_without_a_frame(cloud: Cloud) -> None:
    with cloud.page("anna.brakel") as page, complaints(page) as found:
        page.goto("/index.php/apps/app_api/proxy/digitalnetzwerk/")
        assert page.inner_text("h1") == "Schulungen"
    assert found == []
