"""What passes with time and after failures: confirmations, brute force, the login flow."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import requests
from sandbox_caller import Caller

from plugin.sandbox import Sandbox

GROUPS = "/ocs/v2.php/cloud/groups"
ME = "/ocs/v2.php/cloud/user"
HALF_AN_HOUR = timedelta(minutes=31)


def test_a_confirmation_ends_after_half_an_hour_and_a_fresh_jar_cures_it(
    sandbox: Sandbox, caller: Callable[..., Caller]
) -> None:
    login = sandbox.service
    jar = caller(login.user, login.password, cookies=True)
    assert jar.call("POST", GROUPS, data={"groupid": "a"}).status_code == 200
    sandbox.advance(HALF_AN_HOUR)
    refused = jar.call("POST", GROUPS, data={"groupid": "b"})
    assert (refused.status_code, refused.json()["ocs"]["meta"]["message"]) == (403, "Password confirmation is required")
    jar.cookies.clear()
    assert jar.call("POST", GROUPS, data={"groupid": "b"}).status_code == 200


def test_eleven_wrong_passwords_lock_out_the_whole_address(sandbox: Sandbox, caller: Callable[..., Caller]) -> None:
    login = sandbox.service
    wrong, right = caller(login.user, "falsch"), caller(login.user, login.app_password)
    assert [wrong.call("GET", ME).status_code for _ in range(10)] == [401] * 10
    assert right.call("GET", ME).status_code == 200
    assert [wrong.call("GET", ME).status_code for _ in range(11)] == [401] * 11
    for client in (wrong, right, caller(sandbox.admin.user, sandbox.admin.password)):
        assert client.call("GET", ME).status_code == 429
        assert client.call("PROPFIND", client.home()).status_code == 429
    sandbox.advance(HALF_AN_HOUR)
    assert right.call("GET", ME).status_code == 200


def test_a_good_login_forgives_its_own_failures_only(sandbox: Sandbox, caller: Callable[..., Caller]) -> None:
    sandbox.add_user("anna")
    service = caller(sandbox.service.user, sandbox.service.app_password)
    for _ in range(6):
        caller("anna", "falsch").call("GET", ME)
        caller(sandbox.service.user, "falsch").call("GET", ME)
        service.call("GET", ME)
    assert service.call("GET", ME).headers["X-Nextcloud-Bruteforce-Throttled"] == "6400ms"


def test_a_disabled_account_is_refused(sandbox: Sandbox, caller: Callable[..., Caller]) -> None:
    anna = sandbox.add_user("anna")
    admin = caller(sandbox.admin.user, sandbox.admin.password)
    assert admin.call("PUT", "/ocs/v2.php/cloud/users/anna/disable").status_code == 200
    assert caller("anna", anna.password).call("GET", ME).status_code == 401
    assert caller("anna", anna.app_password).call("GET", ME).status_code == 401


def test_the_login_flow_hands_out_an_app_password_once(sandbox: Sandbox, caller: Callable[..., Caller]) -> None:
    anna = sandbox.add_user("anna")
    agent = {"User-Agent": "Digitalnetzwerk (Probe)"}
    begun = requests.post(sandbox.url + "/index.php/login/v2", headers=agent, timeout=10).json()
    token = {"token": begun["poll"]["token"]}
    page = requests.get(begun["login"], timeout=10)
    assert "Digitalnetzwerk (Probe)" in page.text
    assert re.findall(r'name="(\w+)"', page.text) == ["user", "password"]
    wrong = requests.post(begun["login"], data={"user": "anna", "password": "falsch"}, timeout=10)
    assert wrong.status_code == 403
    assert requests.post(begun["poll"]["endpoint"], data=token, timeout=10).status_code == 404
    granted = requests.post(begun["login"], data={"user": "anna", "password": anna.password}, timeout=10)
    assert granted.status_code == 200
    given = requests.post(begun["poll"]["endpoint"], data=token, timeout=10).json()
    assert (given["server"], given["loginName"]) == (sandbox.url, "anna")
    assert caller("anna", given["appPassword"]).call("GET", ME).status_code == 200
    assert requests.post(begun["poll"]["endpoint"], data=token, timeout=10).status_code == 404
