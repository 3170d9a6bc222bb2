"""Every page by keyboard alone, at the width of a phone and of a screen."""

import pytest
from browser_keys import skip_link, tab_through
from browser_look import unfold
from browser_office import PEOPLE, Office
from browser_walk import Walk

from plugin.web.visitors import Role


@pytest.mark.parametrize("role", PEOPLE)
def test_tab_leads_through_every_page_in_order_and_one_sees_where(office: Office, walked: Walk, role: Role) -> None:
    faults = []
    with office.browser(role) as context:
        page = context.new_page()
        for number, each in enumerate(walked.new_pages(role)):
            page.set_viewport_size({"width": 360 if number % 2 else 1280, "height": 800})
            page.goto(each.path)
            unfold(page)
            faults += [f"{each.path}: {fault}" for fault in tab_through(page).faults]
    assert faults == []


@pytest.mark.parametrize("width", [360, 1280])
def test_the_first_stop_leads_past_the_navigation(office: Office, width: int) -> None:
    with office.browser(Role.NETWORK_ADMIN, width=width) as context:
        page = context.new_page()
        page.goto("/")
        assert skip_link(page) == []
