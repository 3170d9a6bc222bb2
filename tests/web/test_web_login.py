"""Who gets in, who doesn't, and what is left of a login."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from journeys_town import Town
from web_office import AT, Office

from network.state import tables
from network.text import NOTHING
from plugin.web.login import AT_ONCE
from plugin.web.oauth import LoginFailed


def test_nobody_sees_anything_without_a_login(office: Office) -> None:
    answer = office.browser().get("/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/login")


def test_a_staff_member_logs_in_at_nextcloud_and_sees_the_trainings(office: Office) -> None:
    page = office.person("anna.brakel").text("/")
    assert "OZG Grundlagen" in page
    assert "anna.brakel" in page


def test_the_token_is_given_back_at_once_and_nothing_of_it_is_kept(office: Office) -> None:
    before = set(office.town.sandbox.world.logins.app_passwords)
    office.person("anna.brakel")
    assert set(office.town.sandbox.world.logins.app_passwords) == before
    with office.running.state.engine.begin() as connection:
        rows = connection.execute(tables.sessions.select()).all()
    assert [row.account for row in rows] == ["anna.brakel"]


def test_the_cookie_is_strict_and_out_of_reach_for_scripts(office: Office) -> None:
    answer = office.browser().log_in("anna.brakel")
    cookie = next(each for each in answer.headers.getlist("Set-Cookie") if each.startswith("dnw_session="))
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Secure" in cookie


def test_behind_a_proxy_that_ends_tls_the_cookie_goes_over_tls_alone(office: Office, town: Town) -> None:
    town.swap("service:\n", "service:\n  public_url: https://netz.probe.example\n")
    assert office.running.reload()
    answer = office.browser().client.get("/login", base_url="http://127.0.0.1:8080")
    assert "Secure" in answer.headers["Set-Cookie"]


def test_after_the_logout_the_old_cookie_opens_nothing(office: Office) -> None:
    browser = office.person("anna.brakel")
    stolen = browser.client.get_cookie("dnw_session", domain="netz.probe.example")
    assert stolen is not None
    assert browser.post("/logout", token=browser.token()).status_code == 200
    thief = office.browser()
    thief.client.set_cookie("dnw_session", stolen.value, domain="netz.probe.example", secure=True)
    assert thief.get("/").status_code == 303


def test_a_form_of_another_site_logs_nobody_out(office: Office) -> None:
    browser = office.person("anna.brakel")
    assert browser.post("/logout").status_code == 403
    assert browser.post("/logout", token="guessed").status_code == 403
    assert browser.get("/").status_code == 200


def test_a_login_ends_by_itself(office: Office) -> None:
    browser = office.person("anna.brakel")
    office.town.wait(hours=9)
    assert browser.get("/").status_code == 303


def test_a_login_that_was_begun_elsewhere_is_refused(office: Office) -> None:
    """Login CSRF: somebody sends a person the end of their own login."""
    mine = office.browser()
    mine.begin_login()
    assert mine.get("/login/back?state=other&code=x").status_code == 400
    assert office.browser().get("/login/back?state=&code=x").status_code == 400


def test_a_code_that_nextcloud_does_not_know_is_no_login(office: Office) -> None:
    browser = office.browser()
    state = browser.begin_login().split("state=")[1].split("&")[0]
    answer = browser.get(f"/login/back?state={state}&code=guessed")
    assert answer.status_code == 502
    assert "Noch einmal anmelden" in answer.text
    assert browser.get("/").status_code == 303


def test_nextcloud_out_of_reach_is_told_and_nobody_gets_in(office: Office) -> None:
    browser = office.browser()
    office.town.sandbox.fail_next("POST", "/token", 503)
    state = browser.begin_login().split("state=")[1].split("&")[0]
    assert browser.get(f"/login/back?state={state}&code=x").status_code == 502


def test_without_a_client_the_pages_say_what_is_missing(office: Office, town: Town) -> None:
    town.swap("  login: {client_id: 'env:OAUTH_ID', client_secret: 'env:OAUTH_SECRET'}\n", "")
    assert office.running.reload()
    answer = office.browser().get("/login")
    assert answer.status_code == 503
    assert "service.login" in answer.text


def test_who_waits_for_nextcloud_leaves_threads_for_the_pages(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Anybody may come back with a made-up code; Nextcloud answers such ones slower and slower."""
    asked, answers = threading.Semaphore(0), threading.Event()

    def slow(*_: object) -> None:
        asked.release()
        answers.wait(30)
        raise LoginFailed(NOTHING)

    def come_back() -> int:
        client = office.app.test_client(use_cookies=False)
        headers = {"Cookie": "dnw_login=x"}
        return client.get("/login/back?state=x&code=x", base_url=AT, headers=headers).status_code

    monkeypatch.setattr("plugin.web.login._look", slow)
    with ThreadPoolExecutor(AT_ONCE) as people:
        early = [people.submit(come_back) for _ in range(AT_ONCE)]
        assert all(asked.acquire(timeout=30) for _ in early)
        assert come_back() == 503
        answers.set()
        assert {each.result() for each in early} == {502}
    assert come_back() == 502
