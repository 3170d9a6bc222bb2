"""Meine Termine: what comes next, calendars that somebody lost and gets back, and who gets nothing."""

from __future__ import annotations

from journeys_town import CONFIG, Town, a_town, groups
from web_inside import Inside, token_in
from web_office import Browser, Office

from network.state import Leases
from plugin.sandbox import Sandbox
from plugin.web.app import create_app

BACK = "/meine-termine/kalender/schulungen"
PAGE = "/meine-termine"


def unshare(town: Town, account: str, calendar: str = "Schulungen") -> None:
    """The person takes the calendar out of their own Nextcloud."""
    server = town.as_staff(account)
    [found] = [each for each in server.calendars.calendars() if each.name.startswith(f"{calendar} (")]
    server.calendars.delete_calendar(found.href, purge=False)


def sees(town: Town, account: str, calendar: str = "Schulungen") -> bool:
    return any(each.name.startswith(f"{calendar} (") for each in town.as_staff(account).calendars.calendars())


def press(browser: Browser, path: str = BACK) -> tuple[int, str]:
    answer = browser.post(path, token=browser.token())
    return answer.status_code, answer.text


def test_who_has_all_calendars_is_offered_none(office: Office) -> None:
    page = office.person("anna.brakel").text(PAGE)
    assert "OZG Grundlagen" in page
    assert "Kalender zurückholen" not in page
    assert "/remote.php/dav/principals/users/anna.brakel/" in page


def test_a_calendar_taken_out_by_accident_comes_back_with_one_button(office: Office) -> None:
    town = office.town
    unshare(town, "anna.brakel")
    town.apply(verify=True)
    assert not sees(town, "anna.brakel")
    browser = office.person("anna.brakel")
    page = browser.text(PAGE)
    assert "Kalender zurückholen" in page
    assert "OZG Grundlagen" not in page
    before = town.mark()
    status, text = press(browser)
    assert (status, "steht wieder in Ihrer Nextcloud" in text) == (200, True)
    assert sees(town, "anna.brakel")
    assert len(town.calendar_writes(before)) == 1
    assert "OZG Grundlagen" in browser.text(PAGE)
    assert "Kalender zurückholen" not in browser.text(PAGE)
    assert town.apply(verify=True).plan.changes == ()
    assert sees(town, "anna.brakel")


def test_pressed_twice_it_says_that_it_is_there(office: Office) -> None:
    unshare(office.town, "anna.brakel")
    browser = office.person("anna.brakel")
    press(browser)
    status, text = press(browser)
    assert (status, "Schon da" in text) == (200, True)


def test_nobody_gets_a_calendar_that_nothing_grants_them(office: Office) -> None:
    stranger = office.person("test.eins")
    assert "Kalender zurückholen" not in stranger.text(PAGE)
    before = office.town.mark()
    assert press(stranger)[0] == 404
    assert press(stranger, "/meine-termine/kalender/gibt-es-nicht")[0] == 404
    assert office.town.writes(before) == []


def test_a_form_of_another_site_brings_nothing_back(office: Office) -> None:
    unshare(office.town, "anna.brakel")
    browser = office.person("anna.brakel")
    assert browser.post(BACK).status_code == 403
    assert not sees(office.town, "anna.brakel")


def test_while_a_run_is_at_work_nothing_is_written(office: Office) -> None:
    unshare(office.town, "anna.brakel")
    browser = office.person("anna.brakel")
    other = Leases(office.running.state.engine, holder="anderswo/1/1", clock=lambda: office.town.now().timestamp())
    other.take(["network:probe-kreis"])
    status, text = press(browser)
    assert (status, "Gerade läuft ein Abgleich" in text, "anderswo" in text) == (409, True, False)
    assert not sees(office.town, "anna.brakel")


def test_a_calendar_that_no_run_has_shared_yet_is_not_forced(office: Office) -> None:
    town = office.town
    town.swap("share: {administrations: all}", "share: {administrations: [nieheim]}")
    town.apply(release_unsafe=True)
    assert not sees(town, "anna.brakel")
    town.swap("share: {administrations: [nieheim]}", "share: {administrations: all}")
    assert office.running.reload()
    before = town.mark()
    status, text = press(office.person("anna.brakel"))
    assert (status, "noch nicht für Sie freigegeben" in text) == (409, True)
    assert town.calendar_writes(before) == []
    assert not sees(town, "anna.brakel")


def test_what_is_granted_by_name_comes_back_by_name(office: Office) -> None:
    town = office.town
    town.swap("share: {administrations: all}", "share: [{administrations: all}, {people: [test.eins]}]")
    assert office.running.reload()
    town.apply()
    unshare(town, "test.eins")
    assert press(office.person("test.eins"))[0] == 200
    assert sees(town, "test.eins")
    assert town.apply(verify=True).plan.changes == ()


def test_in_a_preview_nothing_is_offered_and_nothing_written(office: Office) -> None:
    unshare(office.town, "anna.brakel")
    office.town.swap("mode: live", "mode: preview")
    assert office.running.reload()
    browser = office.person("anna.brakel")
    assert "Kalender zurückholen" not in browser.text(PAGE)
    assert press(browser)[0] == 404
    assert not sees(office.town, "anna.brakel")


def test_in_a_pilot_its_group_gets_calendars_back_and_nobody_else(office: Office) -> None:
    town = office.town
    town.swap("mode: live", "mode: live\n  pilot: dnw-test")
    assert office.running.reload()
    town.apply()
    town.apply(release_unsafe=True)
    assert sees(town, "test.eins")
    unshare(town, "test.eins")
    assert press(office.person("test.eins"))[0] == 200
    assert sees(town, "test.eins")
    assert "Kalender zurückholen" not in office.person("anna.brakel").text(PAGE)


def test_meetings_of_my_groups_stand_between_the_trainings(tmp_path: object) -> None:
    from pathlib import Path

    assert isinstance(tmp_path, Path)
    from plugin.running import Running

    with a_town(Sandbox(), tmp_path, CONFIG + groups()) as town:
        at = "https://netz.probe.example"
        client = town.sandbox.world.oauth2.add_client("Netzwerk", f"{at}/login/back")
        town.swap("service:\n", "service:\n  login: {client_id: 'env:OAUTH_ID', client_secret: 'env:OAUTH_SECRET'}\n")
        town.apply()
        environment = {**town.environment, "OAUTH_ID": client.id, "OAUTH_SECRET": client.secret}
        running = Running(town.config, environment=environment, clock=town.now)
        office = Office(town, create_app(running), running)
        page = office.person("anna.brakel").text(PAGE)
        assert "Treffen der Austauschgruppe" in page
        assert page.index("Treffen der Austauschgruppe") < page.index("OZG Grundlagen")
        assert "Treffen der Austauschgruppe" not in office.person("dora.nieheim").text(PAGE)
        unshare(town, "anna.brakel", "Austausch OZG")
        again = office.person("anna.brakel")
        assert "Treffen der Austauschgruppe" not in again.text(PAGE)
        assert press(again, "/meine-termine/kalender/ozg")[0] == 200
        assert "Treffen der Austauschgruppe" in again.text(PAGE)
        running.state.engine.dispose()


def test_inside_of_nextcloud_the_person_s_own_look_tells_that_it_is_back(inside: Inside) -> None:
    unshare(inside.town, "anna.brakel")
    page = inside.get("anna.brakel", PAGE).text
    assert "Kalender zurückholen" in page
    before = len(inside.town.sandbox.requests)
    answer = inside.post("anna.brakel", BACK, token=token_in(page))
    assert (answer.status_code, "steht wieder in Ihrer Nextcloud" in answer.text) == (200, True)
    looked = [each for each in inside.town.sandbox.requests[before:] if each.user == "anna.brakel"]
    assert any(each.method == "PROPFIND" and "/calendars/" in each.path for each in looked)
    assert sees(inside.town, "anna.brakel")
    assert "OZG Grundlagen" in inside.get("anna.brakel", PAGE).text
