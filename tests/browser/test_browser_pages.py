"""Every page of every role: no barrier that axe-core knows, nothing too wide, nothing that the browser complains about."""

from typing import Literal

import pytest
from browser_look import NARROWEST, WIDTHS, barriers, complaints, frame, reflow, too_wide, unfold
from browser_office import PEOPLE, Office
from browser_walk import Walk

from network.text import Language
from plugin.web.access import ALLOWED, API, MACHINES
from plugin.web.visitors import Role

Scheme = Literal["light", "dark"]

NO_PAGES = {
    "looks.static": "part of pages",
    "login.begin": "leads to Nextcloud",
    "login.returned": "where Nextcloud leads back to",
}

SCHEMES: dict[Language, tuple[Scheme, ...]] = {"de": ("light", "dark", "light"), "en": ("dark", "light", "dark")}
"""For each width; both languages together show every width in both."""


def test_no_link_leads_nowhere(walked: Walk) -> None:
    assert walked.broken == []


def test_whatever_may_be_opened_is_reached_by_links(office: Office, walked: Walk) -> None:
    opened = {str(each.endpoint) for each in office.app.url_map.iter_rules() if "GET" in (each.methods or ())}
    for role in PEOPLE:
        allowed = {each for each, roles in ALLOWED.items() if not roles or role in roles} & opened
        for_people = {each for each in allowed - set(NO_PAGES) if each.partition(".")[0] not in {*MACHINES, API}}
        assert for_people - {each.endpoint for each in walked.found[role]} == set(), role


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("role", PEOPLE)
def test_no_page_has_a_barrier(office: Office, walked: Walk, role: Role, language: Language) -> None:
    """At every width; what only differs from what another role sees at the same address, at one in each language."""
    screens = list(zip(WIDTHS, SCHEMES[language], strict=True))
    new, faults = walked.new_pages(role), []
    with office.browser(role, language=language) as context:
        page = context.new_page()
        with complaints(page) as complained:
            for each in walked.own_pages(role):
                page.goto(each.path)
                unfold(page)
                found = [*complained, *frame(page, language)]
                for width, scheme in screens if each in new else screens[:: -1 if language == "de" else 1][:1]:
                    page.set_viewport_size({"width": width, "height": 800})
                    page.emulate_media(color_scheme=scheme)
                    found += [f"{width} {scheme}: {fault}" for fault in (*too_wide(page), *barriers(page))]
                found += reflow(page) if language == "de" and each in new else ()
                faults += [f"{each.path}: {fault}" for fault in found]
                complained.clear()
    assert faults == []


@pytest.mark.parametrize("role", PEOPLE)
def test_every_page_has_a_title_of_its_own(walked: Walk, role: Role) -> None:
    """Two addresses of the same page share it, and a search has that of the page that it fills."""
    titles: dict[str, set[str]] = {}
    for each in walked.pages(role):
        if "?" not in each.path:
            titles.setdefault(each.title, set()).add(each.words)
    assert [title for title, pages in titles.items() if len(pages) > 1] == []


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(
    ("role", "path"), [(None, "/login/back"), (None, "/barrierefreiheit"), (Role.STAFF, "/nirgends")]
)
def test_what_no_walk_reaches_has_no_barrier(office: Office, role: Role | None, path: str, language: Language) -> None:
    """A login that went wrong, what everybody may read without one, and an address that does not exist."""
    with office.browser(role, language=language, width=NARROWEST) as context:
        page = context.new_page()
        page.goto(path)
        assert [*frame(page, language), *too_wide(page), *barriers(page)] == []
