"""The pages inside of Nextcloud: who is asking comes from its headers, and what its proxy does to pages is survived."""

import base64
import logging
from dataclasses import replace

import pytest
from journeys_town import Town
from web_inside import SECRET, Inside, signed, token_in
from web_office import Office

from plugin.exapp.identity import APP
from plugin.web.access import ALLOWED
from plugin.web.app import create_app
from plugin.web.site import Site
from plugin.web.visitors import Role, Visitor, to_text

PROTOCOL = (("POST", "/init"), ("PUT", "/enabled?enabled=0"), ("POST", "/occ/sync"))


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


FORGED = {
    "a wrong secret": signed("anna.brakel", "f" * 32),
    "no secret": signed("anna.brakel", ""),
    "the beginning of the secret": signed("anna.brakel", SECRET[:-1]),
    "the secret and more": signed("anna.brakel", SECRET + "0"),
    "the secret alone": {"EX-APP-ID": APP, "AUTHORIZATION-APP-API": encoded(SECRET)},
    "the secret in another case": signed("anna.brakel", SECRET.upper()),
    "another program": signed("anna.brakel", app="other"),
    "no program": {"AUTHORIZATION-APP-API": signed("anna.brakel")["AUTHORIZATION-APP-API"]},
    "no proof": {"EX-APP-ID": APP},
    "an empty proof": {"EX-APP-ID": APP, "AUTHORIZATION-APP-API": ""},
    "nothing that can be decoded": {"EX-APP-ID": APP, "AUTHORIZATION-APP-API": "%%%"},
    "no text": {"EX-APP-ID": APP, "AUTHORIZATION-APP-API": base64.b64encode(b"\xff\xfe:" + SECRET.encode()).decode()},
    "a proof that is not encoded": {"EX-APP-ID": APP, "AUTHORIZATION-APP-API": f"anna.brakel:{SECRET}"},
    "as Basic": {"EX-APP-ID": APP, "AUTHORIZATION-APP-API": "Basic " + encoded(f"anna.brakel:{SECRET}")},
}


def test_a_person_sees_the_trainings_without_any_login_of_ours(standing: Inside) -> None:
    answer = standing.get("anna.brakel")
    assert answer.status_code == 200
    assert "OZG Grundlagen" in answer.text


def test_what_nextcloud_was_told_is_shown_there(standing: Inside) -> None:
    shown = standing.app.shown
    assert shown["top-menu", "netzwerk"]["displayName"] == "Netzwerk"
    assert ("script", "static/embed") in shown
    assert "http://127.0.0.1:8080" in shown["settings", "digitalnetzwerk"]["description"]
    assert shown["occ_command", "digitalnetzwerk:sync"]["execute_handler"] == "occ/sync"


def test_disabled_nothing_of_us_is_left_there_and_enabled_all_of_it_is_back(inside: Inside) -> None:
    programs = inside.town.sandbox.world.ex_apps
    before = dict(inside.app.shown)
    programs.disable(inside.app)
    assert inside.app.shown == {}
    assert inside.get("anna.brakel").status_code == 404
    programs.enable(inside.app)
    assert inside.app.shown == before
    assert inside.get("anna.brakel").status_code == 200


def test_what_cannot_be_shown_is_answered_in_words_and_nextcloud_keeps_us_disabled(inside: Inside) -> None:
    programs = inside.town.sandbox.world.ex_apps
    programs.disable(inside.app)
    inside.town.sandbox.fail_next("POST", "ui/top-menu", 500)
    programs.enable(inside.app)
    assert not inside.app.enabled


# ------------------------------------------------------------------ who is asking


def test_forged_headers_open_nothing(standing: Inside) -> None:
    for name, headers in FORGED.items():
        for method, path in (("GET", "/"), ("GET", "/betrieb"), ("GET", "/static/style.css"), *PROTOCOL):
            assert standing.nextcloud(method, path, **headers).status_code == 401, (name, method, path)


def test_without_headers_there_is_the_login_for_people_and_nothing_of_the_protocol(standing: Inside) -> None:
    assert standing.nextcloud("GET", "/").headers["Location"] == "/login"
    for method, path in PROTOCOL:
        assert standing.nextcloud(method, path).status_code == 401, (method, path)
    assert standing.nextcloud("GET", "/heartbeat").json() == {"status": "ok"}


def test_a_person_cannot_do_what_nextcloud_does(standing: Inside) -> None:
    """Neither directly nor by one of the spellings that slip through the rules of the proxy."""
    for method, path in PROTOCOL:
        assert standing.nextcloud(method, path, **signed("erika.kreis")).status_code == 404, (method, path)
    for spelling in ("/occ/sync", "//occ/sync", "/OCC/sync", "/%6fcc/sync", "/%256fcc/sync", "/x/../occ/sync"):
        assert standing.post("erika.kreis", spelling).status_code == 404, spelling
    for spelling in ("/init", "//init", "/%2569nit", "/login", "/login/back", "/logout", "/heartbeat", "/healthz"):
        assert standing.get("erika.kreis", spelling).status_code == 404, spelling
    assert standing.app.shown


def test_nextcloud_itself_is_nobody_on_the_pages(standing: Inside) -> None:
    assert standing.nextcloud("GET", "/", **signed("")).status_code == 404


def test_a_cookie_of_somebody_else_changes_nothing(standing: Inside) -> None:
    """Cookies come through the proxy; a login that is planted on Nextcloud's own address must not be one."""
    key = session_of(standing, "erika.kreis")
    session = standing.person("anna.brakel")
    session.cookies.set("dnw_session", key)
    assert session.get(standing.pages + "/betrieb", timeout=20).status_code == 404
    assert "OZG Grundlagen" in session.get(standing.pages + "/", timeout=20).text


def session_of(inside: Inside, account: str) -> str:
    """The key of a login of our own."""
    found = Visitor(account, account, roles=(Role.STAFF, Role.NETWORK_ADMIN))
    return Site.of(inside.running).sessions.open(account, to_text(found))


def test_who_may_what_is_asked_as_everywhere(standing: Inside) -> None:
    assert standing.get("erika.kreis", "/betrieb").status_code == 200
    assert standing.get("anna.brakel", "/betrieb").status_code == 404
    assert standing.post("anna.brakel", "/betrieb/lauf").status_code == 404
    assert standing.get("test.eins").status_code == 200
    assert "OZG Grundlagen" not in standing.get("test.eins").text


PEOPLE = {
    "anna.brakel": {Role.STAFF},
    "emil.nieheim": {Role.STAFF, Role.TRAINING_OFFICE},
    "carla.brakel": {Role.STAFF, Role.COORDINATOR},
    "dora.nieheim": {Role.STAFF, Role.REVIEWER},
    "erika.kreis": {Role.STAFF, Role.NETWORK_ADMIN},
}


@pytest.mark.parametrize("account", PEOPLE)
def test_every_page_and_call_for_every_role(standing: Inside, account: str) -> None:
    """What a role may not see is not there; what it may, opens, and changes nothing without a form of ours."""
    app = create_app(standing.running)
    client = app.test_client()
    places = app.url_map.bind("probe.example")
    for rule in app.url_map.iter_rules():
        allowed = ALLOWED.get(rule.endpoint)
        if not allowed or rule.endpoint.startswith("login."):
            continue
        path = places.build(rule.endpoint, dict.fromkeys(rule.arguments, 1))
        for method in {"GET", "POST"} & (rule.methods or set()):
            status = client.open(path, method=method, headers=signed(account)).status_code
            if not allowed & PEOPLE[account]:
                assert status == 404, (method, path)
            elif method == "POST":
                assert status == 403, (method, path)
            elif not rule.arguments and not path.startswith("/api/"):
                assert status == 200, (method, path)


def test_somebody_is_looked_at_once_in_five_minutes(inside: Inside, town: Town) -> None:
    before = town.mark()
    inside.get("anna.brakel")
    once = inside.visible_requests(before, "anna.brakel")
    assert once > 0
    inside.get("anna.brakel")
    inside.get("anna.brakel", "/static/style.css")
    assert inside.visible_requests(before, "anna.brakel") == once
    town.wait(minutes=6)
    inside.get("anna.brakel")
    assert inside.visible_requests(before, "anna.brakel") == 2 * once


def test_a_changed_configuration_counts_at_once(inside: Inside, town: Town) -> None:
    assert inside.get("anna.brakel", "/betrieb").status_code == 404
    town.swap("people: [erika.kreis, max.kreis]", "people: [erika.kreis, anna.brakel]")
    assert inside.running.reload()
    assert inside.get("anna.brakel", "/betrieb").status_code == 200


def test_nextcloud_out_of_reach_is_said_in_words(inside: Inside, town: Town) -> None:
    town.sandbox.fail_next("GET", "/cloud/user", 503, count=5)
    answer = inside.get("anna.brakel")
    assert answer.status_code == 503
    assert "Nextcloud antwortet im Moment nicht" in answer.text


def test_the_language_is_that_of_the_account(inside: Inside, town: Town) -> None:
    people = town.sandbox.world.accounts.people
    people["anna.brakel"] = replace(people["anna.brakel"], language="en_GB")
    assert '<html lang="en">' in inside.get("anna.brakel").text
    assert '<html lang="de">' in inside.get("erika.kreis").text


# ------------------------------------------------------------------ forms


def test_a_form_of_this_person_counts_and_no_other(standing: Inside) -> None:
    own = token_in(standing.get("erika.kreis", "/betrieb").text)
    assert standing.post("erika.kreis", "/betrieb/lauf", token=own).status_code == 200
    assert standing.post("max.kreis", "/betrieb/lauf", token=own).status_code == 403
    assert standing.post("erika.kreis", "/betrieb/lauf").status_code == 403
    assert standing.post("erika.kreis", "/betrieb/lauf", token="").status_code == 403
    assert standing.post("erika.kreis", "/betrieb/lauf?token=" + own).status_code == 403


def test_the_token_says_nothing_about_the_secret(standing: Inside) -> None:
    page = standing.get("erika.kreis", "/betrieb").text
    assert SECRET not in page
    assert encoded(f"erika.kreis:{SECRET}") not in page


# ------------------------------------------------------------------ the proxy


def pages_without_arguments(inside: Inside) -> list[str]:
    rules = create_app(inside.running).url_map.iter_rules()
    mine = {Role.STAFF, Role.NETWORK_ADMIN}
    return sorted(
        each.rule
        for each in rules
        if "GET" in (each.methods or ()) and not each.arguments and not each.rule.startswith("/api/")
        if ALLOWED.get(each.endpoint, frozenset()) & mine
    )


def test_every_page_survives_the_proxy(standing: Inside) -> None:
    """No redirect, no cookie, nothing that may be kept, a policy that lets Nextcloud frame it, links without a root."""
    pages = pages_without_arguments(standing)
    assert {"/", "/betrieb"} <= set(pages)
    for path in pages:
        answer = standing.nextcloud("GET", path, **signed("erika.kreis"))
        assert answer.status_code == 200, path
        assert "Set-Cookie" not in answer.headers, path
        assert answer.headers["Cache-Control"] == "no-store", path
        assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"], path
        assert "unsafe" not in answer.headers["Content-Security-Policy"], path
        assert 'href="/' not in answer.text and 'src="/' not in answer.text and 'action="/' not in answer.text, path
        assert "login" not in answer.text, path


def test_alone_nobody_frames_us(standing: Inside) -> None:
    assert "frame-ancestors 'none'" in standing.nextcloud("GET", "/login").headers["Content-Security-Policy"]


def test_what_is_not_there_can_be_shown_in_the_frame(standing: Inside) -> None:
    answer = standing.get("anna.brakel", "/nirgends")
    assert answer.status_code == 404
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]


def test_of_a_repeated_name_the_last_value_arrives(standing: Inside) -> None:
    page = standing.get("anna.brakel", "/?q=E-Akte&q=Grundlagen").text
    assert "OZG Grundlagen" in page
    assert "E-Akte" not in page


def test_umlauts_in_a_search_arrive(standing: Inside) -> None:
    assert 'value="Übung & Käse"' in standing.get("anna.brakel", "/?q=%C3%9Cbung+%26+K%C3%A4se").text.replace(
        "&amp;", "&"
    )


def test_a_slash_too_many_or_too_few_is_no_redirect(standing: Inside) -> None:
    for path in ("/betrieb/", "//", "//betrieb"):
        assert "Location" not in standing.nextcloud("GET", path, **signed("erika.kreis")).headers, path


def test_our_own_head_shrinks_to_the_sections(standing: Inside) -> None:
    page = standing.get("anna.brakel").text
    assert 'aria-label="Bereiche"' in page
    assert "Abmelden" not in page
    assert 'class="network"' not in page
    assert "framed.js" in page


def test_icon_and_script_are_there(standing: Inside) -> None:
    icon = standing.get("anna.brakel", "/static/top-bar.svg")
    assert (icon.status_code, icon.headers["Content-Type"]) == (200, "image/svg+xml")
    script = standing.get("anna.brakel", "/static/embed.js")
    assert (script.status_code, script.headers["Content-Type"]) == (200, "text/javascript; charset=utf-8")


def test_nothing_of_a_header_is_logged(inside: Inside, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        session = inside.person("anna.brakel")
        session.cookies.set("oc_sessionPassphrase", "cookie-of-nextcloud")
        session.get(inside.pages + "/", timeout=20)
        inside.nextcloud("GET", "/", **FORGED["a wrong secret"], Cookie="nc_session=stolen")
        inside.nextcloud("POST", "/init", **signed(""))
        inside.nextcloud("PUT", "/enabled?enabled=1", **signed(""))
    for secret in (SECRET, "f" * 32, encoded(f"anna.brakel:{SECRET}"), "cookie-of-nextcloud", "stolen"):
        assert secret not in caplog.text


# ------------------------------------------------------------------ without it


def test_where_it_is_not_configured_nothing_of_it_exists(office: Office) -> None:
    client = office.browser().client
    for method, path in (("GET", "/heartbeat"), *PROTOCOL):
        assert client.open(path, method=method, headers=signed("")).status_code == 404, path
    assert client.get("/", headers=signed("anna.brakel")).status_code == 303


def test_without_its_secret_nobody_comes_through_nextcloud_and_the_login_goes_on(office: Office, town: Town) -> None:
    town.swap("service:\n", "service:\n  exapp: {secret: env:NOWHERE, address: 'http://127.0.0.1:8080'}\n")
    assert office.running.reload()
    assert office.browser().client.get("/", headers=signed("anna.brakel")).status_code == 503
    assert office.person("anna.brakel").get("/").status_code == 200
