"""Accounts over the provisioning interface, as an administrator, the delegated service account and anybody."""

from __future__ import annotations

from contract_server import Client, Person, unique


def test_details_are_keyed_by_uid_and_empty_is_a_list(service: Client, anna: Person, group: str) -> None:
    users = service.ocs("GET", "/cloud/users/details", params={"search": anna.uid}).data["users"]
    assert list(users) == [anna.uid]
    row = users[anna.uid]
    assert (row["id"], row["displayname"], row["email"]) == (anna.uid, anna.display_name, anna.mail)
    assert row["groups"] == [group]
    assert row["enabled"] is True
    assert service.ocs("GET", "/cloud/users/details", params={"search": unique("niemand")}).data["users"] == []


def test_ids_are_found_by_mail_and_paged(service: Client, anna: Person, bernd: Person) -> None:
    assert service.ocs("GET", "/cloud/users", params={"search": anna.mail}).data["users"] == [anna.uid]
    assert {anna.uid, bernd.uid} <= set(service.ocs("GET", "/cloud/users").data["users"])
    pages = [service.ocs("GET", "/cloud/users", params={"limit": 1, "offset": n}).data["users"] for n in range(3)]
    assert [len(page) for page in pages] == [1, 1, 1]
    assert len({page[0] for page in pages}) == 3


def test_an_unknown_person_is_404(service: Client) -> None:
    answer = service.ocs("GET", f"/cloud/users/{unique('niemand')}")
    assert (answer.status, answer.code) == (404, 404)


def test_a_plain_account_sees_itself_and_no_list(anna: Person, bernd: Person, group: str) -> None:
    assert anna.client.ocs("GET", "/cloud/users").code == 403
    assert anna.client.ocs("GET", "/cloud/users/details").code == 403
    assert anna.client.ocs("GET", f"/cloud/users/{bernd.uid}").status == 404
    assert anna.client.ocs("GET", f"/cloud/users/{anna.uid}/groups").data["groups"] == [group]
    assert anna.client.ocs("GET", "/cloud/user").data["groups"] == [group]


def test_a_person_is_made_changed_disabled_and_deleted(server: object, service_privileged: Client, group: str) -> None:
    uid = unique("neu")
    body = {"userid": uid, "password": unique("Geheim-34"), "displayName": "Néu Ü", "email": f"{uid}@x.example"}
    made = service_privileged.ocs("POST", "/cloud/users", json={**body, "groups": [group]})
    assert (made.code, made.data) == (200, {"id": uid})
    again = service_privileged.ocs("POST", "/cloud/users", json=body)
    assert (again.status, again.code, again.message) == (400, 102, "User already exists")
    renamed = service_privileged.ocs("PUT", f"/cloud/users/{uid}", data={"key": "displayname", "value": "Anders"})
    assert renamed.code == 200
    assert service_privileged.ocs("PUT", f"/cloud/users/{uid}/disable").code == 200
    row = service_privileged.ocs("GET", f"/cloud/users/{uid}").data
    assert (row["displayname"], row["enabled"], row["groups"]) == ("Anders", False, [group])
    assert service_privileged.ocs("PUT", f"/cloud/users/{uid}/enable").code == 200
    assert service_privileged.ocs("DELETE", f"/cloud/users/{uid}").code == 200
    assert service_privileged.ocs("DELETE", f"/cloud/users/{uid}").code == 998


def test_a_bad_name_or_password_is_refused_with_its_own_code(service_privileged: Client) -> None:
    def code(**body: object) -> int:
        return service_privileged.ocs("POST", "/cloud/users", json=body).code

    assert code(userid=unique("a/b"), password="Geheim-34-wort-x") == 101
    assert code(userid=unique("kurz"), password="kurz") == 107
    assert code(userid=unique("ohne")) == 108
    assert code(userid=unique("gruppe"), password="Geheim-34-wort-x", groups=[unique("keine")]) == 104


def test_editing_an_unknown_key_is_113(service_privileged: Client, anna: Person) -> None:
    body = {"key": "gibtsnicht", "value": "x"}
    assert service_privileged.ocs("PUT", f"/cloud/users/{anna.uid}", data=body).code == 113


def test_a_delegate_has_no_power_over_administrators(service_privileged: Client) -> None:
    body = {"key": "displayname", "value": "x"}
    assert service_privileged.ocs("PUT", "/cloud/users/admin", data=body).code == 998


def test_membership_is_idempotent_and_says_what_is_missing(
    service_privileged: Client, owner: Person, group: str
) -> None:
    path = f"/cloud/users/{owner.uid}/groups"

    def join(gid: str, to: str = path) -> int:
        return service_privileged.ocs("POST", to, data={"groupid": gid}).code

    assert [join(group), join(group)] == [200, 200]
    assert [service_privileged.ocs("DELETE", path, data={"groupid": group}).code for _ in range(2)] == [200, 200]
    assert join(unique("keine")) == 102
    assert join(group, f"/cloud/users/{unique('niemand')}/groups") == 103
    assert join("admin") == 104
    assert join("") == 101


def test_people_can_be_looked_up_by_anybody(anna: Person, bernd: Person) -> None:
    params = {"search": bernd.display_name, "itemType": "folder"}
    data = anna.client.ocs("GET", "/apps/files_sharing/api/v1/sharees", params=params).data
    found = [row["value"]["shareWith"] for row in data["exact"]["users"] + data["users"]]
    assert bernd.uid in found


def test_an_administrator_pushes_a_notification_with_an_app_password(
    admin: Client, anna: Person, bernd: Person
) -> None:
    path = "/apps/notifications/api/v3/admin_notifications/"
    pushed = admin.ocs("POST", path + anna.uid, json={"subject": "Änderung", "message": "Raum 2"})
    assert pushed.code == 200
    listed = anna.client.ocs("GET", "/apps/notifications/api/v2/notifications").data
    assert [(row["notification_id"], row["subject"]) for row in listed][:1] == [(pushed.data["id"], "Änderung")]
    assert bernd.client.ocs("POST", path + anna.uid, json={"subject": "x", "message": ""}).code == 403
    unknown = admin.ocs("POST", path + unique("niemand"), json={"subject": "x", "message": ""})
    assert (unknown.status, unknown.data) == (400, {"error": "user"})
    assert anna.client.ocs("DELETE", "/apps/notifications/api/v2/notifications").code == 200


def test_settings_of_the_calendars_are_set_and_removed_by_an_administrator(admin: Client, service: Client) -> None:
    path = f"/apps/provisioning_api/api/v1/config/apps/dav/{unique('vertrag')}"
    assert admin.ocs("POST", path, data={"value": "7"}).code == 200
    assert admin.ocs("GET", path).data == {"data": "7"}
    assert admin.ocs("DELETE", path).code == 200
    assert admin.ocs("GET", path).data == {"data": ""}
    assert service.ocs("GET", path).code == 403


def test_the_allow_list_cannot_be_set_from_outside(admin: Client) -> None:
    path = "/apps/provisioning_api/api/v1/config/apps/bruteForce/whitelist_0"
    assert admin.ocs("POST", path, data={"value": "127.0.0.1"}).code == 403


def test_a_person_is_told_the_apps_of_the_bar_on_top(anna: Person) -> None:
    rows = anna.client.ocs("GET", "/core/navigation/apps").data
    assert "files" in [row["id"] for row in rows]
    assert all({"id", "href", "name"} <= set(row) for row in rows)
