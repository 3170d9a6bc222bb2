"""What remains in teams, folders, rooms and shares when a group, a person or a team is deleted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from contract_server import OC, Client, D, Person, Server, fresh_person, unique

FOLDERS = "/index.php/apps/groupfolders/folders"
ROOMS = "/apps/spreed/api/v4/room"


@dataclass(frozen=True)
class Scene:
    """A calendar, a team, a folder and a room that a group and a person of it are in."""

    owner: Person
    privileged: Client
    group: str
    person: Iterator[Person]
    uid: str
    calendar: str
    team: str
    folder: int
    room: str

    def shares(self) -> set[str]:
        row = self.owner.client.propfind(self.calendar, "oc:invite")[0].properties[OC + "invite"]
        return {(one.text or "").removeprefix("principal:principals/") for one in row.iter(D + "href")}

    def members(self) -> set[str]:
        return {
            row["userId"] for row in self.owner.client.ocs("GET", f"/apps/circles/circles/{self.team}/members").data
        }

    def applicable(self) -> set[str]:
        return set(self.privileged.ocs("GET", f"{FOLDERS}/{self.folder}").data["groups"])

    def attendees(self) -> set[str]:
        return {row["actorId"] for row in self.owner.client.ocs("GET", f"{ROOMS}/{self.room}/participants").data}


@pytest.fixture
def scene(
    server: Server, admin: Client, service_privileged: Client, owner: Person, calendar: str, team: str
) -> Iterator[Scene]:
    gid = unique("weg")
    assert service_privileged.ocs("POST", "/cloud/groups", data={"groupid": gid}).code == 200
    people = fresh_person(server, admin, "Hans", (gid,))
    uid = next(people).uid
    for name, kind in ((gid, 2), (uid, 1)):
        body = {"userId": name, "type": kind}
        assert owner.client.ocs("POST", f"/apps/circles/circles/{team}/members", json=body).code == 200
    folder = service_privileged.ocs("POST", FOLDERS, data={"mountpoint": unique("Ordner")}).data["id"]
    for name in (gid, team):
        assert service_privileged.ocs("POST", f"{FOLDERS}/{folder}/groups", data={"group": name}).code == 100
    participants = {"groups": [gid], "teams": [team]}
    made = owner.client.ocs("POST", ROOMS, json={"roomType": 2, "roomName": "Raum", "participants": participants})
    room = made.data["token"]
    hrefs = (
        f"principal:principals/groups/{gid}",
        f"principal:principals/users/{uid}",
        f"principal:principals/circles/{team}",
    )
    assert owner.client.share(calendar, *hrefs).status_code == 200
    yield Scene(owner, service_privileged, gid, people, uid, calendar, team, folder, room)
    next(people, None)
    service_privileged.ocs("DELETE", f"/cloud/groups/{gid}")
    service_privileged.ocs("DELETE", f"{FOLDERS}/{folder}")
    owner.client.ocs("DELETE", f"{ROOMS}/{room}")


def test_at_first_everybody_is_everywhere(scene: Scene) -> None:
    assert scene.shares() == {f"groups/{scene.group}", f"users/{scene.uid}", f"circles/{scene.team}"}
    assert len(scene.members()) == 3
    assert scene.applicable() == {scene.group, scene.team}
    assert {scene.group, scene.team, scene.uid} <= scene.attendees()


def test_a_deleted_group_leaves_no_trace(scene: Scene) -> None:
    assert scene.privileged.ocs("DELETE", f"/cloud/groups/{scene.group}").code == 200
    assert scene.shares() == {f"users/{scene.uid}", f"circles/{scene.team}"}
    assert scene.members() == {scene.owner.uid, scene.uid}
    assert scene.applicable() == {scene.team}
    assert scene.group not in scene.attendees()


def test_a_deleted_person_leaves_no_trace(scene: Scene) -> None:
    assert scene.privileged.ocs("DELETE", f"/cloud/users/{scene.uid}").code == 200
    assert scene.shares() == {f"groups/{scene.group}", f"circles/{scene.team}"}
    assert scene.uid not in scene.members()
    assert scene.uid not in scene.attendees()
    assert scene.privileged.ocs("GET", f"/cloud/groups/{scene.group}/users").data["users"] == []


def test_a_deleted_team_leaves_its_share_row_and_nothing_else(scene: Scene) -> None:
    assert scene.owner.client.ocs("DELETE", f"/apps/circles/circles/{scene.team}").code == 200
    assert f"circles/{scene.team}" in scene.shares()
    assert scene.applicable() == {scene.group}
    assert scene.team not in scene.attendees()
