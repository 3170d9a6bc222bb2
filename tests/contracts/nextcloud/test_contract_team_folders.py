"""Team folders: the three shapes of answers, grants to groups and teams, and the finer rules over WebDAV."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from contract_server import NCORG, OC, Client, Person, Server, multistatus, unique

BASE = "/index.php/apps/groupfolders/folders"
ALL, READ = 31, 1


@pytest.fixture
def folder(service_privileged: Client) -> Iterator[tuple[int, str]]:
    """Number and mount point of a fresh Team folder that nobody is in."""
    name = unique("Projekt Ü")
    made = service_privileged.ocs("POST", BASE, data={"mountpoint": name})
    assert made.code == 100, made
    yield made.data["id"], name
    service_privileged.ocs("DELETE", f"{BASE}/{made.data['id']}")


def _grant(client: Client, number: int, name: str, permissions: int = ALL) -> None:
    assert client.ocs("POST", f"{BASE}/{number}/groups", data={"group": name}).code == 100
    if permissions != ALL:
        path = f"{BASE}/{number}/groups/{quote(name, safe='')}"
        assert client.ocs("POST", path, data={"permissions": permissions}).code == 100


def _team_of(owner: Person, team: str, *people: Person) -> str:
    for person in people:
        body = {"userId": person.uid, "type": 1}
        assert owner.client.ocs("POST", f"/apps/circles/circles/{team}/members", json=body).code == 200
    return team


def _acl(kind: str, name: str, mask: int, permissions: int) -> str:
    return (
        f"<ncorg:acl><ncorg:acl-mapping-type>{kind}</ncorg:acl-mapping-type>"
        f"<ncorg:acl-mapping-id>{name}</ncorg:acl-mapping-id><ncorg:acl-mask>{mask}</ncorg:acl-mask>"
        f"<ncorg:acl-permissions>{permissions}</ncorg:acl-permissions></ncorg:acl>"
    )


def _set_rules(client: Client, path: str, *rules: str) -> int:
    response = client.proppatch(path, f"<ncorg:acl-list>{''.join(rules)}</ncorg:acl-list>")
    if response.status_code != 207:
        return response.status_code
    return 200 if " 200 " in response.text else int(response.text.partition("HTTP/1.1 ")[2][:3])


def test_success_is_100_in_a_200(service: Client, folder: tuple[int, str]) -> None:
    number, name = folder
    answer = service.ocs("GET", f"{BASE}/{number}")
    assert (answer.status, answer.code) == (200, 100)
    row = answer.data
    assert (row["id"], row["mount_point"], row["quota"], row["acl"], row["size"]) == (number, name, -3, False, 0)
    assert row["groups"] == []
    assert row["manage"] == []


def test_the_list_is_keyed_by_number(service: Client, folder: tuple[int, str]) -> None:
    rows = service.ocs("GET", BASE).data
    assert rows[str(folder[0])]["mount_point"] == folder[1]


def test_the_same_mount_point_is_a_bare_message_with_400(service_privileged: Client, folder: tuple[int, str]) -> None:
    again = service_privileged.ocs("POST", BASE, data={"mountpoint": folder[1]})
    assert (again.status, again.bare) == (400, {"message": "Mount point already exists"})


def test_a_missing_folder_is_404(service_privileged: Client, service: Client) -> None:
    assert service.ocs("GET", f"{BASE}/99999999").status == 404
    assert service_privileged.ocs("POST", f"{BASE}/99999999/groups", data={"group": "x"}).status == 404


def test_a_group_twice_is_400_and_an_unknown_one_is_taken(
    service_privileged: Client, folder: tuple[int, str], group: str
) -> None:
    _grant(service_privileged, folder[0], group)
    again = service_privileged.ocs("POST", f"{BASE}/{folder[0]}/groups", data={"group": group})
    assert (again.status, again.bare) == (400, {"message": "Group already assigned to this Groupfolder"})
    unknown = service_privileged.ocs("POST", f"{BASE}/{folder[0]}/groups", data={"group": unique("keine")})
    assert unknown.code == 100


def test_grants_tell_groups_and_teams_apart(
    service_privileged: Client, service: Client, folder: tuple[int, str], group: str, team: str
) -> None:
    _grant(service_privileged, folder[0], group, READ)
    _grant(service_privileged, folder[0], team)
    row = service.ocs("GET", f"{BASE}/{folder[0]}").data
    assert row["groups"] == {group: READ, team: ALL}
    assert row["group_details"][group]["type"] == "group"
    assert row["group_details"][team]["type"] == "circle"


def test_quota_rules_and_managers_are_set(
    service_privileged: Client, service: Client, folder: tuple[int, str], owner: Person
) -> None:
    path = f"{BASE}/{folder[0]}"
    assert service_privileged.ocs("POST", f"{path}/quota", data={"quota": 5_000_000}).code == 100
    assert service_privileged.ocs("POST", f"{path}/acl", data={"acl": 1}).code == 100
    manager = {"mappingType": "user", "mappingId": owner.uid, "manageAcl": 1}
    assert service_privileged.ocs("POST", f"{path}/manageACL", data=manager).code == 100
    row = service.ocs("GET", path).data
    assert (row["quota"], row["acl"]) == (5_000_000, True)
    assert [(one["type"], one["id"]) for one in row["manage"]] == [("user", owner.uid)]


def test_a_manager_is_kept_also_without_rules(
    service_privileged: Client, service: Client, folder: tuple[int, str], owner: Person
) -> None:
    """The mark by which a lost state finds its folders again."""
    manager = {"mappingType": "user", "mappingId": owner.uid, "manageAcl": 1}
    assert service_privileged.ocs("POST", f"{BASE}/{folder[0]}/manageACL", data=manager).code == 100
    row = service.ocs("GET", f"{BASE}/{folder[0]}").data
    assert (row["acl"], [one["id"] for one in row["manage"]]) == (False, [owner.uid])


def test_a_rename_moves_the_members_path_and_keeps_the_number_of_the_file(
    service_privileged: Client, folder: tuple[int, str], group: str, anna: Person
) -> None:
    _grant(service_privileged, folder[0], group)
    before = anna.client.propfind(anna.client.files(folder[1]), "oc:fileid")[0].text(OC + "fileid")
    name = unique("Archiv – Ü")
    renamed = service_privileged.ocs("POST", f"{BASE}/{folder[0]}/mountpoint", data={"mountpoint": name})
    assert renamed.code == 100
    assert anna.client.propfind(anna.client.files(name), "oc:fileid")[0].text(OC + "fileid") == before
    assert anna.client.dav("PROPFIND", anna.client.files(folder[1]), Depth="0").status_code == 404


def test_revoking_takes_the_folder_away(
    service_privileged: Client, folder: tuple[int, str], group: str, anna: Person
) -> None:
    _grant(service_privileged, folder[0], group)
    path = anna.client.files(folder[1])
    assert anna.client.dav("PROPFIND", path, Depth="0").status_code == 207
    gone = service_privileged.ocs("DELETE", f"{BASE}/{folder[0]}/groups/{quote(group, safe='')}")
    assert gone.code == 100
    assert anna.client.dav("PROPFIND", path, Depth="0").status_code == 404


def test_without_json_a_folder_is_xml_with_groups_as_attributes(
    server: Server, service_privileged: Client, service: Client, folder: tuple[int, str], group: str
) -> None:
    _grant(service_privileged, folder[0], group)
    response = service.get(f"{server.url}{BASE}/{folder[0]}", timeout=30)
    assert response.headers["Content-Type"].startswith("application/xml")
    rows = ET.fromstring(response.content).findall("data/groups/element")
    assert [(row.get("group_id"), row.get("permissions"), row.get("type")) for row in rows] == [(group, "31", "group")]


def test_a_plain_member_lists_folders_of_its_groups_not_of_its_teams(
    service_privileged: Client, folder: tuple[int, str], group: str, team: str, owner: Person, anna: Person
) -> None:
    _grant(service_privileged, folder[0], _team_of(owner, team, anna))
    rows = anna.client.ocs("GET", BASE).data
    assert str(folder[0]) not in rows
    _grant(service_privileged, folder[0], group)
    assert str(folder[0]) in anna.client.ocs("GET", BASE).data


def test_a_plain_account_may_not_make_folders(server: Server, anna: Person) -> None:
    client = server.client(anna.uid, anna.password, cookies=True)
    assert client.ocs("POST", BASE, data={"mountpoint": unique("nie")}).code == 403


def test_members_of_a_team_work_in_the_folder(
    service_privileged: Client, folder: tuple[int, str], team: str, owner: Person, anna: Person, bernd: Person
) -> None:
    _grant(service_privileged, folder[0], _team_of(owner, team, anna))
    assert anna.client.dav("MKCOL", anna.client.files(f"{folder[1]}/Protokolle")).status_code == 201
    assert bernd.client.dav("PROPFIND", bernd.client.files(folder[1]), Depth="0").status_code == 404


def test_read_only_members_are_refused_with_403(
    service_privileged: Client, folder: tuple[int, str], group: str, anna: Person
) -> None:
    _grant(service_privileged, folder[0], group, READ)
    assert anna.client.dav("PUT", anna.client.files(f"{folder[1]}/a.txt"), b"x").status_code == 403
    assert anna.client.dav("MKCOL", anna.client.files(f"{folder[1]}/Neu")).status_code == 403
    row = anna.client.propfind(anna.client.files(folder[1]), "oc:permissions", "ncorg:mount-type")[0]
    assert row.text(OC + "permissions") == "MG"
    assert row.text(NCORG + "mount-type") == "group"


def test_the_mount_itself_cannot_be_moved_or_deleted(
    service_privileged: Client, folder: tuple[int, str], group: str, anna: Person
) -> None:
    _grant(service_privileged, folder[0], group)
    path = anna.client.files(folder[1])
    assert anna.client.dav("DELETE", path).status_code == 403
    target = anna.client.url + "/remote.php/dav" + anna.client.files(unique("Mein"))
    assert anna.client.dav("MOVE", path, Destination=target).status_code == 500


@pytest.fixture
def ruled(service_privileged: Client, folder: tuple[int, str], group: str, team: str, owner: Person) -> tuple[int, str]:
    """A folder with rules that `owner` manages; the group has all rights, the team holds its owner."""
    _grant(service_privileged, folder[0], group)
    _grant(service_privileged, folder[0], team)
    assert service_privileged.ocs("POST", f"{BASE}/{folder[0]}/acl", data={"acl": 1}).code == 100
    manager = {"mappingType": "user", "mappingId": owner.uid, "manageAcl": 1}
    assert service_privileged.ocs("POST", f"{BASE}/{folder[0]}/manageACL", data=manager).code == 100
    assert owner.client.dav("MKCOL", owner.client.files(f"{folder[1]}/Intern")).status_code == 201
    return folder


def test_a_rule_hides_a_sub_folder_and_an_empty_list_shows_it(
    ruled: tuple[int, str], group: str, owner: Person, anna: Person
) -> None:
    inner = f"{ruled[1]}/Intern"
    assert _set_rules(owner.client, owner.client.files(inner), _acl("group", group, 31, 0)) == 200
    assert anna.client.dav("PROPFIND", anna.client.files(inner), Depth="0").status_code == 404
    names = [row.name for row in anna.client.propfind(anna.client.files(ruled[1]), "d:getetag", depth="1")]
    assert "Intern" not in names
    assert _set_rules(owner.client, owner.client.files(inner)) == 200
    assert anna.client.dav("PROPFIND", anna.client.files(inner), Depth="0").status_code == 207


def test_rules_are_read_back_and_replaced_as_a_whole(
    ruled: tuple[int, str], group: str, team: str, owner: Person
) -> None:
    path = owner.client.files(f"{ruled[1]}/Intern")

    def rules() -> set[tuple[str, str, str, str]]:
        row = owner.client.propfind(path, "ncorg:acl-list")[0].properties[NCORG + "acl-list"]
        keys = ("mapping-type", "mapping-id", "mask", "permissions")
        return {tuple(one.findtext(f"{NCORG}acl-{key}") or "" for key in keys) for one in row.iter(NCORG + "acl")}  # type: ignore[misc]

    assert _set_rules(owner.client, path, _acl("circle", team, 31, 1), _acl("group", group, 30, 0)) == 200
    assert rules() == {("circle", team, "31", "1"), ("group", group, "30", "0")}
    assert _set_rules(owner.client, path, _acl("user", owner.uid, 31, 31)) == 200
    assert rules() == {("user", owner.uid, "31", "31")}


def test_rules_for_nobody_known_are_dropped_in_silence(ruled: tuple[int, str], owner: Person) -> None:
    path = owner.client.files(f"{ruled[1]}/Intern")
    assert _set_rules(owner.client, path, _acl("group", unique("keine"), 31, 0)) == 200
    row = owner.client.propfind(path, "ncorg:acl-list")[0]
    assert list(row.properties[NCORG + "acl-list"].iter(NCORG + "acl")) == []


def test_rules_take_writing_away_and_the_grant_stays_the_ceiling(
    service_privileged: Client, ruled: tuple[int, str], group: str, owner: Person, anna: Person
) -> None:
    inner = f"{ruled[1]}/Intern"
    assert _set_rules(owner.client, owner.client.files(inner), _acl("group", group, 30, 0)) == 200
    assert anna.client.dav("PUT", anna.client.files(f"{inner}/a.txt"), b"x").status_code == 403
    path = f"{BASE}/{ruled[0]}/groups/{quote(group, safe='')}"
    assert service_privileged.ocs("POST", path, data={"permissions": READ}).code == 100
    assert _set_rules(owner.client, owner.client.files(inner), _acl("group", group, 31, 31)) == 200
    assert anna.client.dav("PUT", anna.client.files(f"{inner}/a.txt"), b"x").status_code == 403


def test_nobody_locks_itself_out(ruled: tuple[int, str], owner: Person) -> None:
    path = owner.client.files(f"{ruled[1]}/Intern")
    assert _set_rules(owner.client, path, _acl("user", owner.uid, 31, 0)) == 400


def test_who_does_not_manage_gets_500(ruled: tuple[int, str], group: str, anna: Person) -> None:
    assert _set_rules(anna.client, anna.client.files(f"{ruled[1]}/Intern"), _acl("group", group, 31, 1)) == 500


def test_the_folder_tells_its_number_and_who_manages(ruled: tuple[int, str], owner: Person, anna: Person) -> None:
    names = ("ncorg:group-folder-id", "ncorg:acl-enabled", "ncorg:acl-can-manage")
    row = owner.client.propfind(owner.client.files(ruled[1]), *names)[0]
    assert row.text(NCORG + "group-folder-id") == str(ruled[0])
    assert row.text(NCORG + "acl-enabled") == "1"
    assert row.text(NCORG + "acl-can-manage") == "1"
    other = anna.client.propfind(anna.client.files(ruled[1]), *names)[0]
    assert other.text(NCORG + "acl-can-manage") in ("", "0")


def test_no_permission_by_default_needs_a_rule_at_the_root(
    service_privileged: Client, group: str, team: str, owner: Person, anna: Person
) -> None:
    name = unique("Zu")
    made = service_privileged.ocs("POST", BASE, json={"mountpoint": name, "acl_default_no_permission": True})
    number = made.data["id"]
    try:
        _grant(service_privileged, number, group)
        _grant(service_privileged, number, team)
        assert service_privileged.ocs("POST", f"{BASE}/{number}/acl", data={"acl": 1}).code == 100
        manager = {"mappingType": "user", "mappingId": owner.uid, "manageAcl": 1}
        assert service_privileged.ocs("POST", f"{BASE}/{number}/manageACL", data=manager).code == 100
        listed = [row.name for row in anna.client.propfind(anna.client.files(), "d:getetag", depth="1")]
        assert name not in listed
        assert anna.client.dav("PROPFIND", anna.client.files(name), Depth="1").status_code == 403
        assert owner.client.dav("MKCOL", owner.client.files(f"{name}/x")).status_code == 403
        rules = (_acl("user", owner.uid, 31, 31), _acl("group", group, 31, READ))
        assert _set_rules(owner.client, owner.client.files(name), *rules) == 200
        assert owner.client.dav("MKCOL", owner.client.files(f"{name}/x")).status_code == 201
        assert anna.client.dav("PROPFIND", anna.client.files(name), Depth="1").status_code == 207
        assert anna.client.dav("MKCOL", anna.client.files(f"{name}/y")).status_code == 403
    finally:
        service_privileged.ocs("DELETE", f"{BASE}/{number}")


def test_a_members_own_folder_of_the_name_makes_room(service_privileged: Client, group: str, anna: Person) -> None:
    name = unique("Eigenes")
    assert anna.client.dav("MKCOL", anna.client.files(name)).status_code == 201
    made = service_privileged.ocs("POST", BASE, data={"mountpoint": name})
    try:
        _grant(service_privileged, made.data["id"], group)
        rows = anna.client.propfind(anna.client.files(), "ncorg:mount-type", depth="1")
        kinds = {row.name: row.text(NCORG + "mount-type") for row in rows}
        assert kinds[name] == "group"
        assert kinds[f"{name} (1)"] == ""
    finally:
        service_privileged.ocs("DELETE", f"{BASE}/{made.data['id']}")
        anna.client.dav("DELETE", anna.client.files(f"{name} (1)"))


def test_listing_a_folder_shows_its_children(
    service_privileged: Client, folder: tuple[int, str], group: str, anna: Person
) -> None:
    _grant(service_privileged, folder[0], group)
    for name in ("B Übersicht", "A – Plan"):
        assert anna.client.dav("MKCOL", anna.client.files(f"{folder[1]}/{name}")).status_code == 201
    body = '<d:propfind xmlns:d="DAV:"><d:prop><d:getetag/></d:prop></d:propfind>'
    response = anna.client.dav("PROPFIND", anna.client.files(folder[1]), body, Depth="1")
    assert {row.name for row in multistatus(response)[1:]} == {"B Übersicht", "A – Plan"}
    assert "%c3%9c" in response.text.lower()
    assert "%C3" not in response.text


def test_a_file_over_the_quota_is_507_and_leaves_nothing(
    service_privileged: Client, folder: tuple[int, str], group: str, anna: Person
) -> None:
    _grant(service_privileged, folder[0], group)
    assert service_privileged.ocs("POST", f"{BASE}/{folder[0]}/quota", data={"quota": 1000}).code == 100
    path = anna.client.files(f"{folder[1]}/gross.bin")
    assert anna.client.dav("PUT", path, b"x" * 5000).status_code == 507
    assert anna.client.dav("GET", path).status_code == 404
    assert anna.client.dav("PUT", anna.client.files(f"{folder[1]}/klein.bin"), b"x" * 500).status_code == 201


def test_one_look_at_the_home_tells_which_team_folders_somebody_sees(
    service_privileged: Client, owner: Person, folder: tuple[int, str], team: str, anna: Person
) -> None:
    number, name = folder
    _grant(service_privileged, number, _team_of(owner, team, anna))
    seen = anna.client.propfind(anna.client.files(), "ncorg:group-folder-id", "oc:fileid", depth="1")
    here = next(each for each in seen if each.name == name)
    assert here.text(NCORG + "group-folder-id") == str(number)
    assert here.text(OC + "fileid").isdigit()
    assert [each.name for each in seen if each.text(NCORG + "group-folder-id")] == [name]
