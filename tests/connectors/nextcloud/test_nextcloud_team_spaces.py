"""What Nextcloud 35 will answer about the folder that a team owns, and what we make of it.

The answers are put together from the sources of circles (35.0.0-dev.1) and groupfolders (23.0.0) of August 2026, in the
envelope that 34.0.1 was seen to use: there is no released 35 whose answers could be recorded.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from nextcloud_scripted_server import Reply, Scripted, scripted

from connectors.nextcloud import NextcloudServer, connect
from network.errors import RightMissing
from network.ports import Principal

TEAM = "qo25tvQpAMZ8XVbUlyZsfl9RSOHJv6j"
JSON = {"Content-Type": "application/json; charset=utf-8"}


def ocs(data: object, *, code: int = 200, status: int = 200, message: str = "OK") -> Reply:
    meta = {"status": "ok" if code in (100, 200) else "failure", "statuscode": code, "message": message}
    return Reply(status, json.dumps({"ocs": {"meta": meta, "data": data}}).encode(), JSON)


def capabilities(major: int, *apps: str) -> Reply:
    version = {"major": major, "minor": 0, "micro": 0, "string": f"{major}.0.0"}
    return ocs({"version": version, "capabilities": {app: {} for app in apps}})


SPACES = capabilities(35, "circles", "groupfolders", "spreed")
NONE_LINKED = ocs([], code=404, status=404, message="No team folder linked to this team")
LISTED = ocs(
    {
        "7": {
            "id": 7,
            "mount_point": "Austausch OZG",
            "quota": -3,
            "acl": False,
            "acl_default_no_permission": False,
            "size": 0,
            "groups": {TEAM: 31},
            "group_details": {TEAM: {"displayName": "Austausch OZG", "permissions": 31, "type": "circle"}},
            "manage": [{"type": "circle", "id": TEAM, "displayname": "Austausch OZG"}],
            "team_circle_id": TEAM,
        },
        "8": {
            "id": 8,
            "mount_point": "Presse",
            "quota": -3,
            "acl": False,
            "acl_default_no_permission": False,
            "size": 0,
            "groups": [],
            "group_details": [],
            "manage": [],
            "team_circle_id": None,
        },
    },
    code=100,
)


@pytest.fixture
def answers() -> Iterator[Scripted]:
    with scripted() as script:
        yield script


@pytest.fixture
def server(answers: Scripted) -> Iterator[NextcloudServer]:
    made = connect(answers.url, "digitalnetzwerk", "geheim")
    yield made
    made.close()


def asked(answers: Scripted) -> list[str]:
    return [f"{each.method} {each.path.partition('?')[0].removeprefix('/ocs/v2.php')}" for each in answers.asked]


def test_the_list_of_folders_names_their_owner(answers: Scripted, server: NextcloudServer) -> None:
    answers.say(LISTED)
    space, ordinary = server.folders.folders()
    assert (space.team, ordinary.team) == (TEAM, "")
    assert space.managers == (Principal("team", TEAM),)


@pytest.mark.parametrize(
    ("offered", "is_made"),
    [
        (SPACES, True),
        (capabilities(36, "circles", "groupfolders"), True),
        (capabilities(35, "circles"), False),
        (capabilities(34, "circles", "groupfolders"), False),
    ],
)
def test_who_makes_spaces(answers: Scripted, server: NextcloudServer, offered: Reply, is_made: bool) -> None:
    answers.say(offered)
    assert server.features().team_spaces is is_made


def test_a_team_says_whether_it_wants_one(answers: Scripted, server: NextcloudServer) -> None:
    made = {"id": TEAM, "displayName": "Austausch OZG", "initiator": {"level": 9}}
    answers.say(ocs(made), ocs(made))
    server.teams.create_team("Austausch OZG", with_folder=True)
    server.teams.create_team("Stadt Brakel")
    assert [json.loads(each.body)["createTeamFolder"] for each in answers.asked] == [True, False]


def test_the_folder_that_came_with_the_team(answers: Scripted, server: NextcloudServer) -> None:
    answers.say(SPACES, ocs({"id": 7, "mountPoint": "Austausch OZG"}), NONE_LINKED)
    assert server.teams.own_folder(TEAM) == 7
    assert server.teams.own_folder(TEAM) is None
    assert asked(answers)[1:] == [f"GET /apps/circles/teams/{TEAM}/folder"] * 2


def test_before_a_team_is_deleted_its_folder_is_let_go(answers: Scripted, server: NextcloudServer) -> None:
    answers.say(SPACES, ocs({"success": True}), ocs([]))
    server.teams.delete_team(TEAM)
    assert asked(answers)[1:] == [
        f"DELETE /apps/circles/teams/{TEAM}/folder",
        f"DELETE /apps/circles/circles/{TEAM}",
    ]


def test_a_team_without_a_folder_is_deleted_all_the_same(answers: Scripted, server: NextcloudServer) -> None:
    answers.say(SPACES, NONE_LINKED, ocs([]))
    server.teams.delete_team(TEAM)
    assert asked(answers)[-1] == f"DELETE /apps/circles/circles/{TEAM}"


def test_a_folder_that_cannot_be_let_go_keeps_its_team(answers: Scripted, server: NextcloudServer) -> None:
    answers.say(SPACES, ocs([], code=403, status=403, message="Insufficient rights"), ocs([{"id": TEAM}]))
    with pytest.raises(RightMissing):
        server.teams.delete_team(TEAM)
    assert f"DELETE /apps/circles/circles/{TEAM}" not in asked(answers)


def test_an_older_server_is_not_asked_about_any(answers: Scripted, server: NextcloudServer) -> None:
    answers.say(capabilities(34, "circles", "groupfolders"), ocs([]))
    assert server.features().team_spaces is False
    server.teams.delete_team(TEAM)
    assert server.teams.own_folder(TEAM) is None
    assert asked(answers) == ["GET /ocs/v1.php/cloud/capabilities", f"DELETE /apps/circles/circles/{TEAM}"]
