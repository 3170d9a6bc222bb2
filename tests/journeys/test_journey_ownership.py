"""Whoever goes takes nothing along: everything of ours belongs to the service account, whatever people may do in it."""

from __future__ import annotations

import requests
from journeys_town import Town

from network.ports import Principal

SERVICE = "digitalnetzwerk"


def deleted(town: Town, account: str) -> None:
    """The data centre deletes an account for good, with all that belongs to it."""
    admin = town.sandbox.admin
    address = f"{town.sandbox.url}/ocs/v2.php/cloud/users/{account}"
    gone = requests.delete(address, auth=(admin.user, admin.password), headers={"OCS-APIRequest": "true"}, timeout=10)
    assert gone.ok


def everything(town: Town) -> tuple[set[str], set[str], set[str], set[str]]:
    server = town.other_client()
    return (
        {each.name for each in server.teams.teams()},
        {each.name for each in server.rooms.rooms()},
        {each.uri for each in server.calendars.calendars()},
        {each.name for each in server.folders.folders()},
    )


def test_teams_rooms_calendars_and_folders_belong_to_the_service_account(whole_town: Town) -> None:
    assert whole_town.apply().code == 0
    server = whole_town.administrator()
    ours = whole_town.other_client()
    assert all(each.is_owner for each in ours.teams.teams()) and ours.teams.teams()
    for room in ours.rooms.rooms():
        owners = [each.who for each in ours.rooms.attendees(room.token) if each.is_owner]
        assert owners == [Principal("user", SERVICE)]
    assert all(each.is_own for each in ours.calendars.calendars())
    for folder in server.folders.folders():
        assert folder.managers == (Principal("user", SERVICE),)


def test_a_lead_whose_account_is_deleted_takes_nothing_along(whole_town: Town) -> None:
    whole_town.apply()
    whole_town.as_staff("anna.brakel").files.write("/Austausch OZG/Ideen.md", b"Ideen")
    before = everything(whole_town)
    for account in ("erika.kreis", "anna.brakel"):
        deleted(whole_town, account)
    assert everything(whole_town) == before
    read = whole_town.as_staff("bernd.brakel").files.read("/Austausch OZG/Ideen.md", max_bytes=99)
    assert read == b"Ideen"
    whole_town.apply(verify=True)
    assert everything(whole_town) == before
