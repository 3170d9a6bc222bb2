"""Staff who make something in their own Nextcloud that looks like ours: it opens nothing here."""

import pytest
from journeys_town import Town
from web_office import Office

from connectors.nextcloud import NextcloudServer
from network.ports import CalendarWish, ShareRow

PLACE = "dnw-geheim"


@pytest.fixture
def secret(office: Office, town: Town) -> Office:
    """A calendar that only Nieheim may see, with the trainings in it."""
    town.swap(
        "service:\n",
        "  geheim: {name: Geheim, color: '#00679e', from: [plan], share: {administrations: [nieheim]}}\nservice:\n",
    )
    assert office.running.reload()
    town.apply()
    assert "geheim" in seen_by(office, "dora.nieheim")
    assert "geheim" not in seen_by(office, "anna.brakel")
    return office


def seen_by(office: Office, account: str) -> list[str]:
    found: list[str] = office.person(account).get("/api/v1/me").get_json()["calendars"]
    return found


def made(server: NextcloudServer, uri: str) -> str:
    return server.calendars.create_calendar(uri, CalendarWish("Meiner", "#00679e", "Europe/Berlin", ""))


@pytest.mark.parametrize("uri", [PLACE, f"{PLACE}_shared_by_digitalnetzwerk", f"{PLACE}_shared_by_dora.nieheim"])
def test_a_calendar_of_ones_own_with_the_name_of_ours_shows_nothing(secret: Office, town: Town, uri: str) -> None:
    made(town.as_staff("anna.brakel"), uri)
    assert seen_by(secret, "anna.brakel") == ["schulungen"]


@pytest.mark.parametrize("uri", [PLACE, f"{PLACE}_shared_by_digitalnetzwerk"])
def test_nor_does_one_that_somebody_else_shares(secret: Office, town: Town, uri: str) -> None:
    helper = town.as_staff("bernd.brakel")
    helper.calendars.share(made(helper, uri), [ShareRow("users/anna.brakel", False)], ())
    assert seen_by(secret, "anna.brakel") == ["schulungen"]
