"""Groups over the provisioning interface."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from contract_server import Client, Person, unique


@pytest.fixture
def fresh(service_privileged: Client) -> Iterator[str]:
    gid = unique("stadt")
    assert service_privileged.ocs("POST", "/cloud/groups", data={"groupid": gid, "displayname": "Stadt Ü"}).code == 200
    yield gid
    service_privileged.ocs("DELETE", f"/cloud/groups/{gid}")


def test_a_group_with_blank_slash_and_umlaut_is_addressed_raw_and_encoded(
    service: Client, group: str, anna: Person, bernd: Person
) -> None:
    for spelled in (group, group.replace("/", "%2F"), group.replace("/", "%252F")):
        users = service.ocs("GET", f"/cloud/groups/{spelled}/users").data["users"]
        assert set(users) == {anna.uid, bernd.uid}, spelled


def test_members_come_with_details(service: Client, group: str, anna: Person) -> None:
    users = service.ocs("GET", f"/cloud/groups/{group}/users/details").data["users"]
    assert users[anna.uid]["email"] == anna.mail


def test_details_count_members(service: Client, group: str) -> None:
    rows = service.ocs("GET", "/cloud/groups/details", params={"search": group}).data["groups"]
    assert [(row["id"], row["displayname"], row["usercount"]) for row in rows] == [(group, group, 2)]


def test_search_also_looks_at_display_names(service: Client, fresh: str) -> None:
    rows = service.ocs("GET", "/cloud/groups/details", params={"search": "Stadt Ü"}).data["groups"]
    assert fresh in [row["id"] for row in rows]


def test_a_second_group_of_the_id_is_102(service_privileged: Client, fresh: str) -> None:
    again = service_privileged.ocs("POST", "/cloud/groups", data={"groupid": fresh})
    assert (again.status, again.code, again.message) == (400, 102, "group exists")


def test_an_empty_id_is_101_after_confirmation_and_403_before(service: Client, service_privileged: Client) -> None:
    """What a probe of the rights relies on."""
    assert service_privileged.ocs("POST", "/cloud/groups", data={"groupid": ""}).code == 101
    assert service.ocs("POST", "/cloud/groups", data={"groupid": ""}).code == 403


def test_only_the_display_name_changes(service: Client, service_privileged: Client, fresh: str) -> None:
    body = {"key": "displayname", "value": "Hansestadt"}
    assert service_privileged.ocs("PUT", f"/cloud/groups/{fresh}", data=body).code == 200
    rows = service.ocs("GET", "/cloud/groups/details", params={"search": fresh}).data["groups"]
    assert rows[0]["displayname"] == "Hansestadt"
    assert service_privileged.ocs("PUT", f"/cloud/groups/{fresh}", data={**body, "key": "x"}).code == 999


def test_an_unknown_group_is_404_to_read_and_101_to_delete(service: Client, service_privileged: Client) -> None:
    gid = unique("keine")
    assert service.ocs("GET", f"/cloud/groups/{gid}/users").status == 404
    assert service_privileged.ocs("DELETE", f"/cloud/groups/{gid}").code == 101


def test_a_plus_in_the_id_cannot_be_addressed(service_privileged: Client) -> None:
    gid = unique("a+b")
    assert service_privileged.ocs("POST", "/cloud/groups", data={"groupid": gid}).code == 200
    assert service_privileged.ocs("GET", f"/cloud/groups/{gid.replace('+', '%2B')}/users").status == 404
    assert service_privileged.ocs("DELETE", f"/cloud/groups/{gid.replace('+', '%252B')}").code == 200


def test_an_id_over_64_characters_becomes_a_hash(service_privileged: Client) -> None:
    gid = unique("x" * 70)
    assert service_privileged.ocs("POST", "/cloud/groups", data={"groupid": gid}).code == 200
    rows = service_privileged.ocs("GET", "/cloud/groups/details", params={"search": gid}).data["groups"]
    assert [row["displayname"] for row in rows] == [gid]
    assert len(rows[0]["id"]) == 64
    assert service_privileged.ocs("GET", f"/cloud/groups/{gid}/users").status == 404
    assert service_privileged.ocs("DELETE", f"/cloud/groups/{rows[0]['id']}").code == 200


def test_a_member_sees_its_group_and_nobody_else_does(anna: Person, owner: Person, group: str) -> None:
    assert anna.uid in anna.client.ocs("GET", f"/cloud/groups/{group}/users").data["users"]
    assert owner.client.ocs("GET", f"/cloud/groups/{group}/users").code == 403


def test_a_plain_account_may_not_make_groups(server: object, anna: Person) -> None:
    from contract_server import Server

    assert isinstance(server, Server)
    client = server.client(anna.uid, anna.password, cookies=True)
    assert client.ocs("POST", "/cloud/groups", data={"groupid": unique("nie")}).code == 403
