"""Talk rooms as an ordinary account with an app password makes and fills them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from contract_server import Client, Person, unique

BASE = "/apps/spreed/api/v4/room"
OWNER, MODERATOR, USER = 1, 2, 3


@pytest.fixture(autouse=True)
def _talk(service: Client) -> None:
    if "spreed" not in service.ocs("GET", "/cloud/capabilities").data["capabilities"]:
        pytest.skip("this server has no Talk")


@pytest.fixture
def room(owner: Person) -> Iterator[str]:
    """The token of a fresh room that holds nobody but `owner`."""
    made = owner.client.ocs("POST", BASE, json={"roomType": 2, "roomName": unique("Austausch Ü")})
    assert (made.status, made.code) == (201, 201)
    yield made.data["token"]
    owner.client.ocs("DELETE", f"{BASE}/{made.data['token']}")


def _attendees(owner: Person, room: str) -> dict[tuple[str, str], tuple[int, int]]:
    """Attendee number and level by kind and name."""
    rows = owner.client.ocs("GET", f"{BASE}/{room}/participants").data
    return {(row["actorType"], row["actorId"]): (row["attendeeId"], row["participantType"]) for row in rows}


def _add(owner: Person, room: str, source: str, name: str) -> int:
    body = {"newParticipant": name, "source": source}
    return owner.client.ocs("POST", f"{BASE}/{room}/participants", json=body).code


def test_a_room_has_name_description_and_its_maker_as_owner(owner: Person) -> None:
    body = {"roomType": 2, "roomName": unique("Raum"), "description": "Für OZG [dnw:kreis/ozg]"}
    made = owner.client.ocs("POST", BASE, json=body)
    data = made.data
    assert (data["name"], data["displayName"], data["description"]) == (
        body["roomName"],
        body["roomName"],
        body["description"],
    )
    assert (data["type"], data["participantType"], data["objectType"]) == (2, OWNER, "")
    assert owner.client.ocs("GET", f"{BASE}/{data['token']}").data["id"] == data["id"]
    assert data["token"] in [row["token"] for row in owner.client.ocs("GET", BASE).data]
    assert owner.client.ocs("DELETE", f"{BASE}/{data['token']}").code == 200
    assert owner.client.ocs("GET", f"{BASE}/{data['token']}").status == 404


def test_people_groups_and_teams_come_with_the_making(owner: Person, group: str, team: str, anna: Person) -> None:
    body = {"roomType": 2, "roomName": unique("Raum"), "participants": {"groups": [group], "teams": [team]}}
    token = owner.client.ocs("POST", BASE, json=body).data["token"]
    attendees = _attendees(owner, token)
    assert {("groups", group), ("circles", team), ("users", anna.uid)} <= set(attendees)
    owner.client.ocs("DELETE", f"{BASE}/{token}")


def test_the_same_name_makes_a_second_room(owner: Person, room: str) -> None:
    name = owner.client.ocs("GET", f"{BASE}/{room}").data["name"]
    second = owner.client.ocs("POST", BASE, json={"roomType": 2, "roomName": name})
    assert (second.code, second.data["name"]) == (201, name)
    assert second.data["token"] != room
    owner.client.ocs("DELETE", f"{BASE}/{second.data['token']}")


def test_an_object_type_of_ones_own_is_400(owner: Person) -> None:
    body = {"roomType": 2, "roomName": unique("Raum"), "objectType": "dnw", "objectId": "1"}
    made = owner.client.ocs("POST", BASE, json=body)
    assert (made.status, made.data) == (400, {"error": "object-type"})


def test_a_group_brings_its_people_at_once(owner: Person, room: str, group: str, anna: Person, bernd: Person) -> None:
    assert _add(owner, room, "groups", group) == 200
    attendees = _attendees(owner, room)
    assert attendees[("groups", group)][1] == USER
    assert {attendees[("users", person.uid)][1] for person in (anna, bernd)} == {USER}


def test_a_team_is_listed_as_a_circle_and_brings_its_people(owner: Person, room: str, team: str, anna: Person) -> None:
    owner.client.ocs("POST", f"/apps/circles/circles/{team}/members", json={"userId": anna.uid, "type": 1})
    assert _add(owner, room, "teams", team) == 200
    attendees = _attendees(owner, room)
    assert ("circles", team) in attendees
    assert ("users", anna.uid) in attendees


def test_twice_is_fine_and_unknown_is_404(owner: Person, room: str, anna: Person) -> None:
    assert [_add(owner, room, "users", anna.uid) for _ in range(2)] == [200, 200]
    for source in ("users", "groups"):
        body = {"newParticipant": unique("niemand"), "source": source}
        answer = owner.client.ocs("POST", f"{BASE}/{room}/participants", json=body)
        assert (answer.status, answer.data) == (404, {"error": "new-participant"})


def test_removing_a_group_removes_its_people_except_moderators(
    owner: Person, room: str, group: str, anna: Person, bernd: Person
) -> None:
    _add(owner, room, "groups", group)
    number, _ = _attendees(owner, room)[("users", anna.uid)]
    assert owner.client.ocs("POST", f"{BASE}/{room}/moderators", json={"attendeeId": number}).code == 200
    assert _attendees(owner, room)[("users", anna.uid)][1] == MODERATOR
    link, _ = _attendees(owner, room)[("groups", group)]
    assert owner.client.ocs("DELETE", f"{BASE}/{room}/attendees", json={"attendeeId": link}).code == 200
    left = _attendees(owner, room)
    assert ("users", anna.uid) in left
    assert ("users", bernd.uid) not in left


def test_who_leaves_the_group_leaves_the_room_and_who_joins_comes(
    owner: Person, room: str, group: str, anna: Person, service_privileged: Client
) -> None:
    _add(owner, room, "groups", group)
    membership = f"/cloud/users/{anna.uid}/groups"
    try:
        service_privileged.ocs("DELETE", membership, data={"groupid": group})
        assert ("users", anna.uid) not in _attendees(owner, room)
    finally:
        service_privileged.ocs("POST", membership, data={"groupid": group})
    assert ("users", anna.uid) in _attendees(owner, room)


def test_of_a_team_people_who_leave_it_leave_the_room(owner: Person, room: str, team: str, anna: Person) -> None:
    member = f"/apps/circles/circles/{team}/members"
    owner.client.ocs("POST", member, json={"userId": anna.uid, "type": 1})
    _add(owner, room, "teams", team)
    (row,) = [each for each in owner.client.ocs("GET", member).data if each["userId"] == anna.uid]
    assert owner.client.ocs("DELETE", f"{member}/{row['id']}").code == 200
    assert ("users", anna.uid) not in _attendees(owner, room)
    owner.client.ocs("POST", member, json={"userId": anna.uid, "type": 1})
    assert ("users", anna.uid) in _attendees(owner, room)


def test_a_group_that_joins_the_team_brings_its_people_and_leaves_them_behind_when_it_goes(
    owner: Person, room: str, team: str, group: str, anna: Person
) -> None:
    member = f"/apps/circles/circles/{team}/members"
    _add(owner, room, "teams", team)
    assert ("users", anna.uid) not in _attendees(owner, room)
    owner.client.ocs("POST", f"{member}/multi", json={"members": [{"id": group, "type": 2}]})
    assert ("users", anna.uid) in _attendees(owner, room)
    (row,) = [each for each in owner.client.ocs("GET", member).data if each["userId"] != owner.uid]
    assert owner.client.ocs("DELETE", f"{member}/{row['id']}").code == 200
    assert ("users", anna.uid) in _attendees(owner, room)


def test_who_joins_a_group_of_the_team_is_not_noticed(
    owner: Person, room: str, team: str, group: str, anna: Person, service_privileged: Client
) -> None:
    membership = f"/cloud/users/{anna.uid}/groups"
    service_privileged.ocs("DELETE", membership, data={"groupid": group})
    owner.client.ocs(
        "POST", f"/apps/circles/circles/{team}/members/multi", json={"members": [{"id": group, "type": 2}]}
    )
    _add(owner, room, "teams", team)
    service_privileged.ocs("POST", membership, data={"groupid": group})  # 34.0.1 answers 500 and adds the person
    assert anna.uid in service_privileged.ocs("GET", f"/cloud/groups/{group}/users").data["users"]
    assert ("users", anna.uid) not in _attendees(owner, room)


def test_who_leaves_a_group_of_the_team_is_not_noticed_either(
    owner: Person, room: str, team: str, group: str, anna: Person, service_privileged: Client
) -> None:
    owner.client.ocs(
        "POST", f"/apps/circles/circles/{team}/members/multi", json={"members": [{"id": group, "type": 2}]}
    )
    _add(owner, room, "teams", team)
    membership = f"/cloud/users/{anna.uid}/groups"
    try:
        service_privileged.ocs("DELETE", membership, data={"groupid": group})
        assert ("users", anna.uid) in _attendees(owner, room)
    finally:
        service_privileged.ocs("POST", membership, data={"groupid": group})


def test_of_a_team_inside_of_the_team_who_joins_comes_and_who_leaves_stays(
    owner: Person, room: str, team: str, anna: Person
) -> None:
    inner = owner.client.ocs("POST", "/apps/circles/circles", json={"name": unique("Innen")}).data["id"]
    members = f"/apps/circles/circles/{inner}/members"
    try:
        body = {"members": [{"id": inner, "type": 16}]}
        owner.client.ocs("POST", f"/apps/circles/circles/{team}/members/multi", json=body)
        _add(owner, room, "teams", team)
        assert ("users", anna.uid) not in _attendees(owner, room)
        owner.client.ocs("POST", members, json={"userId": anna.uid, "type": 1})
        assert ("users", anna.uid) in _attendees(owner, room)
        (row,) = [each for each in owner.client.ocs("GET", members).data if each["userId"] == anna.uid]
        assert owner.client.ocs("DELETE", f"{members}/{row['id']}").code == 200
        assert ("users", anna.uid) in _attendees(owner, room)
    finally:
        owner.client.ocs("DELETE", f"/apps/circles/circles/{inner}")


def test_name_description_and_visibility_change(owner: Person, room: str) -> None:
    path = f"{BASE}/{room}"
    assert owner.client.ocs("PUT", path, json={"roomName": "Anders Ü"}).code == 200
    assert owner.client.ocs("PUT", f"{path}/description", json={"description": "Neu"}).code == 200
    assert owner.client.ocs("PUT", f"{path}/listable", json={"scope": 1}).code == 200
    data = owner.client.ocs("GET", path).data
    assert (data["name"], data["description"], data["listable"]) == ("Anders Ü", "Neu", 1)


def test_a_message_is_201(owner: Person, room: str) -> None:
    answer = owner.client.ocs("POST", f"/apps/spreed/api/v1/chat/{room}", json={"message": "Guten Tag"})
    assert (answer.status, answer.data["message"]) == (201, "Guten Tag")


def test_a_plain_attendee_changes_nothing(owner: Person, room: str, anna: Person) -> None:
    _add(owner, room, "users", anna.uid)
    assert anna.client.ocs("PUT", f"{BASE}/{room}", json={"roomName": "Meins"}).status == 403
    assert anna.client.ocs("DELETE", f"{BASE}/{room}").status == 403


def test_a_room_of_others_is_404(room: str, anna: Person) -> None:
    assert anna.client.ocs("GET", f"{BASE}/{room}").status == 404
    assert anna.client.ocs("GET", f"{BASE}/{room}/participants").status == 404
