"""Teams (circles) as an ordinary account with an app password makes and keeps them."""

from __future__ import annotations

import pytest
from contract_server import Client, Person, unique

BASE = "/apps/circles/circles"
USER, GROUP, TEAM = 1, 2, 16


def _row(person: Person, team: str) -> dict[str, object]:
    rows = [row for row in person.client.ocs("GET", BASE).data if row["id"] == team]
    assert len(rows) == 1, "the team is not listed"
    return rows[0]


def _add(person: Person, team: str, kind: int, name: str) -> dict[str, object]:
    added = person.client.ocs("POST", f"{BASE}/{team}/members", json={"userId": name, "type": kind})
    assert added.code == 200, added
    assert isinstance(added.data, dict)
    return added.data


def test_a_new_team_has_a_long_id_and_its_maker_as_owner(owner: Person, team: str) -> None:
    row = _row(owner, team)
    assert len(team) == 31
    assert row["initiator"]["level"] == 9
    assert row["owner"]["userId"] == owner.uid
    assert (row["config"], row["description"]) == (0, "")


def test_a_second_team_of_the_name_is_numbered_not_refused(owner: Person, team: str) -> None:
    name = _row(owner, team)["displayName"]
    second = owner.client.ocs("POST", BASE, json={"name": name})
    assert (second.code, second.data["displayName"]) == (200, f"{name} (2)")
    assert owner.client.ocs("DELETE", f"{BASE}/{second.data['id']}").code == 200


def test_a_team_called_like_a_group_is_numbered_too(owner: Person, group: str) -> None:
    made = owner.client.ocs("POST", BASE, json={"name": group})
    assert (made.code, made.data["displayName"]) == (200, f"{group} (2)")
    assert owner.client.ocs("PUT", f"{BASE}/{made.data['id']}/name", json={"value": f"{group} – Netz"}).code == 200
    assert _row(owner, made.data["id"])["displayName"] == f"{group} – Netz"
    assert owner.client.ocs("DELETE", f"{BASE}/{made.data['id']}").code == 200


@pytest.mark.parametrize(("name", "status"), [("IT", 400), ("x" * 128, 400)])
def test_names_under_3_and_over_127_characters_are_refused(owner: Person, name: str, status: int) -> None:
    assert owner.client.ocs("POST", BASE, json={"name": name}).status == status


def test_three_and_127_characters_are_fine(owner: Person) -> None:
    for name in (unique("Ä")[:3], unique("Ü" * 90).ljust(127, "x")[:127]):
        made = owner.client.ocs("POST", BASE, json={"name": name})
        assert made.code == 200, name
        assert owner.client.ocs("DELETE", f"{BASE}/{made.data['id']}").code == 200


def test_a_team_by_its_id_is_for_administrators_only(owner: Person, team: str) -> None:
    answer = owner.client.ocs("GET", f"{BASE}/{team}")
    assert (answer.status, answer.code) == (403, 403)


def test_the_description_is_kept(owner: Person, team: str) -> None:
    text = "Arbeitskreis [dnw:kreis/ozg]"
    assert owner.client.ocs("PUT", f"{BASE}/{team}/description", json={"value": text}).code == 200
    assert _row(owner, team)["description"] == text


def test_a_team_is_renamed(owner: Person, team: str) -> None:
    name = unique("Anders")
    assert owner.client.ocs("PUT", f"{BASE}/{team}/name", json={"value": name}).code == 200
    assert _row(owner, team)["displayName"] == name


@pytest.mark.parametrize("value", [0, 8, 16, 24])
def test_visible_and_open_are_allowed_as_configuration(owner: Person, team: str, value: int) -> None:
    assert owner.client.ocs("PUT", f"{BASE}/{team}/config", json={"value": value}).code == 200
    assert _row(owner, team)["config"] == value


@pytest.mark.parametrize("value", [2, 4, 512, 1024])
def test_system_bits_are_refused_as_configuration(owner: Person, team: str, value: int) -> None:
    assert owner.client.ocs("PUT", f"{BASE}/{team}/config", json={"value": value}).status == 400


def test_a_group_as_member_is_listed_with_the_type_of_a_team(owner: Person, team: str, group: str) -> None:
    _add(owner, team, GROUP, group)
    rows = owner.client.ocs("GET", f"{BASE}/{team}/members").data
    row = next(row for row in rows if row["level"] == 1)
    assert row["userType"] == TEAM
    assert row["basedOn"]["source"] == GROUP
    assert row["basedOn"]["name"] == f"group:{group}"
    assert row["displayName"] == group


def test_groups_are_not_expanded_but_their_people_see_the_team(
    owner: Person, team: str, group: str, anna: Person
) -> None:
    _add(owner, team, GROUP, group)
    rows = owner.client.ocs("GET", f"{BASE}/{team}/members").data
    assert len(rows) == 2
    assert team in [row["id"] for row in anna.client.ocs("GET", BASE).data]


def test_a_member_twice_is_122(owner: Person, team: str, anna: Person) -> None:
    _add(owner, team, USER, anna.uid)
    again = owner.client.ocs("POST", f"{BASE}/{team}/members", json={"userId": anna.uid, "type": USER})
    assert (again.status, again.code) == (400, 122)


def test_an_unknown_member_is_404(owner: Person, team: str) -> None:
    for kind in (USER, GROUP):
        body = {"userId": unique("niemand"), "type": kind}
        assert owner.client.ocs("POST", f"{BASE}/{team}/members", json=body).status == 404


def test_many_members_at_once_pass_over_the_unknown_and_the_present(
    owner: Person, team: str, anna: Person, bernd: Person
) -> None:
    _add(owner, team, USER, anna.uid)
    names = (anna.uid, bernd.uid, unique("niemand"))
    members = [{"id": name, "type": USER} for name in names]
    assert owner.client.ocs("POST", f"{BASE}/{team}/members/multi", json={"members": members}).code == 200
    rows = owner.client.ocs("GET", f"{BASE}/{team}/members").data
    assert {row["userId"] for row in rows} == {owner.uid, anna.uid, bernd.uid}


def test_a_member_is_addressed_by_membership_not_by_name(owner: Person, team: str, anna: Person) -> None:
    key = _add(owner, team, USER, anna.uid)["id"]
    raised = owner.client.ocs("PUT", f"{BASE}/{team}/members/{key}/level", json={"level": 4})
    assert raised.code == 200
    rows = owner.client.ocs("GET", f"{BASE}/{team}/members").data
    assert [row["level"] for row in rows if row["userId"] == anna.uid] == [4]
    assert owner.client.ocs("DELETE", f"{BASE}/{team}/members/{key}").code == 200
    rows = owner.client.ocs("GET", f"{BASE}/{team}/members").data
    assert [row["userId"] for row in rows] == [owner.uid]


def test_the_list_counts_members_and_a_swap_leaves_the_count(
    owner: Person, team: str, anna: Person, bernd: Person
) -> None:
    before = _row(owner, team)["population"]
    key = _add(owner, team, USER, anna.uid)["id"]
    assert _row(owner, team)["population"] == before + 1
    _add(owner, team, USER, bernd.uid)
    owner.client.ocs("DELETE", f"{BASE}/{team}/members/{key}")
    assert _row(owner, team)["population"] == before + 1


def test_a_team_of_somebody_else_is_not_in_our_list(owner: Person, team: str, anna: Person) -> None:
    assert team not in [row["id"] for row in anna.client.ocs("GET", BASE).data]
    assert anna.client.ocs("GET", f"{BASE}/{team}/members").status == 403


def test_only_the_owner_destroys(owner: Person, team: str, anna: Person) -> None:
    key = _add(owner, team, USER, anna.uid)["id"]
    owner.client.ocs("PUT", f"{BASE}/{team}/members/{key}/level", json={"level": 8})
    assert anna.client.ocs("DELETE", f"{BASE}/{team}").status == 403


def test_an_administrator_acts_as_the_owner(admin: Client, owner: Person, team: str, anna: Person) -> None:
    base = f"/apps/circles/admin/{owner.uid}/circles"
    assert team in [row["id"] for row in admin.ocs("GET", base).data]
    added = admin.ocs("POST", f"{base}/{team}/members", json={"userId": anna.uid, "type": USER})
    assert added.code == 200
    assert _row(anna, team)["id"] == team


def test_everybody_sees_an_open_team_and_only_its_people_stand_in_it(owner: Person, team: str, anna: Person) -> None:
    assert team not in [row["id"] for row in anna.client.ocs("GET", BASE).data]
    assert owner.client.ocs("PUT", f"{BASE}/{team}/config", json={"value": 24}).code == 200
    assert not _row(anna, team).get("initiator")
    _add(owner, team, USER, anna.uid)
    assert _row(anna, team)["initiator"]["level"] == 1
