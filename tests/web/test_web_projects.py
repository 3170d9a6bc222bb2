"""Projects: who hears of which, in what state they are, and who sees the way into the folder."""

import pytest
from journeys_town import TODAY, Town
from web_office import AT, Office

PROJECTS = """\
admin_rights: {username: digitalnetzwerk, password: env:NEXTCLOUD_PASSWORD}
exchange_groups:
  ozg: {name: Austausch OZG, lead: [erika.kreis], members: {administrations: [brakel]}}
projects:
  presse:
    name: Presse
    template: presse
    quota: 5 GB
    until: UNTIL
    access: {read: {administrations: all}, edit: {exchange_groups: [ozg]}}
  beratung:
    name: Beratung
    access: {read: none, edit: {people: [emil.nieheim, bernd.brakel]}}
roles:
  reviewers: {people: [dora.nieheim]}
  coordinators: {people: [test.zwei]}
"""


@pytest.fixture
def projects(town: Town, request: pytest.FixtureRequest) -> Office:
    town.config.write_text(town.config.read_text() + PROJECTS.replace("UNTIL", f"{TODAY.year + 2}-12-31"))
    office = request.getfixturevalue("office")
    assert isinstance(office, Office)
    town.apply(verify=True)
    return office


def test_staff_see_who_may_do_what_how_full_it_is_and_the_folder(projects: Office) -> None:
    page = projects.person("anna.brakel").text("/projekte")
    for words in ("alle Verwaltungen", "Austauschgruppe Austausch OZG", "lesen und ändern", "5 GB", "/index.php/f/"):
        assert words in page
    assert "erika.kreis" in page


def test_a_project_that_grants_somebody_nothing_is_not_told(projects: Office) -> None:
    assert "Beratung" not in projects.person("anna.brakel").text("/projekte")
    assert "Presse" not in projects.person("test.eins").text("/projekte")


def test_single_people_are_named_only_to_whom_the_folder_is_shown(projects: Office) -> None:
    assert "bernd.brakel" in projects.person("emil.nieheim").text("/projekte")
    coordinator = projects.person("test.zwei").text("/projekte")
    assert "Beratung" in coordinator
    assert "2 einzelne Personen" in coordinator
    assert "bernd.brakel" not in coordinator
    assert "/index.php/f/" not in coordinator


def test_a_reviewer_sees_all_projects_and_nobodys_name(projects: Office) -> None:
    page = projects.person("dora.nieheim").text("/projekte")
    assert "Beratung" in page
    for name in ("erika.kreis", "bernd.brakel", "emil.nieheim"):
        assert name not in page


def test_the_link_leads_to_the_folder_that_the_person_sees(projects: Office) -> None:
    page = projects.person("emil.nieheim").text("/projekte")
    folders = {each.path: each.id for each in projects.town.as_staff("emil.nieheim").files.list("/") if each.is_folder}
    assert f"/index.php/f/{folders['/Beratung']}" in page


def test_a_project_past_its_end_says_so(projects: Office) -> None:
    projects.town.swap(f"{TODAY.year + 2}-12-31", f"{TODAY.year - 1}-12-31")
    assert projects.running.reload()
    assert "im Archiv" in projects.person("anna.brakel").text("/projekte")


def test_a_project_out_of_the_configuration_stands_in_the_archive_for_who_oversees(projects: Office) -> None:
    text = projects.town.config.read_text()
    start, end = text.index("  beratung:"), text.index("roles:")
    projects.town.config.write_text(text[:start] + text[end:])
    assert projects.running.reload()
    assert "Beratung" in projects.person("test.zwei").text("/projekte")
    assert "Beratung" not in projects.person("anna.brakel").text("/projekte")


def test_names_that_are_markup_are_text_and_english_is_english(projects: Office) -> None:
    projects.town.swap("name: Beratung", "name: Beratung\n    description: '<img src=x>'")
    assert projects.running.reload()
    client = projects.person("emil.nieheim").client
    page = client.get("/projekte", base_url=AT, headers={"Accept-Language": "en"}).text
    assert "<img src=x>" not in page
    assert "&lt;img src=x&gt;" in page
    assert "read and change" in page
