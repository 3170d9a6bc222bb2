"""Exchange groups: who hears of which, what members see and others don't, and joining an open one."""

import pytest
from journeys_town import FAR, WEEKDAYS, Town
from web_office import Office

GROUPS = f"""\
admin_rights: {{username: digitalnetzwerk, password: env:NEXTCLOUD_PASSWORD}}
exchange_groups:
  ozg:
    name: Austausch OZG
    description: Onlinezugang für alle
    lead: [erika.kreis]
    members: {{administrations: [brakel]}}
    meetings: {{every: {WEEKDAYS[FAR.weekday()]} alle 2 Wochen, at: "10:00", length: 90 minutes, place: Rathaus Brakel, starts: {FAR}}}
    tasks: true
  region:
    name: Smart Region
    lead: [max.kreis]
    open: true
  personal:
    name: Personalstellen
    lead: [max.kreis]
roles:
  reviewers: {{people: [emil.nieheim]}}
  network_admins: {{people: [test.zwei]}}
"""


@pytest.fixture
def groups(town: Town, request: pytest.FixtureRequest) -> Office:
    town.config.write_text(town.config.read_text() + GROUPS)
    office = request.getfixturevalue("office")
    assert isinstance(office, Office)
    return office


def test_staff_hear_of_all_groups_and_who_leads_them(groups: Office) -> None:
    page = groups.person("dora.nieheim").text("/austauschgruppen")
    for words in ("Austausch OZG", "Onlinezugang für alle", "Smart Region", "Personalstellen", "erika.kreis"):
        assert words in page


def test_members_see_the_next_meeting_and_the_ways_into_nextcloud(groups: Office) -> None:
    page = groups.person("anna.brakel").text("/austauschgruppen/ozg")
    assert "Rathaus Brakel" in page
    for way in (
        "/index.php/f/",
        "/index.php/call/",
        "/apps/calendar/",
        "/apps/tasks/",
        "/apps/contacts/direct/circle/",
    ):
        assert way in page, way


def test_others_see_neither_dates_nor_ways(groups: Office) -> None:
    page = groups.person("dora.nieheim").text("/austauschgruppen/ozg")
    assert "Rathaus Brakel" not in page
    assert "/index.php/" not in page


def test_who_belongs_to_no_administration_hears_of_nothing(groups: Office) -> None:
    stranger = groups.person("test.eins")
    assert "Austausch OZG" not in stranger.text("/austauschgruppen")
    assert stranger.get("/austauschgruppen/ozg").status_code == 404
    assert stranger.get("/austauschgruppen/nirgends").status_code == 404


def test_a_reviewer_sees_the_groups_and_nobodys_name(groups: Office) -> None:
    reviewer = groups.person("emil.nieheim")
    for path in ("/austauschgruppen", "/austauschgruppen/ozg"):
        page = reviewer.text(path)
        assert "Austausch OZG" in page
        assert "erika.kreis" not in page
        assert "max.kreis" not in page


def test_a_network_administrator_of_no_administration_sees_that_they_exist(groups: Office) -> None:
    page = groups.person("test.zwei").text("/austauschgruppen")
    assert "Personalstellen" in page
    assert "/index.php/" not in page
