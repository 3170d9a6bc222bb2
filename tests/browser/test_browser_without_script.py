"""Reading needs no script."""

import pytest
from browser_office import PEOPLE, Office
from browser_walk import Walk
from playwright.sync_api import Page

from plugin.web.visitors import Role


@pytest.mark.parametrize("role", PEOPLE)
def test_a_page_says_the_same_without_scripts(office: Office, walked: Walk, role: Role) -> None:
    pages = walked.new_pages(role)
    with office.browser(role) as scripted, office.browser(role, script=False) as plain:
        page, bare = scripted.new_page(), plain.new_page()
        differing = [each.path for each in pages if said(page, each.path) != said(bare, each.path)]
    assert differing == []


def said(page: Page, path: str) -> str:
    page.goto(path)
    return page.inner_text("main")
