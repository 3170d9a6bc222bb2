"""Files over WebDAV: reading, conditional requests, writing, folders, moving, properties, shares between people."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from contract_server import OC, Client, D, Person, unique

NEXT_SECOND = 1.1


@pytest.fixture
def folder(owner: Person) -> Iterator[str]:
    """The name of a fresh folder of `owner`."""
    name = unique("Planung ä ö")
    assert owner.client.dav("MKCOL", owner.client.files(name)).status_code == 201
    yield name
    owner.client.dav("DELETE", owner.client.files(name))


def _put(client: Client, path: str, data: bytes, **headers: str) -> int:
    return client.dav("PUT", client.files(path), data, Content_Type="application/octet-stream", **headers).status_code


def test_a_new_file_is_201_a_replaced_one_204_and_the_number_stays(owner: Person, folder: str) -> None:
    path = owner.client.files(f"{folder}/Plan.xlsx")
    first = owner.client.dav("PUT", path, b"eins")
    time.sleep(NEXT_SECOND)
    second = owner.client.dav("PUT", path, b"zwei!")
    assert (first.status_code, second.status_code) == (201, 204)
    assert first.headers["ETag"] != second.headers["ETag"]
    assert first.headers["OC-FileId"] == second.headers["OC-FileId"]
    assert owner.client.dav("GET", path).content == b"zwei!"


def test_a_file_saved_twice_within_a_second_keeps_its_etag(owner: Person, folder: str) -> None:
    path = owner.client.files(f"{folder}/Plan.xlsx")
    begun = time.time()
    tags = {owner.client.dav("PUT", path, f"inhalt {number}").headers["ETag"] for number in range(6)}
    assert len(tags) <= time.time() - begun + 2
    assert len(tags) < 6


def test_an_unchanged_file_is_304(owner: Person, folder: str) -> None:
    path = owner.client.files(f"{folder}/Plan.xlsx")
    owner.client.dav("PUT", path, b"inhalt")
    first = owner.client.dav("GET", path)
    assert first.status_code == 200
    again = owner.client.dav("GET", path, If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert owner.client.dav("GET", path, If_None_Match='"anders"').status_code == 200


def test_the_etag_of_the_folder_moves_with_its_content(owner: Person, folder: str) -> None:
    path = owner.client.files(folder)
    before = owner.client.propfind(path, "d:getetag")[0].text(D + "getetag")
    assert _put(owner.client, f"{folder}/a.txt", b"x") == 201
    assert owner.client.propfind(path, "d:getetag")[0].text(D + "getetag") != before


def test_a_write_with_a_wrong_etag_is_412(owner: Person, folder: str) -> None:
    assert _put(owner.client, f"{folder}/a.txt", b"x") == 201
    assert _put(owner.client, f"{folder}/a.txt", b"y", If_Match='"anders"') == 412
    assert _put(owner.client, f"{folder}/a.txt", b"y", If_None_Match="*") == 412


def test_properties_of_a_file(owner: Person, folder: str) -> None:
    _put(owner.client, f"{folder}/a.txt", b"hallo", X_OC_Mtime="1700000000")
    names = (
        "d:getetag",
        "d:getlastmodified",
        "d:getcontentlength",
        "d:resourcetype",
        "oc:fileid",
        "oc:permissions",
        "oc:size",
    )
    row = owner.client.propfind(owner.client.files(f"{folder}/a.txt"), *names)[0]
    assert row.text(D + "getcontentlength") == "5"
    assert row.text(OC + "size") == "5"
    assert row.text(D + "getlastmodified") == "Tue, 14 Nov 2023 22:13:20 GMT"
    assert row.text(OC + "permissions") == "RGDNVW"
    assert row.text(OC + "fileid").isdigit()
    assert row.kinds() == set()
    assert row.text(D + "getetag").startswith('"')


def test_a_folder_twice_is_405_and_below_nothing_409(owner: Person, folder: str) -> None:
    assert owner.client.dav("MKCOL", owner.client.files(folder)).status_code == 405
    assert owner.client.dav("MKCOL", owner.client.files(f"{folder}/gibt/es/nicht")).status_code == 409


def test_a_file_below_nothing_is_404_unless_folders_are_asked_for(owner: Person, folder: str) -> None:
    assert _put(owner.client, f"{folder}/neu/tief/a.txt", b"x") == 404
    assert _put(owner.client, f"{folder}/neu/tief/a.txt", b"x", X_NC_WebDAV_Auto_Mkcol="1") == 201
    assert owner.client.dav("GET", owner.client.files(f"{folder}/neu/tief/a.txt")).content == b"x"


def test_what_is_not_there_is_404(owner: Person, folder: str) -> None:
    path = owner.client.files(f"{folder}/nichts.txt")
    for method in ("GET", "DELETE", "PROPFIND"):
        assert owner.client.dav(method, path).status_code == 404, method


def test_a_move_keeps_the_number(owner: Person, folder: str) -> None:
    _put(owner.client, f"{folder}/a.txt", b"x")
    before = owner.client.propfind(owner.client.files(f"{folder}/a.txt"), "oc:fileid")[0].text(OC + "fileid")
    target = owner.client.url + "/remote.php/dav" + owner.client.files(f"{folder}/ü b.txt")
    moved = owner.client.dav("MOVE", owner.client.files(f"{folder}/a.txt"), Destination=target)
    assert moved.status_code == 201
    assert owner.client.propfind(owner.client.files(f"{folder}/ü b.txt"), "oc:fileid")[0].text(OC + "fileid") == before
    _put(owner.client, f"{folder}/c.txt", b"y")
    blocked = owner.client.dav("MOVE", owner.client.files(f"{folder}/c.txt"), Destination=target, Overwrite="F")
    assert blocked.status_code == 412
    assert owner.client.dav("MOVE", owner.client.files(f"{folder}/c.txt"), Destination=target).status_code == 204


@pytest.mark.parametrize("name", ["„Plan“: ä ö – 1.txt", "a'b (2).txt", "50% & mehr.txt", "x" * 120, "😀.txt"])
def test_names_that_people_give(owner: Person, folder: str, name: str) -> None:
    assert _put(owner.client, f"{folder}/{name}", b"x") == 201
    names = [row.name for row in owner.client.propfind(owner.client.files(folder), "d:getetag", depth="1")]
    assert name in names


def test_another_persons_files_are_empty_also_for_an_administrator(admin: Client, owner: Person, anna: Person) -> None:
    assert _put(anna.client, "privat.txt", b"x") in (201, 204)
    for client in (owner.client, admin):
        assert [row.name for row in client.propfind(anna.client.files(), "d:getetag", depth="1")] == [anna.uid]
        assert client.dav("GET", anna.client.files("privat.txt")).status_code == 404
        assert client.dav("PUT", anna.client.files("x.txt"), b"x").status_code == 403
    assert owner.client.dav("PROPFIND", f"/files/{unique('niemand')}/", Depth="0").status_code == 404


def test_a_folder_shared_with_a_person_appears_in_that_persons_files(
    owner: Person, folder: str, anna: Person, bernd: Person
) -> None:
    _put(owner.client, f"{folder}/Plan.xlsx", b"plan")
    body = {"path": f"/{folder}", "shareType": 0, "shareWith": anna.uid, "permissions": 1}
    shared = owner.client.ocs("POST", "/apps/files_sharing/api/v1/shares", data=body)
    assert shared.code == 200
    assert shared.data["share_with"] == anna.uid
    assert anna.client.dav("GET", anna.client.files(f"{folder}/Plan.xlsx")).content == b"plan"
    assert _put(anna.client, f"{folder}/Plan.xlsx", b"neu") == 403
    assert bernd.client.dav("GET", bernd.client.files(f"{folder}/Plan.xlsx")).status_code == 404
    listed = owner.client.ocs("GET", "/apps/files_sharing/api/v1/shares", params={"path": f"/{folder}"}).data
    assert [row["id"] for row in listed] == [shared.data["id"]]
    gone = owner.client.ocs("DELETE", f"/apps/files_sharing/api/v1/shares/{shared.data['id']}")
    assert gone.code == 200
    assert anna.client.dav("GET", anna.client.files(f"{folder}/Plan.xlsx")).status_code == 404


def test_a_folder_shared_with_a_group_reaches_its_members(
    owner: Person, folder: str, group: str, bernd: Person
) -> None:
    body = {"path": f"/{folder}", "shareType": 1, "shareWith": group, "permissions": 31}
    assert owner.client.ocs("POST", "/apps/files_sharing/api/v1/shares", data=body).code == 200
    assert _put(bernd.client, f"{folder}/von Bernd.txt", b"x") == 201
    assert owner.client.dav("GET", owner.client.files(f"{folder}/von Bernd.txt")).status_code == 200


def test_sharing_with_nobody_or_nothing_is_404(owner: Person, folder: str, anna: Person) -> None:
    def status(path: str, to: str) -> int:
        body = {"path": path, "shareType": 0, "shareWith": to, "permissions": 1}
        return owner.client.ocs("POST", "/apps/files_sharing/api/v1/shares", data=body).status

    assert status(f"/{folder}", unique("niemand")) == 404
    assert status(f"/{unique('nichts')}", anna.uid) == 404


def test_an_error_is_xml_that_names_the_exception(owner: Person) -> None:
    response = owner.client.dav("GET", owner.client.files(unique("nichts")))
    assert response.headers["Content-Type"].startswith("application/xml")
    assert "Sabre\\DAV\\Exception\\NotFound" in response.text
