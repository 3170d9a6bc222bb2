"""Pages in a real browser (Debian's Chromium), against a running service and a sandbox on real sockets."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "journeys"))
sys.path.insert(0, str(Path(__file__).parents[1] / "web"))

from browser_office import CHROMIUM, Office, an_office  # beside this file
from browser_walk import Walk, walks

HERE = Path(__file__).parent
MISSING = "browser tests are left out: Chromium is not installed (Debian: apt-get install chromium)"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of them in one worker: one browser, one service."""
    for each in items:
        if HERE in each.path.parents:
            each.add_marker(pytest.mark.browser)
            each.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip(MISSING)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def office(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One service for all tests; everybody in it has logged in at Nextcloud's own page."""
    with an_office(chromium, tmp_path_factory.mktemp("office")) as made:
        yield made


@pytest.fixture(scope="session")
def walked(office: Office) -> Walk:
    """Every page that somebody reaches by links from the start page."""
    return walks(office)
