"""How the server lets in whom: passwords, app passwords, bearer, confirmation, cookies, the login flow."""

from __future__ import annotations

import re

import requests
from contract_server import Client, Person, Server, unique

CONFIRM = "Password confirmation is required"


def test_the_status_page_needs_no_login(server: Server) -> None:
    status = requests.get(server.url + "/status.php", timeout=30).json()
    assert status["installed"] is True
    assert status["maintenance"] is False
    assert status["versionstring"].startswith("34.")


def test_an_app_password_reads(server: Server, owner: Person) -> None:
    assert owner.client.ocs("GET", "/cloud/user").data["id"] == owner.uid


def test_an_app_password_works_as_bearer(server: Server, owner: Person) -> None:
    client = server.client()
    client.headers["Authorization"] = f"Bearer {owner.client.auth[1]}"
    assert client.ocs("GET", "/cloud/user").data["id"] == owner.uid
    assert client.dav("PROPFIND", f"/calendars/{owner.uid}/", Depth="0").status_code == 207


def test_a_wrong_password_is_401_on_both_sides(server: Server, owner: Person) -> None:
    client = server.client(owner.uid, "falsch-falsch-falsch")
    answer = client.ocs("GET", "/cloud/user")
    assert (answer.status, answer.code) == (401, 997)
    refused = client.dav("PROPFIND", f"/calendars/{owner.uid}/", Depth="0")
    assert refused.status_code == 401
    assert "Basic" in refused.headers["WWW-Authenticate"]


def test_without_a_login_ocs_and_dav_are_401(server: Server) -> None:
    client = server.client()
    assert client.ocs("GET", "/cloud/user").code == 997
    assert client.dav("PROPFIND", "/calendars/admin/", Depth="0").status_code == 401


def test_without_its_header_ocs_is_412(server: Server, owner: Person) -> None:
    del_header = {"OCS-APIRequest": ""}
    assert owner.client.ocs("GET", "/cloud/user", headers=del_header).status == 412
    assert owner.client.ocs("GET", "/index.php/apps/groupfolders/folders", headers=del_header).status == 412


def test_an_app_password_alone_may_not_write_groups(service: Client) -> None:
    answer = service.ocs("POST", "/cloud/groups", data={"groupid": unique("nie")})
    assert (answer.status, answer.code, answer.message) == (403, 403, CONFIRM)


def test_an_app_password_alone_may_not_write_team_folders_and_says_so_inside_a_200(service: Client) -> None:
    answer = service.ocs("POST", "/index.php/apps/groupfolders/folders", data={"mountpoint": unique("nie")})
    assert (answer.status, answer.code) == (200, 403)
    assert CONFIRM in answer.message


def test_the_login_password_may_write_without_cookies(server: Server) -> None:
    client = server.client(server.service.user, server.service.password)
    gid = unique("kurz")
    assert client.ocs("POST", "/cloud/groups", data={"groupid": gid}).code == 200
    assert client.ocs("DELETE", f"/cloud/groups/{gid}").code == 200


def test_confirming_opens_one_cookie_jar_and_no_other(server: Server, service: Client) -> None:
    login, gid = server.service, unique("bestaetigt")
    jar = server.client(login.user, login.app_password, cookies=True)
    confirmed = jar.ocs("PUT", "/core/apppassword/confirm", json={"password": login.password})
    assert confirmed.code == 200
    assert confirmed.data["lastLogin"] > 0
    assert jar.ocs("POST", "/cloud/groups", data={"groupid": gid}).code == 200
    assert service.ocs("DELETE", f"/cloud/groups/{gid}").code == 403
    assert jar.ocs("DELETE", f"/cloud/groups/{gid}").code == 200


def test_confirming_with_a_wrong_password_is_403(server: Server, owner: Person) -> None:
    jar = server.client(owner.uid, owner.client.auth[1], cookies=True)
    assert jar.ocs("PUT", "/core/apppassword/confirm", json={"password": "falsch-falsch"}).code == 403


def test_a_shared_cookie_jar_answers_as_the_wrong_account(server: Server, owner: Person, anna: Person) -> None:
    jar = server.client(owner.uid, owner.client.auth[1], cookies=True)
    assert jar.ocs("GET", "/cloud/user").data["id"] == owner.uid
    jar.auth = anna.client.auth
    assert jar.ocs("GET", "/cloud/user").data["id"] == owner.uid


def test_an_app_password_cannot_beget_another(owner: Person) -> None:
    assert owner.client.ocs("GET", "/core/getapppassword").code == 403


def test_an_app_password_can_be_given_back(server: Server, anna: Person) -> None:
    secret = server.client(anna.uid, anna.password).ocs("GET", "/core/getapppassword").data["apppassword"]
    assert len(secret) == 72
    client = server.client(anna.uid, secret)
    assert client.ocs("DELETE", "/core/apppassword").code == 200


def test_version_one_says_100_and_answers_200(owner: Person) -> None:
    answer = owner.client.ocs("GET", "/cloud/user", version=1)
    assert (answer.status, answer.code) == (200, 100)
    missing = owner.client.ocs("GET", "/apps/notifications/api/v9/gibtsnicht", version=1)
    assert missing.code == 998


def test_without_a_wish_for_json_ocs_is_xml(server: Server, owner: Person) -> None:
    response = owner.client.get(server.url + "/ocs/v1.php/cloud/user", timeout=30)
    assert response.headers["Content-Type"].startswith("application/xml")
    assert f"<id>{owner.uid}</id>" in response.text


def test_the_login_flow_waits_until_it_is_granted(server: Server) -> None:
    begun = requests.post(server.url + "/index.php/login/v2", headers={"User-Agent": "Vertrag"}, timeout=30).json()
    assert set(begun) == {"poll", "login"}
    endpoint = server.url + re.sub(r"^https?://[^/]+", "", begun["poll"]["endpoint"])
    polled = requests.post(endpoint, data={"token": begun["poll"]["token"]}, timeout=30)
    assert (polled.status_code, polled.json()) == (404, [])


def test_capabilities_tell_the_version_and_the_apps(service: Client) -> None:
    data = service.ocs("GET", "/cloud/capabilities").data
    assert data["version"]["major"] == 34
    assert {"dav", "circles", "groupfolders", "bruteforce", "notifications"} <= set(data["capabilities"])
    assert data["capabilities"]["dav"]["bulkupload"] == "1.0"
    assert data["capabilities"]["bruteforce"]["allow-listed"] is False


def test_capabilities_show_a_part_to_nobody(server: Server) -> None:
    data = server.client().ocs("GET", "/cloud/capabilities").data
    assert data["version"]["major"] == 34
    assert "groupfolders" not in data["capabilities"]
