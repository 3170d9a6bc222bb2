"""Exchange groups: who hears of which, what members see and others don't, and joining an open one."""

import pytest
from journeys_town import FAR, WEEKDAYS, Town
from web_office import AT, Browser, Office

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


def members(office: Office, key: str) -> set[str]:
    """Who stands in the team themselves, in Nextcloud's own words."""
    team = next(each.remote for each in office.running.state.records(f"exchange_group:{key}", "team"))
    return {row.who.id for row in office.town.other_client().teams.members(team) if row.who.kind == "user"}


def joined(office: Office, account: str) -> Browser:
    browser = office.person(account)
    answer = browser.post("/austauschgruppen/region/beitritt", token=browser.token())
    assert answer.status_code == 200, answer.text
    return browser


def test_who_joins_an_open_group_is_in_it_at_once_and_stays(groups: Office) -> None:
    browser = joined(groups, "dora.nieheim")
    assert "dora.nieheim" in members(groups, "region")
    as_dora = groups.town.as_staff("dora.nieheim")
    assert "Smart Region" in {each.name for each in as_dora.teams.teams() if each.is_member}
    assert "Smart Region" in {each.name for each in as_dora.rooms.rooms()}
    assert "Smart Region" in {each.path.strip("/") for each in as_dora.files.list("/")}
    page = browser.text("/austauschgruppen/region")
    assert "/index.php/f/" in page
    assert "/index.php/call/" in page
    groups.town.apply(verify=True)
    assert "dora.nieheim" in members(groups, "region")


def test_who_joined_leaves_again(groups: Office) -> None:
    browser = joined(groups, "dora.nieheim")
    answer = browser.post("/austauschgruppen/region/austritt", token=browser.token())
    assert "Sie sind ausgetreten." in answer.text
    assert "dora.nieheim" not in members(groups, "region")
    as_dora = groups.town.as_staff("dora.nieheim")
    assert "Smart Region" not in {each.name for each in as_dora.rooms.rooms()}
    page = browser.text("/austauschgruppen/region")
    assert "/index.php/" not in page
    assert "Beitreten" in page


def test_the_room_follows_also_where_talk_does_not(groups: Office) -> None:
    client = groups.town.other_client()
    room = next(each.token for each in client.rooms.rooms() if each.name == "Smart Region")
    team = next(each for each in client.rooms.attendees(room) if each.who.kind == "team")
    client.rooms.remove_attendee(room, team.id)
    browser = joined(groups, "dora.nieheim")
    assert "dora.nieheim" in {each.who.id for each in client.rooms.attendees(room)}
    browser.post("/austauschgruppen/region/austritt", token=browser.token())
    assert "dora.nieheim" not in {each.who.id for each in client.rooms.attendees(room)}


def test_nobody_joins_a_group_that_is_not_open(groups: Office) -> None:
    browser = groups.person("dora.nieheim")
    assert "Beitreten" not in browser.text("/austauschgruppen/personal")
    assert "max.kreis" in browser.text("/austauschgruppen/personal")
    before = members(groups, "personal")
    assert browser.post("/austauschgruppen/personal/beitritt", token=browser.token()).status_code == 409
    assert members(groups, "personal") == before


def test_whom_the_configuration_names_does_not_leave_by_button(groups: Office) -> None:
    for account, key in (("anna.brakel", "ozg"), ("max.kreis", "region")):
        browser = groups.person(account)
        assert "Warum Sie dabei sind" in browser.text(f"/austauschgruppen/{key}")
        assert browser.post(f"/austauschgruppen/{key}/austritt", token=browser.token()).status_code == 409
    assert "max.kreis" in members(groups, "region")


def test_a_form_of_another_site_takes_nobody_in(groups: Office) -> None:
    browser = groups.person("dora.nieheim")
    assert browser.post("/austauschgruppen/region/beitritt").status_code == 403
    assert "dora.nieheim" not in members(groups, "region")


def test_who_belongs_to_no_administration_joins_nothing(groups: Office) -> None:
    browser = groups.person("test.eins")
    assert browser.post("/austauschgruppen/region/beitritt", token=browser.token()).status_code == 404


def test_a_refusing_nextcloud_is_told(groups: Office) -> None:
    browser = groups.person("dora.nieheim")
    groups.town.sandbox.fail_next("POST", "/members/multi", 503)
    answer = browser.post("/austauschgruppen/region/beitritt", token=browser.token())
    assert answer.status_code == 502
    assert "nicht angenommen" in answer.text


def test_in_a_pilot_nobody_hears_of_groups(groups: Office) -> None:
    groups.town.swap("  mode: live\n", "  mode: live\n  pilot: dnw-test\n")
    assert groups.running.reload()
    assert "Smart Region" not in groups.person("dora.nieheim").text("/austauschgruppen")


def test_names_that_are_markup_are_text_and_english_is_english(groups: Office) -> None:
    groups.town.swap("description: Onlinezugang für alle", "description: '<script>alert(1)</script>'")
    assert groups.running.reload()
    client = groups.person("dora.nieheim").client
    english = client.get("/austauschgruppen", base_url=AT, headers={"Accept-Language": "en"}).text
    assert "<script>alert" not in english
    assert "&lt;script&gt;" in english
    assert "Exchange groups" in english


def test_who_left_the_network_since_logging_in_joins_nothing(groups: Office) -> None:
    browser = groups.person("dora.nieheim")
    groups.town.sandbox.world.accounts.leave("dora.nieheim", "nieheim")
    groups.town.apply(verify=True)
    assert browser.post("/austauschgruppen/region/beitritt", token=browser.token()).status_code == 409
    assert "dora.nieheim" not in members(groups, "region")


def test_a_joined_groups_meetings_come_into_the_feed_with_the_next_look_and_go_again(groups: Office) -> None:
    browser = joined(groups, "dora.nieheim")
    groups.town.swap(
        "    open: true\n", "    open: true\n    meetings: {every: first monday, at: '9:00', length: 1 hour}\n"
    )
    assert groups.running.reload()
    groups.town.apply(verify=True)
    browser = groups.person("dora.nieheim")
    answer = browser.post("/abonnements", token=browser.token(), what="calendar:region")
    path = answer.text.split('value="https://netz.probe.example')[1].split('"')[0]
    reader = groups.browser()
    assert "SUMMARY:Smart Region" in reader.text(path)
    browser.post("/austauschgruppen/region/austritt", token=browser.token())
    groups.town.apply(verify=True)
    groups.town.wait(minutes=11)
    assert "SUMMARY:Smart Region" not in reader.text(path)


def test_an_app_that_was_taken_away_keeps_nobody_from_logging_in(groups: Office) -> None:
    groups.town.sandbox.switch_apps(talk=False)
    page = groups.person("anna.brakel").text("/austauschgruppen/ozg")
    assert "/index.php/call/" not in page
    assert "/index.php/f/" in page
    groups.town.sandbox.switch_apps(teams=False)
    assert "OZG Grundlagen" in groups.person("anna.brakel").text("/")
